"""Partners (countries and territories), the three regions, and the designations printed with their names.

An own table, because public country lists know neither Kosovo* nor the European Union's way of naming it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from portfolio.overrides import overridden
from portfolio.settings import DATA_DIR

OUTSIDE = "outside"
NOT_SPLIT = "regional-not-split"
OUTSIDE_LABEL = "Outside the three regions"
NOT_SPLIT_LABEL = "Regional, not split"


@dataclass(frozen=True)
class Partner:
    """A country or territory; `region` is one of the three region ids, or "outside"."""

    code: str
    alpha2: str
    name: str
    region: str
    designation: str


@dataclass(frozen=True)
class Designation:
    """A text that must stand on the same screen, sheet or page as the name it explains."""

    profile: str
    subject: str
    text: str
    status: str


def _read(name: str) -> list[dict[str, str]]:
    with (DATA_DIR / "vocabulary" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def regions() -> dict[str, str]:
    """Name by id of the three regions, in their printed order."""
    rows = sorted(_read("regions"), key=lambda row: int(row["position"]))
    return {row["id"]: row["name"] for row in rows}


@lru_cache
def partners() -> dict[str, Partner]:
    """Every partner by ISO alpha-3 code (Kosovo* XKX, Palestine* PSE), in their printed order."""
    rows = sorted(_read("partners"), key=lambda row: int(row["position"]))
    return {
        row["code"]: Partner(row["code"], row["alpha2"], row["name"], row["region"], row["designation"])
        for row in rows
    }


@lru_cache
def designations() -> tuple[Designation, ...]:
    """Every designation text of every institution profile."""
    return tuple(
        Designation(row["profile"], row["subject"], row["text"], row["status"])
        for row in _read("designations")
    )


def partner_name(code: str) -> str:
    """The name on screen, with its asterisk where it has one; the code itself if it is not in the table."""
    known = partners().get(code)
    return known.name if known else code


def region_of(code: str) -> str:
    """The id of the region that the partner belongs to, or "outside"."""
    known = partners().get(code)
    return known.region if known else OUTSIDE


def region_name(region: str) -> str:
    """What people read for a region id, the two buckets included."""
    return {OUTSIDE: OUTSIDE_LABEL, NOT_SPLIT: NOT_SPLIT_LABEL}.get(region) or regions()[region]


def partners_of(region: str) -> tuple[Partner, ...]:
    """The partners of one region, or of "outside"."""
    return tuple(partner for partner in partners().values() if partner.region == region)


def designation_text(subject: str, profile: str = "eu") -> str:
    """The text for "kosovo", "palestine" or "map" in an institution profile; KeyError if there is none."""
    for designation in designations():
        if (designation.profile, designation.subject) == (profile, subject):
            return overridden(f"designation/{profile}/{subject}", designation.text)
    raise KeyError((profile, subject))


def footnotes(codes: Iterable[str], profile: str = "eu") -> tuple[str, ...]:
    """The designation lines, each with its asterisked name, that these partners call for."""
    called = {partners()[code].designation for code in codes if code in partners()} - {""}
    names = {partner.designation: partner.name for partner in partners().values() if partner.designation}
    return tuple(
        f"{names[subject]}: {designation_text(subject, profile)}" for subject in ("kosovo", "palestine")
        if subject in called
    )  # fmt: skip


def footnotes_for_text(texts: Iterable[str], profile: str = "eu") -> tuple[str, ...]:
    """The designation lines that free texts call for, because they name Kosovo or Palestine."""
    joined = " ".join(texts).casefold()
    words = {"XKX": ("kosovo", "косово", "kosova"), "PSE": ("palestin",)}
    return footnotes(
        (code for code, names in words.items() if any(name in joined for name in names)), profile
    )
