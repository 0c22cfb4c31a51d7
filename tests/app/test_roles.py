"""Every screen, in every portfolio, opens for every role and names partners with their designations.

What a role may not do is not offered.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import LOCAL_PERSON, ROLES, Person, Role
from portfolio.services.practice import set_value
from portfolio.settings import PORTFOLIO_NAMES, load_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.cached import view
from tests.app.designated_names import bare_names, foreign_designations, undesignated
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


@pytest.fixture(params=["reference", "demo"])
def of_the_council(request: pytest.FixtureRequest, portfolios: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portfolio that prints the texts of the Council of Europe."""
    folder = portfolios / "council"
    folder.mkdir(exist_ok=True)
    is_new = not (folder / f"{request.param}.sqlite3").exists()
    use_portfolio(request.param, folder, monkeypatch)
    if is_new:
        set_value(ensure_database(load_settings()), LOCAL_PERSON, "profile", "coe", source="x", reason="x")


def check_names(app: AppTest, page: str, profile: str = "eu") -> None:
    """Nothing; every name carries its asterisk, and its designation stands beside it."""
    assert bare_names(app) == []
    assert undesignated(app, profile) == []
    if page not in ("settings", "methods"):  # there those of every institution stand
        assert foreign_designations(app, profile) == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_screen_opens_for_every_role(page: str, role: Role) -> None:
    app = opened_as(Person("Somebody", role), page)
    assert problems(app) == []
    assert len(app.title) == 1
    check_names(app, page)


# What a role may do does not depend on what is on record; the least of them sees the gaps of the others.
@pytest.mark.parametrize("page", PAGES)
def test_screen_opens_in_every_portfolio(portfolio: str, page: str) -> None:
    app = opened_as(Person("Somebody", ROLES[0]), page)
    assert problems(app) == []
    assert len(app.title) == 1
    check_names(app, page)


@pytest.mark.usefixtures("of_the_council")
@pytest.mark.parametrize("page", PAGES)
def test_screen_says_designations_in_the_words_of_the_institution(page: str) -> None:
    app = opened_as(Person("Somebody", "administrator"), page)
    assert problems(app) == []
    check_names(app, page, "coe")


# Partners, projects and figures of their own, and what a screen says where nothing is left or was known.
STATES: tuple[dict[str, str], ...] = (
    {"text": "nothing is called this"}, {"partner": "Kosovo*"},
    {"partner": "Palestine*", "as_of": "2025-06-30"}, {"as_of": "2026-05-01", "known": "then"},
)  # fmt: skip


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("page", PAGES)
def test_screen_names_partners_properly_in_every_state(page: str) -> None:
    own: dict[str, tuple[dict[str, str], ...]] = {
        "partner": ({"in": "XKX"}, {"in": "PSE"}),
        "project": ({"id": "cybersee"}, {"id": "encysec"}, {"id": "nothing"}),
        "find": ({"q": "Kosovo*"}, {"q": "Palestine*"}),
        "methods": ({"view": "Designations"},),
    }
    for address in (*STATES, *own.get(page, ())):
        app = opened_as(Person("Somebody", "administrator"), page, **address)
        assert list(app.exception) == []
        check_names(app, page)


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
