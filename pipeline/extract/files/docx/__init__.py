"""Word documents (docx, and the one-file XML of Word 2003): text, lists, notes, tables, what was deleted or hidden."""
