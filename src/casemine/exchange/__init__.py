"""A study in the forms of other programs (REFI-QDA, networks, tidy tables), and codings taken back."""
