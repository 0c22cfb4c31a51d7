"""One XML part of a workbook run through expat, with handlers and without a tree."""

from __future__ import annotations

from typing import Any, Protocol
from xml.parsers import expat

_PIECE = 1_048_576


class Source(Protocol):
    """What is read piece by piece."""

    def read(self, size: int = ..., /) -> bytes:
        """The next piece, b"" at the end."""


def parse(source: Source, start: Any = None, end: Any = None, text: Any = None) -> None:
    """Nothing; the handlers have seen the whole part.

    Raises: ExpatError where the part is not well formed; ValueError for a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    # In large pieces: what is cut off in the middle is looked at again from its beginning.
    while piece := source.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse_document_type(*_declared: object) -> None:
    raise ValueError("A document type is declared.")
