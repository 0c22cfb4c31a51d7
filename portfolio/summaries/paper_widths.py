"""Widths of the columns of a table in a Word document, by what stands in them.

Estimated for a typeface such as Arial, in one size: nobody knows what Word will set (`pdf_widths` does).
"""

from __future__ import annotations

from collections.abc import Sequence

# Millimetres of an em at 8 points, and what letters of a sans-serif typeface such as Arial take of it.
_EM = 8 * 25.4 / 72
_SHARES = {
    letter: share
    for share, letters in (
        (0.222, "ijl'"), (0.278, " !,./:;I[]\\ft"), (0.333, "()-r`"), (0.5, "Jcksvxyz"), (0.611, "FTZ"),
        (0.667, "ABEKPSVXY&"), (0.722, "CDHNRUw"), (0.778, "GOQ"), (0.833, "Mm"), (0.889, "%"), (0.944, "W"),
        (1.2, "●▲◆■○"),
    )
    for letter in letters
}  # fmt: skip
_OTHER = 0.556
_BOLD = 1.07
# The room on both sides of a cell, and between a number and a text.
_MARGINS, _APART = 3.2, 1.8
# So that a long text does not get all the room.
_DAMPING = 0.9
# A hundredth of a millimetre is no width.
_NEGLIGIBLE = 0.01
_WIDEST_WORD, _SHORT = 30.0, 18.0
_WIDEST = 120.0


def text_width(text: str) -> float:
    """About how wide a text is in a table, in millimetres."""
    return _EM * sum(_SHARES.get(letter, _OTHER) for letter in text)


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
        # A text beside the edge at which the numbers before it end.
        apart = _APART if place and not is_number and numbers[place - 1] else 0.0
        least.append(low + apart)
        wanted.append(high + apart)
    if sum(least) >= available:
        return tuple(width * available / sum(least) for width in least)
    room = available - sum(least)
    asked = [high - low for low, high in zip(least, wanted, strict=True)]
    if sum(asked) > room:
        return tuple(low + more for low, more in zip(least, _shared(asked, room), strict=True))
    return _stretched(wanted, numbers, available)


def _shared(asked: Sequence[float], room: float) -> tuple[float, ...]:
    """What each gets of too little room, by what it asks, damped."""
    given = [0.0] * len(asked)
    waiting = [place for place, ask in enumerate(asked) if ask > 0]
    while waiting and room > _NEGLIGIBLE:
        unit = room / sum(asked[place] ** _DAMPING for place in waiting)
        for place in waiting:
            more = min(unit * asked[place] ** _DAMPING, asked[place] - given[place])
            given[place] += more
            room -= more
        waiting = [place for place in waiting if asked[place] - given[place] > _NEGLIGIBLE]
    return tuple(given)


def _needs(head: str, texts: Sequence[str], *, is_number: bool) -> tuple[float, float]:
    words = [
        word for text in texts for word in ([text] if is_number and text[:1].isdigit() else text.split(" "))
    ]
    widest_word = max((text_width(word) for word in words), default=0.0)
    widest_head = max((text_width(word) for word in head.split()), default=0.0) * _BOLD
    widest = max((text_width(text) for text in texts), default=0.0)
    # Short words such as "not known" stay on one line.
    unbroken = widest if widest <= _SHORT else min(widest_word, _WIDEST_WORD)
    least = max(unbroken, widest_head) + _MARGINS
    # Long texts get room by their length, but not all of it: they wrap.
    wanted = max(min(widest, _WIDEST), min(text_width(head) * _BOLD, 26.0)) + _MARGINS
    return least, max(least, wanted)


def _stretched(wanted: Sequence[float], numbers: Sequence[bool], available: float) -> tuple[float, ...]:
    """The wanted widths with what is left: three times as much for a text as for a number."""
    weights = [width * (1 if is_number else 3) for width, is_number in zip(wanted, numbers, strict=True)]
    room = available - sum(wanted)
    return tuple(width + room * weight / sum(weights) for width, weight in zip(wanted, weights, strict=True))
