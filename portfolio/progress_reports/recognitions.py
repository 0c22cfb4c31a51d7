"""Which issued workbook a file is, and whether everything in it says the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from portfolio.findings import Finding
from portfolio.model.history import IssuedWorkbook
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.comparisons.records import IssuedState
from portfolio.progress_reports.fields.columns import META_SHEET, SCHEMA_VERSION
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.workbooks.identities import Claim, Identity, claims_of, printed_parts

UNKNOWN = "TPL_UNKNOWN"
FindIssued = Callable[[str], IssuedWorkbook | None]


@dataclass(frozen=True)
class Recognition:
    """The state in which the workbook was issued, None where this tracker did not issue it."""

    issued: IssuedState | None
    findings: tuple[Finding, ...]

    @property
    def may_be_foreign(self) -> bool:
        """Whether nothing is known of it, so that it may be a workbook that people made themselves."""
        return self.issued is None and [item.code for item in self.findings] == [UNKNOWN]


def recognise(book: RawBook, find_issued: FindIssued, acronyms: Mapping[str, str]) -> Recognition:
    """What the workbook is by its claims and the tracker's own record, which alone is trusted.

    `acronyms` are those of the portfolio's projects, by key.
    """
    claims = tuple(claims_of(book))
    if not claims:
        return Recognition(None, (finding(UNKNOWN, why=": it carries no identity"),))
    newest = max(claim.identity.version for claim in claims)
    if newest > SCHEMA_VERSION:
        return Recognition(None, (finding("TPL_NEWER", found=newest, known=SCHEMA_VERSION),))
    record = _record(claims, find_issued)
    if record is None:
        found = claims[0].identity
        which = f"template {found.template_id}, project {found.project}, period {found.period}"
        why = f": {which}, is not on record"
        return Recognition(None, (finding(UNKNOWN, why=why),))
    issued = IssuedState.from_json(record.project_key, record.period, json.loads(record.snapshot))
    every = (*claims, *_visible(book, record, acronyms))
    return Recognition(issued, tuple(_contradictions(every, record, acronyms)))


def _record(claims: tuple[Claim, ...], find_issued: FindIssued) -> IssuedWorkbook | None:
    for template_id in dict.fromkeys(claim.identity.template_id for claim in claims):
        if (record := find_issued(template_id)) is not None:
            return record
    return None


def _visible(book: RawBook, record: IssuedWorkbook, acronyms: Mapping[str, str]) -> Iterator[Claim]:
    """What titles and what is left of a line of identity claim; what they do not say is as on record."""
    for sheet, parts in printed_parts(book):
        project = parts.get("project", record.project_key)
        named = [key for key, acronym in acronyms.items() if acronym == parts.get("acronym")]
        if named and record.project_key not in named:
            project = named[0]
        identity = Identity(
            parts.get("template_id", record.template_id),
            record.schema_version,
            project,
            parts.get("period", record.period),
            "",
        )
        yield Claim(identity, f"sheet {sheet}", sheet)


def _contradictions(
    claims: tuple[Claim, ...], record: IssuedWorkbook, acronyms: Mapping[str, str]
) -> Iterator[Finding]:
    hidden = next((claim for claim in claims if claim.sheet == META_SHEET), None)
    if hidden is None:
        yield finding("TPL_META_MISSING", how=claims[0].where)
    if record.schema_version < SCHEMA_VERSION:
        yield finding("TPL_OLDER", found=record.schema_version, known=SCHEMA_VERSION)
    if record.project_key not in acronyms:
        yield finding("PROJECT_UNKNOWN", project=record.project_key)
    for claim in claims:
        yield from _contradiction(claim, record, acronyms)


def _contradiction(claim: Claim, record: IssuedWorkbook, acronyms: Mapping[str, str]) -> Iterator[Finding]:
    place, found = Place(claim.sheet), claim.identity
    if found.project != record.project_key:
        if found.project not in acronyms:
            yield finding("PROJECT_UNKNOWN", place, project=found.project)
        facts = {"issued": record.project_key, "found": found.project, "where": claim.where}
        yield finding("TPL_OTHER_PROJECT", place, found.project, **facts)
    elif found.period != record.period:
        facts = {"issued": record.period, "found": found.period, "where": claim.where}
        yield finding("TPL_OTHER_PERIOD", place, found.period, **facts)
    elif found.template_id != record.template_id:
        what = f"{claim.where} names template {found.template_id} beside {record.template_id}"
        yield finding("TPL_META_TAMPERED", place, found.template_id, what=what)
    elif claim.checksum is not None and claim.checksum != record.checksum:
        yield finding("TPL_META_TAMPERED", place, what="its checksum is another one")
