"""What changed since the date that a document is compared with: all of it, and the most telling of it."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.dates import date_label
from portfolio.model.fields import MILLION
from portfolio.services.differences import wordings as words
from portfolio.services.differences.comparisons import Differences
from portfolio.services.differences.happenings import Happened
from portfolio.services.differences.headlines import further, headline
from portfolio.services.differences.tellings import telling
from portfolio.services.statuses import before_first_start
from portfolio.summaries.content import Cell, Column, Kind, Missing, Row, Section, Table, known

KEY, TITLE = "differences", "What changed"
_PROJECT = Column("project", "Project", widest=20)
_DIFFERENCE_REMARK = (
    "Difference = moved (projects whose amount is known on both dates) + known on the later date only - "
    "known on the earlier date only. Amounts are those of whole projects; off-budget money is in no EU sum."
)
_STATUS = Column("what", "What", widest=26)


def differences_section(found: Differences) -> Section:
    """Every change in a table by its group; the groups without one are named in a line."""
    names = found.names
    tables = (
        _sums(found), _statuses(found), _amounts(found), _dates(found),
        _happened("amendments", found.amendments, names, "Amendment", "Signed"),
        _milestones(found), _colours(found), _risks(found), _values(found),
        _happened("trainings", found.trainings, names, "Training", "Held"),
        _happened("reports", found.reports, names, "Report", "Received"),
    )  # fmt: skip
    remarks = (*filter(None, (words.unchanged_words(found),)), _DIFFERENCE_REMARK, words.known_words(found))
    kept = tuple(table for table in tables if table.rows)
    return Section(KEY, TITLE, kept, intro=_said(found), remarks=remarks)


def differences_page(found: Differences) -> Section:
    """What changed on half a page: the sentence, the money, and the changes that tell most."""
    sums = _sums(found)
    money = sums.narrowed(("amount", "old", "new", "difference", "apart"))
    rows = tuple(
        Row((found.names[row.project_key], row.what, known(row.old), known(row.new)))
        for row in telling(found)
    )
    columns = (
        _PROJECT, Column("what", "What changed", widest=60), Column("old", "Before", widest=24),
        Column("new", "Now", widest=24),
    )  # fmt: skip
    most = Table("changes-telling", columns, rows, "The most telling changes", "No project changed.")
    return Section(KEY, TITLE, (money, most), intro=_said(found), remarks=(words.known_words(found),))


def _said(found: Differences) -> tuple[str, ...]:
    early = before_first_start(found.projects.values(), found.before.as_of)
    return tuple(filter(None, (headline(found), further(found), early)))


def _days(found: Differences) -> tuple[str, str]:
    return date_label(found.before.as_of.isoformat()), date_label(found.after.as_of.isoformat())


def _sums(found: Differences) -> Table:
    first, last = _days(found)
    columns = (
        Column("amount", "Amount", widest=26),
        Column("old", f"{first} (EUR)", "money"),
        Column("new", f"{last} (EUR)", "money"),
        Column("difference", "Difference (EUR)", "money"),
        Column("moved", "Moved, known on both dates (EUR)", "money"),
        Column("later_only", "Known on the later date only (EUR)", "money"),
        Column("earlier_only", "Known on the earlier date only (EUR)", "money"),
        Column("known_old", "Known for projects, earlier", "count"),
        Column("of_old", "of projects, earlier", "count"),
        Column("known_new", "Known for projects, later", "count"),
        Column("of_new", "of projects, later", "count"),
        Column("apart", "Projects known on one date only", widest=24),
    )
    rows = tuple(
        Row((
            words.amount_label(row), known(row.old.cents), known(row.new.cents),
            known(row.difference_cents), known(row.moved_cents), row.appeared_cents, row.vanished_cents,
            row.old.known, row.old.of, row.new.known, row.new.of,
            words.sum_words(row),
        ))
        for row in found.sums
    )  # fmt: skip
    return Table("changes-money", columns, rows, "Money of all projects of this document")


def _compared(
    name: str, columns: Iterable[Column], kind: Kind, rows: Iterable[tuple[Cell, ...]], caption: str
) -> Table:
    """A group with what it is of, old, new and what follows them."""
    own = tuple(columns)
    sides = (Column("old", "Before", kind, 24), Column("new", "Now", kind, 24))
    return Table(f"changes-{name}", (_PROJECT, *own[:2], *sides, *own[2:]), tuple(map(Row, rows)), caption)


def _statuses(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.TURN_WORDS[row.turn], found.projects[row.project_key].title,
            words.status_words(row.old), words.status_words(row.new),
        )
        for row in found.statuses
    )  # fmt: skip
    columns = (_STATUS, Column("title", "Title", "quote", 60))
    return _compared("projects", columns, "text", rows, words.GROUP_LABELS["statuses"])


def _amounts(found: Differences) -> Table:
    columns = (
        _PROJECT, Column("amount", "Amount", widest=26), Column("old", "Before (EUR)", "money"),
        Column("new", "Now (EUR)", "money"), Column("difference", "Difference (EUR)", "money"),
        Column("why_old", "Why not known before", widest=34),
        Column("why_new", "Why not known now", widest=34),
    )  # fmt: skip
    rows = tuple(
        Row((
            found.names[row.project_key], words.amount_label(row), known(row.old_cents),
            known(row.new_cents), known(row.difference_cents), row.old_reason or Missing.NOT_APPLICABLE,
            row.new_reason or Missing.NOT_APPLICABLE,
        ))
        for row in found.amounts
    )  # fmt: skip
    return Table("changes-amounts", columns, rows, words.GROUP_LABELS["amounts"])


def _dates(found: Differences) -> Table:
    columns = (
        _PROJECT, Column("what", "Date", widest=28), Column("old", "Before", "date"),
        Column("new", "Now", "date"), Column("days", "Moved (days)", "days"),
    )  # fmt: skip
    rows = tuple(
        Row((
            found.names[row.project_key], words.date_words(row), known(row.old), known(row.new),
            known(row.difference_days),
        ))
        for row in found.dates
    )  # fmt: skip
    return Table("changes-dates", columns, rows, words.GROUP_LABELS["dates"])


def _happened(name: str, listed: Iterable[Happened], names: dict[str, str], noun: str, verb: str) -> Table:
    columns = (
        _PROJECT, Column("what", noun, widest=60), Column("on", verb, "date"),
        Column("gone", "No longer on record", widest=10),
    )  # fmt: skip
    rows = (Row((names[row.project_key], row.what, row.on, "yes" if row.is_gone else "no")) for row in listed)
    return Table(f"changes-{name}", columns, tuple(rows), words.GROUP_LABELS[name])


def _milestones(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.milestone_words(row), row.title, known(row.old),
            known(row.new), known(row.difference_days),
        )
        for row in found.milestones
    )  # fmt: skip
    columns = (
        _STATUS,
        Column("milestone", "Milestone", widest=50),
        Column("days", "Later by (days)", "days"),
    )
    return _compared("milestones", columns, "date", rows, words.GROUP_LABELS["milestones"])


def _colours(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.COLOUR_WORDS[row.turn], words.scope_words(row),
            words.STATE_WORDS[row.old], words.STATE_WORDS[row.new], row.new_sentence, row.old_sentence,
        )
        for row in found.colours
    )  # fmt: skip
    columns = (
        _STATUS, Column("dimension", "Dimension", widest=12), Column("why_new", "Why now", widest=70),
        Column("why_old", "Why before", widest=70),
    )  # fmt: skip
    return _compared("colours", columns, "colour", rows, words.GROUP_LABELS["colours"])


def _risks(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.RISK_WORDS[row.turn], row.title,
            row.old_score or Missing.NOT_APPLICABLE, row.new_score or Missing.NOT_APPLICABLE,
            row.difference if row.difference is not None else Missing.NOT_APPLICABLE,
        )
        for row in found.risks
    )  # fmt: skip
    columns = (
        _STATUS, Column("risk", "Risk", widest=50), Column("difference", "Difference of scores", "count"),
    )  # fmt: skip
    return _compared("risks", columns, "count", rows, words.GROUP_LABELS["risks"])


def _values(found: Differences) -> Table:
    columns = (
        _PROJECT, Column("indicator", "Indicator", widest=50), Column("unit", "Unit", widest=14),
        Column("old", "Before", "number", 24), Column("old_period", "Half-year before", widest=10),
        Column("new", "Now", "number", 24), Column("new_period", "Half-year now", widest=10),
        Column("difference", "Difference", "number"),
    )  # fmt: skip
    rows = tuple(
        Row((
            found.names[row.project_key], row.statement, known(row.unit),
            _number(row.old_millionths, row.old_text), known(row.old_period),
            _number(row.new_millionths, row.new_text), known(row.new_period),
            _number(row.difference_millionths, None),
        ))
        for row in found.values
    )  # fmt: skip
    return Table("changes-values", columns, rows, words.GROUP_LABELS["values"])


def _number(millionths: int | None, text: str | None) -> Cell:
    return known(text) if millionths is None else millionths / MILLION
