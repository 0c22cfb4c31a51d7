"""The tables and fields that a workbook of one's own can hold, and the words by which a column names them."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from portfolio.dates import HalfYear
from portfolio.progress_reports.fields.columns import ACTION_KEY, FieldSpec, SheetSpec
from portfolio.progress_reports.fields.money_sheets import MILESTONES, RECEIVED, money_sheet
from portfolio.progress_reports.fields.result_sheets import RISKS, TRAININGS, indicators_sheet
from portfolio.progress_reports.layouts.header_texts import plain
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, How
from portfolio.settings import DATA_DIR

EVERY_TABLE = "*"
DOUBTFUL = "?"
PROJECT, PERIOD = "project", "period"
# What the tracker keeps of its own, computes, or asks for elsewhere: never read from a workbook like this.
_NOT_OFFERED = frozenset(
    {
        ACTION_KEY,
        "contractual",
        "earlier_total",
        "on_record",
        "level",
        "unit",
        "baseline_text",
        "last",
        "target",
    }
)
_TITLES = {
    "milestones": "title", "money": "heading", "received": "amount_cents", "indicators": "indicator",
    "trainings": "title", "risks": "title",
}  # fmt: skip
_VALUES = {"money": "amount_cents", "received": "amount_cents", "indicators": "value_millionths"}
_COST = "Incurred cost (EUR)"
_LIKENESS = 0.88
_COMMON_WORDS = 0.5
_LONGEST_NAME = 60
# A slip of the pen spares at least one end of a word.
_END = 3
_PROJECT = FieldSpec(PROJECT, "Project of the row", "text", "input", 20)
_PERIOD = FieldSpec(PERIOD, "Period of the row", "text", "input", 12)


@dataclass(frozen=True)
class Match:
    """What the words of a column may stand for, the likeliest first, and how that was found."""

    candidates: tuple[str, ...] = ()
    how: How = ""
    suggestions: tuple[str, ...] = ()


@lru_cache
def tables() -> Mapping[str, SheetSpec]:
    """The tables by key; periods and projects of their cells are told apart later."""
    period = HalfYear(2000, 1)
    money = money_sheet(period, ())
    own = (replace(spec, label=_COST) if spec.key == "amount_cents" else spec for spec in money.fields)
    specs = (
        MILESTONES, replace(money, fields=tuple(own)), RECEIVED, indicators_sheet(period, percent_rows=()),
        TRAININGS, RISKS,
    )  # fmt: skip
    return MappingProxyType({spec.key: spec for spec in specs})


def fields_of(table: str) -> dict[str, FieldSpec]:
    """The fields that a column of a table can be, the project and the period of a row last."""
    spec = tables()[table]
    skipped = _NOT_OFFERED | ({"baseline"} if table == "indicators" else frozenset())
    own = {field.key: field for field in spec.fields if field.key not in skipped}
    return {**own, PROJECT: _PROJECT, PERIOD: _PERIOD}


def field_label(table: str, field: str) -> str:
    """What a person reads for a field."""
    if field == LEFT_OUT:
        return "Left out"
    return fields_of(table)[field].label if field else "Not known"


def title_field(table: str) -> str:
    """The field without which a row of the table is nothing."""
    return _TITLES[table]


def value_field(table: str) -> str:
    """The field that may stand in several columns: for several periods, partners or sexes; "" for none."""
    return _VALUES.get(table, "")


@lru_cache(maxsize=50_000)
def match(table: str, words: str) -> Match:
    """What plain `words` name among the columns of a table."""
    known = _known(table)
    if words in known:
        return Match(*known[words])
    if not 5 <= len(words) <= _LONGEST_NAME:
        return Match()
    near = difflib.get_close_matches(words, _with_same_end(table, words), n=3, cutoff=_LIKENESS)
    meant = {known[name][0][0] for name in near}
    if len(meant) == 1 and meant.isdisjoint({DOUBTFUL}) and not _contradict(words, near[0]):
        return Match(known[near[0]][0], "likeness")
    return Match(suggestions=_suggested(table, words))


def is_known(table: str, words: str) -> bool:
    """Whether plain `words` are exactly a label or a synonym of a column of the table."""
    return words in _known(table)


def _contradict(words: str, name: str) -> bool:
    """Whether two likes differ by whole words: "score before" is no slip of the pen for "score after"."""
    return len(words.split()) != len(name.split())


def _with_same_end(table: str, words: str) -> list[str]:
    """The names that begin or end like `words`; a likeness to all of them would take too long."""
    ends = _names_by_end(table)
    return list(dict.fromkeys([*ends.get(words[:_END], ()), *ends.get(words[-_END:], ())]))


@lru_cache
def _names_by_end(table: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _known(table):
        for end in {name[:_END], name[-_END:]}:
            found.setdefault(end, []).append(name)
    return found


@lru_cache
def _names_by_word(table: str) -> Mapping[str, list[tuple[str, frozenset[str]]]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name in _known(table):
        words = frozenset(name.split())
        for word in words:
            found.setdefault(word, []).append((name, words))
    return found


def _suggested(table: str, words: str) -> tuple[str, ...]:
    """Fields whose names share words with `words`, for a person to choose from."""
    mine = set(words.split())
    scored: dict[str, float] = {}
    known, names = _known(table), _names_by_word(table)
    sharing = {name: theirs for word in mine for name, theirs in names.get(word, ())}
    # In the order of the vocabulary: of two that are equally like, the first is offered first.
    for name in sorted(sharing, key=_places(table).__getitem__):
        theirs = sharing[name]
        likeness = len(mine & theirs) / len(mine | theirs)
        field = known[name][0][0]
        if likeness >= _COMMON_WORDS and field not in (DOUBTFUL, LEFT_OUT):
            scored[field] = max(likeness, scored.get(field, 0))
    return tuple(sorted(scored, key=lambda field: -scored[field])[:3])


@lru_cache
def _places(table: str) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(_known(table))}


@lru_cache
def _known(table: str) -> Mapping[str, tuple[tuple[str, ...], How]]:
    """Candidates by every plain name: our own label before a synonym, the table's own before a common one."""
    found: dict[str, tuple[tuple[str, ...], How]] = {}
    for scope in (EVERY_TABLE, table):
        names: dict[str, list[str]] = {}
        for name, field in _synonyms()[scope]:
            names.setdefault(name, []).append(field)
        found.update({name: (tuple(dict.fromkeys(fields)), "synonym") for name, fields in names.items()})
    for spec in fields_of(table).values():
        if spec.key not in (PROJECT, PERIOD, _VALUES.get(table)):
            found[plain(spec.label)] = ((spec.key,), "label")
    return found


@lru_cache
def _synonyms() -> dict[str, list[tuple[str, str]]]:
    """Plain synonym and field by table, in the order of data/vocabulary/column_synonym.csv."""
    found: dict[str, list[tuple[str, str]]] = {EVERY_TABLE: [], **{table: [] for table in tables()}}
    with (DATA_DIR / "vocabulary" / "column_synonym.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["table"]].append((plain(row["synonym"]), row["field"]))
    return found
