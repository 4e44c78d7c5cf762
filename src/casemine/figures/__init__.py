"""Figures of a study: tables in, matplotlib figures out, in one quiet style and a font that has Chinese."""
