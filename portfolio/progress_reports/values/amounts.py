"""Numbers in European ways of writing: read where the shape leaves no doubt, and only there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Problem = Literal["unreadable", "ambiguous", "other-currency"]
DecimalMark = Literal["comma", "point"]

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f"
_SIGNS = str.maketrans(dict.fromkeys("−–—‐‑", "-") | dict.fromkeys(_INVISIBLE, ""))
_PERCENT_SIGN = re.compile(r"\s*(?:[%٪]|per ?cent|pour ?cent|pct\.?)$", re.IGNORECASE)
_EUR = re.compile(r"€|(?:(?<=[kmt])|\b)eur(?:os?)?\b", re.IGNORECASE)
_OTHER = re.compile(
    r"[$£¥₺₴₪₾֏₼]|(?:\b|(?<=\d))(?:usd|gbp|chf|all|bam|rsd|mkd|try|uah|gel|amd|azn|mdl|byn|dzd|egp|ils|jod"
    r"|lbp|lyd|mad|syp|tnd|kr|sek|nok|dkk|pln|czk|huf|ron|bgn|usdollars?|dollars?|pounds?)\b",
    re.IGNORECASE,
)
_SCALE = {
    1_000: ("k", "thousand", "thousands", "mille", "millier", "milliers", "tsd", "tsd."),
    1_000_000: ("m", "mn", "mln", "mio", "mio.", "million", "millions", "millionen"),
}
_AMOUNT_WORDS = {word: scale for scale, words in _SCALE.items() for word in words}
_EURO_WORDS = {**_AMOUNT_WORDS, "t": 1_000}  # T€ and TEUR, as German texts have them
_NUMBER_WORDS = {word: scale for word, scale in _AMOUNT_WORDS.items() if word != "m"}  # metres, months
_NO_CENTS = re.compile(r"(?<=\d)[.,]-+$")  # 500.- is five hundred, and not below 0
_WITH_SCALE = re.compile(r"(.*\d)\s*([a-z]+\.?)(?:\s+de|\s+d['’])?", re.IGNORECASE)
_SCALE_FIRST = re.compile(r"([kmt])\s+(\d.*)", re.IGNORECASE)
_SIMPLE = re.compile(r"\d+(?:([.,])\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in "',."}
_MARK_OF: dict[str, DecimalMark] = {",": "comma", ".": "point"}
_OTHER_MARK: dict[str, DecimalMark] = {",": "point", ".": "comma"}


@dataclass(frozen=True)
class Reading:
    """What a text says: a number, or a problem with the two numbers it can mean.

    `choices` are the readings with the mark as a separator of thousands and as the decimal mark. `mark` is
    the decimal mark that the text proves; of a doubtful text, the one that makes the second choice true.
    `scale` is what a word such as "k" has multiplied the number by.
    """

    amount: Decimal | None = None
    problem: Problem | None = None
    choices: tuple[Decimal, Decimal] | None = None
    currency: str = ""
    mark: DecimalMark | None = None
    scale: int = 1

    def settled(self, mark: DecimalMark | None) -> Reading:
        """The same where the decimal mark of the column is known."""
        if self.choices is None or mark is None:
            return self
        amount = self.choices[1] if mark == self.mark else self.choices[0]
        return Reading(amount, mark=mark, scale=self.scale)

    def times(self, factor: int) -> Reading:
        """The same in a unit that is `factor` times as large."""
        choices = self.choices and (self.choices[0] * factor, self.choices[1] * factor)
        return replace(self, amount=None if self.amount is None else self.amount * factor, choices=choices)


_UNREADABLE = Reading(problem="unreadable")


def names_euro(text: str) -> bool:
    """Whether a text says itself that its number is in euro, or in thousands of them."""
    return bool(_EUR.search(text))


def read_amount(text: str) -> Reading:
    """The amount in euro that `text` says.

    >>> read_amount("1.234.567,89").amount
    Decimal('1234567.89')
    >>> read_amount("1.234").choices
    (Decimal('1234'), Decimal('1.234'))
    >>> read_amount("12,5 k€").amount
    Decimal('12500.0')
    """
    simple = _simple(text)
    if simple is not None:
        return simple
    cleaned = _plain(text)
    other = _OTHER.search(cleaned)
    if other is not None:
        return Reading(problem="other-currency", currency=other[0].upper())
    bare = _EUR.sub("", cleaned).strip()
    return _signed(_NO_CENTS.sub("", bare), _AMOUNT_WORDS if bare == cleaned else _EURO_WORDS)


def read_number(text: str) -> Reading:
    """The number that `text` says, without any unit."""
    return _simple(text) or _signed(_plain(text))


def _simple(text: str) -> Reading | None:
    """Digits with at most two decimals, as nearly every number is written; they need no closer look."""
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return None
    return Reading(_decimal(text), mark=_MARK_OF[match[1]] if match[1] else None)


def read_percent(text: str) -> tuple[Reading, bool]:
    """The number that `text` says, and whether a sign or word for per cent stands behind it."""
    cleaned = _plain(text)
    number = _PERCENT_SIGN.sub("", cleaned)
    return _signed(number), number != cleaned


def number_within(text: str) -> str | None:
    """The one number that stands among words, as it is written; None where there are more, none or a share.

    >>> number_within("about 12 people"), number_within("10-15")
    ('12', None)
    """
    numbers = re.findall(r"\d+(?:[.,]\d+)*", _plain(text))
    if len(numbers) != 1 or "%" in text:
        return None
    return numbers[0] if _unsigned(numbers[0]).amount is not None else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()


def _signed(text: str, words: Mapping[str, int] = MappingProxyType(_NUMBER_WORDS)) -> Reading:
    unsigned, negative = _without_sign(text)
    reading = _scaled(unsigned, words)
    return reading.times(-1) if negative else reading


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith("-") != text.endswith("-"):
        return text.removeprefix("-").removesuffix("-").strip(), True
    return text.removeprefix("+").strip(), False


def _scaled(text: str, words: Mapping[str, int]) -> Reading:
    """The number with a word for thousands or millions after it, or before it as in "k€ 12"."""
    number, word = text, ""
    if match := _WITH_SCALE.fullmatch(text):
        number, word = match[1], match[2]
    elif match := _SCALE_FIRST.fullmatch(text):
        number, word = match[2], match[1]
    reading = _unsigned(_with_one_grouping_mark(number))
    if not word:
        return reading
    scale = words.get(word.casefold())
    return _UNREADABLE if scale is None else replace(reading.times(scale), scale=scale)


def _with_one_grouping_mark(text: str) -> str:
    """Spaces and apostrophes between digits all mean the same."""
    return re.sub(r"(?<=\d)[\s'’ʼ`´](?=\d)", "'", text)


def _unsigned(text: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return Reading(Decimal(text))
    if _DOUBTFUL.fullmatch(text):
        mark = _MARK_OF[next(sign for sign in text if sign in ",.")]
        choices = (Decimal(re.sub("[.,]", "", text)), _decimal(text))
        return Reading(problem="ambiguous", choices=choices, mark=mark)
    if _DECIMAL.fullmatch(text):
        return Reading(_decimal(text), mark=_MARK_OF["," if "," in text else "."])
    for grouping in "',.":
        whole, decimals = _split_decimals(text, grouping)
        if (
            _GROUPED[grouping].fullmatch(whole)
            and re.fullmatch(r"(?:[.,]\d+)?", decimals)
            and decimals[:1] != grouping
        ):
            proven = _MARK_OF.get(decimals[:1]) or _OTHER_MARK.get(grouping)
            return Reading(_decimal(whole.replace(grouping, "") + decimals), mark=proven)
    return _UNREADABLE


def _split_decimals(text: str, grouping: str) -> tuple[str, str]:
    marks = [position for position, sign in enumerate(text) if sign in ".," and sign != grouping]
    return (text[: marks[0]], text[marks[0] :]) if len(marks) == 1 else (text, "")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
