"""An evaluator takes a regional summary away; by mouse, and by keyboard alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser.keyboards import PATIENCE, choose, tab_to
from tests.browser.screens import problems_on, wait_until_drawn
from tests.servers import RunningServer, start_server

pytestmark = pytest.mark.browser
REGION = "Southern neighbourhood"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server with a list of made documents of its own."""
    running = start_server("reference", tmp_path)
    yield running
    running.stop()


def assert_is_the_summary(download: Download) -> None:
    """The file that came down is the workbook of the region, and stands alone."""
    assert download.suggested_filename.startswith("summary-southern-neighbourhood-")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    assert book["Cover"]["A1"].value == f"Regional summary: {REGION}"
    assert {"Key figures", "Projects", "Partners", "Milestones", "Sources", "Notes"} <= set(book.sheetnames)
    texts = [str(value) for row in book["Partners"].iter_rows(values_only=True) for value in row if value]
    assert any("shall not be construed as recognition of a State of Palestine" in text for text in texts)


def test_evaluator_takes_a_summary_away_by_mouse(page: Page, own_server: RunningServer) -> None:
    page.goto(own_server.url)
    wait_until_drawn(page)
    page.get_by_role("link", name="Make a document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents", timeout=PATIENCE)
    expect(page.get_by_text("No document has been made yet.")).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("stSelectbox").filter(has_text="Region").get_by_role("combobox").click()
    page.get_by_role("option", name=REGION).click()
    expect(page.get_by_text("In it: 7 projects")).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    expect(page.get_by_role("img", name="Page 1 of")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radio", name="Excel").click()
    expect(page.get_by_role("button", name="Download Excel")).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Excel").click()
    assert_is_the_summary(download.value)
    expect(page.get_by_text(f"Regional summary (Excel workbook): {REGION}", exact=True)).to_be_visible(
        timeout=PATIENCE
    )
    wait_until_drawn(page)
    with page.expect_download() as again:
        page.get_by_role("button", name="Make again exactly").click()
    assert_is_the_summary(again.value)
    assert problems_on(page) == []


def test_evaluator_takes_a_summary_away_by_keyboard(page: Page, own_server: RunningServer) -> None:
    page.goto(own_server.url)
    wait_until_drawn(page)
    tab_to(page, "Make a document")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents", timeout=PATIENCE)
    wait_until_drawn(page)
    tab_to(page, "Regional summary")  # the kind of document
    tab_to(page, "Region")
    choose(page, REGION, page.get_by_text("In it: 7 projects"))
    expect(page.get_by_text("In it: 7 projects")).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    tab_to(page, "Download PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
    expect(page.get_by_text(f"Regional summary (PDF): {REGION}", exact=True)).to_be_visible(timeout=PATIENCE)
    assert problems_on(page) == []


def test_words_are_found_and_lead_to_all_that_is_in_a_partner(page: Page, own_server: RunningServer) -> None:
    page.goto(f"{own_server.url}/milestones?region=Western+Balkans")
    wait_until_drawn(page)
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_role("searchbox", name="Words").fill("palestine")
    page.get_by_role("searchbox", name="Words").press("Enter")
    expect(page.get_by_role("heading", name="Partners (1)")).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    page.get_by_role("link", name="Palestine*", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Palestine*", timeout=PATIENCE)
    expect(page.get_by_text("Filters: All 26 projects")).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    expect(page.get_by_text("active in Palestine*")).to_have_count(1)
    assert problems_on(page) == []


def test_view_is_saved_and_opened_in_two_clicks(page: Page, own_server: RunningServer) -> None:
    page.goto(f"{own_server.url}/projects?focus=Cybersecurity")
    wait_until_drawn(page)
    page.get_by_role("button", name="Views").click()
    page.get_by_label("Save this screen and filter as").fill("Cyber <b>security</b>")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_text("Saved. Change set 2 of History undoes it.")).to_be_visible(timeout=PATIENCE)
    page.goto(own_server.url)
    wait_until_drawn(page)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("link", name="Cyber <b>security</b>").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects", timeout=PATIENCE)
    expect(page.get_by_text("9 of 26 projects")).to_have_count(1)
    expect(page.get_by_text("Filters (1): 9 of 26 projects")).to_be_visible(timeout=PATIENCE)
    assert problems_on(page) == []
