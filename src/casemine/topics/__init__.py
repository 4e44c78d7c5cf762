"""Topics of a corpus: paragraphs as lists of words in, topics, their shares and their passages out."""
