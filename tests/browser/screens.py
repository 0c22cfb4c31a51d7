"""What the browser tests need to know of a screen: where it is, and when it has finished drawing."""

from __future__ import annotations

from playwright.sync_api import Page

from portfolio.settings import ROOT

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
_FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_STILL_DRAWING = '[data-testid="stSkeleton"], [data-stale="true"]'


def address_of(page_name: str) -> str:
    """The path of a screen: the overview stands at the root."""
    return "/" if page_name == "overview" else f"/{page_name}"


def wait_until_drawn(page: Page) -> None:
    """Nothing, once the screen has a title and neither the server nor the browser still works on it."""
    page.wait_for_selector("h1")
    page.wait_for_selector(_FINISHED)
    page.wait_for_function("selector => !document.querySelector(selector)", arg=_STILL_DRAWING)
    page.wait_for_selector(_FINISHED)


def problems_on(page: Page) -> list[str]:
    """The texts of all exceptions and error messages on the screen."""
    return page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').all_inner_texts()
