"""Entries of code lists as people write them: label or code, whatever the case, spaces and accents."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from portfolio.vocabulary import default_terms, labels


@dataclass(frozen=True)
class ChoiceReading:
    """The code that a text names, or the labels that come near it."""

    code: str | None = None
    near: tuple[str, ...] = ()


def read_choice(vocabulary: str, text: str) -> ChoiceReading:
    """The entry of a code list that `text` names.

    >>> read_choice("milestone_status", " in  PROGRESS").code, read_choice("milestone_status", "Doone").near
    ('in-progress', ('Done',))
    """
    known = _codes_by_writing(vocabulary, tuple(labels(vocabulary).items()))
    written = _plain(text)
    if written in known:
        return ChoiceReading(known[written])
    near = difflib.get_close_matches(written, known, n=3, cutoff=0.7)
    names = labels(vocabulary)
    return ChoiceReading(near=tuple(dict.fromkeys(names[known[name]] for name in near)))


@lru_cache
def _codes_by_writing(vocabulary: str, names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Code by every way of writing it; a unit's own label goes before a default one."""
    defaults = [(term.code, text) for term in default_terms(vocabulary) for text in (term.code, term.label)]
    return {_plain(text): code for code, text in (*defaults, *names)}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
