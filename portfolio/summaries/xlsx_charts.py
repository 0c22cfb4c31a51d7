"""Native charts over the numbers that stand below them on their sheet; a map as a picture."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart

from portfolio.partners import partner_name
from portfolio.summaries.content import Cell, Chart, Columns, Map, Picture
from portfolio.summaries.xlsx_cells import ACCENT, AMBER_BAR, BODY, BORDER, MUTED, RIGHT, TEXT, CellWriter

# Two columns of charts fit one page.
WIDTH, HEIGHT, GAP = 540, 620, 12
# So far below the first charts begins another page of a landscape A4, as wide as the columns are.
_NEXT_PAGE, _MAP_HEIGHT = 700, 420
HEADS = ("Chart", "Bar", "Value", "Unit")
_ROW_PIXELS = 20
_LONGEST_LABEL = 48
_FEW_BARS, _MANY_BARS = 4, 12
_LABELS = {"money": '[>=1000000]#,##0.0,,"m";[>=1000]#,##0,"k";#,##0', "count": "#,##0"}
# The colours of series over time, each with a pattern or none, so that they differ in print as well.
_SERIES: tuple[dict[str, Any], ...] = (
    {"fill": {"color": ACCENT}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": AMBER_BAR, "bg_color": "white"}},
    {"pattern": {"pattern": "small_grid", "fg_color": MUTED, "bg_color": "white"}},
)
# Widths and heights of a PNG stand in its header.
_PNG_SIZE = slice(16, 24)


@dataclass(frozen=True)
class Place:
    """Where a chart stands below the titles, in pixels."""

    x: int
    y: int
    height: int


def places(charts: tuple[Picture, ...]) -> dict[str, Place]:
    """The place of each chart by its key: bars on the first page, columns over time and the map below."""
    bars = [chart for chart in charts if isinstance(chart, Chart)]
    # The map first: its title stands in a cell of the first column.
    others = sorted((chart for chart in charts if not isinstance(chart, Chart)), key=_is_no_map)
    top = _NEXT_PAGE if bars else 0
    found = _of_bars(bars)
    for x, chart in enumerate(others):
        height = _MAP_HEIGHT if isinstance(chart, Map) else HEIGHT // 2
        found[chart.key] = Place(x * (WIDTH + GAP), top, height)
    return found


def _is_no_map(chart: Picture) -> bool:
    return not isinstance(chart, Map)


def _of_bars(bars: list[Chart]) -> dict[str, Place]:
    """Two columns; the chart with many bars has a column of its own."""
    tall = next((chart for chart in bars if len(chart.points) > _MANY_BARS), None)
    others = [chart for chart in bars if chart is not tall]
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
    book: Workbook, writer: CellWriter, charts: tuple[Picture, ...], first_row: int
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
        options = {"x_offset": place.x, "y_offset": place.y, "description": chart.alt, "object_position": 3}
        if isinstance(chart, Map):
            _picture(writer, chart, first_row, place, options)
        else:
            native = _native(book, writer.sheet.get_name(), chart, row, place.height)
            writer.sheet.insert_chart(first_row, 0, native, options)
        row = _numbers(writer, chart, row)
    return (header, row - 1)


def _picture(writer: CellWriter, chart: Map, row: int, place: Place, options: dict[str, Any]) -> None:
    """A map as a PNG that fits its place; its disclaimer stands in the picture."""
    # Imported with the first map: matplotlib takes a while to load.
    from portfolio.summaries.pictures import draw_picture

    content = draw_picture(chart, "png")
    width, height = struct.unpack(">II", content[_PNG_SIZE])
    dots_per_pixel = 200 / 96
    room = place.height - _ROW_PIXELS
    scale = min(WIDTH * dots_per_pixel / width, room * dots_per_pixel / height)
    image = {"image_data": io.BytesIO(content), "x_scale": scale, "y_scale": scale}
    writer.text(row + place.y // _ROW_PIXELS, 0, chart.title, bold=True)
    below = {"y_offset": place.y + _ROW_PIXELS}
    writer.sheet.insert_image(row, 0, f"{chart.key}.png", options | below | image)


def _numbers(writer: CellWriter, chart: Picture, row: int) -> int:
    """What a chart draws, a row each; a column of which nothing is known stays empty and says so."""
    unit = "EUR" if chart.kind == "money" else "number"
    for title, label, value in _drawn(chart):
        writer.text(row, 0, title, **BODY)
        writer.text(row, 1, _short(label), **BODY)
        is_number = isinstance(value, int | float)
        # Text in place of a number would be drawn as a column of height 0.
        writer.value(row, 2, value if is_number else None, chart.kind, **BODY)
        writer.text(row, 3, unit if is_number else f"{unit}: not known", **BODY)
        row += 1
    return row


def _drawn(chart: Picture) -> list[tuple[str, str, Cell]]:
    """Chart or series, bar, and value."""
    if isinstance(chart, Chart):
        return [(chart.title, label, value) for label, value in chart.points]
    if isinstance(chart, Map):
        return [(chart.title, partner_name(code), value) for code, value in chart.values]
    return [
        (f"{chart.title}: {name}", period, value)
        for name, values in chart.series
        for period, value in zip(chart.periods, values, strict=True)
    ]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _native(book: Workbook, sheet: str, chart: Chart | Columns, row: int, height: int) -> NativeChart:
    """Bars or columns from zero, each with its number, so that colour and axis are not needed to read it."""
    native = _bars(book, sheet, chart, row) if isinstance(chart, Chart) else _columns(book, sheet, chart, row)
    native.set_title(
        {"name": chart.title[:250], "name_font": {"size": 10, "bold": True, "color": TEXT}, "overlay": False}
    )
    native.set_chartarea({"border": {"color": BORDER}, "fill": {"none": True}})
    native.set_size({"width": WIDTH, "height": height})
    return native


def _started(book: Workbook, kind: str) -> NativeChart:
    native = book.add_chart({"type": kind})
    if native is None:  # pragma: no cover - the types are ones that the library has
        raise TypeError(f"The library has no {kind} charts.")
    return native


def _bars(book: Workbook, sheet: str, chart: Chart, row: int) -> NativeChart:
    native, last, font = _started(book, "bar"), row + len(chart.points) - 1, {"size": 8, "color": TEXT}
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
    native.set_legend({"none": True})
    native.set_y_axis(
        {
            "reverse": True, "interval_unit": 1, "num_font": font, "major_tick_mark": "none",
            "line": {"color": BORDER},
        }
    )  # fmt: skip
    native.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    return native


def _columns(book: Workbook, sheet: str, chart: Columns, row: int) -> NativeChart:
    """One group of columns a period and one column a series, with a legend below."""
    native, font = _started(book, "column"), {"size": 8, "color": TEXT}
    periods = len(chart.periods)
    for place, (name, _) in enumerate(chart.series):
        first = row + place * periods
        native.add_series(
            {
                "name": name[:250],
                "categories": [sheet, row, 1, row + periods - 1, 1],
                "values": [sheet, first, 2, first + periods - 1, 2],
                "gap": 60,
                "overlap": 0,
                "border": {"color": TEXT, "width": 0.5},
                "data_labels": {"value": True, "num_format": _LABELS[chart.kind], "font": {"size": 7}},
            }
            | _SERIES[place % len(_SERIES)]
        )
    native.show_blanks_as("gap")
    native.set_legend({"position": "bottom", "font": font})
    native.set_x_axis({"num_font": font, "major_tick_mark": "none", "line": {"color": BORDER}})
    native.set_y_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    return native
