"""The code lists of data/vocabulary: codes that are stored, labels that people read."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache

from portfolio.overrides import overridden
from portfolio.settings import DATA_DIR


@dataclass(frozen=True)
class Term:
    """One entry of a code list; `extra` holds the columns that only some lists have."""

    code: str
    label: str
    description: str
    extra: tuple[tuple[str, str], ...] = ()

    def get(self, column: str) -> str:
        """A further column of the list, "" where the list has none of that name."""
        return dict(self.extra).get(column, "")


def terms(vocabulary: str) -> tuple[Term, ...]:
    """The entries of a code list in their printed order, under the unit's own labels where it has any.

    Raises: KeyError if there is no such list.
    """
    return tuple(
        replace(entry, label=overridden(f"label/{vocabulary}/{entry.code}", entry.label))
        for entry in default_terms(vocabulary)
    )


@lru_cache
def default_terms(vocabulary: str) -> tuple[Term, ...]:
    """The entries of a code list as data/vocabulary has them.

    Raises: KeyError if there is no such list.
    """
    path = DATA_DIR / "vocabulary" / f"{vocabulary}.csv"
    if not path.exists():
        raise KeyError(vocabulary)
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["position"]))
    known = {"code", "label", "position", "description"}
    return tuple(
        Term(
            row["code"], row["label"], row.get("description", ""),
            tuple((name, value) for name, value in row.items() if name not in known),
        )
        for row in rows
    )  # fmt: skip


def labels(vocabulary: str) -> dict[str, str]:
    """Label by code."""
    return {term.code: term.label for term in terms(vocabulary)}


@lru_cache
def codes(vocabulary: str) -> tuple[str, ...]:
    """The codes of a list in their printed order."""
    return tuple(entry.code for entry in default_terms(vocabulary))


def label(vocabulary: str, code: str | None, unknown: str = "not stated") -> str:
    """What people read for `code`; the word for unknown where it is None."""
    if code is None:
        return unknown
    # Tables ask for a word per cell: the unit's labels of the whole list are not put together for each.
    default = _default_labels(vocabulary).get(code)
    return code if default is None else overridden(f"label/{vocabulary}/{code}", default)


@lru_cache
def _default_labels(vocabulary: str) -> dict[str, str]:
    return {entry.code: entry.label for entry in default_terms(vocabulary)}


def term(vocabulary: str, code: str) -> Term:
    """One entry; KeyError if the list has no such code."""
    return {entry.code: entry for entry in terms(vocabulary)}[code]
