"""Cells that are formatted and empty, left out before anybody looks at them one by one.

A sheet whose formats were dragged to its end holds millions of them; they would take most of the time.
"""

from __future__ import annotations

import re
from typing import IO

_PIECE = 1_048_576
_CELL = re.compile(rb'<(?:\w+:)?c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_ROW = re.compile(rb'<(?:\w+:)?row r="[0-9]+"[^<>]*(?:/>|></(?:\w+:)?row>)')
# Inside these, what looks like a cell can be somebody's text.
_LITERAL = (b"<![", b"<!-")


class WithoutBlanks:
    """A worksheet part without its blank cells and rows, to be read like the part itself.

    Only cells and rows that say where they stand are left out, so that the others keep their places;
    `has_dropped` tells whether there were any.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._rest = b""
        self._is_literal = False
        self.has_dropped = False

    def read(self, size: int = _PIECE) -> bytes:
        """The next piece, b"" at the end; its size follows what is left of `size` bytes."""
        while chunk := self._source.read(size):
            data = self._rest + chunk
            cut = data.rfind(b">") + 1
            self._rest = data[cut:]
            if kept := self._kept(data[:cut]):
                return kept
        last, self._rest = self._rest, b""
        return last

    def _kept(self, data: bytes) -> bytes:
        if self._is_literal or any(mark in data for mark in _LITERAL):
            self._is_literal = True
            return data
        kept = _ROW.sub(b"", _CELL.sub(b"", data))
        self.has_dropped |= len(kept) < len(data)
        return kept
