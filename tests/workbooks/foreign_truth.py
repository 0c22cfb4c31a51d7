"""What a careful reader takes from the foreign workbooks, cell by cell; written as foreign_reading.py says.

Kinds of events use the codes of milestone kinds. A milestone's or training's text stays as the cell has it.
"""

from __future__ import annotations

from tests.workbooks.foreign_reading import ASK, Stated, Truth, column, milestones, read
from tests.workbooks.foreign_truth_last import THOUSANDS_BY_PERIOD, TWO_PROJECTS
from tests.workbooks.foreign_truth_more import MERGED_GROUPS, TOTALS_AND_SECTIONS
from tests.workbooks.foreign_truth_words import (
    CANCELLED,
    DONE,
    EQUIPMENT,
    HUMAN,
    INDIRECT,
    OFFICE,
    PLANNED,
    RUNNING,
    SERVICES,
    TRAVEL,
)

FRENCH = Truth(
    stated=(
        Stated("Page de garde", "C6", "project", "storm-oak"),
        Stated("Page de garde", "C7", "project", "storm-oak"),
        Stated("Page de garde", "C8", "period", "2026-S1"),
        Stated("Jalons", "A5", "project", "storm-oak"),
        Stated("Jalons", "A5", "period", "2026-S1"),
        Stated("Dépenses", "A4", "period", "2026-S1"),
    ),
    columns=(
        column("Jalons", "A9:A15", note="serial number"),
        column("Jalons", "B9:B15", "milestones.title"),
        column("Jalons", "C9:C15", "milestones.baseline"),
        column("Jalons", "D9:D15", "milestones.forecast", "T4 is a quarter: no day, month or year says it"),
        column("Jalons", "E9:E15", "milestones.actual"),
        column("Jalons", "F9:F15", "milestones.status", "the letters are explained in B17"),
        column("Jalons", "G9:G15", "milestones.note"),
        column("Jalons", "H9:H15", note="internal reference, hidden"),
        column("Dépenses", "A8:A13", "money.heading"),
        column("Dépenses", "B8:B13", note="budget, not cost"),
        column("Dépenses", "C8:C13", "money.amount", "EUR; some cells are text", period="2026-S1"),
        column("Dépenses", "D8:D13", note="cumulative since the start"),
        column("Dépenses", "E8:E13", note="share of the budget"),
        column("Formations", "A7:A10", note="serial number"),
        column("Formations", "B7:B10", "trainings.title"),
        column("Formations", "C7:C10", "trainings.held_on"),
        column("Formations", "D7:D10", "trainings.men", "H = hommes"),
        column("Formations", "E7:E10", "trainings.women", "F = femmes"),
        column("Formations", "F7:F10", note="women and men together"),
    ),
    passed_over={"Jalons": ("17", "18"), "Dépenses": ("14", "16", "17"), "Formations": ("11", "13")},
    records={
        ("storm-oak", "2026-S1"): {
            "milestones": read(
                "Jalons",
                "title=B baseline=C forecast=D actual=E status=F note=G",
                {
                    9: (
                        *("Desk equipment delivered to Tunisia", "2024-06-28", None, "2024-09-03", DONE),
                        "Pour mémoire",
                    ),
                    10: (
                        *("Desk officers trained", "2025-11-28", None, "2025-12-04", DONE),
                        "Formation achevée ; attestations remises",
                    ),
                    11: (
                        *("Handover plan agreed", "2026-12-18", "2027-01", None, RUNNING),
                        "Projet de plan transmis aux deux ministères",
                    ),
                    12: ("Closing event (événement de clôture)", "2027-03-16", None, None, PLANNED, None),
                    13: (
                        *("Étude sur la satisfaction des déclarants", "2026-06", ASK, None, RUNNING),
                        "Recrutement de l'enquêteur plus long que prévu",
                    ),
                    14: ("Campagne radio en Tunisie", "2026-04-30", None, "2026-05-12", DONE, None),
                    15: (
                        *("Deuxième atelier de retour d'expérience au Maroc", "2026-02", None, None),
                        *(CANCELLED, "Remplacé par deux webinaires"),
                    ),
                },
                existing=milestones("storm-oak", {9: 3, 10: 5, 11: 6, 12: 7}),
            ),
            "money": read(
                "Dépenses",
                "heading=A amount=C",
                {
                    8: (HUMAN, 7357000),
                    9: (TRAVEL, 1760000),
                    10: (EQUIPMENT, 2538000),
                    11: (OFFICE, 1221000),
                    12: (SERVICES, 5592050),
                    13: (INDIRECT, 1292000),
                },
            ),
            "trainings": read(
                "Formations",
                "title=B held_on=C men=D women=E",
                {
                    7: ("Accueil des déclarants – niveau 1 (Rabat)", "2026-02-09", 11, 9),
                    8: ("Preuve numérique : premiers gestes (Tunis)", "2026-03-18", 8, 10),
                    9: ("Analyse des signalements (en ligne)", "2026-04", 14, 17),
                    10: ("Formation de formateurs (Tunis)", "2026-06-01", 5, 7),
                },
            ),
        }
    },
)

TWO_HEADER_ROWS = Truth(
    stated=(
        Stated("Work plan", "B2", "project", "hail-maple"),
        Stated("Work plan", "B3", "project", "hail-maple"),
        Stated("Work plan", "B3", "period", "2026-S1"),
        Stated("Finances", "A2", "project", "hail-maple"),
        Stated("Finances", "A2", "period", "2026-S1"),
    ),
    columns=(
        column("Work plan", "B9:B16", note="the partner's own number"),
        column("Work plan", "C9:C16", "milestones.title"),
        column("Work plan", "D9:D16", "milestones.baseline"),
        column("Work plan", "E9:E16", "milestones.forecast"),
        column("Work plan", "F9:F16", "milestones.actual"),
        column("Work plan", "G9:G16", "milestones.status", "explained in B20:C22"),
        column("Work plan", "H9:H16", "milestones.note"),
        column("Work plan", "I9:I16", note="staff days, hidden"),
        column("Finances", "A7:A12", note="line number"),
        column("Finances", "B7:B12", "money.heading"),
        column("Finances", "C7:C12", note="budget, not cost"),
        column("Finances", "D7:D12", note="share of the budget"),
        column("Finances", "E7:E12", "money.amount", "EUR; some cells are text", period="2026-S1"),
        column("Finances", "F7:F12", note="cumulative since the start"),
        column("Risks", "A6:A9", note="serial number"),
        column("Risks", "B6:B9", "risks.title"),
        column("Risks", "C6:C9", "risks.likelihood"),
        column("Risks", "D6:D9", "risks.impact"),
        column("Risks", "E6:E9", note="the product of the two"),
        column("Risks", "F6:F9", "risks.response"),
        column("Risks", "G6:G9", note="who looks after it"),
    ),
    passed_over={"Work plan": ("19", "20", "21", "22"), "Finances": ("13", "15"), "Risks": ("11",)},
    records={
        ("hail-maple", "2026-S1"): {
            "milestones": read(
                "Work plan",
                "title=C baseline=D forecast=E actual=F status=G note=H",
                {
                    9: (
                        *("Laboratory building handed over", "2025-12-15", None, "2026-03-16", DONE),
                        "Handover protocol signed by the three parties.",
                    ),
                    10: (
                        *("Regional evidence laboratory accepted", "2026-10-13", "2027-01-29", None, RUNNING),
                        "The acceptance test waits for two missing devices.",
                    ),
                    11: (
                        *("Curriculum adopted by the three academies", "2027-02-28", "2027-02-28", None),
                        *(RUNNING, None),
                    ),
                    12: ("First mock trial", "2027-04-20", "2027-05", None, PLANNED, "Room missing"),
                    13: (
                        *("Model orders translated into Bosnian and Serbian", "2026-03", None, "2026-03-31"),
                        *(DONE, None),
                    ),
                    14: (
                        *("Study visit of prosecutors to The Hague", "2026-06-10", "2026-09", None, RUNNING),
                        "Host institution asked to move the visit.",
                    ),
                    15: ("Model orders, second printing", "2026", None, None, CANCELLED, "Online only."),
                    16: ("Final report", "2028-02-28", None, None, PLANNED, None),
                },
                existing=milestones("hail-maple", {9: 3, 10: 4, 11: 5, 12: 6, 16: 7}),
            ),
            "money": read(
                "Finances",
                "heading=B amount=E",
                {
                    7: (HUMAN, 20971000),
                    8: (TRAVEL, 5367025),
                    9: (EQUIPMENT, 8881000),
                    10: (OFFICE, 4246000),
                    11: (SERVICES, 17455000),
                    12: (INDIRECT, 3980000),
                },
            ),
            "risks": read(
                "Risks",
                "title=B likelihood=C impact=D response=F",
                {
                    6: ("Laboratory devices arrive late", 4, 4, "Weekly call to the supplier"),
                    7: ("Judges are not released for the courses", 3, 3, "Courses moved to Fridays"),
                    8: ("New government changes the counterpart", 2, 4, "Letter of all ministries"),
                    9: ("Prices of expert hotels in season", 2, None, "None needed"),
                },
            ),
        }
    },
)

TRUTH: dict[str, Truth] = {  # by the name of the builder
    "french": FRENCH,
    "two_header_rows": TWO_HEADER_ROWS,
    "totals_and_sections": TOTALS_AND_SECTIONS,
    "merged_groups": MERGED_GROUPS,
    "two_projects": TWO_PROJECTS,
    "thousands_by_period": THOUSANDS_BY_PERIOD,
}
