"""Quotations under review: their sheet, what is decided about them, and the codings that leaves."""
