"""A summary as tidy tables: a zip of csv files with a dictionary, the same bytes for the same content.

Texts are quoted and cannot become formulas, amounts are euro with two decimals, totals are left out.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from portfolio.summaries.content import (
    Cell,
    Facts,
    KeyFigures,
    Kind,
    Link,
    Missing,
    Summary,
    Table,
)
from portfolio.summaries.covers import MADE
from portfolio.summaries.csv_descriptions import (
    Field,
    Listed,
    data_package,
    dictionary_rows,
    fields_of,
    readme,
)
from portfolio.summaries.figure_tables import figures_table
from portfolio.summaries.safe_texts import safe_text

_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNIX = 3
Value = str | int | Decimal


def render_csv(summary: Summary) -> bytes:
    """The bytes of the zip; it holds nothing of who made it and when."""
    listed = tuple(_tables(summary))
    files = {f"{each.table.key}.csv": _csv(_head(each.fields), _rows(each)) for each in listed}
    heads, rows = dictionary_rows(summary, listed)
    files["dictionary.csv"] = _csv(heads, (tuple(map(safe_text, row)) for row in rows))
    about = tuple(_about(summary))
    files["about.csv"] = _csv(("label", "text"), (tuple(map(safe_text, row)) for row in about))
    files["README.txt"] = readme(summary, about, sorted(files)).encode()
    package = data_package(summary, listed)
    files["datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=1).encode()
    return _zipped(files)


def _tables(summary: Summary) -> Iterator[Listed]:
    """The tables of every sheet, each under its key; the dictionary is written from them afresh."""
    for section in summary.sections:
        if section.key == "metadata":
            continue
        for block in section.blocks:
            table = figures_table(block) if isinstance(block, KeyFigures) else block
            if isinstance(table, Table):
                yield Listed(section.title, table, fields_of(table))


def _head(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)


def _rows(listed: Listed) -> Iterator[tuple[Value, ...]]:
    """The rows but the totals, which whoever reads the table can add up."""
    for row in listed.table.rows:
        if not row.sums:
            yield tuple(_value(row.cells[field.place], field) for field in listed.fields)


def _value(cell: Cell, field: Field) -> Value:
    if isinstance(cell, Missing):
        return cell.value
    if isinstance(cell, Link):
        return safe_text(cell.name if field.part == "value" and field.column.kind == "link" else cell.address)
    if isinstance(cell, str):
        if field.is_year and cell.isdecimal():
            return int(cell)
        # Words that stand in a column of numbers have a field of their own.
        is_number = field.part == "value" and field.has_words
        return Missing.NOT_APPLICABLE.value if is_number else safe_text(cell)
    if cell is None or field.part == "words":
        return Missing.NOT_APPLICABLE.value
    return _number(cell, field.kind)


def _number(value: int | float, kind: Kind) -> int | Decimal:
    if kind == "money":
        return Decimal(int(value)).scaleb(-2)
    # A float that is whole is written like the other whole numbers of its column.
    return int(value) if float(value).is_integer() else Decimal(repr(value))


def _about(summary: Summary) -> Iterator[tuple[str, str]]:
    """What the cover, the notes and the metadata say, but who made the file and when."""
    yield ("Title", summary.title)
    for key in ("cover", "metadata", "notes"):
        for block in summary.section(key).blocks:
            if isinstance(block, Facts) and block.caption != "Contents":
                label = ""
                for name, text in block.rows:
                    # An empty label continues the one before.
                    label = name or label or block.caption or ""
                    if label != MADE:
                        yield (label, text)


def _csv(head: Iterable[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One file: a byte order mark, so that Excel reads UTF-8, then lines that end as RFC 4180 says."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files by name, without the moment and the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = _READABLE, _UNIX
            archive.writestr(entry, files[name])
    return target.getvalue()
