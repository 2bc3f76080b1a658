"""With python-docx: styled headings and paragraphs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from benchmarks.attachments.regulations import Regulation


def write(regulation: Regulation) -> bytes:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    for paragraph in regulation.paragraphs:
        if paragraph.level:
            document.add_heading(paragraph.text, paragraph.level - 1)
        else:
            document.add_paragraph(paragraph.text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
