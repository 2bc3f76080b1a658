"""PDF, with PDFium (pypdfium2)."""
