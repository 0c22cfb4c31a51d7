"""What a careful reader takes from the workbooks with sections and with merged groups, cell by cell."""

from __future__ import annotations

from tests.workbooks.foreign_reading import ASK, Stated, Truth, column, milestones, read
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

TOTALS_AND_SECTIONS = Truth(
    stated=(
        Stated("Financial report", "A2", "project", "clear-cedar"),
        Stated("Financial report", "A2", "period", "2026-S1"),
        Stated("Financial report", "E6", "period", "2026-S1"),
        Stated("Activities", "A2", "project", "clear-cedar"),
        Stated("Activities", "A2", "period", "2026-S1"),
    ),
    columns=(
        column("Financial report", "A7:A25", note="line number"),
        column("Financial report", "B7:B25", "money.heading", "sections are the headings; lines detail them"),
        column("Financial report", "C7:C25", note="cost centre, hidden"),
        column("Financial report", "D7:D25", note="budget, not cost"),
        column("Financial report", "E7:E25", "money.amount", "EUR, one amount per section", period="2026-S1"),
        column("Financial report", "F7:F25", note="share of the budget"),
        column("Activities", "A6:A21", note="the partner's own number, or a section or total"),
        column("Activities", "B6:B21", "milestones.title", "rows 9, 13 and 17 are subtotals"),
        column("Activities", "C6:C21", "milestones.baseline"),
        column("Activities", "D6:D21", "milestones.forecast"),
        column("Activities", "E6:E21", "milestones.actual"),
        column("Activities", "F6:F21", "milestones.status"),
        column("Trainings", "A5:A14", "trainings.title", "sections and subtotals stand between"),
        column("Trainings", "B5:B14", "trainings.held_on", "the header says the year"),
        column("Trainings", "C5:C14", "trainings.place"),
        column("Trainings", "D5:D14", "trainings.women"),
        column("Trainings", "E5:E14", "trainings.men"),
        column("Trainings", "F5:F14", note="women and men together"),
    ),
    passed_over={
        "Financial report": ("24", "26", "28"),
        "Activities": ("6", "9", "10", "13", "14", "17", "18", "21", "22"),
        "Trainings": ("5", "8", "9", "13", "14", "15"),
    },
    records={
        ("clear-cedar", "2026-S1"): {
            "money": read(
                "Financial report",
                "heading=B amount=E",
                {
                    7: (HUMAN, 31115000),
                    11: (TRAVEL, 5999000),
                    15: (EQUIPMENT, 9304000),
                    18: (OFFICE, 4869000),
                    19: (SERVICES, 21914000),
                    25: (INDIRECT, 5124070),
                },
                elsewhere={
                    (7, "amount"): "E10",
                    (11, "amount"): "E14",
                    (15, "amount"): "E17",
                    (19, "amount"): "E23",
                },
                parts={7: ("E8", "E9"), 11: ("E12", "E13"), 15: ("E16",), 19: ("E20", "E21", "E22")},
            ),
            "milestones": read(
                "Activities",
                "title=B baseline=C forecast=D actual=E status=F",
                {
                    7: ("Second regional exercise", "2026-12-08", None, None, RUNNING),
                    8: ("Jordan listed in the directory", "2026-05-29", None, "2026-06-18", DONE),
                    11: ("Two action plans adopted", "2026-09-30", None, None, RUNNING),
                    12: ("Third annual report", "2027-02-26", None, None, PLANNED),
                    15: ("Twelve student places agreed", "2026-03", "2026-10", None, RUNNING),
                    16: ("Student hackathon in Amman", "2026-06", None, None, CANCELLED),
                    19: ("Second annual report", "2026-02-28", None, "2026-02-26", DONE),
                    20: ("Closing conference (final)", "2027-11-16", None, None, PLANNED),
                },
                existing=milestones("clear-cedar", {7: 7, 11: 6, 12: 8, 19: 5, 20: 9}),
            ),
            "trainings": read(
                "Trainings",
                "title=A held_on=B place=C women=D men=E",
                {
                    6: ("Handling of incidents, basic course", "2026-02-12", "Amman", 9, 12),
                    7: ("Log analysis", "2026-03-03", "Rabat", 7, 8),
                    10: ("Handling of incidents, advanced course (1)", "2026-04-14", "Cairo", 10, 11),
                    11: ("Communication in a crisis", "2026-05", "Tunis", 12, 6),
                    12: ("Student placement: induction", "2026-06-22", "online", 0, 9),
                },
            ),
        }
    },
)

MERGED_GROUPS = Truth(
    stated=(
        Stated("Info", "B5", "project", "breeze-olive"),
        Stated("Info", "B7", "project", "breeze-olive"),
        Stated("Info", "B8", "period", "2026-S1"),
        Stated("Capacity building", "A3", "period", "2026-S1"),
    ),
    columns=(
        column("Capacity building", "A7:A15", note="the project's own component; merged down"),
        column("Capacity building", "B7:B15", "trainings.partner", "merged down; regional is no one partner"),
        column("Capacity building", "C7:C15", "trainings.title"),
        column("Capacity building", "D7:D15", "trainings.kind"),
        column("Capacity building", "E7:E15", "trainings.held_on", "E12 is merged down"),
        column("Capacity building", "F7:F15", "trainings.place", "F7 and F12 are merged down"),
        column("Capacity building", "G7:G15", "trainings.women"),
        column("Capacity building", "H7:H15", "trainings.men"),
        column("Capacity building", "I7:I15", note="women and men together"),
        column("Risk register", "A6:A10", note="category; merged down"),
        column("Risk register", "B6:B10", "risks.title"),
        column("Risk register", "C6:C10", "risks.likelihood", "the words' numbers are in B13"),
        column("Risk register", "D6:D10", "risks.impact", "the words' numbers are in B13"),
        column("Risk register", "E6:E10", "risks.response", "E6 is merged down"),
        column("Risk register", "F6:F10", "risks.status"),
        column("Risk register", "G6:G10", note="who looks after it"),
    ),
    passed_over={"Capacity building": ("16", "18"), "Risk register": ("13",)},
    records={
        ("breeze-olive", "2026-S1"): {
            "trainings": read(
                "Capacity building",
                "partner=B title=C kind=D held_on=E place=F women=G men=H",
                {
                    7: (
                        *("ALB", "Drafting clinic: law on network security", "workshop"),
                        *("2026-01-21", "Tirana", 9, 11),
                    ),
                    8: ("ALB", "Follow-up clinic for the committee's staff", "workshop", ASK, "Tirana", 6, 5),
                    9: (
                        *("BIH", "Supervision of operators: first course", "training"),
                        *("2026-03-10", "Sarajevo", 12, 10),
                    ),
                    10: (
                        *("BIH", "Supervision of operators: second course", "training"),
                        *("2026-06", "Banja Luka", 8, 9),
                    ),
                    11: (
                        *("XKX", "Table-top for the authority's duty officers", "exercise"),
                        *("2026-04-28", "Pristina", 7, 13),
                    ),
                    12: ("MKD", "Staff skills: safe mail", "training", "2026-05-20", "Skopje", 15, 6),
                    13: ("MKD", "Staff skills: backups", "training", "2026-05-20", "Skopje", 11, 9),
                    14: (
                        *(None, "Officials' seminar on international talks", ASK),
                        *("2026-05-20", "Brussels", 18, 16),
                    ),
                    15: (None, "Mock negotiation", "exercise", "2026-06-09", "online", 10, 12),
                },
                elsewhere={
                    (8, "partner"): "B7",
                    (8, "place"): "F7",
                    (10, "partner"): "B9",
                    (13, "partner"): "B12",
                    (13, "held_on"): "E12",
                    (13, "place"): "F12",
                },
            ),
            "risks": read(
                "Risk register",
                "title=B likelihood=C impact=D response=E status=F",
                {
                    6: (
                        *("Elections delay the laws", 4, 3),
                        *("Briefing of party groups before the session", "open"),
                    ),
                    7: (
                        *("Law adopted without a budget", 3, 4),
                        *("Briefing of party groups before the session", "open"),
                    ),
                    8: (
                        *("Trained staff leave the authorities", 5, 3),
                        *("Handbooks, so that a successor can start", "open"),
                    ),
                    9: ("Exchange rate losses", 2, 2, "Monthly check", "closed"),
                    10: ("Venue prices in the season", 3, 1, "Book early", "closed"),
                },
                elsewhere={(7, "response"): "E6"},
            ),
        }
    },
)
