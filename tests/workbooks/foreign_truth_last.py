"""What a careful reader takes from the foreign workbooks with two projects and in thousands, cell by cell."""

from __future__ import annotations

from tests.workbooks.foreign_reading import ASK, Stated, Truth, column, milestones, read
from tests.workbooks.foreign_truth_words import DONE, HEADINGS, OTHER, PLANNED, RUNNING

RAIN, DEW = "rain-willow", "dew-poplar"
TWO = "Costs & receipts"

TWO_PROJECTS = Truth(
    stated=(
        Stated("Milestones", "A3", "period", "2026-S1"),
        Stated(TWO, "A2", "period", "2026-S1"),
        Stated(TWO, "B5", "project", RAIN),
        Stated(TWO, "C5", "project", DEW),
    ),
    columns=(
        column("Milestones", "A7:A16", "project", "said once per block"),
        column("Milestones", "B7:B16", note="the contract's number of the milestone"),
        column("Milestones", "C7:C16", "milestones.title"),
        column("Milestones", "D7:D16", "milestones.baseline", "text; the column shows the day first"),
        column("Milestones", "E7:E16", "milestones.forecast", "text; the column shows the day first"),
        column("Milestones", "F7:F16", "milestones.actual", "text; the column shows the day first"),
        column("Milestones", "G7:G16", "milestones.status"),
        column(TWO, "A6:A12", "money.heading"),
        column(TWO, "B6:B12", "money.amount", "EUR, text with dots", project=RAIN, period="2026-S1"),
        column(TWO, "C6:C12", "money.amount", "EUR", project=DEW, period="2026-S1"),
        column(TWO, "A19:A21", "project", "said once per block"),
        column(TWO, "B19:B21", "received.received_on"),
        column(TWO, "C19:C21", "received.amount", "EUR, text; the column shows the dot between thousands"),
        column(TWO, "D19:D21", note="what kind of payment, in words"),
    ),
    passed_over={"Milestones": ("12", "19"), TWO: ("13", "14")},
    records={
        (RAIN, "2026-S1"): {
            "milestones": read(
                "Milestones",
                "title=C baseline=D forecast=E actual=F status=G",
                {
                    7: ("Alert format tested in Georgia", "2026-06-15", None, "2026-06-23", DONE),
                    8: (
                        "Alert format test in Armenia and the Republic of Moldova",
                        *("2027-02-26", "2027-03-12", None, RUNNING),
                    ),
                    9: ("Final report", "2027-12-31", None, None, PLANNED),
                    10: ("Visit of the Moldovan team to Tbilisi", "2026-05-05", None, "2026-05-07", DONE),
                    11: (
                        "Rules for sharing information: second draft",
                        *("2026-06-30", "2026-09-30", None, RUNNING),
                    ),
                },
                existing=milestones(RAIN, {7: 6, 8: 7, 9: 8}),
            ),
            "money": read(
                TWO,
                "heading=A amount=B",
                {
                    row: (heading, cents)
                    for row, heading, cents in zip(
                        range(6, 13),
                        HEADINGS,
                        (9808000, 2668000, 2833000, 1894000, 8153050, None, 1774000),
                        strict=True,
                    )
                    if heading != OTHER
                },
            ),
            "received": read(
                TWO,
                "received_on=B amount=C",
                {19: ("2026-02-26", 60000000), 20: ("2026-06-30", 1250000)},
            ),
        },
        (DEW, "2026-S1"): {
            "milestones": read(
                "Milestones",
                "title=C baseline=D forecast=E actual=F status=G",
                {
                    13: ("Twenty requests answered", "2026-06-30", None, "2026-06-09", DONE),
                    14: ("Closing note", "2027-01-29", "2027-01-29", None, PLANNED),
                    15: ("Library of clauses: 2nd edition", "2026-05-31", "2026-10-31", None, RUNNING),
                    16: ("Thirty requests answered", "2026-12-31", None, None, PLANNED),
                },
                existing=milestones(DEW, {13: 3, 14: 4}),
            ),
            "money": read(
                TWO,
                "heading=A amount=C",
                {
                    row: (heading, cents)
                    for row, heading, cents in zip(
                        range(6, 13),
                        HEADINGS,
                        (20606000, 4708000, 5745000, 3398575, 12579000, 400000, 3316000),
                        strict=True,
                    )
                },
            ),
            "received": read(TWO, "received_on=B amount=C", {21: ("2026-03-27", 48600000)}),
        },
    },
)

GALE, BUDGET = "gale-juniper", "Budget follow-up"

THOUSANDS_BY_PERIOD = Truth(
    stated=(
        Stated("Milestone tracker", "B2", "project", GALE),
        Stated("Milestone tracker", "B3", "project", GALE),
        Stated("Milestone tracker", "B3", "period", "2026-S1"),
        Stated(BUDGET, "A2", "project", GALE),
        Stated(BUDGET, "C6", "period", "2025-S2"),
        Stated(BUDGET, "D6", "period", "2026-S1"),
    ),
    columns=(
        column("Milestone tracker", "A7:A12", note="serial number"),
        column("Milestone tracker", "B7:B12", "milestones.title"),
        column("Milestone tracker", "C7:C12", "milestones.baseline"),
        column("Milestone tracker", "D7:D12", "milestones.forecast"),
        column("Milestone tracker", "E7:E12", "milestones.actual"),
        column("Milestone tracker", "F7:F12", "milestones.status", "a share; B14 says what 0 and 100 % mean"),
        column(BUDGET, "A7:A13", "money.heading"),
        column(BUDGET, "B7:B13", note="budget, not cost"),
        column(BUDGET, "C7:C13", "money.amount", "thousands of EUR", period="2025-S2"),
        column(BUDGET, "D7:D13", "money.amount", "thousands of EUR", period="2026-S1"),
        column(BUDGET, "E7:E13", note="a forecast, not a cost"),
        column(BUDGET, "F7:F13", note="cumulative since the start"),
        column(BUDGET, "A19:A20", "received.payer"),
        column(BUDGET, "B19:B20", "received.received_on"),
        column(BUDGET, "C19:C20", "received.amount", "thousands of EUR; 1.125 is 1 125 or 1 125 000 EUR"),
    ),
    passed_over={"Milestone tracker": ("14",), BUDGET: ("14", "22")},
    records={
        (GALE, "2025-S2"): {
            "money": read(
                BUDGET,
                "heading=A amount=C",
                {
                    row: (heading, cents)
                    for row, heading, cents in zip(
                        range(7, 14),
                        HEADINGS,
                        (18175000, 3710000, 5406000, 2601000, 10596000, 400000, 2862000),
                        strict=True,
                    )
                },
            ),
        },
        (GALE, "2026-S1"): {
            "milestones": read(
                "Milestone tracker",
                "title=B baseline=C forecast=D actual=E status=F",
                {
                    7: ("First exercise", "2025-06-17", None, "2025-06-17", DONE),
                    8: ("Advice on governance handed over", "2026-04-30", None, "2026-05-21", DONE),
                    9: ("Second regional exercise", "2026-10-13", "2026-11", None, RUNNING),
                    10: ("Watch service: hand-over", "2027-11-30", None, None, PLANNED),
                    11: ("Third watch shift staffed", "2026-02", None, "2026-02", DONE),
                    12: ("Sensor data shared with Barataria", "2026-06-30", "2026-09-15", None, RUNNING),
                },
                existing=milestones(GALE, {7: 2, 8: 3, 9: 4, 10: 5}),
            ),
            "money": read(
                BUDGET,
                "heading=A amount=D",
                {
                    row: (heading, cents)
                    for row, heading, cents in zip(
                        range(7, 14),
                        HEADINGS,
                        (16475000, 3357400, 4558000, 2328000, 12258000, None, 2724000),
                        strict=True,
                    )
                    if heading != OTHER
                },
            ),
            "received": read(
                BUDGET,
                "payer=A received_on=B amount=C",
                {
                    19: ("European Commission", "2026-04-28", 40000000),
                    20: ("Own contribution", "2026-06-12", ASK),
                },
            ),
        },
    },
)
