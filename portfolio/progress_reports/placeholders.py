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
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑", "-"))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().split())


_REASON_OF = {_plain(word): reason for reason, words in _WORDS.items() for word in words}
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
