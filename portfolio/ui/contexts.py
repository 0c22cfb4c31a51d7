"""A partner's context indicators: value, edition, date and source, the missing ones said."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.dates import date_label
from portfolio.model.rows import ContextRow
from portfolio.ui.texts import counted, literal, web_link
from portfolio.vocabulary import Term, terms

NOT_KNOWN = "not known"
NO_DATE = "date not stated"


def context_lines(rows: Iterable[ContextRow]) -> tuple[str, ...]:
    """One text per indicator, in their printed order, as markdown: name, value, edition and source."""
    by_code = {row.indicator: row for row in rows if row.value is not None}
    return tuple(_line(entry, by_code.get(entry.code)) for entry in terms("context_indicator"))


def known_sentence(rows: Iterable[ContextRow]) -> str:
    """How many of a partner's indicators are known."""
    listed = list(rows)
    known = sum(row.value is not None for row in listed)
    return f"{known} of {counted(len(listed), 'indicator')} {'is' if known == 1 else 'are'} known."


def context_value(row: ContextRow) -> str:
    """A value as people read it: "Tier 1", "1 July 2004", "Party"."""
    value = row.value or NOT_KNOWN
    if row.indicator.endswith("_tier"):
        return f"Tier {value.removeprefix('T')}"
    if value[:4].isdigit() and "-" in value:
        return date_label(value)
    return value.capitalize()


def _line(entry: Term, row: ContextRow | None) -> str:
    if row is None:
        return f"{entry.label}  \n**{NOT_KNOWN}**"
    out_of = " of 100" if entry.get("unit") == "points of 100" else ""
    return f"{entry.label}  \n**{context_value(row)}{out_of}**  \n:gray[:small[{_origin(entry, row)}]]"


def _origin(entry: Term, row: ContextRow) -> str:
    parts = [f"edition {entry.get('edition')}"] if entry.get("edition") else []
    parts.append(f"as of {date_label(row.as_of)}" if row.as_of else NO_DATE)
    if row.source_url is not None:
        parts.append(web_link(row.source_url, None))
    return " · ".join([*parts, *([literal(row.note)] if row.note else [])])
