"""The completeness screen's words: what is missing, who owes it, since when, where it is mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import HalfYear, date_label
from portfolio.model.completeness_rows import IncompleteRow
from portfolio.model.rows import ProjectRow
from portfolio.services.completeness.contradictions import Contradiction
from portfolio.services.completeness.freshness import Freshness
from portfolio.services.completeness.missing import (
    MissingItem,
    OnRecord,
    PartState,
    Since,
    part_states,
)
from portfolio.settings import ROOT
from portfolio.ui.addresses import link_parameters, query_of
from portfolio.ui.charts import Segment
from portfolio.ui.forms.entrances import EDIT_PAGE, form_address
from portfolio.ui.forms.fields import PART_OF, PARTS
from portfolio.ui.report_panels import period_label
from portfolio.ui.session import WidgetKey
from portfolio.ui.tables import count_column, date_column, days_column, text_column
from portfolio.ui.texts import counted, listed
from portfolio.ui.theme import Theme
from portfolio.vocabulary import label, labels, terms

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

REPORTS_PAGE = ROOT / "pages" / "reports.py"
ALL = "all"
OWNERS = {ALL: "All", "unit": "The unit", "implementer": "Implementers"}
STATES: dict[PartState, str] = {
    "known": "● known",
    "partly": "◐ partly",
    "missing": "○ missing",
    "not-asked": "– not asked",
}
_CHARTED: tuple[PartState, ...] = ("known", "partly", "missing", "not-asked")
LOADED = "it was loaded"
_SINCE: dict[Since, str] = {
    "entered": "entered without it",
    "loaded": "loaded without it",
    "erased": "emptied",
    "due": "the report is due",
    "not-due": "nothing says when a report is due",
}


@dataclass(frozen=True)
class Mending:
    """Where something is mended: a screen, what its address asks for, and the name of the place."""

    page: Path
    query: Mapping[str, str | list[str]]
    label: str


def mending_of(item: MissingItem, project: ProjectRow, as_of: dt.date) -> Mending:
    """Where a missing thing is entered: the workbook of the report that owes it, else a part of the form."""
    if item.period is not None:
        return report_mending(project, item.period, as_of)
    return form_mending(project.key, item.term.get("form"))


def report_mending(project: ProjectRow, period: HalfYear, as_of: dt.date) -> Mending:
    """The workbook of a project for a half-year."""
    chosen = {
        WidgetKey.PERIOD: period_label(period, as_of),
        WidgetKey.REPORT_PROJECT: f"{project.acronym}: {project.title}",
    }
    return Mending(REPORTS_PAGE, link_parameters(query_of(chosen)), f"Workbook for {period}")


def form_mending(project_key: str, part: str) -> Mending:
    """A part of the form of a project; its first part where the form has none of that name."""
    known = part if part in PARTS else "project"
    return Mending(EDIT_PAGE, form_address(known, project_key), f"Form: {PARTS[known]}")


def contradiction_mending(found: Contradiction) -> Mending:
    """The part of the form that holds the record."""
    return form_mending(found.project_key, PART_OF.get(found.entity, "project"))


def headline(items: Sequence[MissingItem], contradictions: Sequence[Contradiction], projects: int) -> str:
    """What is missing and who owes it, in one sentence, and what contradicts itself in another."""
    unit = sum(item.owner == "unit" for item in items)
    of = len({item.project_key for item in items})
    if items:
        text = (
            f"{of} of {counted(projects, 'project')} {'lacks' if of == 1 else 'lack'} something: "
            f"{counted(len(items), 'thing')} in all, {unit} for the unit to enter and "
            f"{len(items) - unit} for implementers to report."
        )
    else:
        text = f"Nothing that is asked of the {counted(projects, 'project')} is missing."
    return f"{text} {contradiction_sentence(contradictions)}"


def contradiction_sentence(found: Sequence[Contradiction]) -> str:
    """How many records contradict themselves, of how many projects."""
    if not found:
        return "No record contradicts itself."
    projects = len({row.project_key for row in found})
    return f"{counted(len(found), 'contradiction')} in the records of {counted(projects, 'project')}."


def chosen_items(items: Iterable[MissingItem], owner: str, kinds: Iterable[str]) -> tuple[MissingItem, ...]:
    """The items of an owner and of some kinds, longest missing first; of every one where none is named."""
    wanted = set(kinds)
    found = [item for item in items if owner in (ALL, item.owner) and (not wanted or item.kind in wanted)]
    return tuple(sorted(found, key=lambda item: (item.since is None, item.since or dt.date.max)))


def owner_words(item: MissingItem, as_of: dt.date) -> str:
    """Who owes something: the unit, or the implementer with the report for a half-year."""
    if item.period is None:
        return OWNERS["unit"] if item.owner == "unit" else "Implementer"
    if item.period.last < as_of:
        return f"Implementer, report for {item.period} (open)"
    return f"Implementer, next report ({item.period})"


def missing_words(item: MissingItem) -> str:
    """What is missing, with the records that it is missing of."""
    if item.kind == "report" and item.basis == "not-due":
        return f"{item.term.label}: nothing says when it is due; none is on record"
    if not item.records:
        return item.term.label
    names = listed([_record_words(row) for row in item.records], 3)
    return f"{item.term.label}: {names}"


def _record_words(row: IncompleteRow) -> str:
    """A record as the list names it: by its title, or a report of the calendar by its kind and half-year."""
    if row.entity != "report_due":
        return f"'{row.name}'"
    period = f" {row.period}" if row.period else ""
    return f"{label('report_kind', row.name).lower()}{period}, due {date_label(row.due_on)}"


def items_table(
    items: Sequence[MissingItem], projects: Mapping[str, ProjectRow], as_of: dt.date
) -> pd.DataFrame:
    """One row per missing thing: project, what, who owes it, since when, and where it is mended."""
    return pd.DataFrame(
        {
            "project": [projects[item.project_key].acronym for item in items],
            "title": [projects[item.project_key].title for item in items],
            "part": [label("missing_part", item.part) for item in items],
            "missing": [missing_words(item) for item in items],
            "owner": [owner_words(item, as_of) for item in items],
            "since": [_since(item) for item in items],
            "days": pd.array([item.days(as_of) for item in items], dtype="Int64"),
            "because": [
                _SINCE[item.basis] if item.since or item.basis == "not-due" else None for item in items
            ],
            "mend": [mending_of(item, projects[item.project_key], as_of).label for item in items],
        }
    )


def _since(item: MissingItem) -> str | None:
    """The day, or that it is missing since the portfolio was loaded: that day says nothing of it."""
    if item.basis == "loaded":
        return LOADED
    return item.since.isoformat() if item.since else None


def items_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `items_table` that the screen shows."""
    return {
        "project": text_column("Project", width=130, pinned=True),
        "missing": text_column("Missing", width=250),
        "owner": text_column("Owed by", width=245),
        "since": date_column("Since", "When the record was entered without it, when the field was emptied, "
                             "or the day after the half-year ended; of what was loaded so it is not known"),
        "days": days_column("Missing for"),
        "because": text_column("What happened then", width=140),
        "mend": text_column("Mended in", "Tick a row to go there", width=170),
    }  # fmt: skip


def matrix_table(
    projects: Sequence[ProjectRow],
    items: Sequence[MissingItem],
    on_record: OnRecord,
    fresh: Freshness,
    as_of: dt.date,
) -> pd.DataFrame:
    """One row per project, most missing first: each part, how much is missing, and its last report."""
    by_project: dict[str, list[MissingItem]] = {}
    for item in items:
        by_project.setdefault(item.project_key, []).append(item)
    projects = sorted(projects, key=lambda project: -len(by_project.get(project.key, ())))
    states = [
        part_states(
            project, by_project.get(project.key, ()), on_record.period, as_of,
            on_record.counts.get(project.key),
        )
        for project in projects
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "project": [project.acronym for project in projects],
            "title": [project.title for project in projects],
            "missing": [len(by_project.get(project.key, ())) for project in projects],
            **{part: [STATES[row[part]] for row in states] for part in labels("missing_part")},
            "last_report": [_last(fresh, project.key) for project in projects],
            "age": pd.array([fresh.age_days(project.key, as_of) for project in projects], dtype="Int64"),
        }
    )  # fmt: skip


def _last(fresh: Freshness, project_key: str) -> str | None:
    row = fresh.last.get(project_key)
    return None if row is None else row.period


def matrix_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `matrix_table` that the screen shows."""
    return {
        "project": text_column("Project", width=130, pinned=True),
        "missing": count_column("Missing", "Things that are missing of the project"),
        **{part.code: text_column(part.label, part.description, width=92) for part in terms("missing_part")},
        "last_report": text_column("Last report", "The last half-year with costs or a report on record"),
        "age": days_column("Its age", "Days since that half-year ended"),
    }  # fmt: skip


def part_segments(table: pd.DataFrame) -> list[Segment]:
    """How many projects are known, partly known and missing in each part, from `matrix_table`."""
    found = []
    for part, name in labels("missing_part").items():
        counts = table[part].value_counts()
        for state in _CHARTED:
            number = int(counts.get(STATES[state], 0))
            found.append(Segment(name, STATES[state], number, str(number) if number else ""))
    return found


def part_colours(theme: Theme) -> dict[str, str]:
    """The colours of the chart: strong for what is missing, pale for what is not asked for."""
    return {
        STATES["known"]: theme.series[0],
        STATES["partly"]: theme.series[2],
        STATES["missing"]: theme.series[1],
        STATES["not-asked"]: theme.neutral_soft,
    }


def parts_table(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row per part with the number of projects in each state, from `matrix_table`."""
    rows = [(name, matrix[part].value_counts()) for part, name in labels("missing_part").items()]
    table = pd.DataFrame({"part": [name for name, _ in rows]})
    for code, text in STATES.items():
        table[code] = [int(counts.get(text, 0)) for _, counts in rows]
    return table


def parts_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `parts_table`."""
    counts = {str(code): count_column(text) for code, text in STATES.items()}
    return {"part": text_column("Part"), **counts}


def parts_sentence(table: pd.DataFrame) -> str:
    """The finding of the parts: which one is most often missing, and in how many projects."""
    counts = parts_table(table)
    counts["asked"] = counts[["known", "partly", "missing"]].sum(axis=1)
    worst = counts.sort_values("missing", ascending=False, kind="stable").iloc[0]
    if not worst["missing"]:
        return "No part is missing of any project."
    of = counted(int(worst["asked"]), "project")
    verb = "are" if worst["part"].endswith("s") else "is"
    return f"{worst['part']} {verb} missing most often: of {worst['missing']} of {of} asked for it."
