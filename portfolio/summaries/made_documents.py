"""Documents that were made: kept in a list with what is needed to make the same one again."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from portfolio.dates import now_utc
from portfolio.services.access import Person, require
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import MadeDocumentRow, find_made, record_made
from portfolio.summaries.documents import Document, SummaryScope, make_summary
from portfolio.summaries.packs import make_pack

EVERYTHING = PortfolioFilter()
SUMMARY, PACK = "summary", "pack"


@dataclass(frozen=True)
class Request:
    """What a document is made of: enough to make it again.

    `kind` is "summary" or "pack"; without `as_of` it is of the day on which the portfolio then stands.
    """

    kind: str
    scope: SummaryScope
    as_of: dt.date | None = None
    chosen: PortfolioFilter = EVERYTHING
    format: str = "xlsx"
    profile: str = "working"


@dataclass(frozen=True)
class MadeDocument:
    """A document that was made: when, by whom, at which revision, and what of."""

    row: MadeDocumentRow
    request: Request

    def is_outdated(self, revision: int) -> bool:
        """Whether the portfolio has been changed since."""
        return self.row.revision != revision


def make_and_record(database: Database, person: Person, request: Request) -> Document:
    """The document that `request` asks for, as the portfolio is now, listed as made.

    Raises: what `make_summary` and `make_pack` raise; then nothing is listed.
    """
    if request.kind == PACK:
        made = make_pack(database, person, chosen=request.chosen, as_of=request.as_of)
    else:
        made = make_summary(
            database, person, request.scope, format=request.format, as_of=request.as_of,
            profile=request.profile, chosen=request.chosen,
        )  # fmt: skip
    record_made(database, _row(person, request, made))
    return made


def _row(person: Person, request: Request, made: Document) -> MadeDocumentRow:
    scope = request.scope
    return MadeDocumentRow(
        made_at=now_utc().isoformat(),
        by=person.name,
        name=made.name,
        kind=request.kind,
        scope=f"{scope.kind}:{scope.id}" if scope.id else scope.kind,
        chosen=request.chosen.as_text(),
        # As they stand in the document: while it was made, someone else may have changed the portfolio.
        as_of=made.as_of.isoformat(),
        format=request.format,
        revision=made.revision,
        sha256=hashlib.sha256(made.content).hexdigest(),
    )


def last_made(database: Database, person: Person, most: int = 10) -> tuple[MadeDocument, ...]:
    """The documents that were made last, the newest first.

    Raises: NotAllowed if the person may not export.
    """
    require(person, "export")
    return tuple(MadeDocument(row, _request(row)) for row in find_made(database, most))


def _request(row: MadeDocumentRow) -> Request:
    kind, _, scope_id = row.scope.partition(":")
    return Request(
        kind=row.kind,
        scope=SummaryScope(kind, scope_id),  # type: ignore[arg-type]
        as_of=dt.date.fromisoformat(row.as_of),
        chosen=PortfolioFilter.from_text(row.chosen),
        format=row.format,
    )
