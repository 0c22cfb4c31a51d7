"""A matrix as a heat map: text stands in every cell, the colour only repeats it; a click chooses a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from portfolio.ui.charts import Chart, empty_figure, plain, shortened
from portfolio.ui.session import session
from portfolio.ui.theme import Theme, ink_on

ROW_HEIGHT = 25
# Names of columns stand upright in two lines of so many letters.
_COLUMN_LINE = 17
_COLUMN_ROOM = 128
_ROW_LETTERS = 25


@dataclass(frozen=True)
class MatrixCell:
    """One cell: its number for the colour, its text, and what the pointer is told."""

    value: int
    text: str
    hover: str


def heat_matrix(
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    cells: Mapping[tuple[str, str], MatrixCell],
    alt: str,
    theme: Theme,
) -> Chart:
    """Rows from the top down and columns from the left, by code with their names; every cell is given."""
    figure = empty_figure(theme, ROW_HEIGHT * max(len(rows), 1) + _COLUMN_ROOM)
    order = [(row, column) for row in rows for column in columns]
    most = max((cells[place].value for place in order), default=0)
    x, y = list(range(len(columns))), list(range(len(rows)))
    figure.add_heatmap(
        x=x, y=y, z=[[cells[row, column].value for column in columns] for row in rows],
        zmin=0, zmax=max(most, 1), colorscale=_scale(theme, most), showscale=False, xgap=2, ygap=2,
        text=[[plain(cells[row, column].text) for column in columns] for row in rows],
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[x[list(columns).index(column)] for _, column in order],
        y=[y[list(rows).index(row)] for row, _ in order],
        mode="markers",
        marker={"symbol": "square", "size": ROW_HEIGHT - 3, "opacity": 0},
        customdata=[[row, column, plain(cells[row, column].hover)] for row, column in order],
        hovertemplate="%{customdata[2]}<extra></extra>",
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        showlegend=False,
    )
    for ink in (theme.text, theme.background):
        written = [place for place in order if _ink(cells[place].value, most, theme) == ink]
        font = {"size": 12, "color": ink}
        figure.add_scatter(
            x=[list(columns).index(column) for _, column in written],
            y=[list(rows).index(row) for row, _ in written],
            mode="text", text=[plain(cells[place].text) for place in written], textfont=font,
            unselected={"textfont": {"color": ink}}, hoverinfo="skip", showlegend=False,
        )  # fmt: skip
    _name(figure, rows, columns, theme)
    return Chart(figure, alt)


def _name(figure: go.Figure, rows: Mapping[str, str], columns: Mapping[str, str], theme: Theme) -> None:
    figure.update_xaxes(
        side="top", tickmode="array", tickvals=list(range(len(columns))), tickangle=-90, fixedrange=True,
        ticktext=[_two_lines(name) for name in columns.values()], showgrid=False, zeroline=False,
        range=[-0.5, len(columns) - 0.5], tickfont={"color": theme.text, "size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(rows))), autorange=False, fixedrange=True,
        ticktext=[plain(shortened(name, _ROW_LETTERS)) for name in rows.values()],
        range=[len(rows) - 0.5, -0.5], showgrid=False, zeroline=False,
        tickfont={"color": theme.text, "size": 12},
    )  # fmt: skip
    figure.update_layout(margin={"l": 4, "r": 4, "t": _COLUMN_ROOM - 4, "b": 4}, clickmode="event+select")


def _two_lines(name: str) -> str:
    """A name in at most two lines, broken between words."""
    words, lines = name.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= _COLUMN_LINE and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(plain(shortened(line, _COLUMN_LINE + 4)) for line in lines)


def _scale(theme: Theme, most: int) -> list[list[Any]]:
    """Nothing is the colour of what is not there; from one on, the first to the fifth step of the scale."""
    if most <= 0:
        return [[0, theme.unknown], [1, theme.unknown]]
    steps: list[list[Any]] = []
    for value in range(most + 1):
        colour = _colour(value, most, theme)
        steps += [[value / (most + 1), colour], [(value + 1) / (most + 1), colour]]
    return steps


def _colour(value: int, most: int, theme: Theme) -> str:
    if value <= 0:
        return theme.background
    return theme.scale[min(4, round((value - 1) * 4 / max(most - 1, 1)))]


def _ink(value: int, most: int, theme: Theme) -> str:
    return ink_on(_colour(value, most, theme), theme)


def clicked_cell(key: str) -> tuple[str, str] | None:
    """Row and column of the cell that was clicked in a matrix; None if none was. For a callback."""
    state: Mapping[str, Any] = session.value(key, {})
    points: Sequence[Mapping[str, Any]] = state.get("selection", {}).get("points", [])
    found = next((point["customdata"] for point in points if "customdata" in point), None)
    if found is None:
        return None
    # Streamlit hands the list over as a mapping of positions.
    values = list(found.values()) if isinstance(found, Mapping) else list(found)
    return (str(values[0]), str(values[1]))
