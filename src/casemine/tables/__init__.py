"""Tables over all documents: frequencies of keywords, and codes by group and together."""
