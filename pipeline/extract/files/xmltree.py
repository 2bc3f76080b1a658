"""XML of a package -> a tree. No entity is resolved, nothing is loaded from elsewhere.

Enters: bytes. Leaves: the root element. The formats that are packed (OOXML, ODF, OFD) have no use for a document type,
so one with entities of its own is refused: that is how a billion laughs and a request for /etc/passwd look.

>>> parse_xml(b"<a>&lt;</a>").text
'<'
"""

from __future__ import annotations

from lxml import etree

from pipeline.extract.files.errors import DAMAGED, UNSAFE, FileRefused


def parse_xml(body: bytes) -> etree._Element:
    """The root. Raises FileRefused for what is no XML, is nested too deeply (256) or defines entities."""
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused(DAMAGED, f"its XML is damaged ({' '.join(str(error).split())[:120]})") from error
    if root is None:
        raise FileRefused(DAMAGED, "its XML is empty")
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise FileRefused(UNSAFE, "its XML declares a document type, which may define entities")
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
