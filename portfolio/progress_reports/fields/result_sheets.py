"""The sheets of results: indicators with their values, trainings, and the risks to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from portfolio.dates import HalfYear
from portfolio.progress_reports.fields.columns import OWN_INDICATORS, OWN_PARTNERS, FieldSpec, SheetSpec
from portfolio.progress_reports.fields.money_sheets import ACTION, DATE_PROMPT, LONGEST_TEXT

NO_NAMES = "No names of trainees are entered anywhere in this workbook."
NO_INDICATORS = (
    "No indicator is on record for this project yet, so nothing is to be filled in here. The officer enters "
    "the indicators of the logframe; the next workbook then asks for their values."
)
_NOTE = FieldSpec(
    "note", "Note", "text", "input", 24, "Source of the figure, or what explains it. No names of persons.",
    max_length=LONGEST_TEXT,
)  # fmt: skip
_PEOPLE = "Whole number of people, such as 14. Empty if it is not known; 0 means nobody."
_SCORE = "Average score of the test, in points out of 100, such as 62.5. Empty if there was no test."
_VALUE = FieldSpec(
    "value_millionths", "Value", "number", "input", 12,
    "In the unit of the row, such as 12.5. Empty if it is not known; 0 means none.", minimum=None,
)  # fmt: skip
_PERCENT = replace(
    _VALUE, kind="percent",
    prompt="In percent, such as 12.5 %: type 12.5%. Give numerator and denominator as well.",
)  # fmt: skip


def indicators_sheet(
    period: HalfYear, *, percent_rows: Collection[str], has_indicators: bool = True
) -> SheetSpec:
    """The table of values of indicators; `percent_rows` are the keys of those whose unit is the percent."""
    return SheetSpec(
        key="indicators",
        name="Indicators",
        entity="indicator_value",
        guidance=(
            f"What was reached by the end of {period}: one row for each indicator, and one for each partner "
            "or sex that is reported apart. A further breakdown goes into the empty rows. Of a percentage "
            "give the numerator and the denominator too: 45 of 60 is 75%."
            if has_indicators
            else NO_INDICATORS
        ),
        title_field="indicator",
        new_rows=10 if has_indicators else 0,
        row_fields={key: {"value_millionths": _PERCENT} for key in percent_rows},
        follows="indicator",
        fields=(
            FieldSpec(
                "indicator", "Indicator", "choice", "new", 38, "Choose one of the project's own indicators.",
                OWN_INDICATORS, required=True, stored="indicator_key",
            ),
            FieldSpec("level", "Level", "choice", "locked", 10, vocabulary="indicator_level"),
            FieldSpec("unit", "Unit", "text", "locked", 12),
            FieldSpec(
                "partner_code", "Partner", "choice", "new", 15,
                "Choose from the list; empty for all partners together.", OWN_PARTNERS,
            ),
            FieldSpec("sex", "Sex", "choice", "new", 11, "Choose from the list; empty for everybody.", "sex"),
            FieldSpec("baseline", "Baseline", "text", "locked", 14),
            FieldSpec("target", "Target", "text", "locked", 14),
            FieldSpec("last", "Last reported", "text", "locked", 15),
            _VALUE,
            FieldSpec(
                "numerator_millionths", "Numerator", "number", "input", 11,
                "Of a percentage: how many it is true of, such as 45.",
            ),
            FieldSpec(
                "denominator_millionths", "Denominator", "number", "input", 12,
                "Of a percentage: out of how many, such as 60.",
            ),
            FieldSpec(
                "text", "In words", "text", "input", 28,
                "Where the indicator is not a number: what was reached.", max_length=LONGEST_TEXT,
            ),
            _NOTE,
            ACTION,
        ),
    )  # fmt: skip


TRAININGS = SheetSpec(
    key="trainings",
    name="Trainings",
    entity="training",
    guidance=(
        "One row for each training, exercise, workshop, study visit or mentoring, and what became of it "
        f"since. {NO_NAMES}"
    ),
    title_field="title",
    new_rows=20,
    fields=(
        FieldSpec(
            "title", "Training", "text", "new", 30, "Its title, in one line. No names of persons.",
            required=True,
        ),
        FieldSpec(
            "kind", "Kind", "choice", "input", 12, "Choose from the list.", "training_kind", required=True
        ),
        FieldSpec("held_on", "Held on", "date", "input", 12, f"First day: {DATE_PROMPT}", required=True),
        FieldSpec("ended_on", "Ended on", "date", "input", 12, f"Last day: {DATE_PROMPT}"),
        FieldSpec("place", "Place", "text", "input", 15, "Town, or: online."),
        FieldSpec(
            "partner_code", "Partner", "choice", "input", 15,
            "Choose from the list; empty if it was for several partners.", OWN_PARTNERS,
        ),
        FieldSpec("theme", "Theme", "choice", "input", 18, "Choose from the list.", "pillar"),
        FieldSpec(
            "institutions", "Institutions", "text", "input", 24,
            "Names of the institutions that took part, not of persons.", max_length=LONGEST_TEXT,
        ),
        FieldSpec(
            "institutions_count", "Number of institutions", "count", "input", 11,
            "How many institutions took part, such as 6.", maximum=1_000_000,
        ),
        FieldSpec("women", "Women", "count", "input", 9, _PEOPLE, maximum=1_000_000),
        FieldSpec("men", "Men", "count", "input", 8, _PEOPLE, maximum=1_000_000),
        FieldSpec("not_stated", "Sex not stated", "count", "input", 9, _PEOPLE, maximum=1_000_000),
        FieldSpec(
            "score_before_millionths", "Score before (of 100)", "number", "input", 9, _SCORE,
            maximum=100_000_000,
        ),
        FieldSpec(
            "score_after_millionths", "Score after (of 100)", "number", "input", 9, _SCORE,
            maximum=100_000_000,
        ),
        FieldSpec(
            "follow_up_on", "Followed up on", "date", "input", 12,
            f"When participants were asked again, mostly after six months: {DATE_PROMPT}",
        ),
        FieldSpec(
            "stage", "Stage reached", "choice", "input", 15,
            "Choose from the list; a new row that says nothing is Delivered.", "training_stage",
            required=True, default="delivered",
        ),
        FieldSpec(
            "used_in_case", "Used in a case", "text", "input", 24,
            "What was done with it in real work, such as a request sent abroad. No names of persons.",
            max_length=LONGEST_TEXT,
        ),
        _NOTE,
        ACTION,
    ),
)  # fmt: skip

_SCALE = "1 (very low) to 5 (very high)."
RISKS = SheetSpec(
    key="risks",
    name="Risks",
    entity="risk",
    guidance=(
        "What may keep the project from its results. Review each open risk and date the review; "
        "a risk that has passed gets the status Closed."
    ),
    title_field="title",
    new_rows=8,
    fields=(
        FieldSpec("title", "Risk", "text", "new", 40, "What may happen, in one line.", required=True),
        FieldSpec("category", "Category", "choice", "input", 14, "Choose from the list.", "risk_category"),
        FieldSpec(
            "likelihood", "Likelihood (1–5)", "count", "input", 11, f"How likely it is: {_SCALE}",
            required=True, minimum=1, maximum=5,
        ),
        FieldSpec(
            "impact", "Impact (1–5)", "count", "input", 9, f"How much it would matter: {_SCALE}",
            required=True, minimum=1, maximum=5,
        ),
        FieldSpec(
            "response", "Response", "text", "input", 44, "What is done about it.", max_length=LONGEST_TEXT
        ),
        FieldSpec(
            "owner", "Owner", "text", "input", 22,
            "The organisation or function that looks after it, such as: team leader. No name of a person.",
        ),
        FieldSpec(
            "status", "Status", "choice", "input", 10,
            "Choose from the list; a new row that says nothing is Open.", "risk_status",
            required=True, default="open",
        ),
        FieldSpec(
            "reviewed_on", "Reviewed on", "date", "input", 13, f"When it was last looked at: {DATE_PROMPT}"
        ),
        replace(_NOTE, width=30, prompt="What has changed since the last report."),
    ),
)  # fmt: skip
