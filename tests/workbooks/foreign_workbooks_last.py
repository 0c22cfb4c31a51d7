"""Progress reports as implementing partners lay them out themselves: the last two of six, in code.

Two projects in one sheet; thousands of euro with the periods as columns. Everything in them is made up.
What a careful reader takes from them stands in foreign_truth.py.
"""

from __future__ import annotations

from datetime import date

from tests.workbooks.foreign_sheets import finish, heads, merge, new_book, numbers, put, strong, title, widths


def two_projects() -> bytes:
    """RainWillow and DewPoplar in one report: the action named once per block, or as a column."""
    book, (steps, money) = new_book("Milestones", "Costs & receipts")
    title(steps, "A2", "League of the Fortunate Isles", 11)
    title(steps, "A3", "Combined half-yearly report on two actions – January to June 2026 (S1/2026)")
    put(
        steps,
        "A6",
        [
            ("Action", "No", "Milestone", "Due (contract)", "Expected", "Done on", "Status"),
            ("RainWillow", 6, "Alert format tested in Georgia", "15/06/2026", None, "23/06/2026", "✓ done"),
            (
                *(None, 7, "Alert format test in Armenia and the Republic of Moldova", "26/02/2027"),
                *("12/03/2027", None, "in progress"),
            ),
            (None, 8, "Final report", "31/12/2027", None, None, "to do"),
            (None, None, "Visit of the Moldovan team to Tbilisi", "05/05/2026", None, "07/05/2026", "✓ done"),
            (
                *(None, None, "Rules for sharing information: second draft", "30/06/2026", "30/09/2026"),
                *(None, "in progress"),
            ),
            (),
            ("DewPoplar", 3, "Twenty requests answered", "30/06/2026", None, "09/06/2026", "✓ done"),
            (None, 4, "Closing note", "29/01/2027", "29/01/2027", None, "to do"),
            (None, None, "Library of clauses: 2nd edition", "31/05/2026", "31/10/2026", None, "in progress"),
            (None, None, "Thirty requests answered", "31/12/2026", None, None, "to do"),
        ],
    )
    heads(steps, "A6:G6")
    put(steps, "C19", [("Numbers as in the contracts; milestones without a number are our own.",)])
    widths(steps, A=14, B=5, C=46, D=15, E=13, F=13, G=13)

    title(money, "A2", "Costs incurred and payments received, 1 January to 30 June 2026, EUR")
    put(
        money,
        "A5",
        [
            ("Budget heading", "RainWillow\nDEMO/C/2022/031", "DewPoplar\nDEMO/C/2024/001"),
            ("Human resources", "98.080,00", 206060),
            ("Travel", "26.680,00", 47080),
            ("Equipment and supplies", "28.330,00", 57450),
            ("Local office", "18.940,00", 33985.75),
            ("Other costs, services", "81.530,50", 125790),
            ("Other", "–", 4000),
            ("Indirect costs", "17.740,00", 33160),
            ("Total", "271.300,50", "=SUM(C6:C12)"),
        ],
    )
    heads(money, "A5:C5")
    strong(money, "A13:C13")
    numbers(money, "C6:C13", "#,##0.00")
    put(money, "A14", [("– = nothing to report under this heading",)])
    put(
        money,
        "A18",
        [
            ("Payments received", "Value date", "Amount (EUR)", "Remark"),
            ("RainWillow", "26/02/2026", "600.000,00", "interim payment"),
            (None, "30/06/2026", "12.500", "member contribution"),
            ("DewPoplar", "27/03/2026", "486.000,00", "interim payment"),
        ],
    )
    heads(money, "A18:D18")
    widths(money, A=30, B=20, C=20, D=24)
    return finish(book, {"Costs & receipts": {"C13": 507525.75}})


def thousands_by_period() -> bytes:
    """GaleJuniper: thousands of euro as the header says, half-years as columns, one of them a forecast."""
    book, (steps, money) = new_book("Milestone tracker", "Budget follow-up")
    title(steps, "B2", "GaleJuniper  |  El Dorado Agency for Network Resilience", 14)
    put(steps, "B3", [("Contract no. DEMO/C/2024/015 – situation at 30 June 2026",)])
    put(
        steps,
        "A6",
        [
            ("#", "Milestone", "Baseline", "Forecast", "Actual", "% complete"),
            (1, "First exercise", date(2025, 6, 17), None, date(2025, 6, 17), 1),
            (2, "Advice on governance handed over", date(2026, 4, 30), None, date(2026, 5, 21), 1),
            (3, "Second regional exercise", date(2026, 10, 13), "November 2026", None, 0.3),
            (4, "Watch service: hand-over", date(2027, 11, 30), None, None, 0),
            (5, "Third watch shift staffed", "Feb 2026", None, "Feb 2026", 1),
            (6, "Sensor data shared with Barataria", date(2026, 6, 30), date(2026, 9, 15), None, 0.6),
        ],
        "dd.mm.yyyy",
    )
    heads(steps, "A6:F6")
    numbers(steps, "F7:F12", "0%")
    put(steps, "B14", [("0 % = not started, 100 % = finished",)])
    widths(steps, A=4, B=44, C=14, D=16, E=14, F=12)

    title(money, "A2", "GaleJuniper – expenditure and funds received")
    put(money, "A3", [("All amounts in thousands of euro (kEUR)",)])
    put(
        money,
        "A5",
        [
            (None, "Budget (kEUR)", "Expenditure (kEUR)", None, None, "Total to date (kEUR)"),
            ("Cost category", None, "Jul–Dec 2025", "Jan–Jun 2026", "Jul–Dec 2026 (forecast)", None),
            ("Human resources", 950, 181.75, 164.75, 150, 597.55),
            ("Travel", 220, 37.1, 33.574, 35, 131.394),
            ("Equipment and supplies", 320, 54.06, 45.58, 60, 175.42),
            ("Local office", 150, 26.01, 23.28, 25, 89.12),
            ("Other costs and services", 800, 105.96, 122.58, 130, 426.07),
            ("Contingency / other", 20, 4, "-", None, 12),
            ("Overheads", 180, 28.62, 27.24, 28, 100.15),
            ("Total", *(f"=SUM({column}7:{column}13)" for column in "BCDEF")),
        ],
    )
    merge(money, "B5:B6", "C5:E5", "F5:F6")
    heads(money, "A5:F6")
    strong(money, "A14:F14")
    numbers(money, "B7:F14", "#,##0.0")
    title(money, "A17", "Funds received in the period", 11)
    put(
        money,
        "A18",
        [
            ("From", "Date", "kEUR"),
            ("European Commission", date(2026, 4, 28), 400),
            ("Own contribution", "12 June 2026", "1.125"),
        ],
        "dd.mm.yyyy",
    )
    heads(money, "A18:C18")
    numbers(money, "C19:C20", "#,##0")
    put(money, "A22", [("Overheads: 7 % flat rate. Forecast as agreed with the steering committee.",)])
    widths(money, A=30, B=15, C=15, D=15, E=17, F=15)
    totals = {"B14": 2640, "C14": 437.5, "D14": 417.004, "E14": 428, "F14": 1531.704}
    return finish(book, {"Budget follow-up": totals})
