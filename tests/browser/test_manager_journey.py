"""A manager prepares a steering committee: filter, milestones, pack; by mouse, and by keyboard alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from tests.browser.keyboards import ATTEMPTS, PATIENCE, appears, choose, tab_to
from tests.browser.screens import problems_on, wait_until_drawn
from tests.servers import RunningServer

pytestmark = pytest.mark.browser
FILTERED = "7 of 20 projects"


def assert_is_the_pack(download: Download) -> None:
    """The file that came down is the pack of the Western Balkans, and marks the fiction."""
    assert download.suggested_filename.startswith("demo-steering-committee-selection-")
    with zipfile.ZipFile(Path(download.path())) as archive:
        contents = {Path(name).suffix: archive.read(name) for name in archive.namelist()}
    assert sorted(contents) == [".pdf", ".png", ".svg", ".xlsx"]
    (page,) = PdfReader(io.BytesIO(contents[".pdf"])).pages
    text = page.extract_text()
    assert "Filter: Region: Western Balkans" in text
    assert "7 projects, 5 running" in text
    assert "Demonstration portfolio: fictional" in text
    cover = openpyxl.load_workbook(io.BytesIO(contents[".xlsx"]))["Cover"]
    values = [str(value) for row in cover.iter_rows(values_only=True) for value in row if value]
    assert "Part of the portfolio, by region: Western Balkans" in values


def test_manager_prepares_a_committee_by_mouse(page: Page, server: Callable[[str], RunningServer]) -> None:
    page.goto(server("demo").url)
    wait_until_drawn(page)
    page.get_by_text("Filters: All 20 projects").click()
    region = page.get_by_test_id("stMultiSelect").filter(has_text="Region")
    expect(region).to_be_visible(timeout=PATIENCE)
    option = page.get_by_role("option", name="Western Balkans")
    for _ in range(ATTEMPTS):  # the list closes where the page below it moves
        region.get_by_role("button", name="Open").click()
        if appears(option):
            break
    option.click()
    expect(page.get_by_text(FILTERED)).to_be_visible(timeout=PATIENCE)
    page.locator("h1").click()  # closes the list of regions
    page.get_by_role("link", name="See what falls due").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Milestones", timeout=PATIENCE)
    expect(page.get_by_text(FILTERED)).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    expect(page.get_by_text("Contractual milestone 'Regional evidence laboratory accepted'")).to_be_visible(
        timeout=PATIENCE
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Steering-committee pack").click()
    assert_is_the_pack(download.value)
    assert problems_on(page) == []


def test_manager_prepares_a_committee_by_keyboard(page: Page, server: Callable[[str], RunningServer]) -> None:
    page.goto(server("demo").url)
    wait_until_drawn(page)
    tab_to(page, "Filters: All 20 projects")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Region")).to_be_visible(timeout=PATIENCE)
    tab_to(page, "Region")
    choose(page, "Western Balkans", page.get_by_text(FILTERED))
    expect(page.get_by_text(FILTERED)).to_be_visible(timeout=PATIENCE)
    wait_until_drawn(page)
    page.keyboard.press("Escape")
    tab_to(page, "See what falls due")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Milestones", timeout=PATIENCE)
    wait_until_drawn(page)
    tab_to(page, "Steering-committee pack")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert_is_the_pack(download.value)
    assert problems_on(page) == []
