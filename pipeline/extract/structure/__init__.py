"""The parts of a document and its tree of numbered headings."""
