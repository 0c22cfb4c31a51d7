"""Charts of results: indicators against what is expected by now, and a project's way to its targets."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import plotly.graph_objects as go

from portfolio.services.results.overviews import MeasuredIndicator, ProjectResults
from portfolio.services.results.progress import reached_millionths, share_text
from portfolio.services.thresholds import threshold
from portfolio.ui.charts import LEGEND_ROW, Chart, empty_figure, plain, shortened
from portfolio.ui.theme import STATUSES, StatusName, Theme

ROW = 34
# More rows than this are no chart any more.
MOST_ROWS = 40
WAY_ROW = 46
# Beyond these a share is drawn at the edge; the hover text and the table keep the number.
LOWEST, HIGHEST = -10.0, 160.0
MEASURED: tuple[StatusName, ...] = ("green", "amber", "red")
NAMES = {"green": "Keeping pace", "amber": "Behind", "red": "Far behind"}
_LABEL_LENGTH = 38
# Beside the words of a way a label has less room on a phone.
_WAY_LABEL_LENGTH = 30


def shares_chart(results: Sequence[ProjectResults], theme: Theme) -> Chart:
    """One row per project, one mark per outcome or output at its share of what is expected by now.

    Only the projects that are furthest behind where there are many: the table holds them all.
    """
    shown = furthest_behind(results)
    top = LEGEND_ROW * ceil(len(MEASURED) / 2) + 24
    figure = empty_figure(theme, max(len(shown), 1) * ROW + top + 34)
    for colour in MEASURED:
        _add_marks(figure, shown, colour, theme)
    _label_rows(figure, [each.project.acronym for each in shown], theme)
    _mark_expected(figure, "Expected by now", theme)
    for name in ("results-amber", "results-red"):
        _mark_threshold(figure, threshold(name), theme)
    figure.update_xaxes(
        range=[LOWEST - 4, HIGHEST + 4], ticksuffix=" %", dtick=20, zeroline=False, side="bottom"
    )
    legend = {"yref": "container", "y": 1, "yanchor": "top"}
    figure.update_layout(legend=legend, showlegend=True, margin={"l": 2, "r": 2, "t": top, "b": 26})
    return Chart(figure, shares_alt(results))


def furthest_behind(results: Sequence[ProjectResults]) -> list[ProjectResults]:
    """The projects with a measured outcome or output, the lowest share first, at most `MOST_ROWS`."""
    measured = [each for each in results if _measured(each)]
    return sorted(measured, key=lambda each: min(map(_share, _measured(each))))[:MOST_ROWS]


def shares_alt(results: Sequence[ProjectResults]) -> str:
    """The finding: how many lie below what is expected, and the lowest."""
    measured = [each for project in results for each in _measured(project)]
    if not measured:
        return "Indicators against what is expected by now: none can be measured yet."
    lowest = min(measured, key=_share)
    behind = sum(each.colour != "green" for each in measured)
    name = next(each.project.acronym for each in results if each.project.key == lowest.row.project_key)
    return (
        f"Indicators against what is expected by now: {behind} of {len(measured)} behind; lowest is "
        f"{lowest.row.statement} of {name} with {share_text(lowest.progress.share)}."
    )


def _measured(results: ProjectResults) -> list[MeasuredIndicator]:
    return [each for each in results.indicators if each.is_judged and each.progress.share is not None]


def _share(measured: MeasuredIndicator) -> Fraction:
    return measured.progress.share or Fraction(0)


def _add_marks(
    figure: go.Figure, results: Sequence[ProjectResults], colour: StatusName, theme: Theme
) -> None:
    points = [
        (row, each)
        for row, project in enumerate(results)
        for each in _measured(project)
        if each.colour == colour
    ]
    if points:
        figure.add_scatter(
            mode="markers", name=f"{STATUSES[colour].letter} {NAMES[colour]}",
            x=[_clipped(100 * float(_share(each))) for _, each in points],
            y=[row for row, _ in points],
            marker={
                "symbol": STATUSES[colour].marker, "color": theme.status[colour], "size": 10,
                "line": {"color": theme.background, "width": 1},
            },
            text=[plain(f"{each.row.statement}: {each.progress.reason}") for _, each in points],
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _clipped(percent: float) -> float:
    return min(max(percent, LOWEST), HIGHEST)


def _label_rows(figure: go.Figure, labels: Sequence[str], theme: Theme) -> None:
    """Rows whose label stands above them at the left, so that the marks have the whole width on a phone."""
    figure.update_yaxes(visible=False, range=[max(len(labels), 1) - 0.5, -0.8])
    for row, label in enumerate(labels):
        figure.add_shape(
            type="line", x0=0, x1=1, xref="paper", y0=row, y1=row, layer="below",
            line={"color": theme.neutral_soft, "width": 1},
        )  # fmt: skip
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=row - 0.16, yanchor="bottom", showarrow=False, borderpad=0,
            text=plain(shortened(label, _LABEL_LENGTH)), font={"color": theme.text, "size": 12},
        )  # fmt: skip


def _mark_expected(figure: go.Figure, label: str, theme: Theme) -> None:
    line = {"color": theme.text, "width": 1, "dash": "4px,3px"}
    figure.add_shape(type="line", x0=100, x1=100, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=100, y=1, yref="paper", yanchor="bottom", text=label, showarrow=False,
        font={"color": theme.text, "size": 12},
    )  # fmt: skip


def _mark_threshold(figure: go.Figure, percent: int, theme: Theme) -> None:
    """A fine line where a colour begins, with its share."""
    line = {"color": theme.muted, "width": 1, "dash": "dot"}
    figure.add_shape(type="line", x0=percent, x1=percent, y0=0, y1=1, yref="paper", line=line, layer="below")
    figure.add_annotation(
        x=percent, y=1, yref="paper", yanchor="bottom", xanchor="center", text=f"{percent} %",
        showarrow=False, font={"color": theme.muted, "size": 11},
    )  # fmt: skip


def way_gone(measured: MeasuredIndicator) -> tuple[float, float] | None:
    """Per cent of the way from baseline to target that was gone, and that was expected by now.

    Of what is to be kept the target is 100. None where the way cannot be measured.
    """
    row, expected = measured.row, measured.progress.expected
    reached, target = reached_millionths(measured.standing), row.target_millionths
    if measured.progress.share is None or expected is None or reached is None or target is None:
        return None
    if row.direction == "keep":
        return 100 * float(measured.progress.share), 100.0
    baseline = row.baseline_millionths or 0
    way = target - baseline
    return 100 * (reached - baseline) / way, 100 * float((expected - baseline) / way)


def _way_text(gone: float, expected: float) -> str:
    """The two ends that the chart draws: "28.0 % of the way, expected 63.6 %"."""
    return f"{gone:.1f} %, expected {expected:.1f} %"


def way_chart(results: ProjectResults, theme: Theme) -> Chart:
    """One bar per indicator: how much of the way to its target is gone, with a mark at what is expected."""
    ways = [(each, way) for each in results.indicators if (way := way_gone(each)) is not None]
    figure = empty_figure(theme, max(len(ways), 1) * WAY_ROW + 30)
    for row, (each, (gone, expected)) in enumerate(ways):
        _add_way(figure, row, each, gone, expected, theme)
    figure.update_yaxes(visible=False, range=[max(len(ways), 1) - 0.5, -0.75])
    figure.update_xaxes(
        range=[min(0.0, 0.0, *(_clipped(gone) for _, (gone, _) in ways)), 104],
        ticksuffix=" %", dtick=20, side="bottom",
    )  # fmt: skip
    figure.update_layout(showlegend=False, margin={"l": 2, "r": 2, "t": 0, "b": 26})
    return Chart(figure, way_alt(results, ways))


def way_alt(results: ProjectResults, ways: Sequence[tuple[MeasuredIndicator, tuple[float, float]]]) -> str:
    """What the bars and the line are; how many keep pace stands in the sentence above the chart."""
    if not ways:
        return f"Way to the targets of {results.project.acronym}: nothing can be measured yet."
    return (
        f"Way from baseline to target of {results.project.acronym}, {len(ways)} that can be drawn: a bar "
        "ends at what is gone, the upright line at what is expected by now."
    )


def _add_way(
    figure: go.Figure, row: int, each: MeasuredIndicator, gone: float, expected: float, theme: Theme
) -> None:
    name: StatusName = next((colour for colour in MEASURED if colour == each.colour), "grey")
    colour = theme.status[name] if each.is_judged else theme.neutral
    figure.add_bar(
        orientation="h", x=[min(_clipped(gone), 104)], y=[row], width=0.26, marker={"color": colour},
        text=[plain(each.progress.reason)], textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure.add_shape(
        type="line",
        x0=expected,
        x1=expected,
        y0=row - 0.22,
        y1=row + 0.22,
        line={"color": theme.text, "width": 2},
    )
    letter = STATUSES[name].letter if each.is_judged else "impact"
    for text, x, anchor in (
        (shortened(each.row.statement, _WAY_LABEL_LENGTH), 0, "left"),
        (f"{letter} {_way_text(gone, expected)}", 1, "right"),
    ):
        figure.add_annotation(
            x=x, xref="paper", xanchor=anchor, y=row - 0.24, yanchor="bottom", text=plain(text),
            showarrow=False, borderpad=0, font={"color": theme.text, "size": 12},
        )  # fmt: skip
