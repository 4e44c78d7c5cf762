"""Stub."""

ROUTES = ()
