"""Reporting periods as people name them: half-years, and what is shorter or longer than one."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from portfolio.dates import MONTHS, HalfYear

Span = Literal["half", "quarter", "month", "year", "range"]
_FRENCH = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT_MONTH = {
    "janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_OF = {
    **_SHORT_MONTH,
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name: number for number, name in enumerate(_FRENCH, 1)},
}
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d{2})(?!\d)"
_GAP = r"[\s,/._()-]*"
_OF = rf"{_GAP}(?:of|de l'annee|de|d'|for)?{_GAP}"
_FIRST = r"1(?:st|er|ere|re)?|i|first|premier|premiere"
_SECOND = r"2(?:nd|e|eme|d|de)?|ii|second|seconde|deuxieme"
_WHICH = r"(?:(?P<first>1|i)|(?P<second>2|ii))"
_NTH = rf"\b(?:(?P<first>{_FIRST})|(?P<second>{_SECOND}))"
_HALF_WORD = r"(?:half(?:[\s-]?year)?|semester|semestre|sem\.?|hy)"
_HALVES = (
    rf"(?<![a-z0-9])[sh](?P<half>[12])(?!\d){_OF}{_YEAR}",
    rf"{_YEAR}{_GAP}[sh](?P<half>[12])(?![a-z0-9])",
    rf"{_NTH}[\s-]*{_HALF_WORD}{_OF}{_YEAR}",
    rf"\b{_HALF_WORD}[\s-]*{_WHICH}\b{_OF}{_YEAR}",
    rf"{_YEAR}{_GAP}\b{_HALF_WORD}[\s-]*{_WHICH}\b",
    rf"{_YEAR}{_GAP}{_NTH}[\s-]*{_HALF_WORD}(?![a-z0-9])",
)
_QUARTERS = (
    rf"(?<![a-z0-9])[qt][1-4](?!\d){_OF}{_YEAR}",
    rf"{_YEAR}{_GAP}[qt][1-4](?![a-z0-9])",
    rf"\b(?:\w+[\s-]*)(?:quarter|trimestre|trim\.?){_OF}{_YEAR}",
    rf"\b(?:quarter|trimestre|trim\.?)[\s-]*[1-4]{_OF}{_YEAR}",
)
_MONTH = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_POINT = (
    rf"(?:(?:(?P<d{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th|er)?\.?\s+)?\b(?P<w{{0}}>{_MONTH})\b\.?(?:,?\s*(?P<y{{0}}>(?:19|20)\d{{{{2}}}}))?"
    r"|(?:(?P<e{0}>\d{{1,2}})[./-])?(?P<n{0}>\d{{1,2}})[./-](?P<z{0}>(?:19|20)\d{{2}})"
    r"|(?P<a{0}>(?:19|20)\d{{2}})-(?P<b{0}>\d{{2}})(?:-(?P<c{0}>\d{{2}}))?)"
)  # fmt: skip
_TO = r"\s*(?:to|until|till|through|and|a|au|jusqu'au|et|–|—|-|→)\s*(?:the\s+|le\s+|fin\s+|end\s+(?:of\s+)?)?"
_RANGE = re.compile(_POINT.format("1") + _TO + _POINT.format("2"))
_DAYS = re.compile(
    r"(?<![\d./-])(?P<e1>\d{1,2})[./](?P<n1>\d{1,2})\.?"
    + _TO
    + r"(?P<e2>\d{1,2})[./](?P<n2>\d{1,2})[./](?P<z2>(?:19|20)\d{2})"
)
_ALONE = re.compile(_POINT.format("1"))
_YEAR_ALONE = re.compile(rf"(?<![\d/.-]){_YEAR}(?![\d/.-])")

# A day or a month without its year: "12 Feb", "mai".
MONTH_NAMED = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?\.?\s+)?(?:{_MONTH})\.?")


@dataclass(frozen=True)
class PeriodMention:
    """A period that a text names, and its place there; `period` is set where it is exactly a half-year."""

    span: Span
    period: HalfYear | None
    start: int
    end: int


def folded(text: str) -> str:
    """A text without accents and capitals, every dash a hyphen, every letter still in its place or nearly."""
    if text.isascii():
        return " ".join(text.casefold().split())
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub("[‐‑‒–—−]", "-", kept).split())


def period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """Every period that `text` names, in the folded text's places.

    >>> [str(mention.period) for mention in period_mentions("Dépenses du 1er semestre 2026 (EUR)")]
    ['2026-S1']
    >>> [mention.span for mention in period_mentions("Q2 2026, 2025")]
    ['quarter', 'year']
    """
    plain, found = folded(text), list[PeriodMention]()
    for mention in (*_halves(plain), *_ranges(plain), *_quarters(plain), *_single(plain)):
        if all(mention.end <= other.start or mention.start >= other.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def named_period(text: str) -> HalfYear | None:
    """The half-year that the whole of `text` names, None where it says more, less or something else.

    >>> str(named_period("S1/2026")), named_period("S1 2026 (revised)")
    ('2026-S1', None)
    """
    mentions = period_mentions(text)
    if len(mentions) != 1:
        return None
    plain = folded(text)
    rest = plain[: mentions[0].start] + plain[mentions[0].end :]
    words = re.sub(r"[^a-z0-9]+|\b(?:period|periode|du|de|from|the|reporting)\b", "", rest)
    return mentions[0].period if not words else None


def _halves(plain: str) -> list[PeriodMention]:
    found: list[PeriodMention] = []
    for match in (match for pattern in _HALVES for match in re.finditer(pattern, plain)):
        groups = match.groupdict()
        is_first = groups.get("half") == "1" or bool(groups.get("first"))
        period: HalfYear | None = HalfYear(int(groups["year"]), 1 if is_first else 2)
        # "2026 S1 / 2025 S2" can be split in two ways: then neither is taken.
        rivals = [old for old in found if match.start() < old.end and old.start < match.end()]
        if any(old.period != period for old in rivals):
            period = None
        found = [old if old not in rivals or period else replace(old, period=None) for old in found]
        found.append(PeriodMention("half", period, match.start(), match.end()))
    return found


def _quarters(plain: str) -> list[PeriodMention]:
    return [
        PeriodMention("quarter", None, match.start(), match.end())
        for pattern in _QUARTERS
        for match in re.finditer(pattern, plain)
    ]


def _ranges(plain: str) -> list[PeriodMention]:
    found = []
    for match in _DAYS.finditer(plain):
        day, month, to_day, to_month, year = (int(match[name]) for name in ("e1", "n1", "e2", "n2", "z2"))
        half = _half_of((year, month, day), (year, to_month, to_day))
        found.append(PeriodMention("range", half, match.start(), match.end()))
    for match in _RANGE.finditer(plain):
        parts = match.groupdict()
        last = _point(parts, "2")
        first = _point(parts, "1", last[0] if last else None)
        if first and last:
            found.append(PeriodMention("range", _half_of(first, last), match.start(), match.end()))
    return found


def _single(plain: str) -> list[PeriodMention]:
    months = [PeriodMention("month", None, found.start(), found.end()) for found in _ALONE.finditer(plain)]
    return months + [
        PeriodMention("year", None, found.start(), found.end()) for found in _YEAR_ALONE.finditer(plain)
    ]


def _point(
    parts: dict[str, str | None], which: str, year: int | None = None
) -> tuple[int, int, int | None] | None:
    """Year, month and day of one end of a range; the year may stand at the other end alone."""
    word, number, first = parts[f"w{which}"], parts[f"n{which}"], parts[f"a{which}"]
    if word:
        stated = int(parts[f"y{which}"] or year or 0)
        day, month = parts[f"d{which}"], MONTH_OF[word]
    elif number:
        stated, month, day = int(parts[f"z{which}"] or 0), int(number), parts[f"e{which}"]
    else:
        stated, month, day = int(first or 0), int(parts[f"b{which}"] or 0), parts[f"c{which}"]
    if not stated or not 1 <= month <= 12:
        return None
    return stated, month, int(day) if day else None


def _half_of(first: tuple[int, int, int | None], last: tuple[int, int, int | None]) -> HalfYear | None:
    """The half-year from the first to the last day of a range, None where it is no half-year."""
    if first[0] != last[0] or (first[1], last[1]) not in ((1, 6), (7, 12)):
        return None
    ends_whole = last[2] in (None, calendar.monthrange(last[0], last[1])[1])
    return HalfYear(first[0], 1 if first[1] == 1 else 2) if first[2] in (None, 1) and ends_whole else None
