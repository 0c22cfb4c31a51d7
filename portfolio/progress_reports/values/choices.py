"""Entries of code lists as people write them: label, code or synonym, whatever the case and accents."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from portfolio.settings import DATA_DIR
from portfolio.vocabulary import default_terms, labels

# The same in every list of answers; a sign or word that is not here is no answer, and never a "no".
_YES = ("yes", "y", "true", "x", "1", "✓", "✔", "☑", "oui", "vrai", "ja", "wahr")
_NO = ("no", "n", "false", "0", "☐", "non", "faux", "nein", "falsch")
_REMOVE = ("remove", "supprimer", "retirer")
_FAR = 0.7


@dataclass(frozen=True)
class ChoiceReading:
    """The code that a text names, or the labels that come near it."""

    code: str | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Synonym:
    """Another word for an entry of a list: read as it, or only suggested where the word says less."""

    vocabulary: str
    code: str
    word: str
    is_only_suggested: bool


@lru_cache
def synonyms() -> tuple[Synonym, ...]:
    """The words of data/vocabulary/value_synonym.csv."""
    with (DATA_DIR / "vocabulary" / "value_synonym.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Synonym(row["list"], row["code"], row["synonym"], row["use"] == "suggest")
            for row in csv.DictReader(file)
        )


def read_choice(vocabulary: str, text: str, names: Mapping[str, str] | None = None) -> ChoiceReading:
    """The entry of a code list that `text` names; `names` are its labels by code, if not the list's own.

    Where the list has been relabelled since, its present labels are known as well.

    >>> read_choice("milestone_status", " in  PROGRESS").code, read_choice("milestone_status", "Doone").near
    ('in-progress', ('Done',))
    """
    if names is None:
        return _read(vocabulary, text, tuple(labels(vocabulary).items()))
    reading = _read(vocabulary, text, tuple(names.items()))
    if reading.code is None and (present := _present(vocabulary, names)):
        other = _read(vocabulary, text, present)
        return reading if other.code is None else other
    return reading


def _present(vocabulary: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The labels that the list has now; none for a list of the project."""
    try:
        return tuple((code, label) for code, label in labels(vocabulary).items() if code in names)
    except KeyError:
        return ()


def exact_code(vocabulary: str, text: str) -> str | None:
    """The code that a text names, None for none; quick, for it looks for nothing that comes near."""
    return _index(vocabulary, tuple(labels(vocabulary).items())).codes.get(plain(text))


@lru_cache(maxsize=4096)
def _read(vocabulary: str, text: str, names: tuple[tuple[str, str], ...]) -> ChoiceReading:
    index = _index(vocabulary, names)
    written = plain(text)
    if written in index.codes:
        return ChoiceReading(index.codes[written])
    codes = [index.suggested[written]] if written in index.suggested else []
    codes += [index.codes[name] for name in _near(written, index.codes)]
    entries = dict(names)
    return ChoiceReading(near=tuple(dict.fromkeys(entries[code] for code in codes if code in entries)))


def _near(written: str, known: Mapping[str, str]) -> list[str]:
    """The ways of writing that lie within two letters, then those that are alike as a whole."""
    alike = difflib.get_close_matches(written, known, n=3, cutoff=_FAR)
    close = [name for name in known if name not in alike and is_within_two(written, name)]
    return [*alike, *close[: 3 - len(alike)]]


@dataclass(frozen=True)
class _Index:
    """Codes by every way of writing them, and codes that are only suggested for a word."""

    codes: Mapping[str, str]
    suggested: Mapping[str, str]


@lru_cache
def _index(vocabulary: str, names: tuple[tuple[str, str], ...]) -> _Index:
    """The ways of writing the entries; an own label goes before a default one, and that before a synonym."""
    known = {code for code, _ in names}
    others = [item for item in synonyms() if item.vocabulary == vocabulary and item.code in known]
    writings = [(item.code, item.word) for item in others if not item.is_only_suggested]
    writings += [(code, text) for code, text in _defaults(vocabulary) if code in known]
    writings += [(code, code) for code, _ in names]
    return _Index(
        {plain(text): code for code, text in (*writings, *names)},
        {plain(item.word): item.code for item in others if item.is_only_suggested},
    )


def _defaults(vocabulary: str) -> list[tuple[str, str]]:
    try:
        return [(term.code, term.label) for term in default_terms(vocabulary)]
    except KeyError:
        return []  # a list of the project, such as its indicators


def read_flag(text: str) -> bool | None:
    """Yes or no; None for any other word.

    >>> read_flag("Oui"), read_flag("✓"), read_flag("perhaps")
    (True, True, None)
    """
    return _FLAGS.get(unicodedata.normalize("NFKC", text).strip().casefold())


def is_removal(text: str) -> bool:
    """Whether the word asks to remove the record."""
    return plain(text) in _REMOVE


_FLAGS = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}


def plain(text: str) -> str:
    """A text without case, accents, punctuation, invisible characters and double spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        letter if letter.isalnum() else " "
        for letter in letters
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )  # fmt: skip
    return " ".join("".join(kept).split())


def is_within_two(one: str, other: str) -> bool:
    """Whether at most two letters have to be changed, added or left out."""
    if abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 3:
        return False
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != its)))
        before = now
    return before[-1] <= 2
