"""Native charts over the numbers that stand below them on their sheet."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart

from portfolio.summaries.content import Chart
from portfolio.summaries.xlsx_cells import ACCENT, BODY, BORDER, RIGHT, TEXT, CellWriter

# Two by two fit one page.
WIDTH, HEIGHT, GAP = 540, 300, 12
_ROW_PIXELS = 20
ROWS_PER_BAND = HEIGHT // _ROW_PIXELS + 1
HEADS = ("Chart", "Bar", "Value", "Unit")
_LONGEST_LABEL = 48
_FEW_BARS = 4
_FONT = {"size": 8, "color": TEXT}
_LABELS = {"money": '[>=1000000]#,##0.0,,"m";[>=1000]#,##0,"k";#,##0', "count": "#,##0"}


def write_charts(
    book: Workbook, writer: CellWriter, charts: tuple[Chart, ...], first_row: int
) -> tuple[int, int]:
    """The charts two by two, then the numbers that they draw; header row and last row of those numbers."""
    bands = (len(charts) + 1) // 2
    header = first_row + bands * ROWS_PER_BAND
    for row in range(first_row, header):
        writer.sheet.set_row_pixels(row, _ROW_PIXELS)
    for column, head in enumerate(HEADS):
        align = RIGHT if head == "Value" else {}
        writer.text(header, column, head, bold=True, bg_color=BORDER, **align)
    row = header + 1
    for position, chart in enumerate(charts):
        native = _native(book, writer.sheet.get_name(), chart, row)
        at = first_row + (position // 2) * ROWS_PER_BAND
        options = {"x_offset": (position % 2) * (WIDTH + GAP), "description": chart.alt, "object_position": 3}
        writer.sheet.insert_chart(at, 0, native, options)
        row = _numbers(writer, chart, row)
    return (header, row - 1)


def _numbers(writer: CellWriter, chart: Chart, row: int) -> int:
    for label, value in chart.points:
        writer.text(row, 0, chart.title, **BODY)
        writer.text(row, 1, _short(label), **BODY)
        writer.value(row, 2, value, chart.kind, **BODY)
        writer.text(row, 3, "EUR" if chart.kind == "money" else "number", **BODY)
        row += 1
    return row


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _native(book: Workbook, sheet: str, chart: Chart, row: int) -> NativeChart:
    """Horizontal bars from zero, each with its number, so that colour and axis are not needed to read it."""
    native = book.add_chart({"type": "bar"})
    if native is None:  # pragma: no cover - the type above is one that the library has
        raise TypeError("The library has no bar charts.")
    last = row + len(chart.points) - 1
    native.add_series(
        {
            "name": chart.title[:250],
            "categories": [sheet, row, 1, last, 1],
            "values": [sheet, row, 2, last, 2],
            "fill": {"color": ACCENT},
            "gap": 35 if len(chart.points) > _FEW_BARS else 120,
            "data_labels": {"value": True, "num_format": _LABELS[chart.kind], "font": _FONT},
        }
    )
    native.set_title(
        {"name": chart.title[:250], "name_font": {"size": 10, "bold": True, "color": TEXT}, "overlay": False}
    )
    native.set_legend({"none": True})
    native.set_y_axis(
        {"reverse": True, "num_font": _FONT, "major_tick_mark": "none", "line": {"color": BORDER}}
    )
    native.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    native.set_chartarea({"border": {"color": BORDER}, "fill": {"none": True}})
    native.set_size({"width": WIDTH, "height": HEIGHT})
    return native
