"""The shared strings of a workbook, read without a tree and against the limits."""

from __future__ import annotations

from typing import IO

from portfolio.progress_reports.files.part_parsers import parse
from portfolio.progress_reports.files.sheet_cells import Meter


class StringPass:
    """The shared strings of a workbook: the text of every entry, without its phonetic writing."""

    def __init__(self, meter: Meter) -> None:
        self.strings: list[str] = []
        self._meter = meter
        self._parts: list[str] = []
        self._prefix: str | None = None
        self._collects = self._is_phonetic = False

    def read(self, source: IO[bytes]) -> list[str]:
        """The strings in their order.

        Raises: ExpatError where the part is not well formed; TooLarge beyond a limit.
        """
        parse(source, self._start, self._end, self._characters)
        return self.strings

    def _start(self, name: str, _: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = name[: name.find(":") + 1]
            return
        local = name[len(self._prefix) :]
        self._meter.element()
        if local == "t":
            self._collects = not self._is_phonetic
        elif local == "si":
            self._parts = []
        elif local == "rPh":
            self._is_phonetic = True

    def _end(self, name: str) -> None:
        local = name[len(self._prefix or "") :]
        if local == "t":
            self._collects = False
        elif local == "si":
            self._meter.string()
            self.strings.append("".join(self._parts))
        elif local == "rPh":
            self._is_phonetic = False

    def _characters(self, data: str) -> None:
        if self._collects:
            self._meter.characters(len(data))
            self._parts.append(data)
