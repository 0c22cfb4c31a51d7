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
from portfolio.services.health.ratings import STATE_WORDS
from portfolio.services.statuses import before_first_start
from portfolio.summaries.content import Cell, Column, Kind, Missing, Row, Section, Table, known

KEY, TITLE = "differences", "What changed"
_PROJECT = Column("project", "Project", widest=20)
_DIFFERENCE_REMARK = (
    "Difference = moved (projects whose amount is known on both dates) + known on the later date only - "
    "known on the earlier date only. Amounts are those of whole projects; off-budget money is in no EU sum."
)
_WHAT, _TEXT, _SIDE = 28, 60, 16
_STATUS = Column("what", "What", widest=_WHAT)


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


# Tables on one sheet share its columns: what each holds stands in the same place in all of them, a text in
# the third, old and new in the fourth and fifth, the difference in the sixth.
def _table(
    name: str, columns: Iterable[Column], kind: Kind, rows: Iterable[tuple[Cell, ...]], caption: str
) -> Table:
    """A group: its project, two columns of its own, old, new, and what follows them."""
    own = tuple(columns)
    unit = " (EUR)" if kind == "money" else ""
    sides = (Column("old", f"Before{unit}", kind, _SIDE), Column("new", f"Now{unit}", kind, _SIDE))
    cells = tuple(map(Row, rows))
    return Table(f"changes-{name}", (_PROJECT, *own[:2], *sides, *own[2:]), cells, caption)


def _sums(found: Differences) -> Table:
    first, last = _days(found)
    columns = (
        Column("amount", "Amount", widest=20),
        Column("apart", "Projects known on one date only", widest=_WHAT),
        Column("known_for", "Known for", widest=_TEXT),
        Column("old", f"{first} (EUR)", "money", _SIDE),
        Column("new", f"{last} (EUR)", "money", _SIDE),
        Column("difference", "Difference (EUR)", "money", _SIDE),
        Column("moved", "Moved (EUR)", "money", _SIDE),
        Column("later_only", "Later date only (EUR)", "money", _SIDE),
        Column("earlier_only", "Earlier date only (EUR)", "money", _SIDE),
    )
    rows = tuple(
        Row((
            words.amount_label(row), words.sum_words(row), words.known_for(row), known(row.old.cents),
            known(row.new.cents), known(row.difference_cents), known(row.moved_cents), row.appeared_cents,
            row.vanished_cents,
        ))
        for row in found.sums
    )  # fmt: skip
    return Table("changes-money", columns, rows, "Money of all projects of this document")


def _statuses(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.TURN_WORDS[row.turn], found.projects[row.project_key].title,
            words.status_words(row.old), words.status_words(row.new),
        )
        for row in found.statuses
    )  # fmt: skip
    columns = (_STATUS, Column("title", "Title", "quote", _TEXT))
    return _table("projects", columns, "text", rows, words.GROUP_LABELS["statuses"])


def _amounts(found: Differences) -> Table:
    columns = (
        Column("amount", "Amount", widest=_WHAT), Column("why", "Why not known", widest=_TEXT),
        Column("difference", "Difference (EUR)", "money", _SIDE),
    )  # fmt: skip
    rows = (
        (
            found.names[row.project_key], words.amount_label(row),
            words.unknown_reasons(row) or Missing.NOT_APPLICABLE, known(row.old_cents), known(row.new_cents),
            known(row.difference_cents),
        )
        for row in found.amounts
    )  # fmt: skip
    return _table("amounts", columns, "money", rows, words.GROUP_LABELS["amounts"])


def _dates(found: Differences) -> Table:
    columns = (
        Column("what", "Date", widest=_WHAT), Column("title", "Title", "quote", _TEXT),
        Column("days", "Moved (days)", "days", _SIDE),
    )  # fmt: skip
    rows = (
        (
            found.names[row.project_key], words.date_words(row), found.projects[row.project_key].title,
            known(row.old), known(row.new), known(row.difference_days),
        )
        for row in found.dates
    )  # fmt: skip
    return _table("dates", columns, "date", rows, words.GROUP_LABELS["dates"])


def _happened(name: str, listed: Iterable[Happened], names: dict[str, str], noun: str, verb: str) -> Table:
    columns = (
        _PROJECT, Column("on", verb, "date"), Column("what", noun, widest=_TEXT),
        Column("gone", "No longer on record", widest=_SIDE),
    )  # fmt: skip
    rows = (Row((names[row.project_key], row.on, row.what, "yes" if row.is_gone else "no")) for row in listed)
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
        _STATUS, Column("milestone", "Milestone", widest=_TEXT),
        Column("days", "Later by (days)", "days", _SIDE),
    )  # fmt: skip
    return _table("milestones", columns, "date", rows, words.GROUP_LABELS["milestones"])


def _colours(found: Differences) -> Table:
    rows = (
        (
            found.names[row.project_key], words.scope_words(row), words.both_sentences(row),
            STATE_WORDS[row.old], STATE_WORDS[row.new], words.COLOUR_WORDS[row.turn],
        )
        for row in found.colours
    )  # fmt: skip
    columns = (
        Column("dimension", "Dimension", widest=_WHAT), Column("why", "Why", widest=_TEXT),
        Column("what", "What", widest=_SIDE),
    )  # fmt: skip
    return _table("colours", columns, "colour", rows, words.GROUP_LABELS["colours"])


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
        _STATUS, Column("risk", "Risk", widest=_TEXT),
        Column("difference", "Difference of scores", "count", _SIDE),
    )  # fmt: skip
    return _table("risks", columns, "count", rows, words.GROUP_LABELS["risks"])


def _values(found: Differences) -> Table:
    columns = (
        Column("unit", "Unit", widest=_WHAT), Column("indicator", "Indicator", widest=_TEXT),
        Column("difference", "Difference", "number", _SIDE),
        Column("old_period", "Half-year before", widest=_SIDE),
        Column("new_period", "Half-year now", widest=_SIDE),
    )  # fmt: skip
    rows = (
        (
            found.names[row.project_key], known(row.unit), row.statement,
            _number(row.old_millionths, row.old_text), _number(row.new_millionths, row.new_text),
            _number(row.difference_millionths, None), known(row.old_period), known(row.new_period),
        )
        for row in found.values
    )  # fmt: skip
    return _table("values", columns, "number", rows, words.GROUP_LABELS["values"])


def _number(millionths: int | None, text: str | None) -> Cell:
    return known(text) if millionths is None else millionths / MILLION
