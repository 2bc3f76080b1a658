"""What is on the page and not in the document: every removal has a rule, a reason and its evidence."""
