"""A document's tree as the data of the page template: every value written, every width set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from portfolio.summaries.content import (
    Block,
    Cell,
    Column,
    Facts,
    KeyFigure,
    KeyFigures,
    Link,
    Map,
    Missing,
    Picture,
    Row,
    Section,
    Summary,
    Table,
    block_texts,
)
from portfolio.summaries.covers import Making, day_label
from portfolio.summaries.paper_cells import alignment, cell_text
from portfolio.summaries.pdf_texts import Json, Wording, drawable, key_of, lines_of, width_of
from portfolio.summaries.pdf_widths import GAP, set_columns
from portfolio.summaries.pictures import draw_picture
from portfolio.summaries.safe_texts import is_link

# The width of a line of text, and of a map.
PAGE_MM, _MAP_MM = 170.0, 130.0
_POINT_MM = 25.4 / 72
# The size of small print in points.
_SMALL = 6.5
# How many key figures stand side by side, and the width of a label in sizes of its type.
_ABREAST, _LABEL_ROOM = 4, 15.0
# A row of fewer letters stays on one page.
_WHOLE_ROW = 900
# Shape and colour beside the words of health: never the colour alone.
_SIGNS = {
    "Green": ("●", "green"), "Amber": ("▲", "amber"), "Red": ("◆", "red"), "Closed": ("■", "closed"),
    "Not known": ("○", "grey"),
}  # fmt: skip


def page_tree(summary: Summary, making: Making) -> Json:
    """Everything that the template prints."""
    return _Tree(summary, making).whole()


class _Tree:
    """Writes one document from top to bottom; `words` knows which names have been met."""

    def __init__(self, summary: Summary, making: Making) -> None:
        self.summary, self.making = summary, making
        self.words = Wording.of(summary.pages)
        self.heard: set[str] = set()
        self.defined = any(
            table.key == "definitions" for section in summary.pages for table in section.tables
        )

    def whole(self) -> Json:
        """The data of the template."""
        summary, words = self.summary, self.words
        lines = sum(_lines(text) for text in words.designations.values())
        return {
            "title": drawable(summary.title),
            "head": words.said(summary.title, room=30),
            "running": words.said(summary.title[:110], notes=False),
            "author": drawable(self.making.by),
            "keywords": self._keywords(),
            "description": drawable(summary.filters)[:1000],
            "banner": drawable(summary.banner),
            "stamp": self._stamp(),
            "knowledge": words.said(summary.knowledge, notes=False),
            "facts": [[label, words.said(text, room=70)] for label, text in self._facts()],
            "designations": words.designations,
            "reserved": lines,
            "sections": [self._section(section) for section in summary.pages],
        }

    def _keywords(self) -> list[str]:
        summary = self.summary
        said = [f"revision {summary.revision}", f"data as at {summary.as_of.isoformat()}"]
        said += [f"checksum {summary.checksum}"] if summary.checksum else []
        return [*said, drawable(summary.banner)] if summary.banner else said

    def _stamp(self) -> str:
        summary = self.summary
        said = [f"Data as at {day_label(summary.as_of)}", f"revision {summary.revision}"]
        said += [f"checksum {summary.checksum}"] if summary.checksum else []
        return " · ".join(said)

    def _facts(self) -> list[tuple[str, str]]:
        summary = self.summary
        at = self.making.at.astimezone(dt.UTC)
        facts = [
            ("Scope and filter", summary.filters),
            ("Data as at", f"{day_label(summary.as_of)}, revision {summary.revision} of the portfolio"),
        ]
        if summary.knowledge:
            facts.append(("Known then", summary.knowledge))
        if summary.compared_with is not None:
            facts.append(("Compared with", day_label(summary.compared_with)))
        return [*facts, ("Made", f"{day_label(at.date())}, {at:%H:%M} UTC, by {self.making.by}")]

    def _section(self, section: Section) -> Json:
        words = self.words
        words.begin_section()
        self.heard = set()
        return {
            "key": section.key,
            "title": words.said(section.title, room=60, notes=False),
            "intro": [words.said(text, room=100) for text in section.intro],
            "blocks": [self._block(block) for block in section.blocks],
            "remarks": [words.said(text, room=110) for text in section.remarks],
            "designations": self._unmarked(section),
        }

    def _unmarked(self, section: Section) -> list[str]:
        """The designations that no footnote has told: quotations alone name the partner."""
        called = map(key_of, section.footnotes)
        return [key for key in called if key not in self.words.noted | self.heard]

    def _block(self, block: Block) -> Json:
        if isinstance(block, Facts):
            return self._facts_block(block)
        if isinstance(block, KeyFigures):
            return {"kind": "figures", "rows": _abreast([self._group(*group) for group in block.groups])}
        return self._table(block) if isinstance(block, Table) else self._picture(block)

    def _group(self, heading: str, figures: Sequence[KeyFigure]) -> Json:
        said = self.words.said(heading, room=90, notes=False)
        # Labels side by side take as many lines, so that their values stand on one line.
        written: list[Json] = []
        for start in range(0, len(figures), _ABREAST):
            abreast = figures[start : start + _ABREAST]
            lines = max(lines_of(figure.label, _LABEL_ROOM) for figure in abreast)
            written += [self._figure(figure) | {"lines": lines} for figure in abreast]
        return {"heading": said, "figures": written}

    def _facts_block(self, block: Facts) -> Json:
        rows: list[tuple[str, list[Json]]] = []
        for label, text in block.rows:
            said = self.words.said(text, room=65)
            if label or not rows:
                rows.append((self.words.said(label, room=18), [said]))
            else:
                rows[-1][1].append(said)
        return {"kind": "facts", "caption": self._caption(block.caption), "rows": rows}

    def _caption(self, text: str | None) -> Json:
        return None if text is None else self.words.said(text, room=90)

    def _figure(self, figure: KeyFigure) -> dict[str, Json]:
        value = self._measure(figure.value, figure)
        compared = self.summary.compared_with
        before = None
        if compared is not None and figure.before is not None:
            before = f"{day_label(compared)}: {self._measure(figure.before, figure)}"
        known = f"known for {figure.known_for}" if figure.known_for[:1].isdigit() else figure.known_for
        return {
            "label": self.words.said(figure.label, room=_LABEL_ROOM),
            "value": self.words.said(value, room=14, bold=True),
            "missing": isinstance(figure.value, Missing),
            "known": self.words.said(known, room=17),
            "note": figure.note if self.defined else None,
            "before": before,
        }

    def _measure(self, value: Cell, figure: KeyFigure) -> str:
        """A value with its unit, unless its label says it."""
        text = _printed(value, Column(figure.key, figure.label, figure.kind))
        if not isinstance(value, (int, float)) or figure.kind in ("count", "share"):
            return text
        return f"EUR {text}" if figure.kind == "money" else f"{text} {figure.unit}".strip()

    def _table(self, block: Table) -> Json:
        columns = block.columns
        texts = [list(map(_printed, row.cells, columns)) for row in block.rows]
        heads, kinds = [column.label for column in columns], [column.kind for column in columns]
        measured = [
            list(map(_measured, row.cells, columns, said))
            for row, said in zip(block.rows, texts, strict=True)
        ]
        setting = set_columns(heads, kinds, measured, PAGE_MM)
        rooms = [width - GAP for width in setting.widths]
        return {
            "kind": "table",
            "caption": self._caption(block.caption),
            "points": setting.points,
            "widths": setting.widths,
            "sides": [alignment(kind) for kind in kinds],
            "head": [self._head(head, room) for head, room in zip(heads, rooms, strict=True)],
            "rows": [
                self._row(row, columns, said, rooms) for row, said in zip(block.rows, texts, strict=True)
            ],
            "empty": self.words.said(block.if_empty, room=90),
        }

    def _head(self, label: str, room: float) -> Json:
        """The heading of a column; its words are divided only where one of them is too wide."""
        divided = any(width_of(word, bold=True) > room for word in drawable(label).split())
        return {"text": self.words.said(label, room=2 * room, notes=False), "divided": divided}

    def _row(self, row: Row, columns: Sequence[Column], texts: Sequence[str], rooms: Sequence[float]) -> Json:
        said = [
            self.words.said(text, room=room, bold=row.is_total)
            for text, room in zip(texts, rooms, strict=True)
        ]
        cells = [
            {"text": text} | _dress(cell, column)
            for text, cell, column in zip(said, row.cells, columns, strict=True)
        ]
        if row.is_total:
            cells = _joined(cells, row)
        return {"cells": cells, "total": row.is_total, "whole": sum(map(len, texts)) < _WHOLE_ROW}

    def _picture(self, block: Picture) -> Json:
        # The disclaimer stands inside the picture of a map; who cannot see it hears it.
        alt, width = block.alt, PAGE_MM
        if isinstance(block, Map):
            alt, width = f"{block.alt} {block.disclaimer}", _MAP_MM
        named = self.words.named_in(block_texts(block))
        # What no footnote has told is heard with the picture, and seen at the foot of its page.
        untold = [key for key in named if key not in self.words.noted]
        self.heard.update(untold)
        return {
            "kind": "picture",
            "svg": draw_picture(block, "svg", width_mm=width).decode(),
            "width": width,
            "alt": " ".join((drawable(alt), *(self.words.designations[key] for key in untold))),
            "caption": self._caption(block.title),
            "named": named,
        }


def _printed(cell: Cell, column: Column) -> str:
    """A cell as it is printed: a name that cannot be a link gives way to its address."""
    if isinstance(cell, Link) and not is_link(cell.address):
        return cell.address
    return cell_text(cell, column.kind)


def _measured(cell: Cell, column: Column, text: str) -> str:
    """What is measured of a cell: a colour is not parted from its shape, nor its words from each other."""
    sign = _dress(cell, column).get("sign")
    return f"{sign}i{text.replace(' ', 'i')}" if sign else text


def _abreast(groups: list[Json]) -> list[list[Json]]:
    """The groups of key figures in rows: two small ones share one."""
    rows: list[list[Json]] = []
    for group in groups:
        small = len(group["figures"]) <= _ABREAST // 2
        if rows and small and len(rows[-1]) == 1 and len(rows[-1][0]["figures"]) <= _ABREAST // 2:
            rows[-1].append(group)
        else:
            rows.append([group])
    return rows


def _joined(cells: list[dict[str, Json]], row: Row) -> list[dict[str, Json]]:
    """The cells of a total, its name running on through the empty ones beside it."""
    empty = next((place for place, cell in enumerate(row.cells[1:]) if cell is not None), 0)
    return [cells[0] | {"span": 1 + empty}, *cells[1 + empty :]]


def _dress(cell: Cell, column: Column) -> dict[str, Json]:
    """What a cell is besides its text: missing, a link, or a colour with its shape."""
    if isinstance(cell, Missing):
        return {"missing": True}
    if isinstance(cell, Link):
        return {"link": cell.address} if is_link(cell.address) else {}
    if column.kind == "colour" and cell in _SIGNS:
        sign, colour = _SIGNS[str(cell)]
        return {"sign": sign, "colour": colour}
    return {}


def _lines(text: str) -> int:
    """The lines that a designation takes in small print."""
    return int(width_of(text) * _SMALL * _POINT_MM / PAGE_MM) + 1
