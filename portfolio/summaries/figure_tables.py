"""Key figures as a table, for formats that hold nothing but tables."""

from __future__ import annotations

from portfolio.summaries.content import Cell, Column, KeyFigures, Kind, Missing, Row, Table

_COLUMNS = (
    Column("group", "Group"),
    Column("figure", "Figure key"),
    Column("label", "Figure"),
    Column("value", "Value", "number"),
    Column("text", "Value in words"),
    Column("unit", "Unit"),
    Column("known_for", "Known for"),
    Column("note", "Number of the definition", "count"),
    Column("before", "Value on the date compared with", "number"),
)


def figures_table(figures: KeyFigures) -> Table:
    """The key figures as a table: what is a number apart from what is told in words."""
    rows = []
    for heading, members in figures.groups:
        for figure in members:
            is_text = isinstance(figure.value, str)
            rows.append(Row((
                heading, figure.key, figure.label,
                Missing.NOT_APPLICABLE if is_text else _plain_number(figure.value, figure.kind),
                figure.value if is_text else Missing.NOT_APPLICABLE,
                figure.unit, figure.known_for, figure.note,
                Missing.NOT_APPLICABLE
                if figure.before is None or isinstance(figure.before, str)
                else _plain_number(figure.before, figure.kind),
            )))  # fmt: skip
    return Table("key-figures", _COLUMNS, tuple(rows))


def _plain_number(value: Cell, kind: Kind) -> Cell:
    """A number in its unit: euro for cents."""
    if kind == "money" and isinstance(value, int):
        return value / 100 if value % 100 else value // 100
    return value
