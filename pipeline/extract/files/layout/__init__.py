"""Pages that only say where each character and each line stands (PDF, OFD) -> paragraphs and tables.

| module | says |
|---|---|
| sheet.py | a page: its characters, ruled lines and pictures |
| upright.py, radicals.py | which way is up, and which characters are meant |
| runs.py, lines.py | characters -> runs -> lines of text |
| columns.py | the order in which the lines of a page are read |
| edges.py, grid.py, tables.py | ruled lines -> cells -> tables |
| furniture.py | page numbers and running heads |
| paragraphs.py | which line goes on in the next |
| document.py | all of it, over all pages |
"""
