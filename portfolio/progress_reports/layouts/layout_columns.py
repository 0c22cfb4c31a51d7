"""What each column of a table is taken for: by its header, held against its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from portfolio.model.reports import HIGHEST_RATING
from portfolio.progress_reports.files.cells import RawCell, RawSheet, column_letter
from portfolio.progress_reports.layouts.column_meanings import Meaning, meaning_of
from portfolio.progress_reports.layouts.header_blocks import Block
from portfolio.progress_reports.layouts.header_texts import TOTAL_WORDS, plain
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_fields import (
    DOUBTFUL,
    PERIOD,
    PROJECT,
    field_label,
    fields_of,
    value_field,
)
from portfolio.progress_reports.layouts.layout_units import Surroundings, with_units
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, ColumnLayout
from portfolio.progress_reports.layouts.named_periods import MONTH_NAMED, folded, named_period
from portfolio.progress_reports.values.entered_dates import read_date

_CELLS_LOOKED_AT = 200
_PLACEHOLDERS = frozenset(("", "n a", "na", "s o", "so", "nd", "n d", "tbd", "tbc", "nk", "none", "idem"))
_NUMBER = re.compile(r"[-+(]?\s*[€$]?\s*\d[\d\s.,'’]*\)?\s*(?:%|€|eur|k€)?", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:budget|budgets|planned|plan|forecast|prevision\w*|prevu\w*)\b")
_SPENT = re.compile(
    r"\b(?:expenditures?|incurred|spent|spending|costs?|depenses?|couts?"
    r"|financial report|rapport financier)\b"
)
_OTHER_COSTS = re.compile(
    r"\b(?:cofinancing|co financing|co funding|cofinancement|contribution|share|part|cumul\w*)\b"
)
_AMOUNT_WORDS = frozenset(
    ("amount", "amounts", "amount in eur", "amount eur", "montant", "montants", "montant en euros",
     "montant eur", "eur", "euro", "euros", "sum", "somme")
)  # fmt: skip
_REACHED = re.compile(
    r"\b(?:values?|achieved|achievements?|actuals?|results?|valeurs?|realise\w*|resultats?)\b"
)
_PEOPLE = re.compile(
    r"\b(?:participants?|trainees?|trained|attendees|stagiaires?|effectif|formees|presents)\b"
)
_RANKS = {"label": 3, "chosen": 3, "remembered": 3, "synonym": 2, "likeness": 1, "cells": 1}


def columns_of(
    sheet: RawSheet, block: Block, last_row: int, around: Surroundings
) -> tuple[ColumnLayout, ...]:
    """Every column under a header or with cells below it."""
    cells = _cells_by_column(sheet, block, last_row)
    found: list[ColumnLayout] = []
    for column in sorted({*block.headers, *cells}):
        below = cells.get(column, [])
        if column in block.headers:
            found.append(_column(block, column, below, around))
        else:
            found.append(ColumnLayout(column, "", why="It has no header."))
    found = _by_elimination(found, block)
    found = _people(block.table, found)
    found = _sums(block.table, _bare_amount(block.table, found, around.words))
    found = _without_rivals(block.table, found)
    return with_units(block, found, cells, around)


def _cells_by_column(sheet: RawSheet, block: Block, last_row: int) -> dict[int, list[RawCell]]:
    found: dict[int, list[RawCell]] = {}
    for (row, column), cell in sheet.cells.items():
        if block.bottom < row <= last_row and not cell.is_blank:
            below = found.setdefault(column, [])
            if len(below) < _CELLS_LOOKED_AT:
                below.append(cell)
    return found


def _column(block: Block, column: int, cells: list[RawCell], around: Surroundings) -> ColumnLayout:
    header = block.headers[column]
    taken = ColumnLayout(column, header.joined)
    known = around.known.get((block.table, header.joined), "")
    meaning = meaning_of(block.table, header)
    if known and known != value_field(block.table):
        return replace(taken, field=known, how="remembered", why="It was taken for this before.")
    if meaning.needs_context:
        meaning = _in_context(block.table, meaning, around.words)
    if not meaning.candidates or meaning.first == DOUBTFUL:
        return _by_cells(block.table, taken, meaning, cells, around.names)
    field = meaning.first
    taken = replace(
        taken,
        period=meaning.period,
        heading=meaning.heading,
        partner=meaning.partner,
        sex=meaning.sex,
        project=meaning.project,
        year=header.year,
    )
    if field != LEFT_OUT and not _fits(block.table, field, cells, around.names):
        why = f"The header says {field_label(block.table, field)}, but the cells below do not look like it."
        return _by_cells(block.table, taken, Meaning(why=why), cells, around.names)
    why = meaning.why or (_known_but_out(taken.header) if field == LEFT_OUT else "")
    others = tuple(other for other in meaning.candidates[1:] if other != DOUBTFUL)
    return replace(taken, field=field, how=meaning.how, why=why, suggestions=others)


def _known_but_out(header: str) -> str:
    return f"'{header}' is not kept from reports." if header else ""


def _in_context(table: str, meaning: Meaning, words: str) -> Meaning:
    """A column that names only what its values are told of: taken where the title says what they are."""
    said = plain(words)
    told = _SPENT if table == "money" else _REACHED
    if told.search(said) and not _PLANNED.search(said):
        return replace(meaning, needs_context=False)
    why = "The header does not say what its figures are."
    return replace(meaning, candidates=(), why=why, suggestions=meaning.candidates)


def _by_cells(
    table: str, taken: ColumnLayout, meaning: Meaning, cells: list[RawCell], names: ProjectNames
) -> ColumnLayout:
    """A column that its header does not explain: projects and periods show in the cells themselves."""
    texts = [cell.text for cell in cells if cell.type == "s"]
    if texts and len(texts) == len(cells):
        if all(names.exact(text) for text in texts):
            return replace(taken, field=PROJECT, how="cells", why="Every cell names a project.")
        if all(named_period(text) for text in texts):
            return replace(taken, field=PERIOD, how="cells", why="Every cell names a half-year.")
    why = meaning.why
    if not why:
        why = "It can mean several things." if meaning.first == DOUBTFUL else "The header is not known."
    return replace(taken, why=why, suggestions=meaning.suggestions)


def _fits(table: str, field: str, cells: list[RawCell], names: ProjectNames) -> bool:
    """Whether at least half of the cells look like values of a field; a column without cells always does."""
    spec = fields_of(table)[field]
    cells = [cell for cell in cells if plain(cell.text) not in _PLACEHOLDERS]
    if spec.kind == "count" and spec.maximum is not None and spec.maximum <= HIGHEST_RATING:
        return True
    looks = _LOOKS.get(spec.kind)
    if field == PROJECT:
        return not cells or any(names.exact(cell.text) or names.inside(cell.text) for cell in cells)
    if field == PERIOD:
        return not cells or any(named_period(cell.text) for cell in cells)
    if looks is None or not cells:
        return True
    return sum(looks(cell) for cell in cells) * 2 >= len(cells)


def _looks_like_number(cell: RawCell) -> bool:
    return cell.type in ("n", "e") or (cell.type == "s" and bool(_NUMBER.fullmatch(cell.text.strip())))


def _looks_like_date(cell: RawCell) -> bool:
    if cell.type == "d":
        return True
    if cell.type == "n" and isinstance(cell.value, (int, float)):
        return 1990 <= cell.value <= 2100 or 32_874 <= cell.value < 73_416
    reading = read_date(cell.text)
    is_named = bool(re.search(r"\d{4}", cell.text) or MONTH_NAMED.fullmatch(folded(cell.text)))
    return cell.type == "s" and bool(reading.text or reading.choices or is_named)


def _looks_like_text(cell: RawCell) -> bool:
    return cell.type == "s" and not _NUMBER.fullmatch(cell.text.strip())


_LOOKS: Mapping[str, Callable[[RawCell], bool]] = {
    "amount": _looks_like_number, "number": _looks_like_number, "percent": _looks_like_number,
    "count": _looks_like_number, "date": _looks_like_date, "choice": _looks_like_text,
}  # fmt: skip


def _by_elimination(columns: list[ColumnLayout], block: Block) -> list[ColumnLayout]:
    """Headers with two meanings take the one that no other column has a better claim to."""
    sure = {column.field for column in columns if column.is_read and not column.suggestions}
    return [
        replace(
            column, field=next((other for other in column.suggestions if other not in sure), column.field)
        )
        if column.is_read and column.suggestions and column.field in sure
        else column
        for column in columns
    ]


def _people(table: str, columns: list[ColumnLayout]) -> list[ColumnLayout]:
    """In trainings, the number of participants: a sum by sex, or people whose sex is not stated."""
    if table != "trainings":
        return columns
    by_sex = {"women", "men"} & {column.field for column in columns}
    found = []
    for column in columns:
        if not column.field and _PEOPLE.search(plain(column.header)):
            if by_sex:
                why = "It adds up what stands in the columns by sex."
                column = replace(column, field=LEFT_OUT, how="synonym", why=why)
            else:
                column = replace(column, suggestions=("not_stated",))
        elif not column.field and by_sex and plain(column.header) in TOTAL_WORDS:
            column = replace(column, field=LEFT_OUT, how="synonym", why="It adds up what stands beside it.")
        found.append(column)
    return found


def _sums(table: str, columns: list[ColumnLayout]) -> list[ColumnLayout]:
    """What a column "Total" is, where the columns beside it say so."""
    value = value_field(table)
    told = [column for column in columns if value and column.field == value]
    if table == "money" and len({column.heading for column in told if column.heading}) > 1:
        why = "It adds up what stands beside it."
        return _totals_as(columns, lambda column: replace(column, field=LEFT_OUT, how="synonym", why=why))
    if table == "indicators" and sum(bool(column.partner or column.sex) for column in told) > 1:
        return _totals_as(columns, lambda column: replace(column, field=value, how="synonym", why=""))
    if table == "money" and not told:
        return _total_cost(columns, value)
    return columns


def _bare_amount(table: str, columns: list[ColumnLayout], words: str) -> list[ColumnLayout]:
    """The one column that is headed "Amount" and no more, where the title says that money was spent."""
    bare = [column for column in columns if not column.field and plain(column.header) in _AMOUNT_WORDS]
    told = any(column.field == value_field(table) for column in columns)
    said = plain(words)
    if table != "money" or told or len(bare) != 1 or not _SPENT.search(said) or _PLANNED.search(said):
        return columns
    why = "The title says that money was spent."
    taken = replace(bare[0], field=value_field(table), how="synonym", why=why, suggestions=())
    return [taken if column is bare[0] else column for column in columns]


def _totals_as(
    columns: list[ColumnLayout], change: Callable[[ColumnLayout], ColumnLayout]
) -> list[ColumnLayout]:
    return [
        change(column) if not column.field and plain(column.header) in TOTAL_WORDS else column
        for column in columns
    ]


def _total_cost(columns: list[ColumnLayout], value: str) -> list[ColumnLayout]:
    """The one total cost beside columns by funder or since the start, which can then only be that of all."""
    others = " ".join(plain(column.header) for column in columns if column.field == LEFT_OUT)
    totals = [
        column
        for column in columns
        if not column.field and value in column.suggestions and plain(column.header).startswith("total ")
    ]
    if len(totals) != 1 or not _OTHER_COSTS.search(others):
        return columns
    why = "The columns beside it are told by funder, or since the start."
    return [
        replace(column, field=value, how="synonym", why=why, suggestions=())
        if column is totals[0]
        else column
        for column in columns
    ]


def _without_rivals(table: str, columns: list[ColumnLayout]) -> list[ColumnLayout]:
    """Each field at most once: the better claim holds; of equal ones none."""
    groups: dict[tuple[str, ...], list[ColumnLayout]] = {}
    for column in columns:
        if column.is_read:
            groups.setdefault(told_of(column), []).append(column)
    settled = {column.column: column for column in columns}
    for same in groups.values():
        best = _best(table, same)
        for column in same:
            if len(same) > 1 and column is not best:
                letters = " and ".join(column_letter(other.column) for other in same)
                why = f"Columns {letters} would both be {field_label(table, column.field)}."
                settled[column.column] = replace(column, field="", how="", why=why, suggestions=())
    return list(settled.values())


def told_of(column: ColumnLayout) -> tuple[str, ...]:
    """What has to differ between two columns that are both read."""
    return (column.field, column.period, column.heading, column.partner, column.sex, column.project)


def _best(table: str, same: list[ColumnLayout]) -> ColumnLayout | None:
    ranked = sorted(same, key=lambda column: -_RANKS.get(column.how, 0))
    if len(ranked) == 1 or _RANKS.get(ranked[0].how, 0) > _RANKS.get(ranked[1].how, 0):
        return ranked[0]
    return None
