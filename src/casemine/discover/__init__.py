"""Discover: documents -> the words in them that the dictionary lacks."""

from casemine.discover.candidates import MEMORY
from casemine.discover.discoverer import NewWordDiscoverer

__all__ = ["MEMORY", "NewWordDiscoverer"]
