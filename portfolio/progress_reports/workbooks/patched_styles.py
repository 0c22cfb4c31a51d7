"""The cell styles of a workbook that is patched: its own, and what is added behind them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from portfolio.findings import Severity
from portfolio.progress_reports.workbooks.xml_elements import child, tag

# What is only for information stays paler than what has to be mended or looked at.
FILLS: dict[Severity, str] = {
    "blocker": "FFF6C6C2",
    "error": "FFF6C6C2",
    "warning": "FFFBE3B5",
    "info": "FFEDF3FA",
}
_HEADER_FILL = "FFECEFF3"
_TITLE_SIZE = 14


class PatchedStyles:
    """Styles by number; those that are added are made once."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._fonts, self._fills = root.find(tag(root, "fonts")), root.find(tag(root, "fills"))
        self._formats = root.find(tag(root, "cellXfs"))
        self._fill_of: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}
        self._texts: dict[tuple[str, Severity | None], int] = {}

    def coloured(self, style: int, severity: Severity) -> int:
        """The number of a style like `style` with the fill of a severity."""
        colour = FILLS[severity]
        if (style, colour) not in self._made:
            copy = deepcopy(self._formats[style])
            copy.set("fillId", str(self._fill(colour)))
            copy.set("applyFill", "1")
            self._made[style, colour] = self._append(self._formats, copy)
        return self._made[style, colour]

    def of_text(self, look: str, severity: Severity | None = None) -> int:
        """The number of a style of the added sheet: "title", "header", "plain" or "wrapped"."""
        if (look, severity) not in self._texts:
            colour = _HEADER_FILL if look == "header" else None if severity is None else FILLS[severity]
            font = self._font(_TITLE_SIZE if look == "title" else None) if look in ("title", "header") else 0
            style = etree.Element(
                tag(self.root, "xf"), numFmtId="0", fontId=str(font), borderId="0", xfId="0", applyFont="1",
                fillId=str(0 if colour is None else self._fill(colour)), applyFill="1", applyAlignment="1",
            )  # fmt: skip
            wraps = look in ("header", "wrapped")
            child(style, "alignment", vertical="top" if wraps else "center", wrapText=int(wraps))
            self._texts[look, severity] = self._append(self._formats, style)
        return self._texts[look, severity]

    def _font(self, size: int | None) -> int:
        """The number of a bold font like that of the workbook."""
        font = deepcopy(self._fonts[0])
        for bold in font.findall(tag(font, "b")):
            font.remove(bold)
        font.insert(0, etree.Element(tag(font, "b")))
        for present in font.findall(tag(font, "sz")) if size is not None else ():
            present.set("val", str(size))
        return self._append(self._fonts, font)

    def _fill(self, colour: str) -> int:
        if colour not in self._fill_of:
            fill = etree.Element(tag(self.root, "fill"))
            pattern = child(fill, "patternFill", patternType="solid")
            child(pattern, "fgColor", rgb=colour)
            child(pattern, "bgColor", indexed=64)
            self._fill_of[colour] = self._append(self._fills, fill)
        return self._fill_of[colour]

    @staticmethod
    def _append(parent: Any, element: Any) -> int:
        parent.append(element)
        parent.set("count", str(len(parent)))
        return len(parent) - 1
