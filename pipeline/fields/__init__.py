"""Facts of the record, each read from the page with the place where it stood."""
