"""The report of a study: one self-contained HTML page, and a Word file with the tables of a paper."""
