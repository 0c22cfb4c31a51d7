"""Parts of a workbook's archive as XML trees."""

from __future__ import annotations

from typing import Any

from lxml import etree


def parse(part: bytes) -> Any:
    """The tree of a part; nothing outside it is read."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def text_of(root: Any) -> bytes:
    """A tree as a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tag(element: Any, name: str) -> str:
    """The full name of an element in the namespace of another."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def child(parent: Any, name: str, /, **attributes: object) -> Any:
    """A new last child of an element."""
    texts = {key: str(value) for key, value in attributes.items()}
    return etree.SubElement(parent, tag(parent, name), texts)
