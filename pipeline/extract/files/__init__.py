"""Attached files -> blocks: office documents, sheets, PDF, OFD, archives, whatever their names say.

| module | says |
|---|---|
| fileread.py | what every format's reader gives back, and the limits it works under |
| kinds.py | the format of a file, by its bytes |
| formats.py | which reader reads which format; a new format is a line there |
| paper.py, cell.py | paragraphs and tables -> blocks, the same as those of HTML |
| symbols.py | the characters of fonts that draw signs |
| package.py, xmltree.py | zip packages and XML that may be hostile |
| worker.py, child.py, wire.py | the process that reads, so that no file can hurt a run |
"""
