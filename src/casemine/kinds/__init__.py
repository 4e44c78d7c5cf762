"""What discovery and weighing both ask of a string: is it a clause, are its characters those of names."""
