"""What a search found, as it is read: grouped by kind, its words marked, each hit with where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio.services.searches import Hit, Kind
from portfolio.services.selection import folded
from portfolio.settings import ROOT
from portfolio.ui.addresses import link_parameters, query_of
from portfolio.ui.links import PARTNER_PAGE, PROJECT_PAGE
from portfolio.ui.session import WidgetKey
from portfolio.ui.texts import literal

PROJECTS_PAGE = ROOT / "pages" / "projects.py"
KINDS: dict[Kind, str] = {
    "project": "Projects",
    "organisation": "Organisations",
    "partner": "Partners",
    "milestone": "Milestones",
    "note": "Notes",
}
_SNIPPET = 240
Range = tuple[int, int]
Query = dict[str, str | list[str]]


@dataclass(frozen=True)
class Destination:
    """Where a hit leads: a screen, what its address asks for, and the name of the link."""

    page: Path
    query: Query
    label: str


def by_kind(hits: Iterable[Hit]) -> dict[Kind, list[Hit]]:
    """The hits of each kind that there is, in the order of the screen."""
    listed = list(hits)
    groups = {kind: [hit for hit in listed if hit.kind == kind] for kind in KINDS}
    return {kind: found for kind, found in groups.items() if found}


def destination(hit: Hit, names: Mapping[str, str], implementers: Mapping[str, str]) -> Destination:
    """The project of a hit, the projects of an organisation, or everything active in a partner."""
    if hit.partner_code is not None:
        return Destination(PARTNER_PAGE, _asking(WidgetKey.PARTNER_SHOWN, hit.partner_code), hit.name)
    if hit.project_key is not None:
        return Destination(
            PROJECT_PAGE,
            {str(WidgetKey.PROJECT): hit.project_key},
            names.get(hit.project_key, hit.project_key),
        )
    key = hit.organisation_key or ""
    if key in implementers:
        return Destination(PROJECTS_PAGE, _asking(WidgetKey.IMPLEMENTER, key), hit.name)
    # A beneficiary is no choice of the filter, but the search of the filter finds it.
    return Destination(PROJECTS_PAGE, _asking(WidgetKey.TEXT, hit.name), hit.name)


def _asking(key: WidgetKey, value: str) -> Query:
    """The parameters of a link that chooses one thing and nothing else."""
    return link_parameters(query_of({key: value}))


def described(hit: Hit) -> str:
    """What stands beside the link of a hit."""
    return hit.name if hit.kind == "milestone" else hit.context


def highlighted(text: str, words: str) -> str:
    """`text` for a Markdown element as it is written, with every occurrence of the words marked."""
    line = _snippet(" ".join(text.split()), words.split())
    parts: list[str] = []
    end = 0
    for start, stop in _ranges(line, words.split()):
        parts += [_plain(line[end:start]), f":blue-background[{literal(line[start:stop])}]"]
        end = stop
    return "".join([*parts, _plain(line[end:])])


def _plain(text: str) -> str:
    """A piece between two marks: the spaces at its ends count, and a colon there begins nothing."""
    if not text.strip():
        return text
    before, after = text[: -len(text.lstrip())] or "", text[len(text.rstrip()) :]
    if len(text.lstrip()) == len(text):
        before = ""
    middle = literal(text)
    if middle.endswith(":") and not after:
        middle = f"{middle[:-1]}\\:"
    return f"{before}{middle}{after}"


def _ranges(text: str, words: Sequence[str]) -> list[Range]:
    """Where the words stand, without regard to case and accents; what overlaps is one range."""
    flat, origins = _folded_with_origins(text)
    found = sorted(
        (origins[at], origins[at + len(word) - 1] + 1)
        for word in filter(None, map(folded, words))
        for at in _occurrences(flat, word)
    )
    merged: list[Range] = []
    for start, stop in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters the position that it comes from."""
    flat, origins = [], []
    for position, letter in enumerate(text):
        for part in folded(letter):
            flat.append(part)
            origins.append(position)
    return "".join(flat), origins


def _occurrences(text: str, word: str) -> Iterable[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _snippet(text: str, words: Sequence[str]) -> str:
    """The part of a long text around the first word that was found."""
    if len(text) <= _SNIPPET:
        return text
    ranges = _ranges(text, words)
    first = max(0, ranges[0][0] - _SNIPPET // 3) if ranges else 0
    first = text.rfind(" ", 0, first) + 1 if first else 0
    part = text[first : first + _SNIPPET].rsplit(" ", 1)[0]
    return f"{'… ' if first else ''}{part}{' …' if first + len(part) < len(text) else ''}"
