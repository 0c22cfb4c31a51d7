"""Widths of the columns of a table on paper, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

# Millimetres at 8 points of a sans-serif typeface such as Arial: a letter on average, by what it is.
_NARROW, _LOWER, _UPPER, _DIGIT = 0.85, 1.5, 1.95, 1.57
_THIN = frozenset("ijlftr.,:;'|!()[] -/")
_BOLD = 1.07
# The room on both sides of a cell.
_MARGINS = 2.4
_WIDEST_WORD = 30.0
_WIDEST = 74.0


def text_width(text: str) -> float:
    """About how wide a text is in a table, in millimetres."""
    total = 0.0
    for letter in text:
        if letter in _THIN:
            total += _NARROW
        elif letter.isdigit():
            total += _DIGIT
        else:
            total += _UPPER if letter.isupper() else _LOWER
    return total


def column_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], available: float
) -> tuple[float, ...]:
    """The widths of the columns, adding up to `available`.

    Units:  millimetres.
    Shape:  one a head; a number is not broken, a text at its words, and what room is left goes to texts.
    """
    least, wanted = [], []
    for place, (head, is_number) in enumerate(zip(heads, numbers, strict=True)):
        texts = [row[place] for row in rows]
        low, high = _needs(head, texts, is_number=is_number)
        least.append(low)
        wanted.append(high)
    if sum(least) >= available:
        return tuple(width * available / sum(least) for width in least)
    room = available - sum(least)
    asked = [high - low for low, high in zip(least, wanted, strict=True)]
    if sum(asked) > room:
        return tuple(low + room * ask / sum(asked) for low, ask in zip(least, asked, strict=True))
    return _stretched(wanted, numbers, available)


def _needs(head: str, texts: Sequence[str], *, is_number: bool) -> tuple[float, float]:
    words = [
        word for text in texts for word in ([text] if is_number and text[:1].isdigit() else text.split())
    ]
    widest_word = max((text_width(word) for word in words), default=0.0)
    widest_head = max((text_width(word) for word in head.split()), default=0.0) * _BOLD
    least = max(min(widest_word, _WIDEST_WORD), widest_head) + _MARGINS
    widest = max((text_width(text) for text in texts), default=0.0)
    # Long texts get room by their length, but not all of it: they wrap.
    wanted = max(min(widest, _WIDEST), min(text_width(head) * _BOLD, 26.0)) + _MARGINS
    return least, max(least, wanted)


def _stretched(wanted: Sequence[float], numbers: Sequence[bool], available: float) -> tuple[float, ...]:
    """The wanted widths with what is left: three times as much for a text as for a number."""
    weights = [width * (1 if is_number else 3) for width, is_number in zip(wanted, numbers, strict=True)]
    room = available - sum(wanted)
    return tuple(width + room * weight / sum(weights) for width, weight in zip(wanted, weights, strict=True))
