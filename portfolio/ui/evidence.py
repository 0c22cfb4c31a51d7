"""What a figure rests on, in words: its basis, its source with a link, and what other sources say instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.dates import date_label
from portfolio.model.rows import ContributionRow, EvidenceRow, ProjectRow
from portfolio.money import format_eur
from portfolio.partners import partner_name
from portfolio.services.amendments import amended_end_fields, amended_end_words
from portfolio.services.profiles import ProjectProfile
from portfolio.ui.charts import shortened
from portfolio.ui.tables import NOT_STATED
from portfolio.ui.texts import literal, mid_sentence, web_link
from portfolio.vocabulary import label

_SENTENCES = {
    "stated": "Stated{value} by {source}.",
    "computed": "Computed from what {source} prints{value}.",
    "only-funder-named": "Set equal to the total, because the EU is the only funder named{value}: {source}.",
    "disputed": "**Sources disagree:**{value} by {source}.",
}
# Entity, key (None: every record of the project's that is of this kind), field.
FieldRef = tuple[str, str | None, str]
EARLIER_VALUE = "**Said of an earlier value,** which has been changed since:"
NO_SOURCE = "a source that is not on record"
TITLE_LENGTH = 72


@dataclass(frozen=True)
class Fact:
    """One value with what it rests on; `lines` are Markdown, the disputed ones last.

    `fields` are those that it was made of, from which its origin is told.
    """

    label: str
    value: str
    lines: tuple[str, ...]
    fields: tuple[FieldRef, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether another source says something else."""
        return any(line.startswith("**Sources disagree") for line in self.lines)


def evidence_line(row: EvidenceRow, value: str | None = None) -> str:
    """One piece of evidence as a Markdown sentence, with what the source prints and our note.

    What the source prints is left out where it is the `value` itself.
    """
    title = shortened(row.title, TITLE_LENGTH) if row.title else None
    source = web_link(row.url, title) if row.url else NO_SOURCE
    words = row.value_as_stated or ""
    printed = f' "{literal(words)}"' if words and words.casefold() != (value or "").casefold() else ""
    as_printed = f" as{printed}" if printed and row.basis == "stated" else printed
    sentence = _SENTENCES[row.basis].format(value=as_printed, source=source)
    said = f"{sentence} {literal(row.note)}" if row.note else sentence
    return f"{EARLIER_VALUE} {said}" if row.is_superseded else said


def fact(
    name: str, value: str | None, evidence: Iterable[EvidenceRow], fields: tuple[FieldRef, ...] = ()
) -> Fact:
    """A value, or "not stated", with what is on record about it."""
    shown = NOT_STATED if value is None else value
    return Fact(name, shown, tuple(evidence_line(row, value) for row in evidence), fields)


def project_facts(profile: ProjectProfile) -> list[Fact]:
    """The dates, money and classification of a project, each with what it rests on."""
    project = profile.project
    shown = [
        ("Title", project.title, "title"),
        ("Start", _date(project.start), "start"),
        ("Original end", _date(project.end_original), "end_original"),
        ("Present end", _date(project.present_end), "end_current"),
        ("Total budget", _money(project.total_budget_cents), "total_budget_cents"),
        ("EU contribution", _money(project.eu_contribution_cents), "eu_contribution_cents"),
        ("Other contributions", _contributions(profile.contributions), "contributions"),
        ("Focus", _term("focus", project.focus), "focus"),
        ("Instrument", _term("instrument", project.instrument), "instrument"),
        ("Modality", _term("modality", project.modality), "modality"),
        ("Partners", ", ".join(partner_labels(project)) or None, "partners"),
    ]
    facts = [
        fact(name, value, profile.evidence_of(field), _fields(project, field)) for name, value, field in shown
    ]
    return [_amended(entry, profile) if entry.label == "Present end" else entry for entry in facts]


def _fields(project: ProjectRow, name: str) -> tuple[FieldRef, ...]:
    """The fields behind one of the facts: most are the project's own."""
    if name == "contributions":
        return (("contribution", None, "funder"), ("contribution", None, "amount_cents"))
    if name == "partners":
        return (("participation", None, "partner_code"),)
    if name == "end_current" and project.end_current is None:
        return (("project", project.key, "end_original"),)
    return (("project", project.key, name),)


def partner_labels(project: ProjectRow) -> list[str]:
    """The names of a project's partners, suspended ones marked."""
    return [
        partner_name(row.partner_code) + (" (suspended)" if row.is_suspended else "")
        for row in project.participations
    ]


def _amended(entry: Fact, profile: ProjectProfile) -> Fact:
    """The present end with the amendment that moved it, if one did."""
    if profile.project.amended_end is None:
        return entry
    fields = amended_end_fields(profile.project, profile.contracts, profile.amendments)
    words = amended_end_words(fields)
    return Fact(entry.label, entry.value, (f"{words.capitalize()}.", *entry.lines), fields)


def facts_summary(facts: Iterable[Fact]) -> str | None:
    """On what sources disagree, and for which values no source is on record; None if neither."""
    listed = list(facts)
    disputed = [mid_sentence(entry.label) for entry in listed if entry.is_disputed]
    bare = [mid_sentence(entry.label) for entry in listed if not entry.lines and entry.value != NOT_STATED]
    parts = [("Sources disagree on", disputed), ("No source is on record for", bare)]
    return " ".join(f"{words}: {', '.join(names)}." for words, names in parts if names) or None


def _date(text: str | None) -> str | None:
    return None if text is None else date_label(text)


def _money(cents: int | None) -> str | None:
    return None if cents is None else format_eur(cents)


def _term(vocabulary: str, code: str | None) -> str | None:
    return None if code is None else label(vocabulary, code)


def _contributions(rows: Iterable[ContributionRow]) -> str | None:
    return (
        "; ".join(f"{row.funder}: {format_eur(row.amount_cents, 'amount not stated')}" for row in rows)
        or None
    )


def source_of(profile: ProjectProfile, record_key: str, field: str) -> str | None:
    """The address of the page that a record's present value was taken from."""
    found = profile.evidence_of(field, record_key)
    return next((row.url for row in found if row.url and row.is_of_present_value), None)
