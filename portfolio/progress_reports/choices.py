"""Entries of code lists as people write them: label or code, whatever the case, spaces and accents."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from portfolio.vocabulary import labels, terms


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
    known = _codes_by_writing(vocabulary)
    written = _plain(text)
    if written in known:
        return ChoiceReading(known[written])
    near = difflib.get_close_matches(written, known, n=3, cutoff=0.7)
    names = labels(vocabulary)
    return ChoiceReading(near=tuple(dict.fromkeys(names[known[name]] for name in near)))


@lru_cache
def _codes_by_writing(vocabulary: str) -> dict[str, str]:
    listed = terms(vocabulary)
    return {_plain(text): term.code for term in listed for text in (term.code, term.label)}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
