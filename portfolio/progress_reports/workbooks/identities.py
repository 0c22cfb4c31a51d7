"""Who a workbook is: written in three places when it is issued, found again in whichever is left."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.progress_reports.fields.columns import META_SHEET, SCHEMA_VERSION
from portfolio.progress_reports.files.cells import RawBook, RawSheet

_LINE = re.compile(
    r"Template (T-[0-9A-Z]+) · version (\d+) · project (\S+) · period (\S+) · issued (\d{4}-\d{2}-\d{2})"
)
# What is left of such a line after somebody typed in it, and the title that stands above it.
_LINE_BEGINS = "Template T-"
_LINE_PARTS = {
    "template_id": re.compile(r"\bTemplate (T-\w+)"),
    "project": re.compile(r"\bproject ([\w-]+)"),
    "period": re.compile(r"\bperiod ([\w-]+)"),
}
_TITLE = re.compile(r"[^·]+ · (?P<acronym>.+) · (?P<period>\d{4}-S[12])")
_ROWS_WITH_A_LINE = 8


@dataclass(frozen=True)
class Identity:
    """The name of one issued workbook. It says what the workbook is, never what anybody may do with it."""

    template_id: str
    version: int
    project: str
    period: str
    issued_on: str

    @property
    def line(self) -> str:
        """The identity as it is printed under the title of every sheet."""
        return (
            f"Template {self.template_id} · version {self.version} · project {self.project} "
            f"· period {self.period} · issued {self.issued_on}"
        )

    @property
    def parts(self) -> dict[str, str]:
        """The identity as names and texts, for the hidden sheet and the document properties."""
        return {
            "template_id": self.template_id, "schema_version": str(self.version), "project": self.project,
            "period": self.period, "issued_on": self.issued_on,
        }  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """An identity that was found in a workbook, and where."""

    identity: Identity
    where: str
    sheet: str | None = None
    checksum: str | None = None


def new_identity(project_key: str, period: str, issued_on: str) -> Identity:
    """An identity that no other workbook has."""
    return Identity(f"T-{secrets.token_hex(5).upper()}", SCHEMA_VERSION, project_key, period, issued_on)


def checksum_of(identity: Identity, snapshot: Mapping[str, Any]) -> str:
    """A hash over the identity and everything that the workbook held when it was issued."""
    document = json.dumps([identity.parts, snapshot], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(document.encode()).hexdigest()


def claims_of(book: RawBook) -> Iterator[Claim]:
    """Every identity that the workbook claims, the hidden sheet first."""
    for sheet in book.sheets:
        if sheet.name == META_SHEET:
            parts = {sheet.text(row, 1): sheet.text(row, 2) for row, column in sheet.cells if column == 1}
            yield from _from_parts(parts, "the hidden sheet", META_SHEET)
    yield from _from_parts(book.properties, "the document properties", None)
    for sheet in book.sheets:
        if (identity := _printed(sheet)) is not None:
            yield Claim(identity, f"sheet {sheet.name}", sheet.name)


def _from_parts(parts: Mapping[str, str], where: str, sheet: str | None) -> Iterator[Claim]:
    # A program that keeps numbers only may have turned version 3 into 3.0.
    version = parts.get("schema_version", "").removesuffix(".0")
    if not parts.get("template_id") or not version.isascii() or not version.isdigit():
        return
    names = ("project", "period", "issued_on")
    identity = Identity(parts["template_id"], int(version), *(parts.get(name, "") for name in names))
    yield Claim(identity, where, sheet, parts.get("checksum"))


def printed_parts(book: RawBook) -> Iterator[tuple[str, dict[str, str]]]:
    """What titles and altered lines of identity say, with the name of their sheet.

    Some of template_id, project, acronym and period, by these names.
    """
    for sheet in book.sheets:
        for (row, _), cell in sheet.cells.items():
            if row > _ROWS_WITH_A_LINE or cell.type != "s":
                continue
            if cell.text.startswith(_LINE_BEGINS) and not _LINE.search(cell.text):
                told = ((name, pattern.search(cell.text)) for name, pattern in _LINE_PARTS.items())
                yield sheet.name, {name: match[1] for name, match in told if match}
            elif match := _TITLE.fullmatch(cell.text.strip()):
                yield sheet.name, match.groupdict()


def _printed(sheet: RawSheet) -> Identity | None:
    for (row, _), cell in sheet.cells.items():
        if row <= _ROWS_WITH_A_LINE and cell.type == "s" and (match := _LINE.search(cell.text)):
            return Identity(match[1], int(match[2]), *match.groups()[2:])
    return None
