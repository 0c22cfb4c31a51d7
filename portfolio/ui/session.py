"""What one browser tab remembers: every key of the session state, in one typed place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from portfolio.services.access import LOCAL_PERSON, Person

T = TypeVar("T")


class WidgetKey(StrEnum):
    """The keys of widgets. Those bound to the address are also the names of its parameters."""

    # who uses the tab, where it is not the local person
    PERSON = "person"
    # the filter bar, in the address, the same on every screen
    REGION = "region"
    PARTNER = "partner"
    FOCUS = "focus"
    INSTRUMENT = "instrument"
    IMPLEMENTER = "implementer"
    STATUS = "status"
    OFFICER = "officer"
    TEXT = "text"
    # the date that every screen speaks of, in the address, and what the address says of it that is no date
    AS_OF = "as_of"
    DOCUMENT_FORMAT = "format"
    DOCUMENT_PROFILE = "layout"
    COMPARED_WITH = "compared_with"
    KNOWN = "known"
    DATE_NOTE = "date_note"
    TO_PRESENT = "to_present"
    TO_RECORDED_NOW = "to_recorded_now"
    ONLY_PRESENT = "only_present"
    NOTHING_KNOWN = "nothing_known"
    # one choice on one screen, in the address
    PROJECT = "id"
    MEASURE = "measure"
    VIEW = "view"
    ZOOM = "zoom"
    PLACE = "place"
    MILESTONE_KIND = "kind"
    MILESTONE_STATE = "state"
    CHANGE_SET = "change_set"
    CHANGE_PROJECT = "change_project"
    CHANGE_ENTITY = "change_entity"
    CHANGE_PAGE = "change_page"
    CHANGE_BY = "by"
    OPEN = "open"
    CHANGE_KIND = "written_as"
    CHANGE_SINCE = "since"
    CHANGE_UNTIL = "until"
    SETTING_GROUP = "group"
    SETTING = "setting"
    FIND = "q"
    FIND_KIND = "found"
    SCOPE = "scope"
    SCOPE_REGION = "scope_region"
    SCOPE_PARTNER = "scope_partner"
    SCOPE_PROJECT = "scope_project"
    # what has changed since when on the front page, and the visit before this one
    CHANGED_SINCE = "changed_since"
    # the first of the two dates that are compared, and by which records
    CHANGED_FROM = "from"
    CHANGED_KNOWN = "compare"
    CHANGED_TABLE = "changed_table"
    LAST_VISIT = "last_visit"
    # everything that a link of ours sets, taken out of the address at once
    SET = "set"
    PERIOD = "period"
    REPORT_PROJECT = "report_of"
    OWED_BY = "owed_by"
    MISSING_KIND = "missing"
    PARTNER_SHOWN = "in"
    PARTNER_CHOICE = "partner_choice"
    GAP_TIME = "gap_time"
    GAP_PLACE = "gap_partner"
    GAP_PILLAR = "pillar"
    MONEY_BY = "money_by"
    MONEY_AMOUNT = "amount"
    # a figure that is opened, and the partner it is of, in the address
    FIGURE = "figure"
    FIGURE_PARTNER = "of_partner"
    # selections and buttons, not in the address
    FILTERS = "filters"
    CLEAR_FILTERS = "clear_filters"
    MINE = "mine"
    VIEWS = "views"
    VIEW_FORM = "view_form"
    VIEW_NAME = "view_name"
    VIEW_NOTE = "view_note"
    REMOVE_VIEW = "remove_view"
    PACK = "pack"
    MADE = "made"
    ALL_PAGES = "all_pages"
    PROJECT_TABLE = "project_table"
    PROJECT_CHOICE = "project_choice"
    MISSING_TABLE = "missing_table"
    DUE_TABLE = "due_table"
    LATE_TABLE = "late_table"
    REPORT_TABLE = "report_table"
    HEALTH_DIFFERENCES = "health_differences"
    MONEY_TABLE = "money_table"
    MONEY_FORECASTS = "money_forecasts"
    MONEY_RECEIPTS = "money_receipts"
    CONTRADICTION_TABLE = "contradiction_table"
    GAP_MATRIX = "gap_matrix"
    PARTNER_TABLE = "partner_table"
    MAP = "map"
    CHART = "chart"
    TABLE = "table"
    DOWNLOAD = "download"
    # how far ahead the calendar looks, and which reports it lists, in the address
    DUE_WITHIN = "within"
    REPORT_STATE = "reports"
    TIMELINE_ORDER = "order"
    # the form of a project: its part in the address, its widgets, and what has been entered
    EDIT_PART = "part"
    EDIT_FIELD = "edit_field"
    EDIT_TABLE = "edit_table"
    EDIT_ACTION = "edit_action"
    EDIT_FORM = "edit_form"
    EDIT_DONE = "edit_done"
    # reports that come in: the files, what became of them, and in whose name they go in
    IMPORT = "import"
    IMPORT_FILES = "import_files"
    IMPORT_ACCEPT = "import_accept"
    IMPORT_ACTION = "import_action"
    IMPORT_FORM = "import_form"
    IMPORT_VALUE = "import_value"
    IMPORT_ALIKE = "import_alike"
    IMPORT_UNIT = "import_unit"
    IMPORT_FOLD = "import_fold"
    LAYOUT_CHOICE = "layout_choice"
    SIGNED_BY = "signed_by"
    SIGNATURE = "signature"
    UNDO = "undo"
    UNDO_ACTION = "undo_action"
    ISSUE = "issue"
    # what a figure opens to, and the unit's own settings
    FIGURE_CHOICE = "figure_choice"
    FIGURE_SUBJECT = "figure_subject"
    FIGURE_LINES = "figure_lines"
    ORIGIN = "origin"
    CHANGE_CLEAR = "change_clear"
    SETTING_DESK = "setting_desk"
    SETTING_FIELD = "setting_field"
    SETTING_ACTION = "setting_action"
    # the colour of the health screen in the address, its table, and a colour that is set by hand
    HEALTH_COLOUR = "colour"
    HEALTH_TABLE = "health_table"
    HEALTH_HISTORY = "health_history"
    OVERRIDE_DESK = "override_desk"
    OVERRIDE_FIELD = "override_field"
    OVERRIDE_ACTION = "override_action"
    # the cell of the risk map and the policy marker, in the address
    RISK_LIKELIHOOD = "likelihood"
    RISK_IMPACT = "impact"
    RISK_MATRIX = "risk_matrix"
    MARKER = "marker"
    # values of indicators on their way: which half-year in the address, what is decided not
    RESULT_BATCH = "decide"
    RESULT_FIELD = "result_field"
    RESULT_DESK = "result_desk"
    # what the address asked for and does not exist here
    ADDRESS_NOTE = "address_note"


FILTER_KEYS = (
    WidgetKey.REGION,
    WidgetKey.PARTNER,
    WidgetKey.FOCUS,
    WidgetKey.INSTRUMENT,
    WidgetKey.IMPLEMENTER,
    WidgetKey.STATUS,
    WidgetKey.OFFICER,
    WidgetKey.TEXT,
)


def keyed(key: WidgetKey, name: str) -> str:
    """The key of one of several widgets of a kind on a screen, told apart by a name."""
    return f"{key}:{name}"


@dataclass(frozen=True)
class Session:
    """A typed view of the session state of the tab that runs this script."""

    def value(self, key: WidgetKey | str, default: T) -> T:
        """What is remembered under `key`, if it is of the same kind as `default`; else `default`."""
        found = st.session_state.get(str(key), default)
        return found if isinstance(found, type(default)) else default

    def text(self, key: WidgetKey | str) -> str | None:
        """The text remembered under `key`; None if there is none."""
        return self.value(key, "") or None

    def choices(self, key: WidgetKey | str) -> tuple[str, ...]:
        """The choices remembered under `key`; none if there is nothing."""
        found: list[str] = self.value(key, [])
        return tuple(found)

    def kept(self, key: WidgetKey | str, kind: type[T]) -> T | None:
        """What is remembered under `key`, if it is of this kind; else None."""
        found = st.session_state.get(str(key))
        return found if isinstance(found, kind) else None

    def remembers(self, key: WidgetKey | str) -> bool:
        """Whether anything is remembered under `key`."""
        return str(key) in st.session_state

    def remember(self, key: WidgetKey | str, value: object) -> None:
        """Nothing; keeps `value` under `key`. Only before its widget is drawn, or in a callback."""
        st.session_state[str(key)] = value

    def forget(self, *keys: WidgetKey | str) -> None:
        """Nothing; the keys fall back to their widgets' defaults."""
        for key in keys:
            st.session_state.pop(str(key), None)


session = Session()


def current_person() -> Person:
    """The person who uses this tab: whom the session names, and without a sign-in the local person."""
    return session.kept(WidgetKey.PERSON, Person) or LOCAL_PERSON
