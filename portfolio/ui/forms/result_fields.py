"""What the forms ask for about results, trainings and risks."""

from __future__ import annotations

from portfolio.ui.forms.field_shapes import (
    PERIOD_TIP,
    FormField,
    RecordTable,
    choice_field,
    date_field,
    long_field,
    number_field,
    whole_field,
    year_field,
)

_NO_PERSON = "An organisation or a function, such as team leader. No name of a person."
_PEOPLE = "A whole number of people, such as 14. Empty if it is not known; 0 means nobody."
_SCORE = "Average score of the test in points out of 100, such as 62.5."
_SCALE = "From 1 (very low) to 5 (very high)."

INDICATORS = RecordTable(
    "indicator", "Indicators", "indicator",
    "The logframe: one row an indicator. The unit % marks a percentage. A qualitative indicator has its "
    "baseline and target in words and no number. Only what adds up over half-years is summed.",
    (
        whole_field("position", "No.", 1, 9_999, tip="1 for the first.", width=60),
        choice_field("level", "Level", "indicator_level", required=True, width=105),
        FormField("statement", "Indicator", tip="What is measured, in one line.", required=True, width=330),
        FormField("unit", "Unit", tip="Such as people, laws or %.", width=110),
        choice_field("direction", "Direction", "direction", required=True, width=105, default="up"),
        choice_field("aggregation", "Adding up", "aggregation", required=True, width=140, default="none"),
        number_field("baseline_millionths", "Baseline", "In the unit of the row, such as 12.5."),
        year_field("baseline_year", "Baseline year"),
        number_field("target_millionths", "Target", "In the unit of the row, such as 40."),
        year_field("target_year", "Target year"),
        long_field("baseline_text", "Baseline in words", width=170),
        long_field("target_text", "Target in words", width=170),
        long_field("verification", "Source of verification", "Such as: attendance lists.", width=200),
        FormField("library_code", "Common indicator", "library", width=190,
                  tip="The entry of the list of common indicators that it stands for, if there is one."),
    ),
)  # fmt: skip
VALUES = RecordTable(
    "indicator_value", "Values of indicators", "value",
    "What was reached by the end of a half-year; progress reports fill it. Without a partner it stands for "
    "all partners together, without a sex for everybody. A percentage keeps what it was divided from.",
    (
        FormField("indicator_key", "Indicator", "indicator", required=True, width=270),
        FormField("period", "Half-year", "period", tip=PERIOD_TIP, required=True, width=90),
        FormField("partner_code", "Partner", "partner", width=150),
        choice_field("sex", "Sex", "sex", width=100),
        number_field("value_millionths", "Value", "In the indicator's unit. Empty if it is not known."),
        number_field("numerator_millionths", "Numerator", "Of a percentage: how many, such as 45.", least=0,
                     width=110),
        number_field("denominator_millionths", "Denominator", "Of a percentage: of how many, such as 60.",
                     least=0, width=125),
        long_field("text", "In words", "Of a qualitative indicator: what was reached.", width=200),
        choice_field("status", "Status", "value_status", required=True, width=105, default="submitted"),
        long_field("note", "Note", width=200),
    ),
    parent=None,
)  # fmt: skip
TRAININGS = RecordTable(
    "training", "Trainings and exercises", "training",
    "One row for each training, exercise, workshop, study visit or mentoring, and what became of it since. "
    "No names of trainees are entered anywhere.",
    (
        FormField("title", "Training", tip="Its title, in one line.", required=True, width=280),
        choice_field("kind", "Kind", "training_kind", required=True, width=105),
        date_field("held_on", "Held on", required=True), date_field("ended_on", "Ended on"),
        FormField("place", "Place", tip="A town, or: online.", width=120),
        FormField("partner_code", "Partner", "partner", width=150,
                  tip="Empty if it was for several partners together."),
        choice_field("theme", "Theme", "pillar", width=190),
        long_field("institutions", "Institutions", "Those that took part; no names of persons.", width=200),
        whole_field("institutions_count", "Institutions (number)", 0, tip="Such as 6.", width=170),
        whole_field("women", "Women", 0, tip=_PEOPLE), whole_field("men", "Men", 0, tip=_PEOPLE),
        whole_field("not_stated", "Sex not stated", 0, tip=_PEOPLE, width=130),
        number_field("score_before_millionths", "Score before (of 100)", _SCORE, least=0, most=100,
                     width=175),
        number_field("score_after_millionths", "Score after (of 100)", _SCORE, least=0, most=100, width=165),
        date_field("follow_up_on", "Followed up on", width=140),
        choice_field("stage", "Stage reached", "training_stage", required=True, width=135,
                     default="delivered"),
        long_field("used_in_case", "Use in a real case", "What was done with it. No names of persons.",
                   width=200),
        long_field("note", "Note", width=200),
    ),
)  # fmt: skip
RISKS = RecordTable(
    "risk", "Risks", "risk",
    "What may keep the project from its results, as it is rated now. A risk that has passed gets the status "
    "Closed.",
    (
        FormField("title", "Risk", tip="What may happen, in one line.", required=True, width=320),
        choice_field("category", "Category", "risk_category", width=110),
        whole_field("likelihood", "Likelihood (1–5)", 1, 5, tip=_SCALE, required=True, width=145),
        whole_field("impact", "Impact (1–5)", 1, 5, tip=_SCALE, required=True, width=125),
        choice_field("status", "Status", "risk_status", required=True, width=90, default="open"),
        date_field("reviewed_on", "Reviewed on"),
        FormField("owner", "Owner", tip=_NO_PERSON, width=170),
        long_field("response", "Response", "What is done about it."),
        long_field("note", "Note", width=200),
    ),
)  # fmt: skip
REVIEWS = RecordTable(
    "risk_review", "Earlier ratings of risks", "review",
    "How a risk was rated on a day, one row a review: its trend.",
    (
        FormField("risk_key", "Risk", "risk", required=True, width=320),
        date_field("reviewed_on", "Reviewed on", required=True),
        whole_field("likelihood", "Likelihood (1–5)", 1, 5, tip=_SCALE, required=True, width=145),
        whole_field("impact", "Impact (1–5)", 1, 5, tip=_SCALE, required=True, width=125),
        long_field("note", "Note"),
    ),
    parent=None,
)  # fmt: skip

RESULT_TABLES = (INDICATORS, VALUES, TRAININGS, RISKS, REVIEWS)
