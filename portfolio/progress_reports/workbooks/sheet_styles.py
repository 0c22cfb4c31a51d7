"""How cells of issued workbooks look: white to fill, grey and locked to read, one accent colour."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from portfolio.progress_reports.fields.columns import FieldSpec

_ACCENT, _INK, _GREY_TEXT = "#1F5FA8", "#1B232D", "#5B6673"
_LOCKED_FILL, _BORDER = "#ECEFF3", "#C3CBD5"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
AMOUNT_FORMAT = "#,##0.00"
# A percentage is a fraction shown as one: what is typed as 12.5 or 12.5% is 12.5 points.
NUMBER_FORMATS = {"amount": AMOUNT_FORMAT, "number": "General", "percent": "0.0##%", "count": "#,##0"}


class SheetStyles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Format] = {}
        base = {"font_name": "Calibri", "font_size": 10, "font_color": _INK}
        self.title = book.add_format({**base, "font_size": 14, "bold": True, "font_color": _ACCENT})
        self.small = book.add_format({**base, "font_size": 9, "font_color": _GREY_TEXT})
        self.plain = book.add_format({**base, "text_wrap": True, "valign": "top"})
        self.strong = book.add_format({**base, "bold": True, "valign": "top"})
        self.heading = book.add_format({**base, "font_size": 11, "bold": True, "font_color": _ACCENT})
        self.warning = book.add_format({**base, "bold": True})
        self.key = book.add_format({**base, "font_size": 8, "font_color": _GREY_TEXT, "num_format": "@"})
        self.aside = book.add_format({**base, "font_size": 8, "font_color": _GREY_TEXT})
        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2, "bottom_color": _ACCENT}
        self.header = book.add_format({**base, **header, "align": "left", "indent": 1})
        self.header_right = book.add_format({**base, **header, "align": "right", "indent": 1})
        computed: dict[str, Any] = {
            "border_color": _BORDER, "bg_color": _LOCKED_FILL, "num_format": AMOUNT_FORMAT, "align": "right",
            "indent": 1, "valign": "top",
        }  # fmt: skip
        self.computed = book.add_format({**base, **computed, "border": 1})
        self.total = book.add_format({**base, **computed, "bold": True, "top": 2, "bottom": 1})
        self.total_name = book.add_format(
            {**base, **computed, "bold": True, "top": 2, "bottom": 1, "align": "left"}
        )

    def cell(self, spec: FieldSpec, content: object, *, is_input: bool) -> Format:
        """The format of a table cell; a text that looks like a formula gets the mark that keeps it a text."""
        quoted = isinstance(content, str) and content.startswith(_FORMULA_STARTS)
        wanted = (spec.kind, is_input, quoted)
        if wanted not in self._made:
            self._made[wanted] = self._book.add_format(_cell_properties(*wanted))
        return self._made[wanted]


def _cell_properties(kind: str, is_input: bool, quoted: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": "Calibri", "font_size": 10, "font_color": _INK, "valign": "top", "border": 1,
        "border_color": _BORDER, "num_format": NUMBER_FORMATS.get(kind, "@"),
        "text_wrap": kind in ("text", "choice"), "locked": not is_input, "quote_prefix": quoted,
        "align": "right" if kind in NUMBER_FORMATS else "left", "indent": 1,
    }  # fmt: skip
    return properties if is_input else {**properties, "bg_color": _LOCKED_FILL}
