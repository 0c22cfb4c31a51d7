"""Words and signs that stand for a value that is not there, with what they say about it."""

from __future__ import annotations

import unicodedata

_WORDS = {
    "not applicable": (
        "n/a", "na", "n.a.", "n.a", "s.o.", "s/o", "sans objet", "not applicable", "non applicable",
    ),
    "not yet known": (
        "tbd", "t.b.d.", "tbc", "t.b.c.", "to be confirmed", "to be determined", "to be decided", "to come",
        "à confirmer", "à déterminer", "à définir", "à venir", "pending", "en attente", "not yet known",
    ),
    "not known": (
        "nk", "n.k.", "unknown", "not known", "nd", "n.d.", "n/d", "no data", "not available", "inconnu",
        "non disponible", "non connu", "?", "??", "???", "k.a.", "k. a.",
    ),
    "not stated": (
        "-", "--", "---", ".", "...", "…", "/", "nil", "none", "null", "néant", "aucun", "aucune", "empty",
        "vide", "not stated", "non précisé",
    ),
}  # fmt: skip
# Where a number is asked for, these say that it is 0 as often as that nothing is known.
_NONE_OR_ZERO = ("nil", "none", "null", "néant", "aucun", "aucune", "zero", "zéro", "nihil", "keine")
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑", "-"))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().split())


_REASON_OF = {_plain(word): reason for reason, words in _WORDS.items() for word in words}
_NO_NUMBERS = frozenset(map(_plain, _NONE_OR_ZERO))
LONGEST = max(map(len, _REASON_OF))


def placeholder(text: str) -> str | None:
    """What a placeholder says of the value, None for any other text.

    >>> placeholder("N/A"), placeholder("à confirmer"), placeholder("—"), placeholder("12")
    ('not applicable', 'not yet known', 'not stated', None)
    """
    # Nearly every text is longer or a number; both are told without taking it apart.
    if len(text) > 2 * LONGEST or text[:1].isdigit():
        return None
    return _REASON_OF.get(_plain(text))


def is_none_or_zero(text: str) -> bool:
    """Whether a text in a field of numbers is a word that can mean 0 or that nothing is known.

    >>> is_none_or_zero("NIL"), is_none_or_zero("n/a")
    (True, False)
    """
    return len(text) <= LONGEST and _plain(text) in _NO_NUMBERS
