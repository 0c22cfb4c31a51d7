"""Amounts in European ways of writing: read where the shape leaves no doubt, and only there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Problem = Literal["unreadable", "ambiguous", "other-currency"]

_MINUS = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
_EUR = re.compile(r"(?:€|\beur(?:os?)?\b)", re.IGNORECASE)
_OTHER = re.compile(
    r"[$£¥₺₴₪]|\b(?:usd|gbp|chf|all|bam|rsd|mkd|try|uah|gel|amd|azn|mdl|byn|dzd|egp|ils|jod|lbp|lyd|mad|syp|tnd)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in "',."}


@dataclass(frozen=True)
class Reading:
    """What a text says: an amount in euro, or a problem with the two amounts it can mean."""

    amount: Decimal | None = None
    problem: Problem | None = None
    choices: tuple[Decimal, Decimal] | None = None
    currency: str = ""


def read_amount(text: str) -> Reading:
    """The amount in euro that `text` says.

    >>> read_amount("1.234.567,89").amount
    Decimal('1234567.89')
    >>> read_amount("1.234").choices
    (Decimal('1234'), Decimal('1.234'))
    """
    cleaned = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    other = _OTHER.search(cleaned)
    if other is not None:
        return Reading(problem="other-currency", currency=other[0].upper())
    cleaned, negative = _without_sign(_EUR.sub("", cleaned).strip())
    reading = _unsigned(_with_one_grouping_mark(cleaned))
    if not negative:
        return reading
    choices = reading.choices and (-reading.choices[0], -reading.choices[1])
    return Reading(None if reading.amount is None else -reading.amount, reading.problem, choices)


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith("-") != text.endswith("-"):
        return text.removeprefix("-").removesuffix("-").strip(), True
    return text.removeprefix("+").strip(), False


def _with_one_grouping_mark(text: str) -> str:
    """Spaces and apostrophes between digits all mean the same."""
    return re.sub(r"(?<=\d)[\s'’ʼ`´](?=\d)", "'", text)


def _unsigned(text: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return Reading(Decimal(text))
    if _DOUBTFUL.fullmatch(text):
        return Reading(problem="ambiguous", choices=(Decimal(re.sub("[.,]", "", text)), _decimal(text)))
    if _DECIMAL.fullmatch(text):
        return Reading(_decimal(text))
    for mark in "',.":
        whole, decimals = _split_decimals(text, mark)
        if (
            _GROUPED[mark].fullmatch(whole)
            and re.fullmatch(r"(?:[.,]\d+)?", decimals)
            and decimals[:1] != mark
        ):
            return Reading(_decimal(whole.replace(mark, "") + decimals))
    return Reading(problem="unreadable")


def _split_decimals(text: str, grouping: str) -> tuple[str, str]:
    marks = [position for position, sign in enumerate(text) if sign in ".," and sign != grouping]
    return (text[: marks[0]], text[marks[0] :]) if len(marks) == 1 else (text, "")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
