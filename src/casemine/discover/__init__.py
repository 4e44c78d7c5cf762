"""Discover: documents -> the words in them that the dictionary lacks."""

from casemine.discover.discoverer import NewWordDiscoverer

__all__ = ["NewWordDiscoverer"]
