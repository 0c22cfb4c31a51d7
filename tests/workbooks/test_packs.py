"""The pack for a steering committee opens again, says what it is of, and holds against odd input."""

from __future__ import annotations

import datetime as dt
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from portfolio.dates import PartialDate
from portfolio.errors import NotAllowed, NotFound
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.selection import PortfolioFilter
from portfolio.services.timelines import extended_by
from portfolio.services.views import load_scheduled_view, load_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.canvases import clipped, printable, width_of, wrapped
from portfolio.summaries.documents import Document, SummaryScope
from portfolio.summaries.made_documents import PACK, SUMMARY, Request, last_made, make_and_record
from portfolio.summaries.packs import make_pack
from portfolio.summaries.scopes import load_subject
from portfolio.summaries.timelines import MOST_ROWS, Timeline, timeline
from portfolio.summaries.xlsx import render_xlsx

AS_OF = dt.date(2026, 11, 23)
A4_LANDSCAPE = (841.7, 595.4)


def pack(database: Database, chosen: PortfolioFilter | None = None) -> Document:
    """The pack of the chosen projects on a day that stands still."""
    return make_pack(database, LOCAL_PERSON, chosen=chosen, as_of=AS_OF)


def files(document: Document) -> dict[str, bytes]:
    """The files of a pack by name."""
    with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def pdf(document: Document) -> PdfReader:
    """The timeline's PDF."""
    (content,) = [content for name, content in files(document).items() if name.endswith(".pdf")]
    return PdfReader(io.BytesIO(content))


def page_text(document: Document) -> str:
    """The text that can be selected on the timeline's one page."""
    (page,) = pdf(document).pages
    return page.extract_text()


def drawn(database: Database, chosen: PortfolioFilter | None = None) -> Timeline:
    """The timeline before it is drawn."""
    scope = SummaryScope("portfolio")
    return timeline(load_subject(database, LOCAL_PERSON, scope, as_of=AS_OF, chosen=chosen))


def test_pack_holds_the_workbook_and_the_timeline_in_three_formats(reference: Database) -> None:
    made = pack(reference)
    assert made.name == "steering-committee-portfolio-2026-11-23-r1.zip"
    contents = files(made)
    assert sorted(contents) == [
        "summary-portfolio-2026-11-23-r1.xlsx",
        "timeline-portfolio-2026-11-23-r1.pdf",
        "timeline-portfolio-2026-11-23-r1.png",
        "timeline-portfolio-2026-11-23-r1.svg",
    ]
    book = openpyxl.load_workbook(io.BytesIO(contents["summary-portfolio-2026-11-23-r1.xlsx"]))
    assert book.sheetnames[0] == "Cover"
    assert etree.fromstring(contents["timeline-portfolio-2026-11-23-r1.svg"]).tag.endswith("}svg")
    png = contents["timeline-portfolio-2026-11-23-r1.png"]
    assert struct.unpack(">II", png[16:24]) == (2338, 1654)


def test_timeline_is_one_landscape_page_of_a4_with_its_own_typeface(reference: Database) -> None:
    reader = pdf(pack(reference))
    (page,) = reader.pages
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx(A4_LANDSCAPE, abs=0.5)
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
    assert {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts} == {
        "DejaVuSans",
        "DejaVuSans-Bold",
    }


def test_text_of_the_page_names_every_project_date_and_revision(reference: Database) -> None:
    text = page_text(pack(reference))
    for project in load_view(reference, LOCAL_PERSON, as_of=AS_OF).projects:
        assert project.acronym in text
    assert "Data as at 23 November 2026 · revision 1" in text
    assert "26 projects, 5 running; CyberSouth+ is the next to end (31 December 2026)." in text
    assert "Milestones: none late, none due in 90 days." in text
    assert "Start or end not stated: Serbia High-Tech Crime Twinning, CyberSEE, Rapid Response 2.0." in text
    assert "not a complete register" in text
    assert "fictional" not in text


def test_page_names_late_and_due_milestones_and_marks_the_fiction(demo: Database) -> None:
    made = pack(demo)
    assert made.name.startswith("demo-steering-committee-")
    text = page_text(made)
    assert "Demonstration portfolio: fictional" in text
    assert "Late: 7" in text
    assert "41 days late: GaleJuniper, Second regional exercise (planned 13 October 2026)" in text
    assert "Due in 90 days: 15" in text
    assert "8 December 2026: ClearCedar, Second regional exercise" in text
    assert "896 days" in text  # how far the end of RainWillow has moved


def test_counts_on_the_page_are_those_of_the_screens(demo: Database) -> None:
    found = drawn(demo)
    states = load_scheduled_view(demo, LOCAL_PERSON, as_of=AS_OF).milestones
    assert len(found.late) == sum(state.is_late for state in states)
    assert len(found.due) == sum(state.is_due_within(AS_OF, 90) for state in states)


def test_designation_stands_on_the_page_that_names_the_partner(reference: Database) -> None:
    kosovo = page_text(pack(reference, PortfolioFilter(partners=("XKX",))))
    assert "Filter: Partner: Kosovo*" in kosovo
    assert "UNSCR 1244/1999" in kosovo
    assert "UNSCR 1244/1999" not in page_text(pack(reference, PortfolioFilter(partners=("GEO",))))


def test_pack_of_a_filter_holds_its_projects_alone(reference: Database) -> None:
    chosen = PortfolioFilter(regions=("western-balkans",))
    view = load_view(reference, LOCAL_PERSON, chosen=chosen, as_of=AS_OF)
    made = pack(reference, chosen)
    assert made.name == "steering-committee-selection-2026-11-23-r1.zip"
    text = page_text(made)
    assert [row.acronym for row in view.left_out if row.acronym in text and "EAST" in row.acronym] == []
    assert {row.name for row in drawn(reference, chosen).rows} == {row.acronym for row in view.projects}


@pytest.mark.parametrize("name", ["reference", "demo", "empty"])
def test_pack_of_nothing_says_so(copied: Callable[[str], Database], name: str) -> None:
    text = page_text(pack(copied(name), PortfolioFilter(text="nothing is called this")))
    assert "No project meets this filter." in text


ODD = "<b>$x^2$ **bold** Ғәðծქع \U0001f600 漢 " + "very long " * 40


def test_odd_texts_are_printed_as_typed_on_one_page(demo: Database) -> None:
    change = FieldChange("project", "frost-hazel", "acronym", "FrostHazel", ODD, "changed")
    shown = load_scheduled_view(demo, LOCAL_PERSON, as_of=AS_OF)
    late = next(state for state in shown.milestones if state.is_late)
    title = FieldChange("milestone", late.milestone.key, "title", late.milestone.title, ODD, "changed")
    apply_change_set(demo, ChangeSetDraft("edit", "a tester", "odd texts", (change, title)))
    text = page_text(pack(demo))
    assert "<b>$x^2$ **bold** Ғәðծქع \U0001f600 □" in text
    assert "revision 2" in text


def test_more_projects_than_fit_are_named_and_the_running_ones_are_drawn(reference: Database) -> None:
    subject = load_subject(reference, LOCAL_PERSON, SummaryScope("portfolio"), as_of=AS_OF)
    many = tuple(
        replace(project, key=f"{project.key}-{copy}", acronym=f"{project.acronym} {copy}")
        for copy in range(3)
        for project in subject.view.projects
    )
    found = timeline(replace(subject, view=replace(subject.view, projects=many)))
    assert len(found.rows) == MOST_ROWS
    assert sum(row.runs for row in found.rows) == 15
    assert any(note.startswith("Not drawn for want of room, but in the workbook: ") for note in found.notes)


@pytest.mark.parametrize(
    ("original", "present", "words"),
    [
        ("2025-06-30", "2025-06-30", "none"),
        ("2025-06-30", "2025-07-01", "1 day"),
        ("2025-01-15", "2027-06-30", "896 days"),
        ("2022-06", "2023-12-31", "18 months"),
        ("2022", "2023-05", "1 year"),
        ("2027", "2027-06", "not known"),
        ("2025-07-01", "2025-06-30", "−1 day"),
        (None, "2025", "not known"),
        ("2025", None, "not known"),
    ],
)
def test_extension_is_as_precise_as_both_ends(original: str | None, present: str | None, words: str) -> None:
    assert extended_by(PartialDate.of(original), PartialDate.of(present)) == words


def test_texts_are_measured_cut_and_wrapped() -> None:
    assert width_of("", 9) == 0
    assert width_of("wide", 18) == pytest.approx(2 * width_of("wide", 9), rel=0.01)
    assert clipped("short", 5, 9) == "short"
    cut = clipped("a long text that does not fit", 1, 9)
    assert cut.endswith("…") and width_of(cut, 9) <= 1
    lines = wrapped("one two three four five six", 0.7, 9, most=2)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert printable("a\nb\x00") == "a b□"


def test_pack_is_refused_to_a_person_who_may_not_export(
    reference: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.services.access.actions_of", lambda role: frozenset({"see"}))
    with pytest.raises(NotAllowed):
        make_pack(reference, Person("a reader", "evaluator"))


def test_documents_that_were_made_are_listed_and_made_again(demo: Database) -> None:
    chosen = PortfolioFilter(officers=("Officer A",))
    region = SummaryScope("region", "western-balkans")
    first = make_and_record(demo, LOCAL_PERSON, Request(SUMMARY, region, AS_OF))
    (listed,) = last_made(demo, LOCAL_PERSON)
    assert (listed.row.name, listed.row.scope, listed.row.by) == (
        first.name, "region:western-balkans", "local user",
    )  # fmt: skip
    assert listed.row.revision == 1 and not listed.is_outdated(1)
    asked = Request(PACK, SummaryScope("portfolio"), AS_OF, chosen)
    make_and_record(demo, LOCAL_PERSON, asked)
    newest, oldest = last_made(demo, LOCAL_PERSON)
    assert newest.request == asked
    assert oldest.request == listed.request
    change = FieldChange("project", "frost-hazel", "acronym", "FrostHazel", "FH", "changed")
    apply_change_set(demo, ChangeSetDraft("edit", "a tester", "shorter", (change,)))
    assert newest.is_outdated(2)
    again = make_and_record(demo, LOCAL_PERSON, newest.request)
    assert again.name.endswith("-r2.zip")


@pytest.mark.parametrize("kind", [SUMMARY, PACK])
def test_document_is_listed_at_the_revision_that_stands_in_it(
    demo: Database, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    change = FieldChange("project", "frost-hazel", "acronym", "FrostHazel", "FH", "changed")

    def written_meanwhile(*arguments: object, **options: object) -> bytes:
        apply_change_set(demo, ChangeSetDraft("edit", "a tester", "shorter", (change,)))
        return render_xlsx(*arguments, **options)  # type: ignore[arg-type]

    for module in ("xlsx", "packs"):
        monkeypatch.setattr(f"portfolio.summaries.{module}.render_xlsx", written_meanwhile)
    made = make_and_record(demo, LOCAL_PERSON, Request(kind, SummaryScope("portfolio")))
    (listed,) = last_made(demo, LOCAL_PERSON)
    assert "-r1." in made.name
    assert listed.row.revision == 1 and listed.is_outdated(get_portfolio(demo).revision)
    assert listed.row.as_of == made.as_of.isoformat()


def test_nothing_is_listed_where_nothing_was_made(demo: Database) -> None:
    with pytest.raises(NotFound):
        make_and_record(demo, LOCAL_PERSON, Request(SUMMARY, SummaryScope("region", "atlantis")))
    assert last_made(demo, LOCAL_PERSON) == ()


def test_drawing_library_waits_until_something_is_drawn() -> None:
    code = "import sys, portfolio.summaries.made_documents; print('matplotlib' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "False"
