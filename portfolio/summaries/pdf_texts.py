"""Texts for typeset pages: drawable letters only, places to break, and the names that call for a designation.

A text is data for the template and never its markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from portfolio.summaries.content import Section
from portfolio.summaries.safe_texts import is_right_to_left

Json = Any  # what json.dumps takes
_UNDRAWABLE = "\N{WHITE SQUARE}"
_BREAK = "\N{ZERO WIDTH SPACE}"
# Joiners and marks of direction have no picture and may be needed; soft hyphens would come and go.
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_NEVER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad")
_AFTER = re.compile(r"(?<=[/?&=._\-,;:@])")
# As portfolio.partners.footnotes_for_text finds them; with an asterisk it is our own text.
_NAMES = re.compile(r"(kosov[oa]|косово)(\*)?|(palestin\w*)(\*)?", re.IGNORECASE)
_NARROW = re.compile(r"\S+")
# Longest token, in letters, that no column is too narrow for.
_NEVER_TOO_LONG = 8
_FACE_SIZE, _FIXED_POINT = 100, 65_536


def key_of(designation: str) -> str:
    """The key of the partner that a designation is of."""
    return "kosovo" if designation.casefold().startswith("kosovo") else "palestine"


def fonts_folder() -> Path:
    """The folder of the typeface that matplotlib ships."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    """What both weights can draw: a text may stand in either."""
    from matplotlib.ft2font import FT2Font

    files = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    regular, bold = (FT2Font(str(fonts_folder() / name)).get_charmap() for name in files)
    return frozenset(chr(code) for code in set(regular) & set(bold) if code >= ord(" "))


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    from matplotlib.ft2font import LoadFlags

    glyph = _face(bold).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / _FIXED_POINT / _FACE_SIZE


@lru_cache(maxsize=2)
def _face(bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    face = FT2Font(str(fonts_folder() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")))
    face.set_size(_FACE_SIZE, 72)
    return face


def width_of(text: str, bold: bool = False) -> float:
    """How wide a drawable text is, in sizes of its type."""
    return sum(_advance(letter, bold) for letter in text if letter not in _UNSEEN)


def drawable(text: str) -> str:
    """`text` with a square for each letter that the typeface lacks; lines stay, other space is one space."""
    letters = _drawable()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = (" ".join(line.split()) for line in lines)
    kept = "\n".join(cleaned).strip("\n")
    if all(letter in letters or letter == "\n" for letter in kept) and _NEVER.isdisjoint(kept):
        return kept
    return "".join(
        letter if letter in letters or letter in _UNSEEN or letter == "\n" else _UNDRAWABLE
        for letter in kept
        if letter not in _NEVER
    )


def breakable(text: str, room: float, bold: bool = False) -> str:
    """`text` with places to break in words that are wider than `room` (sizes of type), after signs if any."""

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) <= _NEVER_TOO_LONG or width_of(word, bold) <= room:
            return word
        pieces = _AFTER.split(word)
        return _BREAK.join(
            piece if width_of(piece, bold) <= room else _BREAK.join(_clusters(piece))
            for piece in filter(None, pieces)
        )

    return _NARROW.sub(broken, text)


def lines_of(text: str, room: float) -> int:
    """How many lines of `room` sizes of type a text takes; a word that is wider takes several."""
    lines, used = 1, 0.0
    for word in drawable(text).split():
        width = width_of(word)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        more, rest = divmod(width, room)
        lines, used = lines + int(more), used + rest + width_of(" ")
    return lines


def _clusters(word: str) -> Iterator[str]:
    """The letters of a word, each with the marks that stand on it."""
    cluster = ""
    for letter in word:
        if cluster and not unicodedata.combining(letter) and letter not in _UNSEEN:
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


@dataclass
class Wording:
    """Turns texts into what the template prints, in the order of reading.

    The first name with an asterisk of the document carries the footnote, the first of each section refers to
    it; every other one only says that its page has to print the designation.
    """

    designations: dict[str, str]
    noted: set[str] = field(default_factory=set)
    in_section: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, sections: Iterable[Section]) -> Wording:
        """The wording of a document with these sections."""
        found: dict[str, str] = {}
        for section in sections:
            for line in section.footnotes:
                found[key_of(line)] = drawable(line)
        return cls(found)

    def begin_section(self) -> None:
        """Nothing; what follows belongs to the next section."""
        self.in_section = set()

    def named_in(self, texts: Iterable[str]) -> list[str]:
        """The designations that texts call for, whatever shows them."""
        keys = {"kosovo" if match[1] else "palestine" for text in texts for match in _NAMES.finditer(text)}
        return sorted(keys & set(self.designations))

    def said(self, text: str, *, room: float | None = None, bold: bool = False, notes: bool = True) -> Json:
        """A text for the template: a string, or its runs where it names a partner with a designation.

        `room` is the width of the line in sizes of the type; without `notes` no footnote is set in it.
        """
        shown = drawable(text)
        if room is not None:
            shown = breakable(shown, room, bold)
        runs = self._runs(shown, notes) if self.designations else [shown]
        plain = runs[0] if len(runs) == 1 and isinstance(runs[0], str) else runs
        return {"rtl": plain} if is_right_to_left(shown) else (plain if runs else "")

    def _runs(self, text: str, notes: bool) -> list[Json]:
        runs: list[Json] = []
        at = 0
        for match in _NAMES.finditer(text):
            name, star = (match[1], match[2]) if match[1] else (match[3], match[4])
            key = "kosovo" if match[1] else "palestine"
            if key not in self.designations:
                continue
            runs += [text[at : match.start()]] if match.start() > at else []
            runs.append({"name": name, "key": key, "as": self._mark(key, bool(star), notes)})
            at = match.end()
        return [*runs, text[at:]] if at < len(text) or not runs else runs

    def _mark(self, key: str, star: bool, notes: bool) -> str:
        if not star:
            return "quoted"
        if not notes or key in self.in_section:
            return "plain"
        self.in_section.add(key)
        if key in self.noted:
            return "again"
        self.noted.add(key)
        return "first"
