"""No screen asks any address but its own; the test first shows that it would notice."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from portfolio.settings import PORTFOLIO_NAMES
from tests.browser.screens import PAGES, address_of, wait_until_drawn
from tests.servers import RunningServer

pytestmark = pytest.mark.browser
FOREIGN = "http://elsewhere.invalid/pixel.png"


class Requests:
    """The addresses outside the server that a browser window asks for; none of these requests leaves."""

    def __init__(self, context: BrowserContext, server: RunningServer) -> None:
        self.own = urlsplit(server.url).netloc
        self.all: list[str] = []
        self.foreign: list[str] = []
        context.on("request", self._note)
        context.route(self._is_foreign, self._stop)

    def _is_foreign(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme not in ("data", "blob") and parts.netloc != self.own

    def _note(self, request: Request) -> None:
        self.all.append(request.url)
        if self._is_foreign(request.url):
            self.foreign.append(request.url)

    @staticmethod
    def _stop(route: Route) -> None:
        route.abort()


def test_requests_to_another_address_are_noticed(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer]
) -> None:
    requests = Requests(context, server("reference"))
    # Outside the application no policy holds the request back.
    page.set_content(f'<img src="{FOREIGN}">')
    page.wait_for_function("document.images[0].complete")
    assert requests.foreign == [FOREIGN]


def test_requests_that_the_policy_holds_back_are_noticed_too(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer]
) -> None:
    requests = Requests(context, server("reference"))
    page.goto(server("reference").url)
    wait_until_drawn(page)
    assert requests.foreign == []
    page.evaluate(
        "address => new Promise(done => { const image = new Image();"
        " image.onload = image.onerror = done; image.src = address })",
        FOREIGN,
    )
    assert requests.foreign == [FOREIGN]


@pytest.mark.parametrize("portfolio", PORTFOLIO_NAMES)
def test_screens_ask_no_other_address(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer], portfolio: str
) -> None:
    requests = Requests(context, server(portfolio))
    for name in PAGES:
        page.goto(server(portfolio).url + address_of(name))
        wait_until_drawn(page)
    assert requests.all
    assert requests.foreign == []


def test_map_clicked_and_zoomed_asks_no_other_address(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer]
) -> None:
    requests = Requests(context, server("reference"))
    page.goto(server("reference").url + "/map")
    wait_until_drawn(page)
    plot = page.locator(".js-plotly-plot").first
    expect(plot.locator(".choroplethlayer path").first).to_be_attached()
    assert any("/geo/" in address and "_50m" in address for address in requests.all)
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -400)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_until_drawn(page)
    assert requests.foreign == []


def test_download_asks_no_other_address(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer]
) -> None:
    requests = Requests(context, server("reference"))
    page.goto(server("reference").url)
    wait_until_drawn(page)
    page.get_by_role("button", name="Table").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").first.click()
    assert download.value.suggested_filename.endswith(".csv")
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    assert requests.foreign == []


def test_theme_switched_redraws_and_asks_no_other_address(
    context: BrowserContext, page: Page, server: Callable[[str], RunningServer]
) -> None:
    requests = Requests(context, server("reference"))
    page.goto(server("reference").url)
    wait_until_drawn(page)
    app = page.locator('[data-testid="stApp"]')
    assert app.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(255, 255, 255)"
    page.locator('[data-testid="stMainMenuButton"]').click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(app).to_have_css("background-color", "rgb(18, 23, 29)")
    wait_until_drawn(page)
    # The server hears of the new theme with the next action, and draws the charts for it.
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_have_css("background-color", "rgb(18, 23, 29)")
    assert requests.foreign == []
