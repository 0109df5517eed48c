"""Publications put into words: the styles of reference lists, and citations in running text."""
