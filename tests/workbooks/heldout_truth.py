"""What a careful reader takes from the held-out workbooks, cell by cell; written as foreign_reading.py says.

Values are those that the workbook itself settles; an exact date of the portfolio never sharpens one of them.
"""

from __future__ import annotations

import re

from tests.workbooks.foreign_reading import (
    ASK,
    Column,
    Given,
    Record,
    Stated,
    Truth,
    column,
    milestones,
    read,
)

BUDGET = "Exécution budgétaire"
PROGRESS = "Avancement - Progress"
REGISTER = "Risk register"


def rows(text: str) -> dict[int, tuple[Given, ...]]:
    """What the rows say: the row's number, then its values, divided by `|`; nothing is not said."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    return {int(row): tuple(int(v) if v.isdecimal() else v or None for v in rest) for row, *rest in lines}


def columns(sheet: str, first: int, last: int, text: str) -> list[Column]:
    """The columns of a sheet, divided by `;`: letter, meaning unless there is none, note in brackets."""
    found = re.findall(r"([A-Z]) ?([a-z_.]*) ?(?:\[(.*?)\])?\s*(?:;|$)", text.strip())
    return [column(sheet, f"{at}{first}:{at}{last}", meaning, note) for at, meaning, note in found]


MONEY = """
12 | human-resources | 7365050
16 | travel | 1552595
19 | equipment-and-supplies | 2199000
23 | local-office | 1088740
28 | other-costs-and-services | 2261210
29 | other | 0
31 | indirect-costs | 1012662
"""
SECTIONS = {12: "B9", 16: "B13", 19: "B17", 23: "B20", 28: "B24"}
LINES = {12: ("G10", "G11"), 16: ("G14", "G15"), 19: ("G18",), 23: ("G21", "G22"), 28: ("G25", "G26", "G27")}
BUDGET_COLUMNS = """
A [number of the rubrique or line]; B money.heading [rubriques stand above their lines];
C [analytic code, hidden]; D [unit]; E [budget, not cost]; F [before the period]; H [cumulative];
I [what is left of the budget]; J [share of the budget]
"""

CALENDAR = """
5 | Deuxième rapport annuel | 2026-02-28 | | 2026-02-26 | done |
6 | Deux plans d'action adoptés | 2026-09-30 | 2026-09 | | in-progress | Relecture en cours.
7 | Deuxième exercice régional | 2026-12-08 | ASK | | planned | Salle à confirmer.
8 | Visite entre équipes de réponse | 2026-06 | | | ASK | Date à convenir.
9 | Atelier sur les alertes précoces | 2026-04-15 | | | cancelled | Voir le cours d'avril.
"""
CALENDAR_COLUMNS = """
A milestones.title; B milestones.baseline; C milestones.forecast [T1 2027 is a quarter];
D milestones.actual; E milestones.status [reporté is not in the key of A2]; F milestones.note
"""
CLEAR_MONEY = read(
    BUDGET,
    "heading=B amount=G",
    rows(MONEY),
    elsewhere={(row, "heading"): cell for row, cell in SECTIONS.items()},
    parts=LINES,
)
CLEAR_MILESTONES = read(
    "Calendrier",
    "title=A baseline=B forecast=C actual=D status=E note=F",
    rows(CALENDAR),
    existing=milestones("clear-cedar", {5: 5, 6: 6, 7: 7}),
)
FRENCH_BUDGET = Truth(
    stated=(
        Stated(BUDGET, "B3", "project", "clear-cedar"),
        Stated(BUDGET, "B4", "project", "clear-cedar"),
        Stated(BUDGET, "B5", "period", "2026-S1"),
        Stated("Calendrier", "A1", "project", "clear-cedar"),
        Stated("Calendrier", "A1", "period", "2026-S1"),
    ),
    columns=(
        *columns(BUDGET, 9, 32, BUDGET_COLUMNS),
        column(BUDGET, "G9:G32", "money.amount", "EUR; subtotals are formulas", period="2026-S1"),
        *columns("Calendrier", 5, 9, CALENDAR_COLUMNS),
    ),
    passed_over={BUDGET: ("30", "32", "34", "35"), "Calendrier": ("11",)},
    records={("clear-cedar", "2026-S1"): {"money": CLEAR_MONEY, "milestones": CLEAR_MILESTONES}},
)

QUARTERS = """
7 | Contact list of the units renewed | 2026-02-27 | | 2026-03-03 | done |
8 | Second joint case day | 2026-04-21 | | 2026-05-12 | done | Three weeks late.
9 | Joint case day in Belarus | 2026-03-24 | | | cancelled | Cooperation is suspended.
10 | Third joint case day | 2027-01-26 | | | planned |
11 | Questionnaire on tools answered | 2026-03-20 | | 2026-04-09 | done |
12 | Guide revised | 2027-06-30 | ASK | | in-progress |
13 | Test bench lent to the units | 2026-05 | 2026-09-18 | | ASK | The supplier is late.
"""
DUE = {7: "E7", 8: "G8", 9: "E9", 11: "E11", 13: "G13"}
QUARTER_COLUMNS = """
A [reference in annex I]; B [output, merged over its milestones]; C milestones.title; D [who leads];
E milestones.baseline [due dates in the first quarter]; F milestones.actual [done in the first quarter];
G milestones.baseline [due dates in the second quarter];
H milestones.actual [done in the second quarter]; I milestones.baseline [due later];
J milestones.forecast; K milestones.status [delayed is not in the key below]; L milestones.note
"""
THUNDER_MILESTONES = read(
    "Follow-up",
    "title=C baseline=I forecast=J actual=H status=K note=L",
    rows(QUARTERS),
    existing=milestones("thunder-elm", {8: 4, 9: 7, 10: 5, 12: 6}),
    elsewhere={(row, "baseline"): cell for row, cell in DUE.items()} | {(7, "actual"): "F7"},
)
QUARTER_MILESTONES = Truth(
    stated=(
        Stated("Follow-up", "A1", "project", "thunder-elm"),
        Stated("Follow-up", "A2", "period", "2026-S1"),
    ),
    columns=tuple(columns("Follow-up", 7, 13, QUARTER_COLUMNS)),
    passed_over={"Follow-up": ("15", "16", "17", "18", "19", "20")},
    records={("thunder-elm", "2026-S1"): {"milestones": THUNDER_MILESTONES}},
)

TRAININGS = """
9 | Supervision seminar for regulators | workshop | 2026-02-10 | 2026-02-11 | Online | BIH | 9 | 7 | 51 | 66
10 | An evening without mail | exercise | 2026-03-24 | | Training centre One (fictional) | MNE | 6 | 8 | |
12 | Two authorities at work | study-visit | 2026-04-14 | 2026-04-17 | Utopia Agency for Digital Cooperation \
| XKX | 5 | 4 | |
13 | Supervision of operators | training | 2026-05-11 | 2026-05-13 | Lilliput Institute for Cyber Studies \
| MKD | 13 | 11 | 48 | 67
14 | Preparing international talks | ASK | 2026-05-20 | | Online | ASK | ASK | 10 | |
15 | New supervisors accompanied | mentoring | 2026-06 | | Online | TUR | | | |
"""
LOG_COLUMNS = """
B [serial number; quarters as rows]; C trainings.title;
D trainings.kind [an info day is none of the kinds]; E trainings.held_on; F trainings.ended_on;
G trainings.place; H trainings.partner; I trainings.women [W in row 19]; J trainings.men [M in row 19];
K [women and men together]; L trainings.score_before; M trainings.score_after
"""
BREEZE_TRAININGS = read(
    "Log",
    "title=C kind=D held_on=E ended_on=F place=G partner=H women=I men=J score_before=L score_after=M",
    rows(TRAININGS),
    existing={13: "breeze-olive/training-03"},
)
TRAINING_LOG = Truth(
    stated=(Stated("Log", "B3", "project", "breeze-olive"), Stated("Log", "B4", "period", "2026-S1")),
    columns=tuple(columns("Log", 8, 16, LOG_COLUMNS)),
    passed_over={"Log": ("8", "11", "16", "18", "19")},
    records={("breeze-olive", "2026-S1"): {"trainings": BREEZE_TRAININGS}},
)

HAIL_MAPLE = """
5 | Laboratory building handed over | delivery | 2025-12-15 | | 2026-03-16 | done |
6 | Regional evidence laboratory accepted | deliverable | 2026-10-13 | 2027-01-29 | | in-progress \
| Two devices are missing.
7 | Curriculum adopted by three academies | policy | 2027-02-28 | 2027-02 | | in-progress |
8 | First mock trial | exercise | 2027-04-20 | ASK | | planned | Depends on the court's calendar.
"""
DRIZZLE_ALDER = """
9 | First sector exercise | exercise | 2026-05-12 | | 2026-05-12 | done |
10 | Tender for the third contract published | decision | 2026-09-15 | 2026-10-06 | | in-progress \
| La publication suit l'accord du siège.
11 | Second sector exercise | exercise | 2027-04-13 | | | planned |
12 | Handbook for operators | publication | 2026-06-05 | ASK | | ASK | In print.
"""
JOINT_PLACES = "title=B kind=C baseline=D forecast=E actual=F status=H note=I"
JOINT_COLUMNS = """
A project [acronym and contract, merged over the project's rows]; B milestones.title; C milestones.kind;
D milestones.baseline [text, day first];
E milestones.forecast [07/08/2026 is not written like the others]; F milestones.actual; G [share done];
H milestones.status; I milestones.note
"""
HAIL_MILESTONES = read(
    PROGRESS, JOINT_PLACES, rows(HAIL_MAPLE), existing=milestones("hail-maple", {5: 3, 6: 4, 7: 5, 8: 6})
)
DRIZZLE_MILESTONES = read(
    PROGRESS, JOINT_PLACES, rows(DRIZZLE_ALDER), existing=milestones("drizzle-alder", {9: 3, 10: 4, 11: 5})
)
JOINT_TABLE = Truth(
    stated=(Stated(PROGRESS, "A2", "period", "2026-S1"),),
    columns=tuple(columns(PROGRESS, 5, 12, JOINT_COLUMNS)),
    passed_over={PROGRESS: ("14",)},
    records={
        ("hail-maple", "2026-S1"): {"milestones": HAIL_MILESTONES},
        ("drizzle-alder", "2026-S1"): {"milestones": DRIZZLE_MILESTONES},
    },
)


def _across(**given: tuple[str, int | str]) -> list[Record]:
    """The money of row 10, one record for each column; what is asked adds up nothing yet."""
    records: list[Record] = []
    for letter, (heading, amount) in given.items():
        parts = {} if amount == ASK else {10: (f"{letter}8", f"{letter}9")}
        where = {(10, "heading"): f"{letter}5"}
        row = {10: (heading, amount)}
        records += read("Costs", f"heading={letter} amount={letter}", row, elsewhere=where, parts=parts)
    return records


KEY_DATES = """
4 | Advice on governance handed over | 2026-04-30 | 2026-05-21 | done
5 | Spare parts for the watch delivered | 2026-06 | 2026-06-24 | done
6 | Second regional exercise | 2026-10-13 | | ASK
7 | Watch service handed over | 2027-11-30 | | planned
"""
KEY_DATES_COLUMNS = """
A milestones.title; B milestones.baseline; C milestones.actual; D milestones.status; E [days late]
"""
GALE_MONEY = _across(
    B=("human-resources", 15_585_000),
    C=("travel", 2_411_500),
    D=("equipment-and-supplies", 1_250_000),
    E=("local-office", ASK),
    F=("other-costs-and-services", 5_347_500),
    G=("indirect-costs", 1_751_000),
)
GALE_MILESTONES = read(
    "Key dates",
    "title=A baseline=B actual=C status=D",
    rows(KEY_DATES),
    existing=milestones("gale-juniper", {4: 3, 6: 4, 7: 5}),
)
THOUSANDS = Truth(
    stated=(
        Stated("Costs", "A1", "project", "gale-juniper"),
        Stated("Costs", "A1", "period", "2026-S1"),
        Stated("Key dates", "A1", "project", "gale-juniper"),
    ),
    columns=(
        *columns("Costs", 6, 11, "A period [only row 10 is the half-year]; H [total of the headings]"),
        *(column("Costs", f"{at}6:{at}11", "money.amount", "kEUR; heading in row 5") for at in "BCDEFG"),
        *columns("Key dates", 4, 7, KEY_DATES_COLUMNS),
    ),
    passed_over={"Costs": ("6", "7", "11", "13")},
    records={("gale-juniper", "2026-S1"): {"money": GALE_MONEY, "milestones": GALE_MILESTONES}},
)

RISKS = """
6 | Talks are cancelled because of a conflict | political | 3 | 4 | Rounds can be held online. \
| League of the Fortunate Isles | 2026-06-15 | open
7 | Small grants are paid out late | financial | 2 | 3 | One account for all grants. \
| Erewhon Foundation | 2026-06-15 | open
8 | No interpreters for two languages | operational | 2 | 2 | A list of freelancers. \
| League of the Fortunate Isles | 2026-05 | closed
9 | Facilitators leave before the third round | ASK | ASK | 3 | Two stand-ins. \
| League of the Fortunate Isles | ASK | open
10 | Data of participants leak | security | 1 | 5 | | | 2026-06-15 | ASK
"""
RISK_COLUMNS = """
A [number]; B risks.title; C risks.category [staff is none of the categories]; D risks.likelihood;
E risks.impact; F [score]; G risks.response; H risks.owner; I risks.reviewed_on;
J [next review, not the last one]; K risks.status; L [trend, hidden]
"""
AURORA_RISKS = read(
    REGISTER,
    "title=B category=C likelihood=D impact=E response=G owner=H reviewed_on=I status=K",
    rows(RISKS),
    existing={6: "aurora-beech/risk-01", 7: "aurora-beech/risk-02"},
)
RISK_MATRIX = Truth(
    stated=(
        Stated(REGISTER, "A1", "project", "aurora-beech"),
        Stated(REGISTER, "A3", "period", "2026-S1"),
        Stated("Matrix", "A1", "project", "aurora-beech"),
    ),
    columns=(
        *columns(REGISTER, 6, 10, RISK_COLUMNS),
        *(column("Matrix", f"{letter}4:{letter}8", note="matrix of the same risks") for letter in "ABCDEF"),
    ),
    passed_over={REGISTER: ("12",), "Matrix": ("4", "5", "6", "7", "8")},
    records={("aurora-beech", "2026-S1"): {"risks": AURORA_RISKS}},
)

TRUTH: dict[str, Truth] = {  # by the name of the builder
    "french_budget": FRENCH_BUDGET,
    "quarter_milestones": QUARTER_MILESTONES,
    "training_log": TRAINING_LOG,
    "joint_table": JOINT_TABLE,
    "thousands": THOUSANDS,
    "risk_matrix": RISK_MATRIX,
}
