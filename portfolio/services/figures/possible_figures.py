"""Sums of money with what they do not count yet, because a reduced date may lie before or after the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portfolio.model.money_rows import MoneyRow
from portfolio.services.figures.breakdowns import Breakdown, Line
from portfolio.services.figures.funds_figures import load_money, on_budget
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.figures.values import arithmetic_of
from portfolio.services.funds.possible_amounts import FIGURES, not_counted


def with_possible(builders: Mapping[str, Builder]) -> dict[str, Builder]:
    """The builders; those of payments, clearings and receipts say what may have happened by the day."""
    return {name: _saying(name, build) if name in FIGURES else build for name, build in builders.items()}


def _saying(figure_id: str, build: Builder) -> Builder:
    def say(subject: FigureSubject) -> Breakdown:
        found, money = build(subject), subject.once(load_money)
        of_one = subject.project_key is not None
        keys = [row.key for row in (subject.projects if of_one else on_budget(subject))]
        value = found.value if isinstance(found.value, int) else None
        said = not_counted(figure_id, [money.get(key) for key in keys], value)
        if not said:
            return found
        lines = found.lines if of_one else tuple(_line(figure_id, line, money) for line in found.lines)
        arithmetic = ". ".join(filter(None, (arithmetic_of(found), said)))
        return replace(found, lines=lines, arithmetic=arithmetic)

    return say


def _line(figure_id: str, line: Line, money: Mapping[str, MoneyRow]) -> Line:
    """A project's line with what its amount does not count yet."""
    value = line.value if isinstance(line.value, int) else None
    said = not_counted(figure_id, [money.get(line.project_key or "")], value)
    return replace(line, remark="; ".join(filter(None, (line.remark, said)))) if said else line
