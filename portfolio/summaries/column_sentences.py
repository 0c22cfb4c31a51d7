"""What the columns of sheets hold that show no registered figure, in a sentence each, table by table."""

from __future__ import annotations

from typing import Literal

_DATES = {
    "baseline": "The date first planned or agreed, which later forecasts do not change.",
    "forecast": "The date now expected for what is still to come.",
    "actual": "The date on which it happened, as precise as published.",
    "milestone": "Title of the milestone or event, as its source or the project words it.",
    "kind": "Kind of milestone by the vocabulary of milestone kinds.",
    "status": "Planned, done, cancelled and so on, as recorded.",
    "contractual": "yes: the contract names it; no: it does not, or that is not recorded.",
    "source": "Page on which the date rests: its number on the sheet Sources, with the address.",
}
_INDICATOR = {
    "level": "Impact, outcome or output. Impacts are shown and not judged.",
    "indicator": "Statement of the indicator as the logframe words it.",
    "unit": "Unit in which the indicator is counted.",
}
_DEFINED = {
    "unit": "Unit of the figure or measure.",
    "definition": "What it means.",
    "formula": "How it is computed.",
    "source": "Which records the values come from.",
}
_HAPPENED = "On record on the earlier date and no longer on the later one: yes or no."
_OLD, _NEW = "Value on the earlier date.", "Value on the later date."
_COLOUR = "Computed colour of this dimension; why stands in the table health."

SENTENCES: dict[str, dict[str, str]] = {
    "attention": {
        "severity": "How grave the signal is: Red (act now), Amber (look at it), For information.",
        "about": "The project, or the financing decision, that the signal is about.",
        "sentence": "Why it is raised, with the record, the date and the number.",
        "date": "The date that the signal turns on, for example the end or a deadline.",
    },
    "health": {
        "dimension": "Overall, or one of time, money, results, risk and reporting.",
        "sentence": "Why it has this colour, with the record, the number and the threshold.",
        "own": "Colour that the implementer gave in its latest report; it does not change the computed one.",
        "own_period": "Half-year of the report in which the implementer gave that colour.",
    },
    "health-by-project": {
        "overall": "Worst of the five dimensions that is known.",
        **dict.fromkeys(("time", "money", "results", "risk", "reporting"), _COLOUR),
    },
    "projects": {
        "title": "Full title of the project.",
        "start": "First day of implementation, as precise as published.",
        "implementers": "Organisations that carry the project out.",
        "partners": "Countries and territories that the project names as partners.",
    },
    "rates": {"said": "Which rates are not known or a range, and what the forecast rests on."},
    "partners": {
        "place": "Partner, or the line that its money stands in where it is not split.",
        "partner": "Country or territory that takes part in the project.",
        "code": "ISO 3166-1 alpha-3 code of the partner (XKX: a code for users).",
        "region": "Region of the partner.",
        "since": "Date from which the partner takes part.",
        "until": "Date until which the partner takes part.",
        "share": "Share of the budget that is declared for the partner.",
    },
    "regions": {"place": "Region, or the line that money outside the regions stands in."},
    "focus": {"running": "Projects of the row with the status ongoing."},
    "milestones": _DATES,
    "context-entries": _DATES | {
        "slip": "Not applicable: a context entry is no commitment of the project.",
        "late": "Not applicable: a context entry is no commitment of the project.",
    },
    "deadlines": {
        "name": "What has to be done by then, for example contracting under a decision.",
        "subject": "The decision, agreement, contract or project that it is a deadline of.",
        "state": "How it stands on the document's date: due, late, not known and so on.",
        "from": "First day on which the deadline may fall.",
        "until": "Last day on which the deadline may fall; the same as From where the day is known.",
        "arithmetic": "How the date was counted: the rule with its starting date.",
        "source": "The rule, or the contract, that the date comes from.",
    },
    "reports": {
        "report": "Which report it is, with its half-year where it has one.",
        "from": "First day on which it may fall due.",
        "until": "Last day on which it may fall due; the same as From where the day is known.",
        "outcome": "Received, due, late or not known on the document's date.",
        "basis": "What the due date rests on: the reporting calendar, the contract or a rule.",
    },
    "misfits": {"sentence": "Which end lies, or may lie, after the implementation period, with both dates."},
    "indicators": _INDICATOR | {
        "baseline": "What the logframe states for the year before the project began.",
        "baseline_year": "Year that the baseline is of.",
        "target": "What the logframe aims at by the end of the target year.",
        "target_year": "Year by the end of which the target is to be reached.",
        "value": "What is reached by submitted and approved values of half-years that have ended.",
        "period": "Latest half-year that the reached value is of.",
        "expected": "What is expected by now, linear from the baseline's year-end to the target's year-end.",
        "status": "Whether the latest value is submitted or approved.",
        "why": "Why progress cannot be told; not applicable where it can.",
    },
    "result-totals": {
        "total": "Entry of the indicator library, or the statement that the added indicators share.",
        "unit": "Unit of the total.",
        "value": "Sum over projects of what is reached; attendances are no results.",
        "indicators": "How many indicators of the total have a value.",
        "of": "How many indicators the total has in all.",
        "women": "Part of the total that was reported for women.",
        "men": "Part of the total that was reported for men.",
        "untold": "Part of the total that no sex was told for.",
    },
    "left-out": {
        "indicator": _INDICATOR["indicator"],
        "reason": "Why nothing of the indicator is in a total.",
    },
    "partner-values": _INDICATOR | {
        "value": "What is reported for this partner alone.",
        "period": "Latest half-year that the value is of.",
    },
    "trainings": {
        "title": "Name of the training, exercise, workshop or visit.",
        "kind": "Kind of activity by the vocabulary of training kinds.",
        "held": "First day, as precise as reported.",
        "ended": "Last day, as precise as reported.",
        "partner": "Partner whose people took part; several: more than one.",
        "theme": "Pillar that the training is about.",
        "stage": "How far what was taught has come: delivered, learned, applied, institutionalised.",
        "follow_up": "Date six months after the end, by which a follow-up is due.",
        "follow_up_state": "Whether the follow-up was done, is due or overdue, or is not known.",
    },
    "risks": {
        "risk": "The risk as the register words it.",
        "category": "Category of the risk by the vocabulary of risk categories.",
        "likelihood": "How likely it is, from 1 to 5.",
        "impact": "How much harm it would do, from 1 to 5.",
        "trend": "How the score moved since the review before.",
        "reviewed": "Date of the last review.",
        "response": "What is done about it, as the register words it.",
        "owner": "Role that looks after the risk, as the register words it.",
    },
    "evaluations": {
        "evaluation": "Title of the evaluation or review from outside.",
        "kind": "Kind of evaluation, for example mid-term or results-oriented monitoring.",
        "date": "Date on which it was carried out.",
        "criterion": "Criterion that was scored, for example relevance or effectiveness.",
        "score": "Score of the criterion from 1 to 4, 4 being best.",
        "comment": "What the evaluators say of the criterion.",
    },
    "recommendations": {
        "number": "Number of the recommendation in its evaluation.",
        "text": "The recommendation as the evaluation words it.",
        "response": "Accepted, partly accepted, rejected or not answered.",
        "due": "Date by which it is to be carried out.",
        "done": "Date on which it was carried out.",
        "progress": "How it stands on the document's date: done, open, overdue, rejected or without a date.",
        "days": "Days since the due date, of those overdue.",
    },
    "markers": {
        "marker": "OECD policy marker, for example gender equality.",
        "score": "0 not targeted, 1 significant objective, 2 principal objective.",
        "rationale": "Why the project has that score.",
    },
    "published": {
        "nature": "Result, target or input. Only results are results.",
        "number": "The number as its source prints it, never added up.",
        "unit": "Unit of the number as its source prints it.",
        "source": "Page that prints it: its number on the sheet Sources, with the address.",
    },
    "standing": {
        "partner": "Country or territory that the value is of.",
        "indicator": "Treaty or index.",
        "value": "Number, date or word, as the source prints it; the column Unit says what a number counts.",
        "unit": "Unit or scale of the value.",
        "as_of": "Date that the value is of.",
        "note": "Edition or reservation that goes with the value.",
        "source": "Address of the page that states it.",
    },
    "missing": {
        "records": "How many records lack it; not applicable where the project itself does.",
        "owner": "Who owes it: the unit or the implementer.",
        "since": "Date since which it is owed.",
        "days": "Days from that date to the document's date.",
        "meaning": "Which figures cannot be told without it.",
    },
    "evidence": {
        "field": "Field of the project's record.",
        "value": "Value that the portfolio uses.",
        "stated": "Words or number of the source.",
        "note": "What was recorded with it, for example why sources disagree.",
        "source": "Page that states it: its number on the sheet Sources, with the address.",
    },
    "sources": {
        "name": "Number of the source (S1, S2 and so on), with its address.",
        "title": "Title of the page as published.",
        "supports": "What the page is evidence for.",
    },
    "data": {
        "label": "Name of the measure in words.",
        "unit": "Unit of the value.",
        "basis": (
            "On what the value rests: stated or computed, how it was split, status of a reported value, or "
            "level of a planned one."
        ),
        "source": "Page that states the value: its number on the sheet Sources, with the address.",
    },
    "definitions": _DEFINED | {
        "figure": "Name of the figure.",
        "note": "Number by which key figures refer to the definition.",
    },
    "dictionary": _DEFINED | {
        "sheet": "Sheet of the workbook that the column stands on.",
        "table": "Key of the table, which is the name of its csv file.",
        "column": "Key of the column, or measure= and the key of a measure of the table data.",
        "label": "Heading of the column, or name of the measure.",
        "type": "Type of the values.",
    },
    "measures": _DEFINED | {
        "measure": "Key of the measure in the table data.",
        "label": "Name of the measure.",
    },
    "about": {
        "label": "What is told: title, scope, date, revision, a definition, a designation and so on.",
        "text": "What is told of it.",
    },
    "key-figures": {
        "group": "Heading that the figure stands under.",
        "figure": "Key of the figure, the same in every document.",
        "label": "Name of the figure.",
        "value": "The number in its unit, euro with cents where that is EUR; not applicable to words.",
        "text": "The value where it is told in words or is a date.",
        "unit": "Unit of the value.",
        "known_for": "For how many of the projects or records the value is known.",
        "note": "Number of the definition in the table definitions.",
        "before": "The number on the date compared with; not applicable where the document compares none.",
    },
    "changes-telling": {
        "what": "What changed most tellingly in the project.", "old": _OLD, "new": _NEW,
    },
    "changes-money": {
        "amount": "Kind of amount.", "apart": "Which projects are known on one of the two dates only.",
        "known_for": "For how many projects the sums of the two dates are known.",
        "old": "Sum of what is known on the earlier date.", "new": "Sum of what is known on the later date.",
    },
    "changes-projects": {
        "what": "New, ended, other status, no longer on record and so on.",
        "title": "Full title of the project.", "old": _OLD, "new": _NEW,
    },
    "changes-amounts": {
        "amount": "Kind of amount.", "why": "Why it is not known on one of the dates.",
        "old": _OLD, "new": _NEW, "difference": "Later less earlier; not known unless both are.",
    },
    "changes-dates": {
        "what": "Which date of the project moved.", "title": "Full title of the project.",
        "old": _OLD, "new": _NEW, "days": "Days from the earlier to the later value; not known without days.",
    },
    "changes-amendments": {
        "on": "Date of signature.", "what": "Amendment and what it changes.", "gone": _HAPPENED,
    },
    "changes-trainings": {"on": "Date on which it was held.", "what": "Title.", "gone": _HAPPENED},
    "changes-reports": {"on": "Date of receipt.", "what": "Which report came in.", "gone": _HAPPENED},
    "changes-milestones": {
        "what": "Reached, late, moved and so on.", "milestone": _DATES["milestone"],
        "days": "Days by which the later date lies after the earlier one.",
    },
    "changes-colours": {
        "dimension": "Overall, or the dimension whose colour changed.", "why": "Why, on each of the dates.",
        "old": "Colour on the earlier date.", "new": "Colour on the later date.",
        "what": "Whether it got better or worse, or became known or not known.",
    },
    "changes-risks": {
        "what": "New, closed, score up or down.", "risk": "The risk as the register words it.",
        "old": "Score on the earlier date.", "new": "Score on the later date.",
        "difference": "Later less earlier score.",
    },
    "changes-values": {
        "unit": _INDICATOR["unit"], "indicator": _INDICATOR["indicator"],
        "difference": "Later less earlier value; not known unless both are numbers.",
        "old_period": "Half-year of the value on the earlier date.",
        "new_period": "Half-year of the value on the later date.",
    },
}  # fmt: skip

Written = Literal["half-year", "date or half-year", "year", "text as published"]
# Columns of text whose values are of a narrower type than their kind says.
WRITTEN: dict[tuple[str, str], Written] = {
    ("data", "period"): "date or half-year",
    ("indicators", "baseline_year"): "year",
    ("indicators", "target_year"): "year",
    ("indicators", "period"): "half-year",
    ("partner-values", "period"): "half-year",
    ("health", "own_period"): "half-year",
    ("changes-values", "old_period"): "half-year",
    ("changes-values", "new_period"): "half-year",
    ("published", "number"): "text as published",
    ("standing", "value"): "text as published",
}
