"""How large a file may be: the defaults of data/vocabulary/limits.csv, or what the unit has set instead."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields
from functools import lru_cache

from portfolio.overrides import overridden
from portfolio.settings import DATA_DIR


@dataclass(frozen=True)
class Limits:
    """What a received workbook may not exceed; units as in data/vocabulary/limits.csv."""

    file_size: int
    archive_entries: int
    part_size: int
    structure_size: int
    unpacked_size: int
    compression_ratio: int
    compression_ratio_from: int
    cell_elements: int
    filled_cells: int
    text_characters: int
    last_row: int
    last_column: int
    sheets: int
    reader_memory: int
    reader_time: int
    findings_listed: int


@lru_cache
def default_limits() -> Limits:
    """The limits as the data files set them."""
    with (DATA_DIR / "vocabulary" / "limits.csv").open(encoding="utf-8", newline="") as file:
        values = {row["code"].replace("-", "_"): int(row["value"]) for row in csv.DictReader(file)}
    return Limits(**{field.name: values[field.name] for field in fields(Limits)})


def present_limits() -> Limits:
    """The limits that hold now: those that the unit has set ("limit/file-size"), else the defaults."""
    defaults = asdict(default_limits())
    return Limits(
        **{
            name: int(overridden(f"limit/{name.replace('_', '-')}", str(value)))
            for name, value in defaults.items()
        }
    )
