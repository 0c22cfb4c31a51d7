"""Chapters of short documents before they are fitted: what always stands, and tables that give way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.summaries.content import Block, Facts, KeyFigures, Section, Table
from portfolio.summaries.page_budgets import (
    HEADING,
    granted,
    paragraph_lines,
    remark_lines,
    row_lines,
    table_head_lines,
)
from portfolio.summaries.page_cuts import Cut

# Heights in lines: a row of four key figures, the heading of a group, a caption of facts.
_FIGURES, _GROUP, _CAPTION, _A_ROW = 3.2, 1.8, 1.2, 4
# Characters of a line beside the label of a fact.
_FACT_LINE = 70


@dataclass(frozen=True)
class Draft:
    """A chapter; of each `Cut` among its parts as many rows are printed as the pages have room for."""

    key: str
    title: str
    parts: tuple[Block | Cut, ...] = ()
    intro: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The lines that it takes without a row of its cuts."""
        texts = sum(map(paragraph_lines, self.intro)) + sum(map(remark_lines, self.remarks))
        return HEADING + texts + sum(map(_height, self.parts))


def _height(part: Block | Cut) -> float:
    if isinstance(part, Cut):
        return part.frame
    if isinstance(part, Table):
        return table_head_lines(part) + sum(row_lines(part))
    if isinstance(part, KeyFigures):
        return sum(_GROUP + _FIGURES * -(-len(figures) // _A_ROW) for _, figures in part.groups)
    if isinstance(part, Facts):
        caption = _CAPTION if part.caption else 0
        return caption + sum(paragraph_lines(text, _FACT_LINE) for _, text in part.rows)
    raise ValueError(f"A short document draws no {type(part).__name__}.")


def fitted(drafts: Sequence[Draft], room: float) -> tuple[Section, ...]:
    """The chapters with as many rows as `room` lines hold, the rows of the chapters in turn."""
    cuts = [part for draft in drafts for part in draft.parts if isinstance(part, Cut)]
    left = room - sum(draft.height for draft in drafts)
    rows = iter(granted([cut.demand for cut in cuts], left))
    return tuple(_section(draft, rows) for draft in drafts)


def _section(draft: Draft, rows: Iterator[int]) -> Section:
    blocks: list[Block] = []
    notes: list[str] = []
    for part in draft.parts:
        if isinstance(part, Cut):
            kept = next(rows)
            blocks.append(part.kept(kept))
            notes += filter(None, (part.note(kept),))
        else:
            blocks.append(part)
    # One remark: a line of its own for each would cost the rows that it speaks of.
    said = " ".join((*notes, *draft.remarks))
    return Section(draft.key, draft.title, tuple(blocks), draft.intro, (said,) if said else ())
