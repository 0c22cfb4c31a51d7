"""What the forms ask for about a project, its money and its sources, and the parts that it stands in."""

from __future__ import annotations

from portfolio.ui.forms.field_shapes import (
    DATE_TIP,
    SHARE_TIP,
    FormField,
    RecordTable,
    amount_field,
    choice_field,
    date_field,
    long_field,
    whole_field,
)
from portfolio.ui.forms.report_fields import REPORT_TABLES
from portfolio.ui.forms.result_fields import RESULT_TABLES

PROJECT = RecordTable(
    "project", "Project", "project", "",
    (
        FormField("acronym", "Acronym", tip="Its short name, such as CyberEast+.", required=True),
        FormField("title", "Title", tip="In full, as the contract has it.", required=True),
        long_field("summary", "What it does", "In two or three sentences."),
        choice_field("focus", "Focus", "focus"),
        choice_field("relevance", "Relevance", "relevance"),
        choice_field("modality", "Modality", "modality"),
        choice_field("instrument", "Instrument", "instrument"),
        FormField("instrument_as_published", "Instrument as published", tip="As a source words it."),
        choice_field("service", "Service", "service"),
        FormField("delegation", "Delegation", tip="The EU Delegation that manages it, if one does."),
        FormField("responsible_officer", "Responsible officer", tip="Who follows it."),
        choice_field("institution_profile", "Institution profile", "profiles"),
        date_field("start", "Start"),
        date_field("end_original", "Original end"),
        date_field("end_current", "Present end"),
        choice_field("status_stated", "Status as stated", "project_status"),
        date_field("status_stated_on", "Status stated on"),
        amount_field("total_budget_cents", "Total budget"),
        amount_field("eu_contribution_cents", "EU contribution"),
        long_field("data_note", "Data note", "What a reader of the figures has to know."),
        FormField("confidence", "Confidence in the data", tip="Such as high, medium or low."),
        date_field("archived_on", "Archived on"),
    ),
    rows="fixed", parent=None,
)  # fmt: skip

REGIONS = RecordTable(
    "project_region", "Regions", "region", "", (FormField("region", "Region", "region", required=True),)
)
PARTNERS = RecordTable(
    "participation", "Partners and their shares", "partner",
    "One row a partner. Shares of the budget in per cent: all together 100, or all empty where none are "
    "declared. Suspended from a date and without an end means that cooperation stands still.",
    (
        FormField("partner_code", "Partner", "partner", required=True, width=190),
        FormField("share_millionths", "Share (%)", "share", tip=SHARE_TIP, width=95),
        date_field("since", "From"), date_field("until", "To"),
        date_field("suspended_since", "Suspended from"), date_field("suspended_until", "Suspended to"),
    ),
)  # fmt: skip
PILLARS = RecordTable(
    "project_pillar", "Pillars and their shares", "pillar",
    "Our own classification. Shares in per cent: all together 100, or all empty.",
    (
        choice_field("pillar", "Pillar", "pillar", required=True, width=250),
        FormField("share_millionths", "Share (%)", "share", tip=SHARE_TIP, width=95),
        long_field("rationale", "Why"),
    ),
)  # fmt: skip
ROLES = RecordTable(
    "project_organisation", "Roles in this project", "role",
    "One row for each role of an organisation. Take a row out to end a role that was entered by mistake.",
    (
        FormField("organisation_key", "Organisation", "organisation", required=True, width=280),
        choice_field("role", "Role", "organisation_role", required=True, width=170),
        FormField("name_as_published", "Name as published", width=200),
        FormField("role_as_published", "Role as published", width=170),
        FormField("type_as_published", "Type as published", width=150),
    ),
)  # fmt: skip
ORGANISATIONS = RecordTable(
    "organisation", "Organisations", "organisation",
    "Every organisation once, under one name: a change here shows in every project that names it. Add only "
    "those that the list of the roles does not offer yet.",
    (
        FormField("name", "Name", required=True, width=420),
        choice_field("type", "Type", "organisation_type", width=220),
    ),
    rows="add", parent=None,
)  # fmt: skip
DECISIONS = RecordTable(
    "financing_decision", "Financing decisions", "decision",
    "Committed money belongs to a decision, never to one project: a change here shows wherever it is named. "
    "Add only decisions that the list of the contracts does not offer yet.",
    (
        FormField("number", "Number", required=True, width=150),
        FormField("title", "Title", width=260),
        choice_field("instrument", "Instrument", "instrument"),
        date_field("decided_on", "Decided on"),
        amount_field("committed_cents", "Committed"), amount_field("decommitted_cents", "Decommitted"),
    ),
    rows="add", parent=None,
)  # fmt: skip
AGREEMENTS = RecordTable(
    "financing_agreement", "Financing agreements", "agreement",
    "One row for each partner that signed; no partner for a regional agreement.",
    (
        FormField("decision_key", "Decision", "decision", required=True, width=180),
        FormField("partner_code", "Partner", "partner", width=190),
        date_field("signed_on", "Signed on"),
        FormField("end_of_implementation", "End of implementation", "date", tip=DATE_TIP, width=155),
        FormField("end_of_execution", "End of execution", "date", tip=DATE_TIP, width=130),
    ),
    parent=None,
)  # fmt: skip
CONTRACTS = RecordTable(
    "contract", "Contracts", "contract",
    "What was signed. EU contribution and other contributions together are the total.",
    (
        FormField("number", "Number", required=True, width=125),
        FormField("decision_key", "Decision", "decision", width=125),
        choice_field("type", "Type", "contract_type", width=165),
        date_field("signed_on", "Signed on"), date_field("start", "Start"), date_field("end", "End"),
        amount_field("eu_contribution_cents", "EU contribution", width=155),
        amount_field("other_contributions_cents", "Other"),
        amount_field("total_cents", "Total"),
    ),
)  # fmt: skip
AMENDMENTS = RecordTable(
    "amendment", "Amendments", "amendment",
    "What an amendment leaves unchanged stays empty.",
    (
        FormField("contract_key", "Contract", "contract", required=True, width=150),
        whole_field("number", "No.", 1, 9_999, tip="1 for the first.", required=True, width=60),
        choice_field("kind", "Kind", "amendment_kind", required=True, width=180),
        date_field("signed_on", "Signed on"), date_field("new_end", "New end"),
        amount_field("new_eu_contribution_cents", "New EU contribution", width=180),
        amount_field("new_total_cents", "New total"),
        long_field("reason", "Reason"),
    ),
    parent=None,
)  # fmt: skip
PAYMENTS = RecordTable(
    "payment", "Payments", "payment",
    "What the Commission transferred. A recovery is entered as a positive amount and counts against it.",
    (
        FormField("contract_key", "Contract", "contract", required=True, width=150),
        choice_field("kind", "Kind", "payment_kind", required=True),
        date_field("paid_on", "Paid on"),
        amount_field("amount_cents", "Amount", required=True),
    ),
    parent=None,
)  # fmt: skip
INCURRED = RecordTable(
    "incurred_cost", "Incurred costs", "incurred cost",
    "Eligible cost of all funders in one half-year, by budget heading; progress reports fill it.",
    (
        FormField("period", "Half-year", "period", tip="Such as 2026-S1.", required=True, width=100),
        choice_field("heading", "Budget heading", "budget_heading", required=True, width=230),
        amount_field("amount_cents", "Amount", required=True),
    ),
)  # fmt: skip
CONTRIBUTIONS = RecordTable(
    "contribution",
    "Other contributions",
    "contribution",
    "What other funders than the EU add; the amount stays empty if it is not published.",
    (FormField("funder", "Funder", required=True, width=320), amount_field("amount_cents", "Amount")),
)
MILESTONES = RecordTable(
    "milestone", "Milestones", "milestone",
    "A milestone that will not happen gets the status Cancelled. Context stands apart and is never counted.",
    (
        FormField("title", "Milestone", required=True, width=300),
        choice_field("kind", "Kind", "milestone_kind", width=140),
        choice_field("status", "Status", "milestone_status", width=115, required=True, default="planned"),
        date_field("baseline", "Baseline"), date_field("forecast", "Forecast"),
        date_field("actual", "Actual"),
        FormField("contractual", "Contractual", "flag", width=95),
        choice_field("about", "About", "milestone_about", width=95, required=True, default="project"),
        long_field("note", "Note"),
    ),
)  # fmt: skip
COMPONENTS = RecordTable(
    "project_component",
    "Components",
    "component",
    "One row a component, numbered in the order in which they are listed.",
    (
        whole_field("position", "No.", 1, 9_999, required=True, width=60),
        long_field("text", "Component", width=700, required=True),
    ),
)
FIGURES = RecordTable(
    "published_figure", "Published figures", "figure",
    "Only a result is a result; targets and inputs stand apart.",
    (
        long_field("text", "What was counted", width=380, required=True),
        FormField("number", "Number", tip="As it was published, such as 1200 or 41.5.", width=100),
        FormField("unit", "Unit", width=150),
        choice_field("nature", "Nature", "figure_nature", required=True, width=120),
    ),
)  # fmt: skip
REFERENCES = RecordTable(
    "project_reference", "References", "reference",
    "Numbers by which others know the project.",
    (
        choice_field("kind", "Kind", "reference_kind", required=True, width=190),
        FormField("value", "Number or name", required=True, width=320),
    ),
)  # fmt: skip
SOURCES = RecordTable(
    "source", "Sources", "source",
    "Public pages about the project, under their own titles.",
    (
        FormField("url", "Address", tip="Such as https://example.org/page.", required=True, width=340),
        FormField("title", "Title", width=300),
        long_field("supports", "What it supports", width=300),
    ),
)  # fmt: skip
EVIDENCE = RecordTable(
    "evidence", "Which field rests on which source", "evidence",
    "One row for each field that a source supports. Sources that disagree each get a row, with the value as "
    "they state it.",
    (
        FormField("target", "Field", "target", required=True, width=330),
        FormField("source_key", "Source", "source", width=280),
        choice_field("basis", "Basis", "basis", required=True, width=170),
        long_field("value_as_stated", "Value as stated", width=160),
        long_field("note", "Note"),
    ),
    parent=None,
)  # fmt: skip

TABLES: dict[str, RecordTable] = {
    table.entity: table
    for table in (
        PROJECT, REGIONS, PARTNERS, PILLARS, ROLES, ORGANISATIONS, DECISIONS, AGREEMENTS, CONTRACTS,
        AMENDMENTS, PAYMENTS, INCURRED, CONTRIBUTIONS, MILESTONES, COMPONENTS, FIGURES, REFERENCES, SOURCES,
        EVIDENCE, *RESULT_TABLES, *REPORT_TABLES,
    )
}  # fmt: skip
PROJECT_FIELDS = {field.name: field for field in PROJECT.fields}
# The parts of the form, as the address names them.
PARTS = {
    "project": "Project",
    "partners": "Partners",
    "organisations": "Organisations",
    "funding": "Funding",
    "costs": "Costs and receipts",
    "milestones": "Milestones",
    "results": "Results",
    "trainings": "Trainings",
    "risks": "Risks",
    "reports": "Reporting and health",
    "evaluations": "Evaluations and markers",
    "figures": "Components and figures",
    "sources": "Sources",
    "closing": "Close or archive",
}
# Which part shows each kind of record; "project" and "closing" are no tables.
TABLES_OF: dict[str, tuple[str, ...]] = {
    "partners": ("project_region", "participation", "project_pillar"),
    "organisations": ("project_organisation", "organisation"),
    "funding": (
        "financing_decision", "financing_agreement", "contract", "amendment", "contract_deadline", "payment",
        "clearing", "contribution",
    ),
    "costs": ("incurred_cost", "cost_forecast", "receipt"),
    "milestones": ("milestone",),
    "results": ("indicator", "indicator_value"),
    "trainings": ("training",),
    "risks": ("risk", "risk_review"),
    "reports": ("report_due", "narrative", "assessment", "health_override"),
    "evaluations": ("evaluation", "evaluation_score", "recommendation", "project_marker"),
    "figures": ("project_component", "published_figure"),
    "sources": ("source", "evidence", "project_reference"),
}  # fmt: skip
PART_OF = {"project": "project"} | {entity: part for part, listed in TABLES_OF.items() for entity in listed}
# Which fields of a record may rest on a source; "partners" and "contributions" stand for their whole tables.
SUPPORTED: dict[str, tuple[str, ...]] = {
    "project": (
        "title", "focus", "modality", "instrument", "service", "start", "end_original", "end_current",
        "total_budget_cents", "eu_contribution_cents", "partners", "contributions",
    ),
    "contract": ("number", "signed_on", "start", "end", "eu_contribution_cents", "total_cents"),
    "milestone": ("baseline", "forecast", "actual"),
    "published_figure": ("number",),
    "participation": ("since", "until", "suspended_since", "suspended_until"),
}  # fmt: skip
