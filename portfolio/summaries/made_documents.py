"""Documents that were made: kept in a list with what is needed to make the same one again, exactly."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from portfolio.dates import now_utc, standing_on
from portfolio.errors import UsageProblem
from portfolio.services.access import Person, require
from portfolio.services.known_dates import Knowledge, Known, day_of, known_at, known_now, known_on, under
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import default_as_of
from portfolio.storage.engine import Database
from portfolio.storage.former_states import END_OF_DAY
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import MadeDocumentRow, find_made, record_made
from portfolio.summaries.documents import Document, Progress, SummaryScope, make_summary
from portfolio.summaries.packs import make_pack
from portfolio.summaries.renderers import WORKING

EVERYTHING = PortfolioFilter()
SUMMARY, PACK = "summary", "pack"


@dataclass(frozen=True)
class Request:
    """What a document is made of: enough to make it again.

    `kind` is "summary" or "pack"; without `as_of` it is of the day on which the portfolio then stands.
    `known` says whether it is made of what is recorded now, or of what was recorded by the end of that day.
    """

    kind: str
    scope: SummaryScope
    as_of: dt.date | None = None
    chosen: PortfolioFilter = EVERYTHING
    format: str = "xlsx"
    profile: str = WORKING
    known: Known = "now"
    compared_with: dt.date | None = None


@dataclass(frozen=True)
class MadeDocument:
    """A document that was made: when, by whom, at which revision, and what of."""

    row: MadeDocumentRow
    request: Request

    def is_outdated(self, revision: int) -> bool:
        """Whether the portfolio has been changed since."""
        return self.request.known == "now" and self.row.revision != revision


def make_and_record(
    database: Database, person: Person, request: Request, progress: Progress | None = None
) -> Document:
    """The document that `request` asks for, as the portfolio is now, listed as made.

    Raises: what `make_summary` and `make_pack` raise, and DataProblem if nothing was recorded by then; then
            nothing is listed.
    """
    # Before anything is read: a report that comes in while it is made is not in it when it is made again.
    begun = now_utc().isoformat()
    knowledge = asked(database, request)
    at = knowledge.at or begun
    # By the day that it is made again by: where it is past midnight here, that may be the day before.
    with standing_on(day_of(at)):
        made = make(knowledge, person, request, progress)
    record_made(database, _row(person, request, made, at))
    return made


def asked(database: Database, request: Request) -> Knowledge:
    """The portfolio that `request` is made from.

    Raises: DataProblem if nothing was recorded by then.
    """
    if request.known == "now":
        return known_now(database)
    day = request.as_of or default_as_of(get_portfolio(database))
    knowledge = known_on(database, day)
    if not knowledge.is_present:
        return knowledge
    # Where nothing was written since it says so as well: made again after the next change, it is the same.
    at = min(now_utc().isoformat(), f"{day.isoformat()}{END_OF_DAY}")
    return known_at(database, knowledge.revision, at)


def make(
    knowledge: Knowledge, person: Person, request: Request, progress: Progress | None = None
) -> Document:
    """The document, made of `knowledge` under its settings; it is not listed.

    Raises: UsageProblem for a pack that is to be compared or laid out otherwise.
    """
    if request.kind == PACK and (request.compared_with is not None or request.profile != WORKING):
        raise UsageProblem("A pack is compared with no other date, and has the working layout alone.")
    with under(knowledge) as database:
        if request.kind == PACK:
            return make_pack(database, person, chosen=request.chosen, as_of=request.as_of)
        return make_summary(
            database, person, request.scope, format=request.format, as_of=request.as_of,
            profile=request.profile, chosen=request.chosen, compared_with=request.compared_with,
            compared_by=request.known, progress=progress,
        )  # fmt: skip


def make_exactly(
    database: Database, person: Person, made: MadeDocument, progress: Progress | None = None
) -> Document:
    """The same document once more, from the portfolio as it stood at its revision.

    Its content has the same checksum, unless another version of the tracker composes it otherwise; the moment
    and the person of the making differ.

    Raises: what `make_and_record` raises.
    """
    row = made.row
    former = known_at(database, row.revision, row.known_at or row.made_at)
    # Made of what was recorded then, it said nothing of what was known. `former` keeps the file of the copy.
    silent = replace(former, database=replace(former.database, known=""))
    knowledge = former if made.request.known == "then" else silent
    again = make(knowledge, person, made.request, progress)
    record_made(database, _row(person, made.request, again, row.known_at or row.made_at))
    return again


def _row(person: Person, request: Request, made: Document, at: str) -> MadeDocumentRow:
    scope, compared = request.scope, request.compared_with
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
        profile=request.profile,
        known=request.known,
        known_at=at,
        compared_with=None if compared is None else compared.isoformat(),
        checksum=made.checksum or None,
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
        profile=row.profile,
        known="then" if row.known == "then" else "now",
        compared_with=None if row.compared_with is None else dt.date.fromisoformat(row.compared_with),
    )
