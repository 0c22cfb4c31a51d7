"""The words that dates are written with, in English, French and German."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio.dates import MONTHS

# Without accents, as the texts that are looked up here.
_FRENCH = (
    "janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin",
    "juillet juil", "aout", "septembre sept", "octobre oct", "novembre nov", "decembre dec",
)  # fmt: skip
_GERMAN = (
    "januar", "februar", "marz maerz mrz", "april", "mai", "juni",
    "juli", "august", "september", "oktober okt", "november", "dezember dez",
)  # fmt: skip
_FILLERS = frozenset(
    (
        "le", "the", "of", "de", "du", "on", "den", "am", "d",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    )
)  # fmt: skip
_NUMBER_OF = {
    "first": "1", "second": "2", "third": "3", "fourth": "4",
    "premier": "1", "deuxieme": "2", "troisieme": "3", "quatrieme": "4",
}  # fmt: skip
_PERIOD = r"(?P<what>q|t|quarter|trimestre|s|h|hy|half|half-year|halfyear|semestre|semester)"
_GAP = r"[\s/.-]*"
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PERIOD}{_GAP}(?P<number>[1-4]){_GAP}(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}){_GAP}{_PERIOD}{_GAP}(?P<number>[1-4])",
        rf"(?P<number>[1-4])(?:st|nd|rd|th|er|e|eme)?{_GAP}{_PERIOD}{_GAP}(?P<year>\d{{4}})",
    )
)
_QUARTERS = ("q", "t", "quarter", "trimestre")


def _months() -> Iterator[tuple[str, int]]:
    for number, name in enumerate(MONTHS, 1):
        yield name.casefold(), number
        yield name.casefold()[:3], number
    yield "sept", 9
    for language in (_FRENCH, _GERMAN):
        for number, names in enumerate(language, 1):
            yield from ((name, number) for name in names.split())


MONTH_OF = dict(_months())


def without_fillers(text: str) -> str:
    """A text in small letters without days of the week and articles, and with its ordinals as digits."""
    words = re.split(r"([\s,']+)", text)
    kept = (_NUMBER_OF.get(word, word) for word in words if word.rstrip(".") not in _FILLERS)
    return " ".join("".join(kept).replace("'", " ").replace(",", " , ").split()).strip(" ,")


def period_in(text: str) -> tuple[str, int, int, str] | None:
    """Year, first and last month, and what it is called, where the text names a quarter or a half-year."""
    for pattern in _PERIODS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        number = int(match["number"])
        if match["what"] in _QUARTERS:
            return match["year"], 3 * number - 2, 3 * number, "a quarter"
        if number <= 2:
            return match["year"], 6 * number - 5, 6 * number, "a half-year"
    return None
