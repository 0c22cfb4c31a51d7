"""What a document says of an earlier date that it is compared with: its key figures then, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

from portfolio.errors import UsageProblem
from portfolio.services.access import Person
from portfolio.services.differences.comparisons import Differences, load_differences
from portfolio.services.differences.standpoints import Standpoint
from portfolio.services.known_dates import Known, known_on, under
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.summaries.content import KeyFigure, KeyFigures, Section
from portfolio.summaries.covers import day_label
from portfolio.summaries.figures import key_figures_section
from portfolio.summaries.scopes import Subject, SummaryScope, load_subject


@dataclass(frozen=True)
class Comparison:
    """The same scope on an earlier date: its key figures, and what has changed in its projects since."""

    day: dt.date
    figures: Section
    differences: Differences


def load_comparison(
    database: Database,
    person: Person,
    subject: Subject,
    scope: SummaryScope,
    day: dt.date,
    *,
    known: Known = "now",
    chosen: PortfolioFilter | None = None,
) -> Comparison:
    """The scope of `subject` on `day`, by what is recorded now or by what was known on each of the two dates.

    Raises: UsageProblem if the day does not lie before the date of the document; DataProblem if nothing was
            recorded by then.
    """
    as_of = subject.view.as_of
    if day >= as_of:
        raise UsageProblem(
            f"The document is as at {day_label(as_of)} and can only be compared with an earlier date, not "
            f"with {day_label(day)}."
        )
    # What has left since counted in the figures of the earlier date: it is among the differences too.
    figures, left = _earlier(database, person, scope, day, known, chosen)
    keys = {project.key for project in subject.projects} | left
    points = (Standpoint(day, known), Standpoint(as_of, known))
    return Comparison(day, figures, load_differences(database, person, *points, chosen, keys=keys))


def _earlier(
    database: Database,
    person: Person,
    scope: SummaryScope,
    day: dt.date,
    known: Known,
    chosen: PortfolioFilter | None,
) -> tuple[Section, frozenset[str]]:
    """The key figures of the scope on `day`, and the keys of its projects then."""
    with nullcontext(database) if known == "now" else under(known_on(database, day)) as asked:
        earlier = load_subject(asked, person, scope, as_of=day, chosen=chosen)
        return key_figures_section(earlier), frozenset(project.key for project in earlier.projects)


def with_before(section: Section, earlier: Section) -> Section:
    """The key figures, each with its value in `earlier`."""
    then = {figure.key: figure.value for figure in _figures(earlier)}

    def compared(figure: KeyFigure) -> KeyFigure:
        return replace(figure, before=then.get(figure.key))

    blocks = tuple(
        KeyFigures(tuple((name, tuple(map(compared, figures))) for name, figures in block.groups))
        if isinstance(block, KeyFigures)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _figures(section: Section) -> Iterator[KeyFigure]:
    for block in section.blocks:
        if isinstance(block, KeyFigures):
            yield from (figure for _, figures in block.groups for figure in figures)
