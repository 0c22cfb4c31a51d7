"""The house rules hold in every file, and each of them can be broken."""

from __future__ import annotations

import ast
from pathlib import Path, PurePath

import pytest

from portfolio.settings import ROOT
from tests.architecture import rules

PLACES = ("portfolio", "pages", "data", "tests")
FILES = [ROOT / "app.py", *sorted(path for place in PLACES for path in (ROOT / place).rglob("*.py"))]
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] in ("portfolio", "pages", "app.py")]

# The rule, a place, what breaks it there, and what looks alike and does not.
BREACHES: list[tuple[rules.Rule, str, str, str]] = [
    (rules.unsafe_arguments, "pages/x.py", "st.markdown('a', unsafe_allow_html=True)", "st.markdown('a')"),
    (rules.unsafe_arguments, "pages/x.py", "st.button('a', use_container_width=True)", "st.button('a')"),
    (rules.old_components, "pages/x.py", "import streamlit.components.v1 as c", "import streamlit as st"),
    (rules.old_components, "pages/x.py", "st.components.v1.html('a')", "st.components.v2.component('a')"),
    (rules.session_state, "pages/x.py", "st.session_state['a'] = 1", "session.remember(WidgetKey.MAP, 1)"),
    (rules.session_state, "pages/x.py", "from streamlit import session_state", "from streamlit import title"),
    (rules.widget_keys, "pages/x.py", "st.button('a', key='b')", "st.button('a', key=WidgetKey.MAP)"),
    (rules.widget_keys, "pages/x.py", "st.button('a', key=f'b{c}')", "sorted(a, key=len)"),
    (rules.caches, "portfolio/ui/maps.py", "@st.cache_data\ndef f(): ...", "@cached\ndef f(): ..."),
    (rules.caches, "pages/x.py", "from streamlit import cache_resource", "from streamlit import title"),
    (rules.other_clocks, "portfolio/cli.py", "a = dt.date.today()", "a = dates.today()"),
    (rules.other_clocks, "portfolio/cli.py", "a = datetime.now(UTC)", "a = now_utc()"),
    (rules.streamlit_below, "portfolio/storage/x.py", "import streamlit as st", "import sqlalchemy"),
    (rules.streamlit_below, "portfolio/services/x.py", "from streamlit import title", "import x.streamlit"),
    (rules.queries_in_pages, "pages/x.py", "import portfolio.storage.engine", "import portfolio.ui.maps"),
    (rules.queries_in_pages, "pages/x.py", "import sqlalchemy.orm", "import pandas"),
    (rules.foreign_icons, "pages/x.py", "st.set_page_config(page_icon=':a:')", "st.button(icon=':a:')"),
    (rules.foreign_icons, "portfolio/ui/main.py", "st.Page('a', icon=':a:')", "st.Page('a', icon='')"),
    (rules.vague_names, "portfolio/utils.py", "", ""),
]
RULES = list(dict.fromkeys(rule for rule, *_ in BREACHES))


@pytest.mark.parametrize(("rule", "place", "bad", "good"), BREACHES)
def test_rule_broken_in_a_snippet_is_reported(rule: rules.Rule, place: str, bad: str, good: str) -> None:
    alike = PurePath("portfolio/money.py") if rule is rules.vague_names else PurePath(place)
    assert len(list(rule(ast.parse(bad), PurePath(place)))) == 1
    assert list(rule(ast.parse(good), alike)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_in_every_file_of_the_product(rule: rules.Rule) -> None:
    assert len(PRODUCT) > 20
    found = [breach for path in PRODUCT for breach in rule(_parsed(path), path.relative_to(ROOT))]
    assert found == []


def test_files_too_long_are_reported() -> None:
    module, page = PurePath("portfolio/x.py"), PurePath("pages/x.py")
    assert list(rules.too_long("\n" * 301, module)) == ["portfolio/x.py: 301 lines, at most 300"]
    assert list(rules.too_long("\n" * 121, page)) == ["pages/x.py: 121 lines, at most 120"]
    assert list(rules.too_long("\n" * 300, module)) == []


def test_no_file_is_too_long() -> None:
    texts = ((path.read_text(encoding="utf-8"), path.relative_to(ROOT)) for path in FILES)
    assert [breach for text, path in texts for breach in rules.too_long(text, path)] == []


def _parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))
