"""A timeline on one landscape page of A4, from the title down to the small print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.services.milestones import DUE_DAYS
from portfolio.summaries.canvases import Canvas, Format, clipped, width_of, wrapped
from portfolio.summaries.covers import Making, day_label
from portfolio.summaries.timelines import Marker, MarkerKind, Timeline, TimelineRow
from portfolio.summaries.xlsx_cells import ACCENT, AMBER, BORDER, MUTED, TEXT

WIDTH, HEIGHT = 11.69, 8.27
_LEFT, _RIGHT, _BOTTOM = 0.45, WIDTH - 0.45, HEIGHT - 0.36
_END_COLUMN, _EXTENDED_COLUMN = 1.12, 0.86
_WIDEST_NAME = 2.3
_TALLEST_ROW = 0.33
_ACCENT_SOFT, _NEUTRAL, _NEUTRAL_SOFT, _RED, _ORANGE = "#a9c6e6", "#8a95a1", "#dde2e8", "#b22b24", "#bc7305"
_FORECAST = "#6f9fd3"
_LEGEND, _LEGEND_LINE = 0.42, 0.17
_MOST_LINES, _LINE = 6, 0.15
_LAST_DAY = dt.date.max - dt.timedelta(days=1)
_LISTED, _SMALL = 7.5, 6.5
_MARKS: dict[MarkerKind, tuple[str, str, float, bool]] = {
    "late": ("^", _RED, 7.0, False),
    "due": ("D", _ORANGE, 5.2, False),
    "later": ("D", MUTED, 4.2, True),
    "report-received": ("o", MUTED, 3.6, False),
    "report-due": ("o", ACCENT, 4.4, True),
    "committee": ("s", TEXT, 3.8, False),
    "committee-planned": ("s", TEXT, 4.2, True),
    "report-late": ("v", _RED, 6.4, False),
}
_MARK_NAMES: dict[MarkerKind, str] = {
    "late": "late milestone",
    "due": f"due in {DUE_DAYS} days",
    "later": "due later",
    "report-received": "report received",
    "report-due": "report due",
    "committee": "steering committee",
    "committee-planned": "steering committee planned",
    "report-late": "report late",
}


@dataclass(frozen=True)
class _Scale:
    """From days to inches; `names` is where the bars begin, `ends` where they stop."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def at(self, day: dt.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def draw_timeline(timeline: Timeline, making: Making, forms: Sequence[Format]) -> dict[Format, bytes]:
    """The page in each of the formats."""
    canvas = Canvas(WIDTH, HEIGHT)
    top = _heading(canvas, timeline)
    floor = _small_print(canvas, timeline, making)
    if timeline.rows:
        below = _LEGEND + _LEGEND_LINE + _height_of_lists(timeline)
        y = _chart(canvas, timeline, top, floor - below)
        _lists(canvas, timeline, _legend(canvas, timeline, y))
    return {form: canvas.rendered(form, _metadata(form, timeline, making)) for form in forms}


def _heading(canvas: Canvas, timeline: Timeline) -> float:
    room = _RIGHT - _LEFT
    if timeline.banner:
        width = width_of(timeline.banner, 9, True) + 0.2
        canvas.box(_RIGHT - width, 0.36, width, 0.26, AMBER)
        canvas.text(_RIGHT - width / 2, 0.53, timeline.banner, 9, colour=TEXT, bold=True, align="center")
        room -= width + 0.2
    canvas.text(_LEFT, 0.56, clipped(timeline.title, room, 17, True), 17, colour=TEXT, bold=True)
    canvas.text(_LEFT, 0.8, timeline.stamp, 9, colour=ACCENT, bold=True)
    y = 0.8
    for line in wrapped(f"Filter: {timeline.filters}", _RIGHT - _LEFT, 8.5, most=2):
        y += 0.17
        canvas.text(_LEFT, y, line, 8.5, colour=MUTED)
    canvas.text(_LEFT, y + 0.22, clipped(timeline.finding, _RIGHT - _LEFT, 10), 10, colour=TEXT)
    return y + 0.36


def _small_print(canvas: Canvas, timeline: Timeline, making: Making) -> float:
    """Notes and designations from the bottom up; where they begin."""
    made = f"Made {making.at:%Y-%m-%d %H:%M} UTC by {making.by}. Sources and definitions: see the workbook."
    texts = [*timeline.notes, *timeline.footnotes, made]
    lines = [line for text in texts for line in wrapped(text, _RIGHT - _LEFT, _SMALL)]
    top = _BOTTOM - len(lines) * 0.125
    for position, line in enumerate(lines, 1):
        canvas.text(_LEFT, top + position * 0.125, line, _SMALL, colour=MUTED)
    return top


def _named_lists(timeline: Timeline) -> list[tuple[str, list[str], int]]:
    """Heading, lines and full number of the late and of the due milestones."""
    most = _MOST_LINES if len(timeline.rows) <= 30 else _MOST_LINES // 2
    named = (("Late", timeline.late), (f"Due in {DUE_DAYS} days", timeline.due))
    return [(name, _shortened(lines, most), len(lines)) for name, lines in named]


def _height_of_lists(timeline: Timeline) -> float:
    longest = max(len(lines) for _, lines, _ in _named_lists(timeline))
    return 0.34 + _LINE * longest if longest else 0.0


def _lists(canvas: Canvas, timeline: Timeline, top: float) -> None:
    """The late and the due milestones side by side."""
    if not _height_of_lists(timeline):
        return
    width = (_RIGHT - _LEFT - 0.3) / 2
    for column, (name, lines, number) in enumerate(_named_lists(timeline)):
        x = _LEFT + column * (width + 0.3)
        canvas.line((x, top), (x + width, top), BORDER, 0.8)
        canvas.text(x, top + 0.18, f"{name}: {number or 'none'}", 8.5, colour=TEXT, bold=True)
        for position, line in enumerate(lines, 1):
            y = top + 0.2 + _LINE * position
            canvas.text(x, y, clipped(line, width, _LISTED), _LISTED, colour=TEXT)


def _shortened(lines: Sequence[str], most: int) -> list[str]:
    if len(lines) <= most + 1:
        return list(lines)
    return [*lines[:most], f"and {len(lines) - most} more in the workbook, sheet Milestones"]


def _legend(canvas: Canvas, timeline: Timeline, top: float) -> float:
    """One or two lines that explain the signs that occur; where they end."""
    x, y = _LEFT, top + 0.22
    rows = timeline.rows
    boxes = [
        ("running", ACCENT, None, any(row.runs and row.first for row in rows)),
        ("forecast", _FORECAST, None, any(_forecast_of(row, timeline.as_of) for row in rows)),
        ("not running", _NEUTRAL, None, any(not row.runs and row.first for row in rows)),
        ("not certain to the day", _ACCENT_SOFT, None, any(_is_pale(row) for row in rows)),
        ("extension", ACCENT, "//////", any(row.original_end for row in rows)),
    ]
    for name, colour, hatch, occurs in boxes:
        if occurs:
            canvas.box(x, y - 0.09, 0.26, 0.1, _ACCENT_SOFT if hatch else colour)
            if hatch:
                canvas.box(x, y - 0.09, 0.26, 0.1, colour, hatch=hatch)
            x = _name(canvas, x + 0.32, y, name)
    if any(row.original_end for row in rows):
        canvas.line((x + 0.05, y - 0.12), (x + 0.05, y + 0.03), TEXT, 1.4)
        x = _name(canvas, x + 0.12, y, "original end")
    if any(row.original_end or row.steps for row in rows):
        canvas.line((x, y - 0.03), (x + 0.26, y - 0.03), MUTED, 1.2)
        x = _name(canvas, x + 0.32, y, "baseline")
    present = {marker.kind for row in rows for marker in row.markers}
    for kind in _MARKS:
        if kind in present:
            if x + 0.16 + width_of(_MARK_NAMES[kind], _LISTED) > _RIGHT:
                x, y = _LEFT, y + _LEGEND_LINE
            _mark(canvas, x + 0.06, y - 0.04, kind)
            x = _name(canvas, x + 0.16, y, _MARK_NAMES[kind])
    return y + 0.16


def _name(canvas: Canvas, x: float, y: float, name: str) -> float:
    canvas.text(x, y, name, _LISTED, colour=TEXT)
    return x + width_of(name, _LISTED) + 0.22


def _is_pale(row: TimelineRow) -> bool:
    return (row.sure_first, row.sure_last) != (row.first, row.last)


def _chart(canvas: Canvas, timeline: Timeline, top: float, bottom: float) -> float:
    """One row a project, with its end and how far it has moved; where the rows end."""
    rows = timeline.rows
    top += 0.34
    height = min(_TALLEST_ROW, (bottom - top) / len(rows))
    points = min(8.5, height * 72 * 0.62)
    names = min(_WIDEST_NAME, max(width_of(row.name, points) for row in rows)) + 0.15
    scale = _scale(timeline, _LEFT + names, _RIGHT - _END_COLUMN - _EXTENDED_COLUMN - 0.1)
    _axis(canvas, timeline, scale, top, top + height * len(rows))
    for position, row in enumerate(rows):
        y = top + position * height
        _bar(canvas, row, scale, y, height, timeline.as_of)
        base = y + height / 2 + points / 72 * 0.36
        canvas.text(_LEFT, base, clipped(row.name, names - 0.1, points), points, colour=TEXT)
        colour = TEXT if row.runs else MUTED
        canvas.text(_RIGHT - _EXTENDED_COLUMN, base, row.end_label, points, colour=colour, align="right")
        canvas.text(_RIGHT, base, row.extended, points, colour=colour, align="right")
        canvas.line((_LEFT, y + height), (_RIGHT, y + height), BORDER, 0.4)
    _today(canvas, timeline, scale, top, top + height * len(rows))
    for position, row in enumerate(rows):
        for marker in sorted(row.markers, key=_over):
            below = 0.78 if marker.kind.startswith("report-") else 0.5
            _mark(canvas, scale.at(marker.on), top + (position + below) * height, marker.kind)
    return top + height * len(rows)


def _over(marker: Marker) -> int:
    """Late ones lie on top."""
    return -list(_MARKS).index(marker.kind)


def _mark(canvas: Canvas, x: float, y: float, kind: MarkerKind) -> None:
    shape, colour, points, hollow = _MARKS[kind]
    canvas.marker(x, y, shape, points, colour, hollow=hollow)


def _scale(timeline: Timeline, left: float, right: float) -> _Scale:
    days = [day for row in timeline.rows for day in (row.first, row.last, row.original_end) if day]
    days += [marker.on for row in timeline.rows for marker in row.markers] + [timeline.as_of]
    return _Scale(dt.date(min(days).year, 1, 1), dt.date(max(days).year, 12, 31), left, right)


def _axis(canvas: Canvas, timeline: Timeline, scale: _Scale, top: float, bottom: float) -> None:
    """Years as thin lines, and the headings of the columns."""
    years = range(scale.first.year, scale.last.year + 1)
    step = max(1, round(0.42 * len(years) / (scale.right - scale.left) + 0.49))
    for year in years:
        x = scale.at(dt.date(year, 1, 1))
        is_named = (year - years[0]) % step == 0
        canvas.line((x, top), (x, bottom), BORDER if is_named else "#eceff2", 0.5, under=True)
        if is_named and x < scale.right - 0.25:
            canvas.text(x + 0.03, top - 0.05, str(year), 7.5, colour=MUTED)
    canvas.line((_LEFT, top), (_RIGHT, top), BORDER, 0.8)
    for x, name in ((_RIGHT - _EXTENDED_COLUMN, "Present end"), (_RIGHT, "Extended by")):
        canvas.text(x, top - 0.05, name, 7.5, colour=MUTED, bold=True, align="right")


def _bar(canvas: Canvas, row: TimelineRow, scale: _Scale, y: float, height: float, as_of: dt.date) -> None:
    full, soft = (ACCENT, _ACCENT_SOFT) if row.runs else (_NEUTRAL, _NEUTRAL_SOFT)
    if row.first is None or row.last is None:
        points = min(7.5, height * 40)
        canvas.text(scale.left + 0.05, y + height * 0.66, "start and end not stated", points, colour=MUTED)
        return
    bar = (y + height * 0.24, height * 0.52)
    _span(canvas, scale, bar, (row.first, row.last), soft)
    if row.sure_first and row.sure_last and row.sure_first <= row.sure_last:
        _span(canvas, scale, bar, (row.sure_first, row.sure_last), full)
    forecast = _forecast_of(row, as_of)
    if forecast is not None:
        _span(canvas, scale, bar, forecast, _FORECAST)
    if row.original_end is None:
        return
    if row.first <= row.original_end < row.last:
        _span(canvas, scale, bar, (row.original_end, row.last), soft)
        _span(canvas, scale, bar, (row.original_end, row.last), full, hatch="//////")
    base = y + height * 0.86
    canvas.line((scale.at(row.first), base), (scale.at(row.original_end), base), MUTED, 1.2)
    for day in (row.original_end, *(last for _, last in row.steps[:-1])):
        x = scale.at(day)
        canvas.line((x, y + height * 0.1), (x, y + height * 0.9), TEXT, 1.4)


def _forecast_of(row: TimelineRow, as_of: dt.date) -> tuple[dt.date, dt.date] | None:
    """What of a running project's certain bar is still to come."""
    if not row.runs or row.sure_first is None or row.sure_last is None:
        return None
    first = max(row.sure_first, as_of + dt.timedelta(days=1))
    return (first, row.sure_last) if first <= row.sure_last else None


def _span(
    canvas: Canvas, scale: _Scale, bar: tuple[float, float], days: tuple[dt.date, dt.date], colour: str,
    hatch: str | None = None,
) -> None:  # fmt: skip
    left, right = scale.at(days[0]), scale.at(min(days[1], _LAST_DAY) + dt.timedelta(days=1))
    canvas.box(left, bar[0], max(right - left, 0.03), bar[1], colour, hatch=hatch)


def _today(canvas: Canvas, timeline: Timeline, scale: _Scale, top: float, bottom: float) -> None:
    x = scale.at(timeline.as_of)
    label = day_label(timeline.as_of)
    canvas.line((x, top - 0.17), (x, bottom), _RED, 1.0)
    half = width_of(label, 7.5, True) / 2
    centre = min(max(x, scale.left + half), scale.right - half)
    canvas.text(centre, top - 0.21, label, 7.5, colour=_RED, bold=True, align="center")


def _metadata(form: Format, timeline: Timeline, making: Making) -> dict[str, Any]:
    """Title, author and the finding, for programs and for readers that do not see the picture."""
    described = " ".join(filter(None, (timeline.banner, timeline.finding)))
    title = f"{timeline.title}, {timeline.stamp}"
    creator = "Portfolio tracker"
    if form == "pdf":
        return {
            "Title": title, "Author": making.by, "Subject": described, "Creator": creator,
            "CreationDate": making.at, "Keywords": f"revision {timeline.revision}",
        }  # fmt: skip
    if form == "svg":
        return {"Title": title, "Description": described, "Creator": creator, "Date": making.at.isoformat()}
    return {"Title": title, "Description": described, "Author": making.by, "Software": creator}
