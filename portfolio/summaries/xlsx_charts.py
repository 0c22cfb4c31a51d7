"""Native charts over the numbers that stand below them on their sheet."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart

from portfolio.summaries.content import Chart
from portfolio.summaries.xlsx_cells import ACCENT, BODY, BORDER, RIGHT, TEXT, CellWriter

# Two columns of charts fit one page.
WIDTH, HEIGHT, GAP = 540, 620, 12
HEADS = ("Chart", "Bar", "Value", "Unit")
_ROW_PIXELS = 20
_LONGEST_LABEL = 48
_FEW_BARS, _MANY_BARS = 4, 12
_LABELS = {"money": '[>=1000000]#,##0.0,,"m";[>=1000]#,##0,"k";#,##0', "count": "#,##0"}


@dataclass(frozen=True)
class Place:
    """Where a chart stands below the titles, in pixels."""

    x: int
    y: int
    height: int


def places(charts: tuple[Chart, ...]) -> dict[str, Place]:
    """The place of each chart by its key: two columns; the one with many bars has a column of its own."""
    tall = next((chart for chart in charts if len(chart.points) > _MANY_BARS), None)
    others = [chart for chart in charts if chart is not tall]
    if tall is None:
        half = (len(others) + 1) // 2
        columns = [others[0::2], others[1::2]] if half else []
    else:
        columns = [others, [tall]] if others else [[tall]]
    bands = max((len(column) for column in columns), default=1)
    total = HEIGHT if bands > 1 or tall else HEIGHT // 2
    found = {}
    for x, column in enumerate(columns):
        height = (total + GAP) // max(1, len(column)) - GAP
        for y, chart in enumerate(column):
            found[chart.key] = Place(x * (WIDTH + GAP), y * (height + GAP), height)
    return found


def write_charts(
    book: Workbook, writer: CellWriter, charts: tuple[Chart, ...], first_row: int
) -> tuple[int, int]:
    """The charts, then the numbers that they draw; header row and last row of those numbers."""
    placed = places(charts)
    bottom = max(place.y + place.height for place in placed.values())
    header = first_row + bottom // _ROW_PIXELS + 2
    for row in range(first_row, header):
        writer.sheet.set_row_pixels(row, _ROW_PIXELS)
    for column, head in enumerate(HEADS):
        align = RIGHT if head == "Value" else {}
        writer.text(header, column, head, bold=True, bg_color=BORDER, **align)
    row = header + 1
    for chart in charts:
        place = placed[chart.key]
        native = _native(book, writer.sheet.get_name(), chart, row, place.height)
        options = {"x_offset": place.x, "y_offset": place.y, "description": chart.alt, "object_position": 3}
        writer.sheet.insert_chart(first_row, 0, native, options)
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


def _native(book: Workbook, sheet: str, chart: Chart, row: int, height: int) -> NativeChart:
    """Horizontal bars from zero, each with its number, so that colour and axis are not needed to read it."""
    native = book.add_chart({"type": "bar"})
    if native is None:  # pragma: no cover - the type above is one that the library has
        raise TypeError("The library has no bar charts.")
    last = row + len(chart.points) - 1
    font = {"size": 8, "color": TEXT}
    native.add_series(
        {
            "name": chart.title[:250],
            "categories": [sheet, row, 1, last, 1],
            "values": [sheet, row, 2, last, 2],
            "fill": {"color": ACCENT},
            "gap": 35 if len(chart.points) > _FEW_BARS else 120,
            "data_labels": {"value": True, "num_format": _LABELS[chart.kind], "font": font},
        }
    )
    native.set_title(
        {"name": chart.title[:250], "name_font": {"size": 10, "bold": True, "color": TEXT}, "overlay": False}
    )
    native.set_legend({"none": True})
    native.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "num_font": font,
            "major_tick_mark": "none",
            "line": {"color": BORDER},
        }
    )
    native.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    native.set_chartarea({"border": {"color": BORDER}, "fill": {"none": True}})
    native.set_size({"width": WIDTH, "height": height})
    return native
