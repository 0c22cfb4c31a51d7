"""Names that stand on a screen only with their asterisk and their designation, in whatever text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from google.protobuf.message import Message
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from portfolio.partners import designations
from portfolio.settings import DATA_DIR

_BARE = re.compile(r"Kosov[oa](?!\*)|Palestin(?!e\*)", re.IGNORECASE)
# An address is no text; where one is shown, its own name is quoted.
_ADDRESSES = re.compile(r"(?<=\])\([^()\s]*\)|(?:https?://|^\.?/|\?)\S+")
# How a chart or the columns of a table are described.
_DESCRIPTION = re.compile(r'(?:\{|\[\{)"')
# A word that a search has found.
_MARKED = re.compile(r":blue-background\[([^\[\]]*)\]")
_SUBJECTS = {"kosovo": "Kosovo*", "palestine": "Palestine*"}


def bare_names(app: AppTest) -> list[str]:
    """What names Kosovo* or Palestine* without the asterisk, but for designations and quoted titles."""
    return [text[:200] for text in screen_texts(app) if _BARE.search(_own_words(text))]


def undesignated(app: AppTest, profile: str) -> list[str]:
    """The names whose designation does not stand beside them, in the words of that institution.

    The filter bar is one place and the rest of the screen another: the bar is closed when a screen opens.
    """
    return [name for texts in _places(app) for name in _undesignated("\n".join(texts), profile)]


def _undesignated(found: str, profile: str) -> Iterator[str]:
    for row in designations():
        name = _SUBJECTS.get(row.subject)
        if row.profile == profile and name and name in found and row.text not in found:
            yield name


def foreign_designations(app: AppTest, profile: str) -> list[str]:
    """The designations on the screen that another institution than this one prints."""
    found = "\n".join(screen_texts(app))
    return [row.text for row in designations() if row.profile != profile and row.text in found]


def screen_texts(app: AppTest) -> list[str]:
    """Every text that a screen sends: of each element and container, of tables and of charts."""
    return [text for place in _places(app) for text in place]


def _places(app: AppTest) -> tuple[list[str], list[str]]:
    """The texts of the filter bar, and those of the rest of the screen."""
    bars = [node for node in app._tree if getattr(node, "label", "").startswith("Filters")]
    inside = {id(node) for bar in bars[:1] for node in bar}
    places: tuple[list[str], list[str]] = ([], [])
    for node in app._tree:
        places[id(node) not in inside].extend(map(_plain, _texts(getattr(node, "proto", None))))
    return places


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _strings(json.loads(value)) if _DESCRIPTION.match(value) else (value,)
    elif isinstance(value, bytes):
        yield from _cells(convert_arrow_bytes_to_pandas_df(value)) if value.startswith(b"\xff\xff") else ()
    elif isinstance(value, Message):
        for field, member in value.ListFields():
            repeated = isinstance(member, Sequence) and not isinstance(member, (str, bytes))
            for each in member if repeated else (member,):
                # The key of an element is not shown.
                if field.name not in ("id", "form_id", "url"):
                    yield from _texts(each)


def _strings(value: Any) -> Iterator[str]:
    """Every text of a chart's or a table's description, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from (name, *_strings(member))
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def _cells(table: pd.DataFrame) -> Iterator[str]:
    yield from map(str, table.columns)
    for name in table.columns:
        for cell in table[name]:
            yield from (cell,) if isinstance(cell, str) else _strings(list(cell)) if _is_list(cell) else ()


def _is_list(cell: object) -> bool:
    return isinstance(cell, Iterable) and not isinstance(cell, (bytes, dict))


def _plain(text: str) -> str:
    """The text as it is read: without marks, on one line."""
    unmarked = _MARKED.sub(r"\1", text.replace("\\", "").replace("<br>", " "))
    return " ".join(unmarked.split())


def _own_words(text: str) -> str:
    said = text
    for quoted in _quoted():
        said = said.replace(quoted, "")
    return _ADDRESSES.sub("", said)


@lru_cache
def _quoted() -> tuple[str, ...]:
    """The designations, and the titles of sources as they were published."""
    projects = json.loads((DATA_DIR / "reference" / "projects.json").read_text(encoding="utf-8"))
    titles = {text for text in _titles(projects) if _BARE.search(text)}
    return (*(row.text for row in designations()), *titles)


def _titles(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("title"), str) and "url" in value:
            yield value["title"]
        for member in value.values():
            yield from _titles(member)
    elif isinstance(value, list):
        for member in value:
            yield from _titles(member)
