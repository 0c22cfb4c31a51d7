"""Tables of short documents: cut out of what the sheets hold, in as few lines as a page can spare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from portfolio.services.results.overviews import MeasuredIndicator
from portfolio.summaries.content import Cell, Column, Link, Missing, Row, Section, Table
from portfolio.summaries.page_budgets import Demand, remark_lines, row_lines, shortened, table_head_lines
from portfolio.summaries.page_notes import left_out_note
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import term

Tables = Mapping[str, Table]


def tables_of(sections: Iterable[Section]) -> dict[str, Table]:
    """Every table of a document by its key."""
    return {table.key: table for section in sections for table in section.tables}


@dataclass(frozen=True)
class Cut:
    """A table in the order of importance of its rows, of which a page keeps as many as fit.

    `noun` and `sheet` say what is left out and where it stands; `fixed` are rows at the end that always stay.
    `others` are rows that the sheet holds and the table never had.
    """

    table: Table
    noun: str
    sheet: str
    plural: str | None = None
    fixed: int = 0
    others: int = 0
    least: int = 1
    most: int = 1_000

    @property
    def demand(self) -> Demand:
        """The heights of the rows that may be left out."""
        heights = row_lines(self.table)[: len(self.table.rows) - self.fixed]
        return Demand(heights, self.least, self.most, 0 if self.others else remark_lines(self.note(1)))

    @property
    def frame(self) -> float:
        """The height of what is printed however many rows are kept."""
        if not self.table.rows:
            return 1.3
        last = row_lines(self.table)[len(self.table.rows) - self.fixed :]
        return table_head_lines(self.table) + sum(last) + (1.0 if self.others else 0)

    def kept(self, rows: int) -> Table:
        """The table with so many of its rows, and the last ones."""
        count = len(self.table.rows) - self.fixed
        places = [*range(min(rows, count)), *range(count, len(self.table.rows))]
        return self.table.narrowed([column.key for column in self.table.columns], places)

    def note(self, rows: int) -> str:
        """What is left out where so many rows are kept; "" where nothing is."""
        left = len(self.table.rows) - self.fixed - rows + self.others
        return left_out_note(left, self.noun, self.sheet, self.plural)


def headed(table: Table, labels: Mapping[str, str]) -> Table:
    """The table with shorter heads for some of its columns."""
    columns = (replace(column, label=labels.get(column.key, column.label)) for column in table.columns)
    return replace(table, columns=tuple(columns))


def short_cells(table: Table, most: Mapping[str, int]) -> Table:
    """The table with the texts of some columns in at most so many characters; numbers stay as they are."""
    limits = [most.get(column.key) for column in table.columns]
    rows = tuple(
        replace(row, cells=tuple(_short(cell, limit) for cell, limit in zip(row.cells, limits, strict=True)))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _short(cell: Cell, limit: int | None) -> Cell:
    return shortened(cell, limit) if isinstance(cell, str) and limit is not None else cell


def fewer_names(text: str, most: int, width: int) -> str:
    """A list of organisations as a sheet joins it, the first ones alone, with how many more there are."""
    names = text.split("; ")
    shown = "; ".join(shortened(name, width) for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def furthest_behind(found: Sequence[MeasuredIndicator]) -> list[int]:
    """The places of the outcomes and outputs whose progress is known, the furthest behind first."""
    shares = {at: each.progress.share for at, each in enumerate(found) if each.is_judged}
    known = {at: share for at, share in shares.items() if share is not None}
    return sorted(known, key=lambda at: (known[at], at))


_CONTEXT = (
    Column("indicator", "Context indicator", widest=40),
    Column("value", "Value", widest=18),
    Column("edition", "Edition and date", widest=30),
    Column("source", "Source", "link", widest=24),
)


def context_table(subject: Subject, tables: Tables) -> tuple[Table, tuple[str, ...]]:
    """A partner's standing in treaties and indices, with edition, date and site; what is not known of it."""
    whole = tables.get("standing")
    if whole is None:
        nothing = f"No context indicator is kept for {subject.name}."
        return Table("context", _CONTEXT, (), if_empty=nothing), ()
    cut = whole.narrowed(("indicator", "value", "unit", "as_of", "source"))
    codes = {term("context_indicator", row.indicator).label: row.indicator for row in subject.context}
    known = [row for row in cut.rows if row.cells[1] is not Missing.UNKNOWN]
    unknown = [str(row.cells[0]) for row in cut.rows if row.cells[1] is Missing.UNKNOWN]
    table = Table(
        "context", _CONTEXT, tuple(Row(_context(codes, *row.cells)) for row in known),
        if_empty="None of its context indicators is known.",
    )  # fmt: skip
    return table, (f"Not known: {'; '.join(unknown)}.",) if unknown else ()


def _context(
    codes: Mapping[str, str], name: Cell, value: Cell, unit: Cell, day: Cell, url: Cell
) -> tuple[Cell, ...]:
    edition = term("context_indicator", codes[str(name)]).get("edition")
    dated = [f"edition {edition}"] if edition else []
    dated += [f"as at {day}"] if isinstance(day, str) else []
    of = " of 100" if unit == "points of 100" and isinstance(value, str) else ""
    source: Cell = Link(url, site_of(url)) if isinstance(url, str) else Missing.UNKNOWN
    shown = f"{value}{of}" if isinstance(value, str) else value
    return (name, shown, ", ".join(dated) or "date not stated", source)


def site_of(url: str) -> str:
    """The name of the site that an address leads to; the address itself if it has none."""
    return urlsplit(url).netloc.removeprefix("www.") or url


_MISSING = (
    Column("missing", "Not known", widest=30),
    Column("number", "Projects", "count"),
    Column("projects", "Of which", widest=70),
)


def missing_table(subject: Subject) -> Table:
    """What is not known, by kind: of how many projects, and of which; what most of them lack stands first."""
    found: dict[str, list[str]] = {}
    for item in subject.monitoring.missing:
        found.setdefault(item.term.label, []).append(subject.view.names[item.project_key])
    ordered = sorted(found.items(), key=lambda entry: -len(entry[1]))
    of = len(subject.projects)
    rows = tuple(
        Row((label, len(names), f"all {of}" if len(names) == of > 1 else ", ".join(names)))
        for label, names in ordered
    )
    return Table("missing-kinds", _MISSING, rows, if_empty="Nothing is missing.")


def missing_cut(subject: Subject) -> Cut:
    """The same as a table that gives way, but not to fewer than three kinds."""
    table = short_cells(missing_table(subject), {"projects": 130})
    return Cut(table, "kind", "What is not known", least=3)
