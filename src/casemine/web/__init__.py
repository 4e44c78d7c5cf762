"""The workbench: pages on this machine for review, coding, comparing and reading, over a study folder."""
