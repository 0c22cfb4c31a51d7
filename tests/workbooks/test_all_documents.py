"""Every document of both portfolios in all four formats: in each the same figures as on the screen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from portfolio.partners import OUTSIDE, footnotes_for_text, partners, regions
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.status_report import status_report
from portfolio.services.views import load_scheduled_view
from portfolio.storage.engine import Database
from portfolio.summaries.content import KeyFigure, KeyFigures, Missing, Section, Summary, Table
from portfolio.summaries.documents import compose
from portfolio.summaries.paper_cells import cell_text
from portfolio.summaries.renderers import FORMATS, rendered
from portfolio.summaries.scopes import SummaryScope
from tests.portfolios import copied_portfolio
from tests.workbooks.document_readers import (
    converted,
    csv_rows,
    packed,
    pdf_pages,
    plain,
    word_text,
    workbook_figures,
    zip_text,
)
from tests.workbooks.summary_files import AS_OF

MOST_PAGES = {"partner": 2, "project": 1}
OF_REPORTS = 8
BARE = re.compile(r"(?:Kosovo(?!\*)|Palestine(?!\*))(?! Declaration| declaration)")
# What the designations themselves say is no name of ours.
DESIGNATIONS = tuple(footnotes_for_text(["Kosovo*", "Palestine*"], profile) for profile in ("eu", "coe"))


@dataclass
class Made:
    """One document: its tree, and its file in each format."""

    scope: SummaryScope
    summary: Summary
    files: dict[str, bytes]

    @property
    def stem(self) -> str:
        return f"{self.scope.kind}-{self.scope.id or 'all'}"

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page of the PDF."""
        return pdf_pages(self.files["pdf"])

    @cached_property
    def on_paper(self) -> dict[str, str]:
        """The text of the two formats that have pages, without white space."""
        return {"docx": packed(word_text(self.files["docx"])), "pdf": packed(" ".join(self.pages))}

    @property
    def figures(self) -> list[tuple[str, KeyFigure]]:
        """The key figures of the workbook, each with its heading."""
        return list(_figures(self.summary.section("figures")))


@dataclass(frozen=True)
class Library:
    """Every document of a portfolio, and what the command line says of the same day."""

    database: Database
    status: dict[str, Any]
    documents: tuple[Made, ...]
    folder: Path


def _figures(section: Section) -> Iterator[tuple[str, KeyFigure]]:
    for block in section.blocks:
        if isinstance(block, KeyFigures):
            yield from ((heading, figure) for heading, members in block.groups for figure in members)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"documents-{name}"))
        for name in ("reference", "demo")
    ],
)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The portfolio, three regions, 22 partners and every project, each in four formats."""
    folder = tmp_path_factory.mktemp(f"documents-{request.param}")
    database = copied_portfolio(request.param, folder / "portfolio.sqlite3")
    view = load_scheduled_view(database, LOCAL_PERSON, as_of=AS_OF)
    health = load_health(database, LOCAL_PERSON, as_of=AS_OF)
    inside = [code for code, partner in partners().items() if partner.region != OUTSIDE]
    assert len(inside) == 22 and len(regions()) == 3
    scopes = [SummaryScope("portfolio"), *(SummaryScope("region", code) for code in regions())]
    scopes += [SummaryScope("partner", code) for code in inside]
    scopes += [SummaryScope("project", project.key) for project in view.projects]
    return Library(
        database, status_report(view, health), tuple(_made(database, scope) for scope in scopes), folder
    )


def _made(database: Database, scope: SummaryScope) -> Made:
    made = compose(database, LOCAL_PERSON, scope, as_of=AS_OF)
    files = {name: rendered(made.summary, made.making, name).content for name in FORMATS}
    return Made(scope, made.summary, files)


def test_figures_are_those_of_status(library: Library) -> None:
    for made in library.documents:
        figures = {figure.key: figure.value for _, figure in made.figures}
        for key, value in _expected(library.status, made.scope).items():
            shown = figures[key]
            assert (None if shown is Missing.UNKNOWN else shown) == value, (made.stem, key)


def _expected(status: dict[str, Any], scope: SummaryScope) -> dict[str, Any]:
    if scope.kind in ("region", "partner"):
        place = status["regions" if scope.kind == "region" else "partners"][scope.id]
        # A region or partner in which no project is active has no money, which is known.
        return {"projects": place["projects"], "part-total-budget": place["total_budget_cents"]}
    if scope.kind == "project":
        return {}
    money, milestones = status["money"], status["milestones"]
    amounts = ("total_budget", "eu_contribution", "committed", "contracted", "paid", "incurred")
    counts = {"milestones": "total", "milestones-done": "done", "milestones-late": "late"}
    return {
        "projects": status["projects"],
        **{name.replace("_", "-"): money[f"{name}_cents"] for name in amounts},
        **{key: milestones[name] for key, name in counts.items()},
        "milestones-due-90": milestones["due_90_days"],
    }


@pytest.mark.poppler
def test_every_figure_is_the_same_in_all_four_formats(library: Library) -> None:
    for made in library.documents:
        sheet = workbook_figures(made.files["xlsx"])
        table = {row["figure"]: row["value"] for row in csv_rows(made.files["csv"], "key-figures")}
        for heading, figure in made.figures:
            where = (made.stem, figure.key)
            assert sheet[f"{heading}|{figure.label}"] == _as_number(figure), where
            if isinstance(figure.value, int):
                assert float(table[figure.key]) == _as_number(figure), where
        for figure in _on_pages(made.summary):
            text = packed(_on_paper(figure))
            assert [name for name, said in made.on_paper.items() if text not in said] == [], (
                made.stem, figure.key
            )  # fmt: skip


def _as_number(figure: KeyFigure) -> Any:
    if isinstance(figure.value, Missing):
        return figure.value.value
    return figure.value / 100 if figure.kind == "money" and isinstance(figure.value, int) else figure.value


def _on_pages(summary: Summary) -> Iterator[KeyFigure]:
    for section in summary.pages:
        yield from (figure for _, figure in _figures(section))


def _on_paper(figure: KeyFigure) -> str:
    return cell_text(figure.value, figure.kind)


def test_figures_on_pages_are_those_of_the_workbook(library: Library) -> None:
    for made in library.documents:
        known = {(figure.key, figure.value) for _, figure in made.figures}
        printed = {(figure.key, figure.value) for figure in _on_pages(made.summary)}
        # A project sheet has a ladder in place of key figures, a partner without projects none.
        assert printed or made.scope.kind in ("project", "partner"), made.stem
        assert printed <= known, made.stem


@pytest.mark.poppler
def test_every_cell_of_a_page_is_printed_in_word_and_pdf(library: Library) -> None:
    for made in library.documents:
        for section in made.summary.pages:
            for table in (block for block in section.blocks if isinstance(block, Table)):
                for cell, kind in (
                    (cell, column.kind)
                    for row in table.rows
                    for cell, column in zip(row.cells, table.columns, strict=True)
                    if isinstance(cell, int) and column.kind == "money"
                ):
                    text = packed(cell_text(cell, kind))
                    missing = [name for name, said in made.on_paper.items() if text not in said]
                    assert missing == [], (made.stem, table.key, text)


@pytest.mark.poppler
def test_checksum_and_revision_stand_in_every_format(library: Library) -> None:
    for made in library.documents:
        checksum = made.summary.checksum
        texts = {
            "pdf": " ".join(made.pages),
            "csv": zip_text(made.files["csv"]),
        }
        for name, text in texts.items():
            assert checksum in text, (made.stem, name)
            assert re.search(rf"revision {made.summary.revision}\b", text), (made.stem, name)
        assert len({each.summary.checksum for each in library.documents}) == len(library.documents)


def test_same_content_gives_the_same_bytes_and_checksum(library: Library) -> None:
    for made in (library.documents[0], library.documents[1], library.documents[8], library.documents[-1]):
        again = _made(library.database, made.scope)
        assert again.summary.checksum == made.summary.checksum
        assert again.summary.pages == made.summary.pages
        assert again.files["csv"] == made.files["csv"]


def test_pdf_is_tagged_says_its_language_and_holds_one_typeface(library: Library) -> None:
    for made in library.documents:
        reader = PdfReader(io.BytesIO(made.files["pdf"]))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root, made.stem
        assert root["/Lang"] == "en-GB", made.stem
        assert reader.metadata and reader.metadata.title == made.summary.title, made.stem
        fonts = {font for page in reader.pages for font in _fonts(page)}
        assert fonts and all("DejaVuSans" in font for font in fonts), (made.stem, fonts)
        least = 2 if made.scope.kind in ("region", "portfolio") else 1
        assert least <= len(reader.pages) <= MOST_PAGES.get(made.scope.kind, OF_REPORTS), made.stem


def _fonts(page: Any) -> Iterator[str]:
    for reference in page["/Resources"].get("/Font", {}).values():
        font = reference.get_object()
        descendant = font["/DescendantFonts"][0].get_object()
        embedded = descendant["/FontDescriptor"].get_object()
        assert "/FontFile2" in embedded or "/FontFile3" in embedded
        yield str(font["/BaseFont"])


@pytest.mark.poppler
def test_no_name_stands_without_its_asterisk_and_designation(library: Library) -> None:
    for made in library.documents:
        pages = made.pages
        texts = {"docx": word_text(made.files["docx"]), "pdf": "\n".join(pages)}
        quoted = sum(len(BARE.findall(text)) for text in _quoted(made.summary.pages))
        for name, text in texts.items():
            assert len(BARE.findall(_without_designations(text))) <= quoted, (made.stem, name)
        for number, page in enumerate(pages, 1):
            for subject, start in (("Kosovo*", "*Kosovo*: This designation"), ("Palestine*", "")):
                if subject in page:
                    said = packed(start or "shall not be construed as recognition of a State of Palestine")
                    assert said.lstrip("*") in packed(page), (made.stem, number, subject)
        everything = zip_text(made.files["csv"])
        if "Kosovo*" in everything:
            assert "1244" in everything, made.stem  # in the words of either institution


def _quoted(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                places = [at for at, column in enumerate(block.columns) if column.kind in ("quote", "link")]
                yield from (str(row.cells[at]) for row in block.rows for at in places)


def _without_designations(text: str) -> str:
    said = plain(text)
    for lines in DESIGNATIONS:
        for line in lines:
            said = said.replace(plain(line.partition(": ")[2]), "")
    return said


@pytest.mark.office
@pytest.mark.poppler
def test_libreoffice_opens_every_word_document_and_workbook(library: Library) -> None:
    words, books = [], []
    for made in library.documents:
        words.append(library.folder / f"{made.stem}.docx")
        words[-1].write_bytes(made.files["docx"])
        books.append(library.folder / f"{made.stem}.xlsx")
        books[-1].write_bytes(made.files["xlsx"])
    printed = converted(words, "pdf", library.folder / "printed")
    saved = converted(books, "xlsx", library.folder / "saved")
    for made in library.documents:
        pages = pdf_pages(printed[made.stem].read_bytes())
        assert len(pages) <= MOST_PAGES.get(made.scope.kind, OF_REPORTS), made.stem
        text = packed(" ".join(pages))
        for figure in _on_pages(made.summary):
            assert packed(_on_paper(figure)) in text, (made.stem, figure.key)
        assert workbook_figures(saved[made.stem].read_bytes()) == workbook_figures(made.files["xlsx"]), (
            made.stem
        )
