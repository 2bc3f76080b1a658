"""Word 97 to 2003 and WPS (doc, wps): text, tables and notes from the binary file, without an office program."""
