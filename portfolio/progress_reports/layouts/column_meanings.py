"""What a column's header stands for in a table, before anybody has looked at its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from portfolio.progress_reports.layouts.header_texts import TOTAL_WORDS, HeaderText, header_text, plain
from portfolio.progress_reports.layouts.layout_fields import DOUBTFUL, is_known, match, tables, value_field
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, How
from portfolio.progress_reports.values.choices import exact_code
from portfolio.vocabulary import labels

_WEIGHTS: dict[How, float] = {"label": 1.0, "synonym": 1.0, "remembered": 1.0, "likeness": 0.7}
_SEX_WORDS = frozenset(
    (
        "women", "woman", "female", "females", "femme", "femmes", "men", "man", "male", "males", "homme",
        "hommes", "number", "of", "no", "nombre", "de", "nb", "d",
    )
)  # fmt: skip


_DATE_GROUPS = frozenset(
    (
        "dates", "date", "timing", "schedule", "calendar", "deadline", "deadlines", "calendrier", "echeance",
        "echeances", "echeancier", "planning", "timetable",
    )
)  # fmt: skip
_ADDED_UP = "It adds up several periods; what is kept is the value of one."
_LONGEST_NAME = 120
_PEOPLE = frozenset(("women", "men", "not_stated"))
_SHARE = re.compile(r"%|\b(?:share|percent|percentage|pourcentage|part|taux)\b", re.IGNORECASE)
_JOINING = frozenset(("and", "et", "of", "de", "des", "the", "les"))
_OR = re.compile(r"/|\||\bor\b|\bou\b", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """The fields that a header can stand for, the likeliest first, and what it says of all values below it.

    `needs_context`: the header names a period, a partner or a sex alone, and not what is told of it.
    """

    candidates: tuple[str, ...] = ()
    how: How = ""
    why: str = ""
    suggestions: tuple[str, ...] = ()
    period: str = ""
    heading: str = ""
    partner: str = ""
    sex: str = ""
    project: str = ""
    needs_context: bool = False

    @property
    def first(self) -> str:
        """The likeliest field, "" for none."""
        return self.candidates[0] if self.candidates else ""

    @property
    def weight(self) -> float:
        """How much the header speaks for the table."""
        if self.needs_context:
            return 0.9 if self.heading or self.project else 0.6
        if self.first in (LEFT_OUT, DOUBTFUL):
            return 0.4
        return _WEIGHTS.get(self.how, 0.0)


@lru_cache(maxsize=50_000)
def meaning_of(table: str, header: HeaderText) -> Meaning:
    """What the words above a column stand for in a table."""
    value = value_field(table)
    if header.project and table in ("money", "indicators"):
        return _value(table, header, Meaning((value,), "synonym", needs_context=True))
    found = _named(table, header)
    if found.first in _PEOPLE and _SHARE.search(" ".join(header.parts)):
        return Meaning((LEFT_OUT,), "synonym", "It is a share, and what is kept is a number of people.")
    if not value:
        return found
    if found.first == value:
        return _value(table, header, found)
    if found.first in ("", DOUBTFUL):
        told = _told_of(table, header)
        if told is None and found.first == DOUBTFUL and _is_planned(table, header):
            return Meaning((LEFT_OUT,), "synonym")
        if told is None and header.is_cumulative and value in found.suggestions:
            return Meaning((LEFT_OUT,), "likeness", _ADDED_UP, (value,))
        return told or found
    return found


def _named(table: str, header: HeaderText) -> Meaning:
    """What the words themselves name."""
    near: list[Meaning] = []
    for words in _ways(header):
        said = match(table, words)
        meaning = Meaning(said.candidates, said.how, suggestions=said.suggestions)
        if said.how in ("label", "synonym") and meaning.first != DOUBTFUL:
            return meaning
        near.append(meaning)
    either = _alternatives(table, header)
    if either.candidates:
        return either
    doubtful = next((meaning for meaning in near if meaning.first == DOUBTFUL), None)
    likeness = next((meaning for meaning in near if meaning.how == "likeness"), None)
    if doubtful is not None:
        return replace(doubtful, suggestions=_suggestions(near))
    return likeness or Meaning(suggestions=_suggestions(near))


def _ways(header: HeaderText) -> list[str]:
    """The header's words in the orders in which they may name a field: all, the core, the lowest part."""
    cores = [core for core in header.cores if core]
    ways = [plain(" ".join(header.parts)), " ".join(cores), " ".join(reversed(cores))]
    if len(cores) > 1 and cores[0] in _DATE_GROUPS:
        ways += [f"{cores[-1]} date", f"date {cores[-1]}"]
    if header.parts:
        ways += [plain(header.parts[-1]), header.cores[-1] or (cores[-1] if cores else "")]
    return [way for way in dict.fromkeys(ways) if way]


def _alternatives(table: str, header: HeaderText) -> Meaning:
    """What a header with two names for one thing stands for, where all that is known of them agrees."""
    words = [plain(part) for part in _OR.split(header.parts[-1])] if header.parts else []
    if len(words) < 2:
        return Meaning()
    found = [said for word in words if word and (said := match(table, word)).how in ("label", "synonym")]
    fields = {said.candidates for said in found if said.candidates[0] not in (DOUBTFUL, LEFT_OUT)}
    return Meaning(fields.pop(), "synonym") if len(fields) == 1 else Meaning()


def _suggestions(meanings: list[Meaning]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for meaning in meanings for field in meaning.suggestions))[:3]


def _value(table: str, header: HeaderText, found: Meaning) -> Meaning:
    """A value that is told of a period, a partner or a sex, unless the header says what cannot be kept."""
    if _is_planned(table, header):
        return Meaning((LEFT_OUT,), "synonym", "It holds what was planned, not what was reported.")
    if header.unit.other_currency:
        why = f"It is in {header.unit.other_currency}; amounts are kept in EUR."
        return Meaning(why=why)
    if header.is_cumulative:
        return Meaning((LEFT_OUT,), found.how, _ADDED_UP, (found.first,))
    spans = [mention for mention in header.mentions if mention.period is None]
    if spans or len({mention.period for mention in header.mentions}) > 1:
        why = "The period that it names is no half-year; values are kept by half-year."
        return Meaning(why=why)
    return replace(
        found, period=header.period, partner=header.partner, sex=header.sex, project=header.project
    )


def _told_of(table: str, header: HeaderText) -> Meaning | None:
    """A value whose header names only what it is told of."""
    value = value_field(table)
    group = [core for core in header.cores[:-1] if core]
    leaf = header.cores[-1] if header.cores else ""
    over = any(value in match(table, core).candidates for core in group)
    if table == "money" and (heading := heading_of(leaf)):
        return _value(table, header, Meaning((value,), "synonym", heading=heading, needs_context=not over))
    is_everybody = table == "indicators" and leaf in TOTAL_WORDS
    words = set(leaf.split())
    is_part = table == "indicators" and (
        bool(header.partner) or (bool(header.sex) and words <= _SEX_WORDS) or (is_everybody and over)
    )
    is_whole = not leaf or (table == "money" and leaf in TOTAL_WORDS)
    is_period = bool(header.mentions) and is_whole and table in ("money", "indicators")
    if not (is_part or is_period):
        return None
    meaning = _value(table, header, Meaning((value,), "synonym", needs_context=not over))
    return meaning if meaning.first != LEFT_OUT or meaning.how else None


def _is_planned(table: str, header: HeaderText) -> bool:
    """Whether the header says that the values were planned, or a part of it names what stays out."""
    known = (core for core in header.cores if core)
    return header.is_planned or any(match(table, core).candidates[:1] == (LEFT_OUT,) for core in known)


@lru_cache(maxsize=10_000)
def may_be_header(text: str) -> bool:
    """Whether a text names a column of some table, or what its values are told of; a quick look."""
    if len(text) > _LONGEST_NAME:
        return False
    words = header_text((text,))
    names = {plain(text), *words.cores}
    known = any(is_known(table, name) for name in names if name for table in tables())
    return known or bool(words.mentions) or bool(heading_of(text))


@lru_cache(maxsize=10_000)
def heading_of(text: str) -> str:
    """The budget heading that a text names, "" for none or several.

    A number in front of it does not matter; brackets and strokes may hold a second name for it.

    >>> heading_of("1. Human resources"), heading_of("Staff (human resources)"), heading_of("7 % of 1")
    ('human-resources', 'human-resources', '')
    """
    whole = _heading_named(text)
    if whole:
        return whole
    inside = re.findall(r"\(([^)]*)\)", text)
    outside = re.sub(r"\([^)]*\)", " ", text)
    parts = [outside, *inside, *(_OR.split(outside) if _OR.search(outside) else ())]
    found = {heading for part in parts if (heading := _heading_named(part))}
    return found.pop() if len(found) == 1 else ""


def _heading_named(text: str) -> str:
    words = plain(text).split()
    while words and (words[0].isdigit() or (len(words[0]) == 1 and len(words) > 1)):
        words = words[1:]
    if not words:
        return ""
    return exact_code("budget_heading", " ".join(words)) or _by_words(words)


def _by_words(words: list[str]) -> str:
    """The heading whose label has the same words, whatever joins them: "Equipment, supplies"."""
    found = _labels_by_words().get(frozenset(words) - _JOINING, ())
    return found[0] if len(found) == 1 else ""


@lru_cache
def _labels_by_words() -> dict[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for code, name in labels("budget_heading").items():
        words = frozenset(plain(name).split()) - _JOINING
        found[words] = (*found.get(words, ()), code)
    return found
