"""The real portfolio of data/reference as change set number 1."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.money import cents_from_eur

COLLECTED_ON = "2026-11-23"
Published = Mapping[str, Any]
# Field of projects.json and evidence.json -> entity field that it becomes.
FIELDS = {
    "total_budget": "total_budget_cents",
    "eu_contribution": "eu_contribution_cents",
    "partners": "partners",
    "other_contributions": "contributions",
}


def reference_change_set(data_dir: Path) -> ChangeSetDraft:
    """The change set that fills an empty database with the real portfolio.

    Nothing is filled in that no source states: what is null in the files stays unknown.
    """
    folder = data_dir / "reference"
    published: list[Published] = json.loads((folder / "projects.json").read_text(encoding="utf-8"))
    evidence: list[Published] = json.loads((folder / "evidence.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((folder / "projects.json").read_bytes()).hexdigest()
    changes: list[FieldChange] = []
    organisations: dict[str, str] = {}
    for project in published:
        changes += _project(project)
        changes += _places(project)
        changes += _organisations(project, organisations)
        changes += _milestones_and_figures(project)
    sources = {
        (project["id"], url): key for project in published for url, key in _source_keys(project).items()
    }
    changes += _evidence(evidence, sources)
    changes += _pillars(folder / "pillars.csv")
    changes += _context(folder / "country-context.csv")
    reason = (
        f"Reference portfolio collected from public sources on {COLLECTED_ON} (projects.json {digest[:12]})"
    )
    return ChangeSetDraft(kind="load", by="reference data", reason=reason, changes=tuple(changes))


def slug(text: str) -> str:
    """`text` as the last part of a key: small letters, digits and hyphens, accents kept."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")[:80]


def _cents(amount: float | int | None) -> int | None:
    return None if amount is None else cents_from_eur(amount)


def _project(published: Published) -> Iterator[FieldChange]:
    key = published["id"]
    same = (
        "acronym", "title", "summary", "focus", "modality", "instrument", "instrument_as_published",
        "start", "end_original", "end_current", "confidence",
    )  # fmt: skip
    values: dict[str, Value] = {name: published[name] for name in same}
    values |= {
        "relevance": published["relevance"].replace(" ", "-"),
        "status_stated": published["status_on_2026_11_23"],
        "status_stated_on": COLLECTED_ON,
        "total_budget_cents": _cents(published["total_budget_eur"]),
        "eu_contribution_cents": _cents(published["eu_contribution_eur"]),
        "data_note": published["notes"],
    }
    yield from added_record("project", key, values)
    for position, text in enumerate(published["components"], 1):
        component = {"project_key": key, "position": position, "text": text}
        yield from added_record("project_component", f"{key}/component-{position:02}", component)
    for position, reference in enumerate(published["references"], 1):
        kind = "programme" if "programme" in reference else "eu-reference"
        values = {"project_key": key, "kind": kind, "value": reference}
        yield from added_record("project_reference", f"{key}/reference-{position:02}", values)
    for contribution in published["other_contributions"]:
        values = {
            "project_key": key,
            "funder": contribution["funder"],
            "amount_cents": _cents(contribution["amount_eur"]),
        }
        yield from added_record("contribution", f"{key}/{slug(contribution['funder'])}", values)


def _places(published: Published) -> Iterator[FieldChange]:
    key = published["id"]
    for region in published["regions"]:
        yield from added_record("project_region", f"{key}/{region}", {"project_key": key, "region": region})
    for code in published["countries"]:
        yield from added_record("participation", f"{key}/{code}", {"project_key": key, "partner_code": code})


def _organisations(published: Published, known: dict[str, str]) -> Iterator[FieldChange]:
    key = published["id"]
    for implementer in published["implementers"]:
        name = implementer["organisation"]
        if name not in known:
            known[name] = slug(name)
            yield from added_record("organisation", known[name], {"name": name, "type": implementer["type"]})
        role = implementer["role"].replace(" ", "-")
        values: dict[str, Value] = {
            "project_key": key, "organisation_key": known[name], "role": role,
            "name_as_published": implementer["name"], "role_as_published": implementer["role_as_published"],
            "type_as_published": implementer["type_as_published"],
        }  # fmt: skip
        yield from added_record("project_organisation", f"{key}/{known[name]}/{role}", values)


def _source_keys(published: Published) -> dict[str, str]:
    keys: dict[str, str] = {}
    for position, source in enumerate(published["sources"], 1):
        keys.setdefault(source["url"], f"{published['id']}/source-{position:02}")
    return keys


def _milestones_and_figures(published: Published) -> Iterator[FieldChange]:
    key, sources = published["id"], _source_keys(published)
    for position, source in enumerate(published["sources"], 1):
        values: dict[str, Value] = {
            "project_key": key,
            **{name: source[name] for name in ("url", "title", "supports")},
        }
        yield from added_record("source", f"{key}/source-{position:02}", values)
    for position, milestone in enumerate(published["milestones"], 1):
        record = f"{key}/milestone-{position:02}"
        # A published date is a date on which something happened: actual, done; no baseline is published.
        values = {
            "project_key": key, **{name: milestone[name] for name in ("title", "kind", "about")},
            "actual": milestone["date"], "contractual": False, "status": "done",
        }  # fmt: skip
        yield from added_record("milestone", record, values)
        yield from _stated("milestone", record, "actual", sources[milestone["source"]])
    for position, figure in enumerate(published["quantified_results"], 1):
        record = f"{key}/figure-{position:02}"
        number = None if figure["value"] is None else str(figure["value"])
        values = {"project_key": key, "text": figure["text"], "number": number, "unit": figure["unit"]}
        yield from added_record("published_figure", record, values | {"nature": figure["nature"]})
        yield from _stated("published_figure", record, "number", sources[figure["source"]])


def _stated(entity: str, record: str, field: str, source: str) -> Iterator[FieldChange]:
    values: dict[str, Value] = {
        "entity": entity, "record_key": record, "field": field, "source_key": source, "basis": "stated",
    }  # fmt: skip
    yield from added_record("evidence", f"{entity}/{record}/{field}", values)


def _evidence(evidence: list[Published], sources: Mapping[tuple[str, str], str]) -> Iterator[FieldChange]:
    for position, item in enumerate(evidence, 1):
        field = FIELDS.get(item["field"], item["field"])
        url = item["source_url"]
        values: dict[str, Value] = {
            "entity": "project", "record_key": item["project"], "field": field,
            "source_key": None if url is None else sources[item["project"], url],
            "basis": "disputed" if item["alternative"] else item["basis"],
            "value_as_stated": item["value_as_stated"], "note": item["note"],
        }  # fmt: skip
        yield from added_record("evidence", f"project/{item['project']}/{field}/{position:03}", values)


def _pillars(path: Path) -> Iterator[FieldChange]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values: dict[str, Value] = {
                "project_key": row["project"], "pillar": row["pillar"], "rationale": row["rationale"] or None,
            }  # fmt: skip
            yield from added_record("project_pillar", f"{row['project']}/{row['pillar']}", values)


def _context(path: Path) -> Iterator[FieldChange]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # "2024-10+" says that the page is of October 2024 or later; the date keeps what is certain.
            later = ["that date or later"] if row["as_of"].endswith("+") else []
            values: dict[str, Value] = {
                "partner_code": row["iso3"], "indicator": row["indicator"], "value": row["value"] or None,
                "as_of": row["as_of"].removesuffix("+") or None, "source_url": row["source_url"] or None,
                "note": "; ".join([*later, row["note"]]) or None,
            }  # fmt: skip
            yield from added_record("context_indicator", f"{row['iso3']}/{row['indicator']}", values)
