"""Addresses that open a screen with a filter and choices of its own, from within the tracker as from outside.

Streamlit reads the parameter of a widget (`?region=...`) only in a tab that has not drawn the widget yet. A
link inside the tracker therefore carries one parameter of ours, taken over before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

import streamlit as st

from portfolio.dates import date_label
from portfolio.partners import regions
from portfolio.services.known_dates import THEN
from portfolio.services.selection import PortfolioFilter, folded
from portfolio.ui.as_of_bar import date_parameters, read_day
from portfolio.ui.session import FILTER_KEYS, WidgetKey, session

# The choices that belong to a screen, beside the filter that belongs to all of them.
PAGE_KEYS: Mapping[str, tuple[WidgetKey, ...]] = {
    "map": (WidgetKey.MEASURE, WidgetKey.ZOOM, WidgetKey.PLACE),
    "milestones": (WidgetKey.MILESTONE_STATE, WidgetKey.MILESTONE_KIND),
    "calendar": (WidgetKey.REPORT_STATE,),
    "changes": (WidgetKey.CHANGED_KNOWN,),
    "timeline": (WidgetKey.TIMELINE_ORDER,),
    "methods": (WidgetKey.VIEW,),
    "history": (WidgetKey.CHANGE_SET,),
    "reports": (WidgetKey.PERIOD, WidgetKey.REPORT_PROJECT),
    "find": (WidgetKey.FIND,),
    "completeness": (WidgetKey.OWED_BY, WidgetKey.MISSING_KIND),
    "gaps": (WidgetKey.GAP_TIME, WidgetKey.GAP_PLACE, WidgetKey.GAP_PILLAR),
    "money": (WidgetKey.MONEY_BY, WidgetKey.MONEY_AMOUNT),
    "summaries": (
        WidgetKey.SCOPE, WidgetKey.SCOPE_REGION, WidgetKey.SCOPE_PARTNER, WidgetKey.SCOPE_PROJECT,
        WidgetKey.DOCUMENT_FORMAT, WidgetKey.DOCUMENT_PROFILE,
    ),
}  # fmt: skip
_OF_SCREENS = frozenset(key for keys in PAGE_KEYS.values() for key in keys)
# Choices of several values; all others hold one.
_SEVERAL = frozenset(FILTER_KEYS) - {WidgetKey.TEXT} | {WidgetKey.MILESTONE_KIND, WidgetKey.MISSING_KIND}
FILTER_FIELDS: Mapping[WidgetKey, str] = {
    WidgetKey.REGION: "regions",
    WidgetKey.PARTNER: "partners",
    WidgetKey.FOCUS: "focus",
    WidgetKey.INSTRUMENT: "instruments",
    WidgetKey.IMPLEMENTER: "implementers",
    WidgetKey.STATUS: "statuses",
    WidgetKey.OFFICER: "officers",
}
# Parameters that no widget holds, by screen.
_PLAIN: Mapping[str, tuple[WidgetKey, ...]] = {
    "project": (WidgetKey.PROJECT,),
    "partner": (WidgetKey.PARTNER_SHOWN,),
}
Asked = Mapping[str, list[str]]


@dataclass(frozen=True)
class Address:
    """What an address asks for in one filter: the codes that exist, and the words that mean nothing here."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def read_values(values: Iterable[str], options: dict[str, str]) -> Address:
    """The codes that `values` name by code or by label, without regard to case and accents."""
    known = {folded(name): code for code, name in options.items()} | {folded(code): code for code in options}
    listed = [value for value in values if value.strip()]
    return Address(
        tuple(dict.fromkeys(known[folded(value)] for value in listed if folded(value) in known)),
        tuple(value for value in listed if folded(value) not in known),
    )


def query_of(values: Mapping[WidgetKey, str | Iterable[str]]) -> str:
    """Choices as one text, codes and not labels: "region=western-balkans&state=late"."""
    pairs = {
        str(key): [value] if isinstance(value, str) else list(value) for key, value in values.items() if value
    }
    return urlencode(pairs, doseq=True)


def present_query(page: str) -> str:
    """What is chosen on a screen: the filter and its own choices. For a callback."""
    values: dict[WidgetKey, str | Iterable[str]] = {}
    for key in (*FILTER_KEYS, *PAGE_KEYS.get(page, ())):
        values[key] = session.choices(key) if key in _SEVERAL else session.text(key) or ""
    for key in _PLAIN.get(page, ()):
        values[key] = st.query_params.get(key, "")
    for name, value in date_parameters().items():
        values[WidgetKey(name)] = value
    return query_of(values)


def filter_of(query: str) -> PortfolioFilter:
    """The filter that such a text holds; a region that there is not any more is left out."""
    asked = parse_qs(query)
    chosen = {field: tuple(asked.get(key, ())) for key, field in FILTER_FIELDS.items()}
    chosen["regions"] = tuple(code for code in chosen["regions"] if code in regions())
    return PortfolioFilter(**chosen, text=asked.get(WidgetKey.TEXT, [""])[0])


def date_of(query: str) -> str:
    """The date that such a text holds, to follow its filter: ", as at 30 June 2026"; "" without one."""
    asked = parse_qs(query)
    day = read_day(asked.get(WidgetKey.AS_OF, [""])[0])
    then = ", as known then" if asked.get(WidgetKey.KNOWN) == [THEN] else ""
    return f", as at {date_label(day.isoformat())}{then}" if day else ""


def link_parameters(query: str) -> dict[str, str | list[str]]:
    """The parameters of a link that opens a screen with these choices, in place of what is chosen now.

    The date stays as it is unless the choices name one.
    """
    asked = parse_qs(query)
    plain: dict[str, str | list[str]] = {
        str(key): asked[key] for keys in _PLAIN.values() for key in keys if key in asked
    }
    return {str(WidgetKey.SET): query, **plain}


def take_asked() -> Asked | None:
    """What the address asks to be set, None if it asks for nothing; a second look finds nothing any more.

    The choices of screens are set at once, those of the filter are left to the filter bar.
    """
    query = st.query_params.get(WidgetKey.SET)
    if query is None:
        return None
    del st.query_params[WidgetKey.SET]
    asked = parse_qs(query)
    for key in _OF_SCREENS:
        if key in asked:
            session.remember(key, asked[key] if key in _SEVERAL else asked[key][0])
    return asked
