"""Files to documents: find them, decode them, repair their layout, name title, region and year."""
