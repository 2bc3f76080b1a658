"""OFD, the format of documents of GB/T 33190-2016: a zip of XML that places each character."""
