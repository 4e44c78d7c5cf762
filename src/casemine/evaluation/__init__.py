"""The PMC index of policy evaluation, and the strength of a policy."""
