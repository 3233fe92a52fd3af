"""What is made of a plan document for other programs: they know the document and nothing else, neither tables nor requests."""
