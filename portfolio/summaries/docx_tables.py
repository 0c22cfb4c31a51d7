"""Tables of a Word document: heads that repeat, rows that hold together, widths by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portfolio.summaries.content import NUMBERS, Column, Facts, KeyFigure, KeyFigures, Kind, Row, Table
from portfolio.summaries.docx_texts import Texts, described
from portfolio.summaries.docx_xml import paragraph, run
from portfolio.summaries.paper_cells import alignment, cell_text
from portfolio.summaries.paper_widths import column_widths
from portfolio.summaries.xlsx_cells import is_right_to_left
from portfolio.summaries.xlsx_layout import FIGURE_HEADS

_TWIPS_PER_MM = 1440 / 25.4
_HOLDS = "<w:cantSplit/>"
_REPEATED = "<w:cantSplit/><w:tblHeader/>"
_TOTAL_LINE = '<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="5B6673"/></w:tcBorders>'
_LABEL_SHARE = 0.24


class Tables:
    """Writes tables as wide as the text."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.package = texts, texts.package

    def table(self, table: Table, name: str) -> str:
        """A table with its caption; where there is no row, the sentence that says so."""
        caption = self.texts.caption("Table", table.caption, stays=True) if table.caption else ""
        if not table.rows:
            return caption + self.texts.paragraph("Remark", table.if_empty)
        shown = [_row_texts(row, table.columns) for row in table.rows]
        widths = self._widths([column.label for column in table.columns], shown,
                              [column.kind for column in table.columns])  # fmt: skip
        heads = self._heads(tuple((column.label, column.kind) for column in table.columns), widths)
        rows = (self._row(row, table.columns, widths) for row in table.rows)
        return caption + self._frame("Summary Table", table.caption or name, widths, (heads, *rows))

    def figures(self, figures: KeyFigures, name: str, before: str) -> str:
        """The key figures, each group under its heading; `before` heads what they were on an earlier date."""
        heads: list[tuple[str, Kind]] = [
            (head, "count" if head in ("Value", "Note") else "text") for head in FIGURE_HEADS
        ]
        members = [figure for _, group in figures.groups for figure in group]
        compared = any(figure.before is not None for figure in members)
        if compared:
            heads.insert(2, (before, "count"))
        shown = [_figure_texts(figure, compared=compared) for figure in members]
        widths = self._widths([head for head, _ in heads], shown, [kind for _, kind in heads])
        rows = [self._heads(heads, widths)]
        for heading, group in figures.groups:
            rows.append(self._group(heading, widths))
            rows += [self._figure(figure, widths, compared=compared) for figure in group]
        return self._frame("Summary Table", name, widths, rows)

    def facts(self, facts: Facts, name: str) -> str:
        """Labels with their texts."""
        caption = self.texts.caption("Table", facts.caption, stays=True) if facts.caption else ""
        width = self._width
        if not any(label for label, _ in facts.rows):
            rows = [
                _row((self._cell(width, self.texts.paragraph("Table Text", text)),)) for _, text in facts.rows
            ]
            return caption + self._frame("Summary Facts", facts.caption or name, (width,), rows)
        widths = (round(width * _LABEL_SHARE), width - round(width * _LABEL_SHARE))
        rows = []
        for label, text in facts.rows:
            named = self._cell(widths[0], self.texts.paragraph("Table Text", label, face="Figure value"))
            rows.append(_row((named, self._cell(widths[1], self.texts.paragraph("Table Text", text)))))
        return caption + self._frame("Summary Facts", facts.caption or name, widths, rows)

    @property
    def _width(self) -> int:
        return round(self.package.width_mm * _TWIPS_PER_MM)

    def _widths(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], kinds: Sequence[Kind]
    ) -> tuple[int, ...]:
        numbers = [alignment(kind) == "right" for kind in kinds]
        found = column_widths(heads, rows, numbers, self.package.width_mm)
        return tuple(round(width * _TWIPS_PER_MM) for width in found)

    def _frame(self, style: str, name: str, widths: Sequence[int], rows: Iterable[str]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        first = int(style == "Summary Table")
        # A paragraph has to follow: two tables without one between them are one table.
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.package.style(style)}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{"0420" if first else "0400"}" w:firstRow="{first}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{described(name)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>{self._after()}"
        )

    def _after(self) -> str:
        small = '<w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>'
        return paragraph(self.package.style("Normal"), "", more=small)

    def _heads(self, heads: Iterable[tuple[str, Kind]], widths: Sequence[int]) -> str:
        cells = []
        for (label, kind), width in zip(heads, widths, strict=True):
            style = "Table Head Number" if kind in NUMBERS else "Table Head"
            # No footnote: the row is repeated on every page.
            cells.append(self._cell(width, paragraph(self.package.style(style), run(label))))
        return _row(cells, _REPEATED)

    def _row(self, row: Row, columns: Sequence[Column], widths: Sequence[int]) -> str:
        is_total = bool(row.sums)
        cells = []
        for cell, column, width in zip(row.cells, columns, widths, strict=True):
            style = "Table Number" if column.kind in NUMBERS else "Table Text"
            more = "<w:bidi/>" if isinstance(cell, str) and is_right_to_left(cell) else ""
            if is_total and isinstance(cell, (str, int, float)):
                content = self.texts.runs(cell_text(cell, column.kind, column.key), "Figure value")
            else:
                content = self.texts.cell(cell, column)
            inside = paragraph(self.package.style(style), content, more=more)
            cells.append(self._cell(width, inside, _TOTAL_LINE if is_total else ""))
        return _row(cells)

    def _group(self, heading: str, widths: Sequence[int]) -> str:
        inside = self.texts.paragraph("Table Group", heading)
        return _row((self._cell(sum(widths), inside, f'<w:gridSpan w:val="{len(widths)}"/>'),))

    def _figure(self, figure: KeyFigure, widths: Sequence[int], *, compared: bool) -> str:
        texts = _figure_texts(figure, compared=compared)
        value = 1
        cells = []
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            is_number = place in (value, len(texts) - 1) or (compared and place == value + 1)
            indent = '<w:ind w:left="170"/>' if place == 0 and text.startswith("of which") else ""
            face = "Figure value" if place == value else ""
            style = "Table Number" if is_number else "Table Text"
            cells.append(self._cell(width, self.texts.paragraph(style, text, face=face, more=indent)))
        return _row(cells)

    @staticmethod
    def _cell(width: int, content: str, more: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _row(cells: Iterable[str], properties: str = _HOLDS) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _row_texts(row: Row, columns: Sequence[Column]) -> list[str]:
    return [cell_text(cell, column.kind, column.key) for cell, column in zip(row.cells, columns, strict=True)]


def _figure_texts(figure: KeyFigure, *, compared: bool) -> list[str]:
    value = cell_text(figure.value, figure.kind)
    earlier = [cell_text(figure.before, figure.kind)] if compared else []
    return [figure.label, value, *earlier, figure.unit, figure.known_for, str(figure.note)]
