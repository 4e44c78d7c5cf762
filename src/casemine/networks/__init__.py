"""What stands together as a network, its measures and communities, and words or codes by group as a map."""
