"""Several files at once: what two of them say of one project and period counts once, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.findings import Finding
from portfolio.model.changes import FieldChange, RecordId
from portfolio.progress_reports.catalogue import Place, finding
from portfolio.progress_reports.results import FileResult, UnitResult

_Where = tuple[int, UnitResult]
# number of the file, project and period, and one of the changes
_Key = tuple[str, str]
_Said = tuple[int, _Key, FieldChange]


def again(name: str, first: FileResult) -> FileResult:
    """A file whose bytes were given before in the same call."""
    found = (finding("FILE_GIVEN_TWICE", other=first.name),) if first.readable else first.about_file
    return replace(first, name=name, about_file=found, units=())


def one_file_per_unit(results: Sequence[FileResult]) -> list[FileResult]:
    """The files with the units that two of them report differently refused, and equal ones counted once."""
    by_unit: dict[tuple[str, str], list[_Where]] = {}
    for position, result in enumerate(results):
        for unit in result.units:
            if unit.changes and not unit.left_out:
                by_unit.setdefault(unit.key, []).append((position, unit))
    settled = list(results)
    for places in by_unit.values():
        if len(places) > 1:
            _settle(settled, places)
    if sum(len(result.changing_units) for result in settled) > 1:
        _refuse_clashes(settled)
    return settled


def _refuse_clashes(results: list[FileResult]) -> None:
    """Nothing; of two periods or files only one can say what becomes of a field that both change."""
    said: dict[RecordId, list[_Said]] = {}
    for position, result in enumerate(results):
        for unit in result.changing_units:
            for change in unit.changes:
                said.setdefault(change.record, []).append((position, unit.key, change))
    told: set[tuple[int, _Key, str | None, str | None]] = set()
    for changes in said.values():
        for position, key, change in changes:
            cell = (position, key, change.sheet, change.cell)
            other = next((each for each in changes if each[1] != key and _clash(each[2], change)), None)
            if other is not None and cell not in told:
                told.add(cell)
                (unit,) = (each for each in results[position].units if each.key == key)
                results[position] = results[position].with_unit(unit.with_finding(_clashing(change, other)))


def _clash(one: FieldChange, other: FieldChange) -> bool:
    """Whether not both can hold: another value of the field, or a record that leaves and is changed."""
    if "removed" in (one.kind, other.kind):
        return one.kind != other.kind
    return one.field == other.field and one.new != other.new


def _clashing(change: FieldChange, other: _Said) -> Finding:
    _, (_, period), theirs = other
    where = f"{theirs.sheet}!{theirs.cell} of {theirs.file}" if theirs.cell else f"{theirs.file}"
    place = Place(change.sheet, change.cell, change.field)
    return finding("RECORD_IN_TWO_REPORTS", place, period=period, where=where)


def _settle(results: list[FileResult], places: list[_Where]) -> None:
    first_position, first = places[0]
    if all(_effect(unit) == _effect(first) for _, unit in places):
        for position, unit in places[1:]:
            found = finding("FILE_GIVEN_TWICE", other=results[first_position].name)
            results[position] = _without(results[position], unit).with_finding(found)
        return
    names = {position: results[position].name for position, _ in places}
    for position, unit in places:
        others = " and ".join(name for other, name in names.items() if other != position)
        found = finding("UNIT_IN_TWO_FILES", project=unit.project, period=unit.period, other=others)
        results[position] = results[position].with_unit(unit.with_finding(found))


def _without(result: FileResult, unit: UnitResult) -> FileResult:
    """The file without a unit that another one reports; what was found in it stays."""
    others = tuple(each for each in result.units if each.key != unit.key)
    return replace(result, units=others, about_file=(*result.about_file, *unit.findings))


def _effect(unit: UnitResult) -> set[tuple[str, str, str, object]]:
    return {(change.entity, change.key, change.field, change.new) for change in unit.changes}
