"""Tables of a Word document: heads that repeat, rows that hold together, widths by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portfolio.summaries.content import NUMBERS, Column, Facts, KeyFigure, KeyFigures, Kind, Row, Table
from portfolio.summaries.docx_texts import Texts, described, signed
from portfolio.summaries.docx_xml import paragraph, run
from portfolio.summaries.paper_cells import alignment, cell_text
from portfolio.summaries.paper_widths import column_widths
from portfolio.summaries.safe_texts import is_right_to_left

_TWIPS_PER_MM = 1440 / 25.4
_HOLDS = "<w:cantSplit/>"
_REPEATED = "<w:tblHeader/>"
# Indents in twentieths of a point.
_APART, _OF_WHICH = 100, 170
# A longer row may go over pages: held together, it could be higher than one.
_LONGEST_WHOLE_ROW = 1_500
_TOTAL_LINE = '<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="5B6673"/></w:tcBorders>'
_LABEL_SHARE = 0.24


class Tables:
    """Writes tables as wide as the text; without `notes` key figures name no number of a definition."""

    def __init__(self, texts: Texts, *, notes: bool) -> None:
        self.texts, self.package, self.notes = texts, texts.package, notes

    def table(self, table: Table, name: str) -> str:
        """A table with its caption; where there is no row, the sentence that says so."""
        caption = self.texts.caption("Table", table.caption, stays=True) if table.caption else ""
        if not table.rows:
            return caption + self.texts.paragraph("Remark", table.if_empty)
        shown = [_row_texts(row, table.columns) for row in table.rows]
        widths = self._widths([column.label for column in table.columns], shown,
                              [column.kind for column in table.columns])  # fmt: skip
        heads = self._heads(tuple((column.label, column.kind) for column in table.columns), widths)
        totals = [row.is_total for row in table.rows]
        # A total is not left alone on a page.
        holding = (*totals[1:], False)
        rows = (
            self._row(row, table.columns, widths, stays=stays)
            for row, stays in zip(table.rows, holding, strict=True)
        )
        return caption + self._frame("Summary Table", table.caption or name, widths, (heads, *rows))

    def figures(self, figures: KeyFigures, name: str, before: str) -> str:
        """The key figures, each group under its heading; `before` heads what they were on an earlier date."""
        members = [figure for _, group in figures.groups for figure in group]
        compared = any(figure.before is not None for figure in members)
        columns = _figure_columns(before if compared else "", notes=self.notes)
        shown = [_figure_texts(figure, columns) for figure in members]
        heads = [(column.label, column.kind) for column in columns]
        widths = self._widths([head for head, _ in heads], shown, [kind for _, kind in heads])
        rows = [self._heads(heads, widths)]
        for heading, group in figures.groups:
            rows.append(self._group(heading, widths))
            rows += [self._figure(figure, columns, widths) for figure in group]
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
            named = self._cell(widths[0], self.texts.paragraph("Table Text", label, face="Strong"))
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
        return paragraph(self.package.style("Normal"), "", small=True)

    def _heads(self, heads: Sequence[tuple[str, Kind]], widths: Sequence[int]) -> str:
        cells = []
        for place, ((label, kind), width) in enumerate(zip(heads, widths, strict=True)):
            style = "Table Head Number" if kind in NUMBERS else "Table Head"
            # No footnote: the row is repeated on every page.
            indent = _indent([kind for _, kind in heads], place)
            inside = paragraph(self.package.style(style), run(label), indent=indent)
            cells.append(self._cell(width, inside))
        return _row(cells, _HOLDS + _REPEATED)

    def _row(self, row: Row, columns: Sequence[Column], widths: Sequence[int], *, stays: bool) -> str:
        is_total = row.is_total
        kinds = [column.kind for column in columns]
        cells = []
        for place, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
            style = "Table Number" if column.kind in NUMBERS else "Table Text"
            turned = isinstance(cell, str) and is_right_to_left(cell)
            if is_total and isinstance(cell, (str, int, float)):
                content = self.texts.runs(signed(cell, column), "Strong")
            else:
                content = self.texts.cell(cell, column)
            inside = paragraph(
                self.package.style(style), content, stays=stays, turned=turned, indent=_indent(kinds, place)
            )
            cells.append(self._cell(width, inside, _TOTAL_LINE if is_total else ""))
        length = sum(len(cell) for cell in row.cells if isinstance(cell, str))
        return _row(cells, _HOLDS if length < _LONGEST_WHOLE_ROW else "")

    def _group(self, heading: str, widths: Sequence[int]) -> str:
        inside = self.texts.paragraph("Table Group", heading)
        return _row((self._cell(sum(widths), inside, f'<w:gridSpan w:val="{len(widths)}"/>'),))

    def _figure(self, figure: KeyFigure, columns: Sequence[Column], widths: Sequence[int]) -> str:
        kinds = [column.kind for column in columns]
        cells = []
        texts = _figure_texts(figure, columns)
        for place, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True)):
            indent = _OF_WHICH if place == 0 and text.startswith("of which") else _indent(kinds, place)
            style = "Table Number" if column.kind in NUMBERS else "Table Text"
            face = "Strong" if column.key == "value" else ""
            cells.append(self._cell(width, self.texts.paragraph(style, text, face=face, indent=indent)))
        return _row(cells)

    @staticmethod
    def _cell(width: int, content: str, more: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _row(cells: Iterable[str], properties: str = _HOLDS) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _row_texts(row: Row, columns: Sequence[Column]) -> list[str]:
    return [signed(cell, column) for cell, column in zip(row.cells, columns, strict=True)]


def _indent(kinds: Sequence[Kind], place: int) -> int:
    """Room between a text and the number before it, which ends at the edge of its own cell."""
    is_beside = place > 0 and kinds[place] not in NUMBERS and kinds[place - 1] in NUMBERS
    return _APART if is_beside else 0


def _figure_columns(before: str, *, notes: bool) -> tuple[Column, ...]:
    """The columns of key figures; with the number of the definition where the document prints those."""
    columns = [Column("label", "Figure"), Column("value", "Value", "number")]
    columns += [Column("before", before, "number")] if before else []
    columns += [Column("unit", "Unit"), Column("known_for", "Known for")]
    return (*columns, Column("note", "Note", "count")) if notes else tuple(columns)


def _figure_texts(figure: KeyFigure, columns: Sequence[Column]) -> list[str]:
    texts = {
        "label": figure.label, "value": cell_text(figure.value, figure.kind),
        "before": cell_text(figure.before, figure.kind), "unit": figure.unit,
        "known_for": figure.known_for, "note": str(figure.note),
    }  # fmt: skip
    return [texts[column.key] for column in columns]
