"""The frame of every screen: navigation, banner, errors, headers and our own routes."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from portfolio.settings import PORTFOLIO_NAMES, ROOT
from portfolio.ui import headers, routes

MAIN = ROOT / "portfolio" / "ui" / "main.py"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
BANNER = "Demonstration portfolio: fictional"


@pytest.fixture(params=PORTFOLIO_NAMES)
def portfolio(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The name of a portfolio that the screens show, in a new database."""
    monkeypatch.setenv("PORTFOLIO_NAME", request.param)
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{tmp_path / request.param}.sqlite3")
    return str(request.param)


def open_page(name: str) -> AppTest:
    """A screen, opened through the router."""
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    return app if name == "overview" else app.switch_page(str(ROOT / "pages" / f"{name}.py")).run()


def test_every_page_file_is_a_screen() -> None:
    text = MAIN.read_text(encoding="utf-8")
    assert PAGES
    assert [name for name in PAGES if f'screen("{name}"' not in text] == []


@pytest.mark.parametrize("name", PAGES)
def test_screen_renders_in_every_portfolio(portfolio: str, name: str) -> None:
    app = open_page(name)
    assert [problem.message for problem in app.exception] == []
    assert [message.value for message in app.error] == []
    assert len(app.title) == 1
    assert (BANNER in [warning.value for warning in app.warning]) == (portfolio == "demo")


def script_with_a_known_problem() -> None:
    from portfolio.errors import NotFound
    from portfolio.ui.errors import page_errors

    with page_errors():
        raise NotFound("There is no project 'x'. Choose one from the list.")


def script_with_an_unknown_problem() -> None:
    import streamlit as st

    from portfolio.ui.errors import page_errors

    with page_errors():
        st.title("Before")
        raise RuntimeError("secret detail")


def test_known_problem_shows_its_own_sentence() -> None:
    app = AppTest.from_function(script_with_a_known_problem).run()
    assert [message.value for message in app.error] == ["There is no project 'x'. Choose one from the list."]
    assert not app.exception


def test_unknown_problem_shows_a_reference_and_logs_the_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="portfolio"):
        app = AppTest.from_function(script_with_an_unknown_problem).run()
    (shown,) = [message.value for message in app.error]
    (record,) = caplog.records
    reference = record.getMessage().split()[-1]
    assert not app.exception
    assert app.title[0].value == "Before"
    assert reference in shown
    assert "secret detail" not in shown
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "secret detail"


def test_policy_allows_this_server_and_the_inline_script_of_its_page() -> None:
    page = headers.INDEX_PAGE.read_text(encoding="utf-8")
    hashes = headers.script_hashes(page)
    assert len(hashes) == page.count("<script") - page.count("<script ") >= 1
    assert headers.script_hashes("<script>a</script>") == [
        "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"
    ]
    assert headers.security_policy(["'sha256-x'"], "localhost:8501") == (
        "default-src 'self'; script-src 'self' 'sha256-x'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        "connect-src 'self' ws://localhost:8501 wss://localhost:8501; "
        "frame-ancestors 'none'; object-src 'none'"
    )


@pytest.mark.parametrize("host", [None, "", "a b", "evil; script-src *", "a\r\nb", "a:b:c", "a/b"])
def test_policy_leaves_a_strange_host_out(host: str | None) -> None:
    assert "connect-src 'self';" in headers.security_policy([], host)


def test_headers_are_on_every_answer() -> None:
    sent: list[dict[str, Any]] = []

    async def answer(_scope: Any, _receive: Any, send: Any) -> None:
        weaker = [(b"x-frame-options", b"SAMEORIGIN")]
        await send({"type": "http.response.start", "status": 404, "headers": weaker})

    async def keep(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": [(b"host", b"localhost")]}
    with pytest.raises(StopIteration):  # the end of a coroutine that waits for nothing
        headers.SecurityHeaders(answer)(scope, keep, keep).__await__().__next__()
    names = [name for name, _ in sent[0]["headers"]]
    assert dict(sent[0]["headers"])[b"x-frame-options"] == b"DENY"
    expected = ["Content-Security-Policy", *headers.FIXED_HEADERS]
    assert sorted(names) == sorted(name.lower().encode() for name in expected)


def test_health_check_says_when_the_database_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    request = Request({"type": "http"})
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite3")
    refused = routes.healthz(request)
    assert refused.status_code == 503
    assert bytes(refused.body).decode().startswith("The database ")


@pytest.mark.parametrize("name", ["world_110m.json", "build.py", "..%2fSOURCES.md", "none_50m.json"])
def test_other_files_beside_the_base_map_are_not_served(name: str) -> None:
    answer = routes.base_map(Request({"type": "http", "path_params": {"name": name}}))
    assert answer.status_code == 404


def test_base_map_is_served_with_a_long_life() -> None:
    answer = routes.base_map(Request({"type": "http", "path_params": {"name": "world_50m.json"}}))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=604800"
