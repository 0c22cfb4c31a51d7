"""Every screen, in every portfolio, opens for every role; what a role may not do is not offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import ROLES, Person, Role
from portfolio.settings import PORTFOLIO_NAMES
from portfolio.ui.cached import view
from tests.app.screens import MAIN, ROOT, problems, use_portfolio

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def opened_as(person: Person, page: str, **address: str) -> AppTest:
    """A screen as this person opens it."""
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.session_state["person"] = person
    if page != "overview":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture(params=[name for name in PORTFOLIO_NAMES if name != "demo"])
def portfolio(request: pytest.FixtureRequest, portfolios: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    use_portfolio(request.param, portfolios, monkeypatch)
    return str(request.param)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_screen_opens_for_every_role(page: str, role: Role) -> None:
    app = opened_as(Person("Somebody", role), page)
    assert problems(app) == []
    assert len(app.title) == 1


# What a role may do does not depend on what is on record; the least of them sees the gaps of the others.
@pytest.mark.parametrize("page", PAGES)
def test_screen_opens_in_every_portfolio(portfolio: str, page: str) -> None:
    app = opened_as(Person("Somebody", ROLES[0]), page)
    assert problems(app) == []
    assert len(app.title) == 1


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("page", ["project", "edit", "imports", "reports"])
@pytest.mark.parametrize("assigned", [True, False])
def test_officer_opens_a_project_assigned_or_not(page: str, assigned: bool) -> None:
    key = view().everything[0].key
    app = opened_as(
        Person("Somebody", "officer", frozenset({key} if assigned else {"another"})), page, id=key
    )
    assert problems(app) == []
    assert len(app.title) == 1


def offers(app: AppTest) -> set[str]:
    """What can be done on a screen: the names of its buttons, and whether files can be handed in."""
    uploads = {"upload"} if app.get("file_uploader") else set()
    return uploads | {button.label for button in app.button}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("page", "offer", "roles"),
    [
        ("settings", "Preview", ("administrator",)),
        ("edit", "Preview", ("officer", "manager", "administrator")),
        ("imports", "upload", ("officer", "manager", "administrator")),
    ],
)
def test_what_a_role_may_not_do_is_not_offered(page: str, offer: str, roles: tuple[Role, ...]) -> None:
    key = view().everything[0].key
    people = [Person("Somebody", role, frozenset({key})) for role in ROLES]
    assert (
        tuple(person.role for person in people if offer in offers(opened_as(person, page, id=key))) == roles
    )
