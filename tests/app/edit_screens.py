"""The edit screen for tests: filled in as a person fills it in, field by field and row by row."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.ui.forms.drafts import ProjectForm
from portfolio.ui.forms.fields import PARTS
from tests.app.screens import opened

NAME = "Test Person"
Rows = dict[str, Any]


def database() -> Database:
    """The database that the screens show."""
    return ensure_database(load_settings())


def edit_screen(key: str | None = None, **address: str) -> AppTest:
    """The form of a project, or of a new one."""
    return opened("edit", **({"id": key} if key else {}), **address)


def form_of(app: AppTest) -> ProjectForm:
    """What has been entered."""
    form: ProjectForm = app.session_state["edit_form"].form
    return form


def fill(app: AppTest, label: str, text: str) -> None:
    """Nothing; a text field holds `text`."""
    fields = [*app.text_input, *app.text_area]
    (field,) = [each for each in fields if each.label.removesuffix(" *") == label]
    field.set_value(text)
    app.run()


def choose(app: AppTest, label: str, value: str) -> None:
    """Nothing; a list has `value` chosen."""
    (field,) = [each for each in app.selectbox if each.label.removesuffix(" *") == label]
    field.set_value(value)
    app.run()


def part(app: AppTest, name: str) -> None:
    """Nothing; another part of the form is open."""
    assert name in PARTS
    app.session_state["part"] = name
    app.run()


def edit_rows(
    app: AppTest,
    entity: str,
    *,
    added: list[Rows] | None = None,
    edited: dict[int, Rows] | None = None,
    deleted: list[int] | None = None,
) -> None:
    """Nothing; the table of an entity has been edited, as the browser would say it."""
    widget = app.session_state["edit_form"].editors[entity].widget
    app.session_state[widget] = {
        "added_rows": added or [],
        "edited_rows": edited or {},
        "deleted_rows": deleted or [],
    }
    app.run()


def press(app: AppTest, label: str) -> None:
    """Nothing; the button of this name was pressed."""
    (button,) = [each for each in app.button if each.label == label]
    button.click()
    app.run()


def labels_of_buttons(app: AppTest) -> list[str]:
    """The names of all buttons on the screen."""
    return [button.label for button in app.button]


def apply(app: AppTest, reason: str = "Entered for a test") -> None:
    """Nothing; what was entered has been previewed and applied, warnings accepted."""
    press(app, "Preview")
    found = errors(app)
    assert found == [], found
    for box in app.checkbox:
        if box.label.startswith("Accept"):
            box.check()
    fill(app, "Your name", NAME)
    fill(app, "Reason", reason)
    press(app, "Apply")


def errors(app: AppTest) -> list[str]:
    """The errors that the preview lists, without the marks that escape characters."""
    return [line for box in app.error for line in _lines(box.value)]


def warnings(app: AppTest) -> list[str]:
    """The warnings that the preview lists."""
    return [line for box in app.warning for line in _lines(box.value) if ": " in line]


def _lines(text: str) -> list[str]:
    return [line.replace("\\", "").replace("**", "").removeprefix("- ") for line in text.splitlines()]


def preview_rows(app: AppTest) -> list[tuple[str, str, str, str, str]]:
    """The table of what would change: record, field, before, after, kind."""
    (table,) = [each.value for each in app.dataframe if "before" in each.value.columns]
    return [tuple(row) for row in table.itertuples(index=False)]
