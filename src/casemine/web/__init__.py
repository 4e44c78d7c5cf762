"""The workbench: pages on this machine for review, coding, comparing and reading, over the same study folder."""
