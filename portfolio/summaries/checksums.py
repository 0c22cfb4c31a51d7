"""The checksum of a document's content: the same in every format, and when it is made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum

from portfolio.summaries.content import Section

_SHOWN = 16


def content_checksum(heads: Iterable[str], sections: Iterable[Section]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the heads and everything that the sections say."""
    # The writer of JSON walks lists and texts by itself, and asks only for what it does not know.
    said = json.dumps([list(heads), list(sections)], ensure_ascii=False, default=_plain)
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:_SHOWN]


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return {"missing": value.value}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"A document cannot hold {value!r}.")
