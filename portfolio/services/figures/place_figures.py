"""The figures of places that can be opened: who is active where, and how money is split over partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.money import format_share
from portfolio.numbers import MILLION
from portfolio.partners import NOT_SPLIT, NOT_SPLIT_LABEL, OUTSIDE, OUTSIDE_LABEL, partner_name, region_of
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, total
from portfolio.services.figures.money_figures import MONEY
from portfolio.services.figures.over_projects import NOT_STATED
from portfolio.services.figures.project_figures import end_fields, one_project
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.figures.values import value_words
from portfolio.services.geography import by_partner, has_broken_shares, is_estimated, split_over_partners
from portfolio.services.statuses import project_status

BROKEN = "the declared shares do not add to 100 %"


@dataclass(frozen=True)
class _Part:
    """What one project gives to one partner, or keeps unsplit; `cents` is None where it is not stated."""

    project: ProjectRow
    code: str
    cents: int | None
    whole: Line

    @property
    def bucket(self) -> str:
        """The partner, or the bucket of those that are in none of the three regions."""
        inside = self.code == NOT_SPLIT or region_of(self.code) != OUTSIDE
        return self.code if inside else OUTSIDE

    @property
    def fields(self) -> tuple[FieldRef, ...]:
        """The amount and the share that the part is made of."""
        if self.code == NOT_SPLIT:
            return self.whole.fields
        key = f"{self.project.key}/{self.code}"
        shared = (("participation", key, name) for name in ("partner_code", "share_millionths"))
        return (*self.whole.fields, *shared)

    @property
    def remark(self) -> str:
        """How the part was made of the whole."""
        if self.cents is None:
            return self.whole.remark
        if self.code == NOT_SPLIT:
            return BROKEN if has_broken_shares(self.project) else "the partners are not published"
        if is_estimated(self.project):
            number = len(self.project.partner_codes)
            return f"{self._amount} over {number} partners ({ESTIMATED})"
        shares = self.project.declared_shares
        if shares is None:
            return "the only partner"
        share = shares[self.project.partner_codes.index(self.code)]
        return f"{format_share(share, MILLION)} of {self._amount}"

    @property
    def _amount(self) -> str:
        return value_words(self.whole.value, "eur")


def _parts(subject: FigureSubject, figure_id: str) -> list[_Part]:
    """The parts of an amount of every project that belongs into its sum."""
    rows = {row.key: row for row in subject.projects}
    every = replace(subject, project_key=None, partner=None)
    found: list[_Part] = []
    for line in MONEY[figure_id](every).lines:
        project = rows.get(line.project_key or "")
        if project is not None:
            found += _parts_of(project, line)
    return found


def _parts_of(project: ProjectRow, whole: Line) -> list[_Part]:
    is_whole = not project.partner_codes or has_broken_shares(project)
    split = split_over_partners(project, whole.value) if isinstance(whole.value, int) else {}
    codes = (NOT_SPLIT,) if is_whole else project.partner_codes
    return [_Part(project, code, split.get(code), whole) for code in codes]


def _split(figure_id: str, amount_id: str, subject: FigureSubject) -> Breakdown:
    """The parts of the partners; of one partner or project each part, else one line for each partner."""
    parts = _parts(subject, amount_id)
    if subject.partner is not None:
        return _of_parts(figure_id, subject, [row for row in parts if row.code == subject.partner])
    if subject.project_key is not None:
        return _of_parts(figure_id, subject, parts)
    by_bucket: dict[str, list[_Part]] = {}
    for part in parts:
        by_bucket.setdefault(part.bucket, []).append(part)
    order = [place.code for place in by_partner((), subject.as_of)]
    lines = tuple(_place_line(code, by_bucket[code]) for code in order if code in by_bucket)
    stated = {row.project.key for row in parts if row.cents is not None}
    of = {row.project.key for row in parts}
    found = total(figure_id, subject.label, "eur", lines)
    return Breakdown(
        figure_id, subject.label, found.value, "eur", "", lines, known=len(stated), of=len(of),
        line_noun="partner",
    )  # fmt: skip


def place_label(code: str) -> str:
    """The name of a partner or a bucket."""
    return {OUTSIDE: OUTSIDE_LABEL, NOT_SPLIT: NOT_SPLIT_LABEL}.get(code) or partner_name(code)


def _place_line(code: str, parts: list[_Part]) -> Line:
    known = [part.cents for part in parts if part.cents is not None]
    fields = tuple(dict.fromkeys(name for part in parts for name in part.fields))
    names = ", ".join(dict.fromkeys(part.project.acronym for part in parts))
    missing = len(parts) - len(known)
    remark = f"{names}; not stated for {missing}" if missing and known else names
    value = sum(known) if known else None
    return Line(place_label(code), value, fields, None, remark if known else NOT_STATED)


def _of_parts(figure_id: str, subject: FigureSubject, parts: list[_Part]) -> Breakdown:
    of_project = subject.project_key is not None
    lines = tuple(
        Line(
            place_label(part.code) if of_project else part.project.acronym, part.cents, part.fields,
            part.project.key, part.remark,
        )
        for part in parts
    )  # fmt: skip
    return total(figure_id, subject.label, "eur", lines, noun="partner" if of_project else "project")


def _bucket(figure_id: str, code: str, subject: FigureSubject) -> Breakdown:
    """One of the two buckets: every part of the total budget that stands in it."""
    parts = [part for part in _parts(subject, "total-budget") if part.bucket == code]

    def label_of(part: _Part) -> str:
        name = part.project.acronym
        return name if code == NOT_SPLIT else f"{name}: {partner_name(part.code)}"

    lines = tuple(
        Line(label_of(part), part.cents, part.fields, part.project.key, part.remark) for part in parts
    )
    return total(figure_id, subject.label, "eur", lines)


def _active(figure_id: str, is_running: bool, subject: FigureSubject) -> Breakdown:
    """Projects by partner, which never add up; of one partner its projects."""
    rows = [
        row for row in subject.projects
        if not is_running or project_status(row, subject.as_of) == "ongoing"
    ]  # fmt: skip
    if subject.partner is not None:
        lines = tuple(_active_line(subject, row, subject.partner) for row in rows)
        return Breakdown(
            figure_id, subject.label, len(lines), "count", "", lines, known=len(lines), of=len(lines)
        )
    places = {place.code: place for place in by_partner(rows, subject.as_of) if place.code not in _BUCKETS}
    by_key = {row.key: row for row in rows}
    lines = tuple(
        Line(
            place.name, len(place.projects),
            tuple(("participation", f"{key}/{place.code}", "partner_code") for key in place.projects), None,
            ", ".join(by_key[key].acronym for key in place.projects),
        )
        for place in places.values()
        if place.projects
    )  # fmt: skip
    located = [row for row in subject.projects if row.participations]
    known = [row for row in located if not is_running or project_status(row, subject.as_of) != "unknown"]
    return Breakdown(
        figure_id, subject.label, None, "count", "", lines, is_sum=False, known=len(known),
        of=len(subject.projects), line_noun="partner",
    )  # fmt: skip


_BUCKETS = (OUTSIDE, NOT_SPLIT)


def _active_line(subject: FigureSubject, row: ProjectRow, code: str) -> Line:
    suspended = any(part.partner_code == code and part.is_suspended for part in row.participations)
    dates = f"{date_label(row.start)} to {date_label(row.present_end)}"
    fields = (
        ("participation", f"{row.key}/{code}", "partner_code"), ("project", row.key, "start"),
        *end_fields(subject, row),
    )  # fmt: skip
    return one_project(row, *fields, remark=f"{dates}; suspended" if suspended else dates)


def _suspended(subject: FigureSubject) -> Breakdown:
    found = {row.key: _suspensions(subject, row) for row in subject.projects}
    lines = tuple(
        one_project(row, *found[row.key], remark="; ".join(found[row.key].values()))
        for row in subject.projects
        if found[row.key]
    )
    known = sum(bool(row.participations) for row in subject.projects)
    return Breakdown(
        "suspended", subject.label, len(lines), "count", "", lines, known=known, of=len(subject.projects)
    )


def _suspensions(subject: FigureSubject, row: ProjectRow) -> dict[FieldRef, str]:
    """What is said of each suspension of a project, by the field in which it stands."""
    return {
        ("participation", f"{row.key}/{part.partner_code}", "suspended_since"):
        f"{partner_name(part.partner_code)}, since {date_label(part.suspended_since)}"
        for part in row.participations
        if part.is_suspended and subject.partner in (None, part.partner_code)
    }  # fmt: skip


PLACES: Mapping[str, Builder] = {
    "projects-active": partial(_active, "projects-active", False),
    "projects-running": partial(_active, "projects-running", True),
    "budget-split": partial(_split, "budget-split", "total-budget"),
    "eu-split": partial(_split, "eu-split", "eu-contribution"),
    "paid-split": partial(_split, "paid-split", "paid"),
    "incurred-split": partial(_split, "incurred-split", "incurred"),
    "regional-not-split": partial(_bucket, "regional-not-split", NOT_SPLIT),
    "outside": partial(_bucket, "outside", OUTSIDE),
    "suspended": _suspended,
}
