"""What words are: dictionary rows, tags, surnames, and where words stand in a text."""
