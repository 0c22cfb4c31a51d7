"""Where the tables of a sheet begin: rows of headers, found by the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portfolio.progress_reports.files.cells import RawSheet
from portfolio.progress_reports.layouts.column_meanings import Meaning, heading_of, meaning_of
from portfolio.progress_reports.layouts.header_rows import (
    COLUMNS_SEARCHED,
    MOST_HEADER_ROWS,
    ROWS_SEARCHED,
    HeaderRows,
)
from portfolio.progress_reports.layouts.header_texts import HeaderText, plain
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import is_known, tables, title_field

# The same for rows: those with the most known words.
_ROWS_COMPARED = 12
_MOST_TABLES = 24
_LEAST_SCORE = 2.5
_LEAST_SHARE = 0.4
_CLEARLY_BETTER = 0.5
_ROWS_BELOW = 15
_NOT_SAID = 3.0


@dataclass(frozen=True)
class Block:
    """Header rows of one table, from `top` to `bottom`, with the words above each of its columns.

    `rival` is another kind of table that the same words fit about as well.
    """

    table: str
    top: int
    bottom: int
    headers: Mapping[int, HeaderText]
    score: float
    rival: str = ""

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of the header rows."""
        return tuple(range(self.top, self.bottom + 1))


def find_blocks(sheet: RawSheet, names: ProjectNames | None = None) -> tuple[Block, ...]:
    """The tables of a sheet, from top to bottom."""
    rows = HeaderRows(sheet, names)
    found: list[Block] = []
    for block in sorted(_candidates(sheet, rows), key=lambda block: (-block.score, block.top)):
        apart = all(block.bottom < other.top or block.top > other.bottom for other in found)
        if apart and any(row > block.bottom for row in rows.filled):
            found.append(block)
    found = found[:_MOST_TABLES]
    found += [*_repeated(rows, found)][: _MOST_TABLES - len(found)]
    return tuple(sorted(found, key=lambda block: block.top))


def block_at(
    sheet: RawSheet, bottom: int, table: str = "", names: ProjectNames | None = None
) -> Block | None:
    """The header that ends in a row that a person chose, as that of a table or of the likeliest one."""
    rows = HeaderRows(sheet, names)
    return max(_at(sheet, rows, bottom, (table,) if table else tuple(tables())), key=_rank, default=None)


def _candidates(sheet: RawSheet, rows: HeaderRows) -> Iterator[Block]:
    for bottom in _likely_rows(rows):
        found = sorted(_at(sheet, rows, bottom, tuple(tables())), key=_rank, reverse=True)
        best = next(iter(found), None)
        if best is not None and best.score >= _LEAST_SCORE and _is_header(best):
            others = (block for block in found if block.table != best.table and _is_header(block))
            rival = next(others, None)
            is_near = rival is not None and best.score - rival.score < _CLEARLY_BETTER
            yield replace(best, rival=rival.table if rival is not None and is_near else "")


def _likely_rows(rows: HeaderRows) -> list[int]:
    """The rows that may be headers, those with most known words: only they are looked at more closely."""
    known: dict[int, int] = {}
    for bottom in rows.filled:
        if bottom > ROWS_SEARCHED:
            break
        if not rows.looks_like_headers(bottom) or rows.continues_below(bottom):
            continue
        own = rows.known_words(bottom)
        above = rows.known_words(bottom - 1) if rows.has_groups(bottom - 1) else 0
        if max(own, above) >= 2:
            known[bottom] = own + above
    return sorted(sorted(known, key=lambda row: -known[row])[:_ROWS_COMPARED])


def _rank(block: Block) -> tuple[float, int]:
    return (block.score, block.top)


def _at(sheet: RawSheet, rows: HeaderRows, bottom: int, among: tuple[str, ...]) -> Iterator[Block]:
    """The headers that can end in a row: one row, or with the rows above that group its columns."""
    least = 1
    while least < MOST_HEADER_ROWS and bottom - least >= 1 and rows.has_groups(bottom - least):
        least += 1
    most = least
    while most < MOST_HEADER_ROWS and rows.looks_like_headers(bottom - most):
        most += 1
    for height in range(least, most + 1):
        top = bottom - height + 1
        headers = rows.headers(top, bottom)
        first = dict(sorted(headers.items())[:COLUMNS_SEARCHED])
        for table in among:
            score = _score(table, first) + _named(sheet, table)
            if table == "money":
                score += _has_headings(rows, bottom, headers)
            if table == "received" and bottom < rows.receipts_from:
                score -= _NOT_SAID
            yield Block(table, top, bottom, headers, score)


def _score(table: str, headers: Mapping[int, HeaderText]) -> float:
    """How much of a header is known for a table; the same thing twice counts once."""
    weights: dict[tuple[str, ...], float] = {}
    for header in headers.values():
        meaning = meaning_of(table, header)
        if meaning.weight:
            key = _same(meaning)
            weights[key] = max(meaning.weight, weights.get(key, 0))
    fields = {key[0] for key in weights}
    return sum(weights.values()) + (1 if title_field(table) in fields else 0)


def _has_headings(rows: HeaderRows, bottom: int, headers: Mapping[int, HeaderText]) -> float:
    """What the cells below the first columns say for a table of costs: that they are budget headings."""
    below = [row for row in rows.filled if row > bottom][:_ROWS_BELOW]
    for column in sorted(headers)[:3]:
        texts = [rows.text(row, column) for row in below if rows.text(row, column)]
        named = sum(bool(heading_of(text)) for text in texts)
        if named >= 2 and named * 3 >= len(texts):
            return 1.0
    return 0.0


def _same(meaning: Meaning) -> tuple[str, ...]:
    return (meaning.first, meaning.period, meaning.heading, meaning.partner, meaning.sex, meaning.project)


def _is_header(block: Block) -> bool:
    headers = [header for _, header in sorted(block.headers.items())[:COLUMNS_SEARCHED]]
    meanings = [said for header in headers if (said := meaning_of(block.table, header)).weight]
    firsts = {meaning.first for meaning in meanings}
    # A line of a form ("Acronym", "StormOak") names a project as a column of costs does.
    if (
        block.table == "money"
        and "heading" not in firsts
        and sum(bool(said.heading) for said in meanings) < 2
    ):
        return False
    return len(meanings) >= 2 and len(firsts) >= 2 and len(meanings) >= _LEAST_SHARE * len(headers)


def _named(sheet: RawSheet, table: str) -> float:
    """What the name of the sheet says for a table."""
    words = plain(sheet.name).split()
    names = {tables()[table].name.casefold(), tables()[table].name.casefold().rstrip("s")}
    pairs = {*words, *(word.rstrip("s") for word in words), " ".join(words)}
    named = bool(pairs & names) or any(is_known(table, word) and word in _OWN_WORDS[table] for word in pairs)
    return 1.0 if named else 0.0


def _repeated(rows: HeaderRows, found: list[Block]) -> Iterator[Block]:
    """Headers that stand once more further down, word for word."""
    taken = {row for other in found for row in range(other.top, other.bottom + 1)}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for block in found:
        first = tuple(rows.text(block.bottom, column) for column in block.headers)
        if (block.table, first) in seen:
            continue
        seen.add((block.table, first))
        for row in rows.filled:
            if row <= ROWS_SEARCHED or row in taken:
                continue
            texts = zip(block.headers, first, strict=True)
            if all(rows.text(row, column) == text for column, text in texts):
                top = row - (block.bottom - block.top)
                yield Block(block.table, top, row, rows.headers(top, row), block.score)


# Words that name a table rather than one of its columns.
_OWN_WORDS: Mapping[str, frozenset[str]] = {
    "milestones": frozenset(("milestone", "milestones", "jalon", "jalons")),
    "money": frozenset(
        ("expenditure", "expenditures", "depenses", "depense", "costs", "couts", "finances", "finance",
         "financial", "financier", "budget")
    ),
    "received": frozenset(("received", "recu", "recus", "receipts", "encaissements", "versements")),
    "indicators": frozenset(("indicator", "indicators", "indicateur", "indicateurs", "logframe")),
    "trainings": frozenset(("training", "trainings", "formation", "formations")),
    "risks": frozenset(("risk", "risks", "risque", "risques")),
}  # fmt: skip
