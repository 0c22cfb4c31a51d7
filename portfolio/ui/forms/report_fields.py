"""What the forms ask for about reports, health, evaluations and markers, and about costs beside contracts."""

from __future__ import annotations

from portfolio.ui.forms.field_shapes import (
    PERIOD_TIP,
    FormField,
    RecordTable,
    amount_field,
    choice_field,
    date_field,
    grade_field,
    long_field,
    whole_field,
)

_DAY_TIP = "The day, such as 2026-11-23."
_OWNER = "An organisation or a function. No name of a person."

DEADLINES = RecordTable(
    "contract_deadline", "Deadlines from the contract", "deadline",
    "A date that the contract itself sets; it stands in place of the one that a rule computes.",
    (
        FormField("contract_key", "Contract", "contract", required=True, width=150),
        choice_field("rule", "Deadline", "deadline_rule", required=True, width=280),
        date_field("due_on", "Due on", required=True),
        long_field("note", "Note", "Such as the article of the contract."),
    ),
    parent=None,
)  # fmt: skip
CLEARINGS = RecordTable(
    "clearing", "Cleared pre-financing", "clearing",
    "Cost that the Commission accepted against the pre-financing of a contract.",
    (
        FormField("contract_key", "Contract", "contract", required=True, width=150),
        date_field("cleared_on", "Accepted on"),
        amount_field("amount_cents", "Amount", required=True),
        long_field("note", "Note", "Such as the report that it rests on."),
    ),
    parent=None,
)  # fmt: skip
FORECASTS = RecordTable(
    "cost_forecast", "Expected total cost", "forecast",
    "The implementer's own forecast: the whole eligible cost at the present end, of all funders, what is "
    "spent already included. One row for the half-year in which it was made; progress reports fill it.",
    (
        FormField("period", "Half-year", "period", tip=PERIOD_TIP, required=True, width=100),
        amount_field("amount_cents", "Expected total", required=True, width=170),
        long_field("note", "Note", "What it rests on."),
    ),
)  # fmt: skip
RECEIPTS = RecordTable(
    "receipt", "Received", "receipt",
    "What the implementer says it received: it stands beside what was paid, and never changes it.",
    (
        date_field("received_on", "Received on"),
        amount_field("amount_cents", "Amount", required=True),
        long_field("note", "Note", "Such as the instalment."),
    ),
)  # fmt: skip
CALENDAR = RecordTable(
    "report_due", "Reporting calendar", "report",
    "Every report that the contract asks for, with the day on which it is due, came in and was approved. "
    "Nothing received means that it is still owed.",
    (
        choice_field("kind", "Report", "report_kind", required=True, width=140),
        FormField("period", "Half-year", "period", tip=f"{PERIOD_TIP} Empty for another period.", width=100),
        date_field("due_on", "Due on", required=True),
        date_field("received_on", "Received on"), date_field("approved_on", "Approved on"),
        long_field("note", "Note"),
    ),
)  # fmt: skip
NARRATIVES = RecordTable(
    "narrative", "Narrative", "section",
    "What the implementer writes of a half-year; progress reports fill it.",
    (
        FormField("period", "Half-year", "period", tip=PERIOD_TIP, required=True, width=100),
        choice_field("section", "Section", "narrative_section", required=True, width=130),
        long_field("text", "Text", "Plain text; no names of trainees.", width=700, required=True),
    ),
)  # fmt: skip
ASSESSMENTS = RecordTable(
    "assessment", "The implementer's own assessment", "assessment",
    "Its own colour for each dimension of a half-year. It stands beside the computed one.",
    (
        FormField("period", "Half-year", "period", tip=PERIOD_TIP, required=True, width=100),
        choice_field("dimension", "Dimension", "health_dimension", required=True, width=130),
        choice_field("colour", "Colour", "rating", required=True, width=100),
        long_field("comment", "Comment", "What it rests on.", width=420),
    ),
)  # fmt: skip
OVERRIDES = RecordTable(
    "health_override", "Overrides of computed colours", "override",
    "A colour that the unit sets, with its reason, until it lapses. The computed colour stays beside it.",
    (
        choice_field("dimension", "Dimension", "health_scope", required=True, width=130),
        choice_field("colour", "Colour", "rating", required=True, width=100),
        long_field("reason", "Reason", "What the computed colour does not see.", width=400, required=True),
        FormField("decided_on", "Decided on", "date", tip=_DAY_TIP, required=True, width=105),
        FormField("expires_on", "Lapses on", "date", tip=_DAY_TIP, required=True, width=105),
    ),
)  # fmt: skip
EVALUATIONS = RecordTable(
    "evaluation", "Evaluations and ROM reviews", "evaluation",
    "What others judged. One that is only planned has no date yet.",
    (
        FormField("title", "Title", required=True, width=300),
        choice_field("kind", "Kind", "evaluation_kind", required=True, width=160),
        date_field("carried_out_on", "Carried out on", width=135),
        FormField("evaluator", "Evaluator", tip="The organisation. No name of a person.", width=200),
        FormField("report_url", "Address of the report", tip="Such as https://example.org/report.",
                  width=240),
        long_field("note", "Note"),
    ),
)  # fmt: skip
SCORES = RecordTable(
    "evaluation_score", "Scores by criterion", "score",
    "One row a criterion: 4 is best, 1 is worst. A criterion that was not judged has no row.",
    (
        FormField("evaluation_key", "Evaluation", "evaluation", required=True, width=300),
        choice_field("criterion", "Criterion", "evaluation_criterion", required=True, width=140),
        grade_field("score", "Score", "evaluation_score", width=220),
        long_field("comment", "Comment"),
    ),
    parent=None,
)  # fmt: skip
RECOMMENDATIONS = RecordTable(
    "recommendation", "Recommendations", "recommendation",
    "As the evaluation numbers them, with the answer and what became of it. No answer: not answered yet.",
    (
        FormField("evaluation_key", "Evaluation", "evaluation", required=True, width=240),
        whole_field("number", "No.", 1, 9_999, tip="As in the report.", required=True, width=60),
        long_field("text", "Recommendation", width=340, required=True),
        choice_field("response", "Answer", "recommendation_response", width=130),
        long_field("response_note", "Why", "Which part, or why not.", width=200),
        FormField("owner", "Owner", tip=_OWNER, width=160),
        date_field("due_on", "Due on"), date_field("done_on", "Done on"),
    ),
    parent=None,
)  # fmt: skip
MARKERS = RecordTable(
    "project_marker", "Policy markers", "marker",
    "The markers of the OECD Development Assistance Committee. A marker without a row was not screened, "
    "which is not the same as not targeted.",
    (
        choice_field("marker", "Marker", "policy_marker", required=True, width=320),
        grade_field("score", "Score", "marker_score", width=180),
        long_field("rationale", "Why", width=340),
    ),
)  # fmt: skip

REPORT_TABLES = (
    DEADLINES, CLEARINGS, FORECASTS, RECEIPTS, CALENDAR, NARRATIVES, ASSESSMENTS, OVERRIDES, EVALUATIONS,
    SCORES, RECOMMENDATIONS, MARKERS,
)  # fmt: skip
