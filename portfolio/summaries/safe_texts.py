"""Texts and addresses that a file may hold, whatever somebody typed into them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# What a cell of a workbook holds; Word documents keep to it too.
LONGEST_CELL = 32_767
_LONGEST_LINK = 2_000
# What XML 1.0 cannot hold, and lone surrogates.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAFE_LINK = re.compile(r"https?://[^\s\x00-\x20\"<>]+", re.IGNORECASE)
# Spreadsheets take these for the beginning of a formula or of another cell, the wide ones of East Asia too.
_FORMULA_STARTS = tuple("=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                        "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
_CONTROLS = ("\t", "\r", "\n", "\0")


def clean_text(text: str) -> str:
    """`text` without characters that a workbook cannot hold, cut where a cell ends, and saying so."""
    if len(text) <= LONGEST_CELL and text.isprintable():
        return text
    clean = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) <= LONGEST_CELL:
        return clean
    kept = LONGEST_CELL - 60
    return f"{clean[:kept]} [cut here: {len(clean) - kept:,} more characters]"


def is_link(address: str) -> bool:
    """Whether an address may be written as a link: plain http or https with a host."""
    if len(address) > _LONGEST_LINK or not _SAFE_LINK.fullmatch(address):
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    for character in () if text.isascii() else text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def safe_text(text: str) -> str:
    """`text` as a spreadsheet leaves it: with ' before what it would take for a formula.

    >>> safe_text("=1+1"), safe_text(" @SUM(A1)"), safe_text("a = b"), safe_text("[x]")
    ("'=1+1", "' @SUM(A1)", 'a = b', '[x]')
    """
    clean = _UNWRITABLE.sub("", text)
    is_formula = clean.lstrip().startswith(_FORMULA_STARTS) or text.startswith(_CONTROLS)
    return f"'{clean}" if is_formula else clean
