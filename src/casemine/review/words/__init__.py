"""Keywords under review: their sheet, what is decided about them, and the keywords that leaves."""
