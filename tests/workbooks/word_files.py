"""Word documents for tests: a tree with everything in it that is odd, and documents opened again."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
from lxml import etree
from pypdf import PdfReader

from portfolio.partners import footnotes
from portfolio.summaries.content import (
    Block,
    Chart,
    Column,
    Facts,
    KeyFigure,
    KeyFigures,
    Link,
    Map,
    Missing,
    Row,
    Section,
    Summary,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVIL = '=HYPERLINK("http://x.example","x") { TOC } <w:p/> & \x00\x0b\ud800end'
LONG_NAME = ("A name that goes on and on " * 12)[:300]
LONG_WORD = "https://x.example/" + "a" * 280
RIGHT_TO_LEFT = "مشروع الأمن السيبراني"
DISCLAIMER = "The boundaries shown imply no endorsement."
CHART = Chart("bars", "Budget by partner (EUR)", "money", (("Kosovo*", 300_00), ("Serbia", 200_00)),
              "Bar chart. The largest is Kosovo* with EUR 300.", "not known for Albania.")  # fmt: skip
MAP = Map("map", "Budget (EUR)", "money", (("XKX", 300_00), ("SRB", Missing.UNKNOWN)), ("XKX", "SRB"),
          "Map of 2 partners.", DISCLAIMER)  # fmt: skip
FIGURES = KeyFigures((
    ("Money", (KeyFigure("total", "Total budget", 20_511_390_00, "money", "EUR", "8 of 10 projects", 5),
               KeyFigure("paid", "of which paid", Missing.UNKNOWN, "money", "EUR", "0 of 10 projects", 6))),
))  # fmt: skip
TABLE = Table(
    "projects",
    (
        Column("project", "Project"), Column("budget", "Total budget (EUR)", "money"),
        Column("rate", "Payment rate", "share"), Column("overall", "Overall", "colour"),
        Column("source", "Source", "link"),
    ),
    (
        Row((EVIL, 1_234_567_50, 0.125, "Red", Link("https://x.example/a", "S1"))),
        Row((RIGHT_TO_LEFT, -5_00, Missing.NOT_APPLICABLE, "Not known", Link("javascript:alert(1)", "S2"))),
        Row((LONG_NAME, Missing.UNKNOWN, Missing.UNKNOWN, "Green", Link("https://x.example/b", LONG_WORD))),
        Row(("In Kosovo* and Palestine*", 1_234_563_00, None, None, None), sums=(0, 1, 2)),
    ),
    "Projects of the partner",
)  # fmt: skip
DESIGNATIONS = footnotes(("XKX", "PSE"))


def section(key: str, title: str, *blocks: Block, intro: tuple[str, ...] = ()) -> Section:
    """A chapter that calls for both designations."""
    return Section(key, title, blocks, intro, ("A remark.",), DESIGNATIONS)


def summary(*sections: Section, title: str = "Portfolio report", banner: str = "") -> Summary:
    """A document with these chapters."""
    cover = Section("cover", "Cover", (), footnotes=DESIGNATIONS)
    return Summary(
        title=title, subject="x", stem="x", as_of=dt.date(2026, 11, 23), revision=7, portfolio="demo",
        filters="Whole portfolio", banner=banner, sections=(cover,), pages=sections,
        knowledge="as known on 1 November 2026", checksum="0123456789abcdef",
    )  # fmt: skip


def everything(**arguments: str) -> Summary:
    """A document with every kind of block."""
    return summary(
        section("glance", "At a glance", FIGURES, CHART, intro=("Kosovo* first, and Kosovo* again.",)),
        section("projects", RIGHT_TO_LEFT, TABLE, MAP, intro=("Palestine* and Kosovo*.",)),
        section("nothing", "Nothing", Table("none", TABLE.columns, (), None, "No project is on record.")),
        section("about", "About", Facts((("What", EVIL), ("", LONG_WORD)), "This document")),
        **arguments,
    )


def opened(content: bytes) -> Any:
    """The document as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> Any:
    """A part of the file as a tree."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(element: Any) -> str:
    """Every text below an element."""
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def cells(content: bytes, place: int) -> list[list[str]]:
    """The texts of a table."""
    table = list(part(content, "word/document.xml").iter(f"{W}tbl"))[place]
    return [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]


def printed(contents: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The text of each page, as LibreOffice prints the documents: all of them in one call."""
    program = shutil.which("soffice")
    assert program
    files = [folder / f"{name}.docx" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        file.write_bytes(content)
    _convert(program, files, folder)
    return {
        name: [page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages] for name in contents
    }


def _convert(program: str, files: Iterable[Path], folder: Path) -> None:
    own = f"-env:UserInstallation=file://{folder}/office"
    call = [program, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
