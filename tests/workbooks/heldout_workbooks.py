"""Six workbooks as partners lay them out, kept apart: no reader was made with these layouts in view.

All projects, people and figures are fictional. What each workbook says is in heldout_truth.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from tests.workbooks.foreign_sheets import (
    Cell,
    finish,
    heads,
    merge,
    new_book,
    numbers,
    put,
    strong,
    title,
    widths,
)


def table(text: str) -> list[list[Cell]]:
    """The rows of this text: `|` divides cells, `'` begins a text like a number, ` // ` a line."""
    return [[_cell(part.strip()) for part in line.split("|")] for line in text.strip("\n").splitlines()]


def _cell(part: str) -> Cell:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", part):
        return date.fromisoformat(part)
    if re.fullmatch(r"\d+(\.\d+)?", part):
        return float(part) if "." in part else int(part)
    return part.removeprefix("'").replace(" // ", "\n") or None


BUDGET = """
N° | Rubriques et lignes | Code analytique | Unité | Budget approuvé \
| Dépenses antérieures // (au 31/12/2025) | Dépenses de la période // (01/01/2026 - 30/06/2026) \
| Cumul des dépenses | Solde | Taux d'exécution
1 | Ressources humaines
'1.1 | Équipe technique | CC-101 | mois | 441600 | 220800 | 55200
'1.2 | Appui administratif | CC-102 | mois | 148000 | 73802 | 18450.5
| Sous-total rubrique 1 | | | 589600 | 294602 | =SUM(G10:G11)
2 | Voyages
'2.1 | Billets internationaux | CC-201 | vol | 96000 | 41220.3 | 12380.75
'2.2 | Déplacements locaux | CC-202 | forfait | 24000 | 11008.6 | 3145.2
| Sous-total rubrique 2 | | | 120000 | 52228.9 | =SUM(G14:G15)
3 | Équipement et fournitures
'3.1 | Location d'appareils | CC-301 | lot | 310000 | 150400 | 21990
| Sous-total rubrique 3 | | | 310000 | 150400 | =SUM(G18:G18)
4 | Bureau local
'4.1 | Loyer | CC-401 | mois | 76800 | 38400 | 9600
'4.2 | Consommables, fournitures de bureau | CC-402 | mois | 12000 | 4902.75 | 1287.4
| Sous-total rubrique 4 | | | 88800 | 43302.75 | =SUM(G21:G22)
5 | Autres coûts, services
'5.1 | Vérification des dépenses | CC-501 | rapport | 30000 | 9800 | 0
'5.2 | Traduction, interprètes | CC-502 | jour | 70000 | 28115.9 | 8412.1
'5.3 | Conférences et séminaires | CC-503 | évènement | 160000 | 61400 | 14200
| Sous-total rubrique 5 | | | 260000 | 99315.9 | =SUM(G25:G27)
6 | Autres | CC-600 | forfait | 10000 | 0 | 0
7 | Sous-total des coûts directs (1 à 6) | | | 1378400 | 639849.55 | =G12+G16+G19+G23+G28+G29
8 | Coûts indirects (7 % au plus de 7) | | | 96488 | 44789.47 | 10126.62
9 | TOTAL DES COÛTS ÉLIGIBLES | | | 1474888 | 684639.02 | =G30+G31
"""
BUDGET_SUMS = {12: 73650.5, 16: 15525.95, 19: 21990.0, 23: 10887.4, 28: 22612.1, 30: 144665.95, 32: 154792.57}

CALENDAR = """
Jalon | Date contractuelle | Nouvelle date | Date effective | État | Observations
Deuxième rapport annuel | 2026-02-28 | | 2026-02-26 | réalisé
Deux plans d'action adoptés | 2026-09-30 | septembre 2026 | | en cours | Relecture en cours.
Deuxième exercice régional | 2026-12-08 | T1 2027 | | à venir | Salle à confirmer.
Visite entre équipes de réponse | juin 2026 | | | reporté | Date à convenir.
Atelier sur les alertes précoces | 2026-04-15 | | | abandonné | Voir le cours d'avril.
"""


def french_budget() -> bytes:
    """Budget execution by rubrique, lines under sections, subtotals; and a calendar of milestones."""
    book, (budget, dates) = new_book("Exécution budgétaire", "Calendrier")
    title(budget, "A1", "RAPPORT FINANCIER INTERMÉDIAIRE")
    put(budget, "A3", [("Action :", "ClearCedar"), ("N° de contrat :", "DEMO/C/2023/029")])
    put(budget, "A5", [("Période :", "du 1er janvier au 30 juin 2026"), ("Devise :", "EUR")])
    put(budget, "A8", table(BUDGET))
    results: dict[str, float] = {}
    for row in range(9, 33):
        if budget[f"E{row}"].value is None:
            strong(budget, f"A{row}:J{row}")
            continue
        planned, before = (float(str(budget[f"{letter}{row}"].value)) for letter in "EF")
        spent = BUDGET_SUMS.get(row) or float(str(budget[f"G{row}"].value))
        formulas = (f"=F{row}+G{row}", f"=E{row}-H{row}", f"=H{row}/E{row}")
        put(budget, f"H{row}", [formulas])
        results[f"H{row}"] = round(before + spent, 2)
        results[f"I{row}"] = round(planned - before - spent, 2)
        results[f"J{row}"] = round((before + spent) / planned, 4)
        if row in BUDGET_SUMS:
            results[f"G{row}"] = spent
            strong(budget, f"A{row}:J{row}")
    heads(budget, "A8:J8")
    numbers(budget, "E9:I32", "#,##0.00")
    numbers(budget, "J9:J32", "0%")
    budget["B34"] = "Les montants sont tirés de la comptabilité du projet ; le solde est budget moins cumul."
    budget["B35"] = "Fait le 10/07/2026 - la responsable administrative"
    widths(budget, A=14, B=40, C=0, D=11, E=15, F=18, G=22, H=15, I=15, J=11)
    title(dates, "A1", "ClearCedar - calendrier des jalons, 1er semestre 2026")
    dates["A2"] = "État : réalisé / en cours / à venir / abandonné"
    put(dates, "A4", table(CALENDAR))
    heads(dates, "A4:F4")
    dates["A11"] = "NB : les dates contractuelles sont celles de l'annexe I."
    widths(dates, A=36, B=18, C=18, D=16, E=14, F=40)
    return finish(book, {"Exécution budgétaire": results})


QUARTERS = """
Ref. | Output | Milestone | Lead | Q1 2026 | | Q2 2026 | | After June 2026 | | Status | Remarks
| | | | due | done on | due | done on | due | now expected
'1.1 | Output 1: the units know each other | Contact list of the units renewed | GPC | 2026-02-27 \
| 2026-03-03 | | | | | achieved
'1.2 | | Second joint case day | GPC | | | 2026-04-21 | 2026-05-12 | | | achieved | Three weeks late.
'1.3 | | Joint case day in Belarus | MoI | 2026-03-24 | | | | | | dropped | Cooperation is suspended.
'1.4 | | Third joint case day | GPC | | | | | 2027-01-26 | | not started
'2.1 | Output 2: the units have common tools | Questionnaire on tools answered | MoI | 2026-03-20 | | \
| 2026-04-09 | | | achieved
'2.2 | | Guide revised | MoI | | | | | 2027-06-30 | autumn 2027 | ongoing
'2.3 | | Test bench lent to the units | GPC | | | 05/2026 | | | 2026-09-18 | delayed | The supplier is late.
"""
QUARTERS_KEY = "Status:\n|achieved = completed\n|ongoing = begun\n|not started = to come\n|dropped = given up"


def quarter_milestones() -> bytes:
    """A logframe-like list: outputs merged over their milestones, quarters merged over their dates."""
    book, (sheet,) = new_book("Follow-up")
    title(sheet, "A1", "ThunderElm: outputs and milestones")
    sheet["A2"] = "Progress report no. 4, January to June 2026"
    sheet["A3"] = "Please do not change the numbering of outputs (annex I)."
    put(sheet, "A5", table(QUARTERS), "d mmm yyyy")
    merge(sheet, "E5:F5", "G5:H5", "I5:J5", "B7:B10", "B11:B13")
    merge(sheet, *(f"{letter}5:{letter}6" for letter in "ABCDKL"))
    heads(sheet, "A5:L6")
    put(sheet, "A15", table(QUARTERS_KEY))
    sheet["A20"] = "GPC = Graustark Police College; MoI = Ministry of the Interior of Ruritania"
    widths(sheet, A=7, B=24, C=36, D=8, E=13, F=13, G=13, H=13, I=13, J=14, K=13, L=40)
    return finish(book)


TRAININGS = """
# | Activity | Format | From | To | Where | Beneficiary | Participants | | | Average test score (of 100)
| | | | | | | W | M | All | before | after
Quarter 1
1 | Supervision seminar for regulators | workshop | 2026-02-10 | 2026-02-11 | Online \
| Bosnia and Herzegovina | 9 | 7 | =I9+J9 | 51 | 66
2 | An evening without mail | table-top exercise | 2026-03-24 | | Training centre One (fictional) \
| Montenegro | 6 | 8 | =I10+J10 | n/a | n/a
Quarter 2
3 | Two authorities at work | study tour | 2026-04-14 | 2026-04-17 | Utopia Agency for Digital Cooperation \
| Kosovo* | 5 | 4 | =I12+J12 | n/a | n/a
4 | Supervision of operators | course | 2026-05-11 | 2026-05-13 | Lilliput Institute for Cyber Studies \
| North Macedonia | 13 | 11 | =I13+J13 | 48 | 67
5 | Preparing international talks | info day | 20 May 2026 | | Online | Albania / Serbia \
| ca. 15 | 10 | ca. 25 | n/a | n/a
6 | New supervisors accompanied | coaching | June 2026 | | Online | Türkiye | | | 6
| Total | | | | | | =SUM(I9:I15) | =SUM(J9:J15) | =SUM(K9:K15)

* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 \
and the ICJ Opinion on the Kosovo declaration of independence.
W = women, M = men, as signed on the attendance sheet; activity 6: sex was not recorded.
"""


def training_log() -> bytes:
    """A log of trainings with women and men, quarters as rows, beginning in column B."""
    book, (sheet,) = new_book("Log")
    title(sheet, "B2", "Capacity building log")
    sheet["B3"] = "Fictional regional action on cybersecurity governance"
    sheet["B4"] = "First half of 2026"
    put(sheet, "B6", table(TRAININGS), "d-mmm-yy")
    merge(sheet, "I6:K6", "L6:M6", "B8:M8", "B11:M11", *(f"{letter}6:{letter}7" for letter in "BCDEFGH"))
    heads(sheet, "B6:M7")
    strong(sheet, "B8:M8", "B11:M11", "B16:M16")
    widths(sheet, A=2, B=5, C=36, D=18, E=12, F=12, G=34, H=22, I=7, J=7, K=7, L=9, M=9)
    results = {"K9": 16, "K10": 14, "K12": 9, "K13": 24, "I16": 33, "J16": 40, "K16": 69}
    return finish(book, {"Log": results})


JOINT = """
Projet / Project | Jalon / Milestone | Type | Prévu / Planned | Nouvelle prévision / Forecast \
| Atteint le / Reached | % | Statut / Status | Remarques / Comments
HailMaple // DEMO/C/2024/012 | Laboratory building handed over | delivery | 15.12.2025 | - | 16.03.2026 | 1 \
| terminé / done
| Regional evidence laboratory accepted | deliverable | 13.10.2026 | 29.01.2027 | - | 0.6 \
| en cours / ongoing | Two devices are missing.
| Curriculum adopted by three academies | policy | 28.02.2027 | '02.2027 | - | 0.4 | en cours / ongoing
| First mock trial | exercise | 20.04.2027 | before the summer | - | 0 | non commencé / not started \
| Depends on the court's calendar.
DrizzleAlder // DEMO/C/2024/018 | First sector exercise | exercise | 12.05.2026 | - | 2026-05-12 | 1 \
| terminé / done
| Tender for the third contract published | decision | 15.09.2026 | 2026-10-06 | - | 0.7 \
| en cours / ongoing | La publication suit l'accord du siège.
| Second sector exercise | exercise | 13.04.2027 | - | - | 0 | non commencé / not started
| Handbook for operators | publication | 05.06.2026 | 07/08/2026 | - | 0.9 | en retard / late | In print.
"""


def joint_table() -> bytes:
    """Two projects of one team in one bilingual table; each project's cell is merged over its rows."""
    book, (sheet,) = new_book("Avancement - Progress")
    title(sheet, "A1", "Tableau d'avancement commun / Joint progress table")
    sheet["A2"] = "Période / Period: 01.01.2026 - 30.06.2026"
    put(sheet, "A4", table(JOINT), "dd.mm.yyyy")
    merge(sheet, "A1:I1", "A5:A8", "A9:A12")
    heads(sheet, "A4:I4")
    numbers(sheet, "G5:G12", "0%")
    sheet["A14"] = '"-" : sans objet / not applicable'
    widths(sheet, A=22, B=40, C=13, D=14, E=20, F=16, G=7, H=26, I=40)
    return finish(book)


COSTS = """
| Budget heading
| Staff | Travel and per diem | Equipment, supplies | Field office | Services | Overheads (7 %) | TOTAL
Budget after amendment | 1210 | 180 | 420 | 95 | 562.29 | 172.71 | =SUM(B6:G6)
Spent until 31 Dec 2025 | 611.4 | 77.35 | 244.02 | 40.5 | 201.118 | 82.207 | =SUM(B7:G7)
Q1 2026 | 74.25 | 9.8 | 12.5 | 4.2 | 31.075 | 9.228 | =SUM(B8:G8)
Q2 2026 | 81.6 | 14.315 | 0 | tbc | 22.4 | 8.282 | =SUM(B9:G9)
"""
COST_RESULTS = {"B10": 155.85, "C10": 24.115, "D10": 12.5, "E10": 4.2, "F10": 53.475, "G10": 17.51}
COST_RESULTS |= {"B11": 767.25, "C11": 101.465, "D11": 256.52, "E11": 44.7, "F11": 254.593, "G11": 99.717}
COST_RESULTS |= {"H6": 2640.0, "H7": 1256.595, "H8": 141.053, "H9": 126.597, "H10": 267.65, "H11": 1524.245}

KEY_DATES = """
What | Contract date | Done | State | Days late
Advice on governance handed over | 2026-04-30 | 2026-05-21 | completed | 21
Spare parts for the watch delivered | 06/2026 | 2026-06-24 | completed | 0
Second regional exercise | 2026-10-13 | | in preparation
Watch service handed over | 2027-11-30 | | not yet begun
"""


def thousands() -> bytes:
    """Costs in kEUR with headings across and quarters down; and a short list of key dates."""
    book, (costs, dates) = new_book("Costs", "Key dates")
    title(costs, "A1", "Contract DEMO/C/2024/015: cost statement H1 2026")
    costs["A2"] = "kEUR, all sources of funding, unaudited"
    put(costs, "A4", table(COSTS))
    put(costs, "A10", [("H1 2026 (Q1 + Q2)", *(f"=SUM({letter}8:{letter}9)" for letter in "BCDEFGH"))])
    put(costs, "A11", [("Spent to date", *(f"={letter}7+{letter}10" for letter in "BCDEFGH"))])
    merge(costs, "B4:H4")
    heads(costs, "A4:H5")
    strong(costs, "A10:H10")
    numbers(costs, "B6:H11", "#,##0.0")
    costs["A13"] = "tbc: the field office's accounts for the second quarter arrive at the end of July."
    widths(costs, A=26)
    title(dates, "A1", "Key dates, contract DEMO/C/2024/015", size=11)
    put(dates, "A3", table(KEY_DATES), "yyyy-mm-dd")
    heads(dates, "A3:E3")
    return finish(book, {"Costs": COST_RESULTS})


RISKS = """
No. | What could happen | Area | P // (1-5) | I // (1-5) | P x I | What we do about it | Who | Last reviewed \
| Next review | Open/closed | Trend (internal)
R1 | Talks are cancelled because of a conflict | Political | 3 | 4 | =D6*E6 | Rounds can be held online. \
| League of the Fortunate Isles | 2026-06-15 | 2026-09-15 | open | up
R2 | Small grants are paid out late | Financial | 2 | 3 | =D7*E7 | One account for all grants. \
| Erewhon Foundation | 2026-06-15 | 2026-09-15 | open | same
R3 | No interpreters for two languages | Operational | 2 (unlikely) | 2 | 4 | A list of freelancers. \
| League of the Fortunate Isles | May 2026 | none | closed | down
R4 | Facilitators leave before the third round | Staff | 3-4 | 3 | 9-12 | Two stand-ins. \
| League of the Fortunate Isles | after each round | 2026-09-15 | open | up
R5 | Data of participants leak | Security | 1 | 5 | =D10*E10 | | | 2026-06-15 | 2026-12-15 | see R4 | same
"""
MATRIX = "P / I | 1 | 2 | 3 | 4 | 5\n5\n4\n3 | | | R4 | R1\n2 | | R3 | R2\n1 | | | | | R5"


def risk_matrix() -> bytes:
    """A risk register with two dates of review and a hidden column; and the same risks as a matrix."""
    book, (register, matrix) = new_book("Risk register", "Matrix")
    title(register, "A1", "Aurora Beech")
    put(register, "A2", [("Risk register, annex 4 to the progress report",), ("01/2026 - 06/2026",)])
    put(register, "A5", table(RISKS), "dd.mm.yy")
    heads(register, "A5:L5")
    register["A12"] = "P = probability, I = impact; 1 = very low, 5 = very high; red from 15, orange from 9."
    widths(register, A=6, B=42, C=13, D=12, E=8, F=8, G=30, H=30, I=15, J=13, K=12, L=0)
    matrix["A1"] = "Aurora Beech: matrix of risks"
    put(matrix, "A3", table(MATRIX))
    heads(matrix, "A3:F3")
    return finish(book, {"Risk register": {"F6": 12, "F7": 6, "F10": 5}})


BUILDERS: dict[str, Callable[[], bytes]] = {
    "french_budget": french_budget,
    "quarter_milestones": quarter_milestones,
    "training_log": training_log,
    "joint_table": joint_table,
    "thousands": thousands,
    "risk_matrix": risk_matrix,
}
