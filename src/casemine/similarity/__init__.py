"""Which documents are near which: likeness of words, shared passages, and who wrote what first."""
