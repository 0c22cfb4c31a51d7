"""Progress reports as implementing partners lay them out themselves: the middle two of six, in code.

Section, subtotal and total rows among the data; groups merged down. Everything in them is made up.
What a careful reader takes from them stands in foreign_truth.py.
"""

from __future__ import annotations

from datetime import date

from tests.workbooks.foreign_sheets import finish, heads, merge, new_book, numbers, put, strong, title, widths

KOSOVO = (
    "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence."
)


def totals_and_sections() -> bytes:
    """ClearCedar: section, subtotal and total rows stand among the costs, milestones and trainings."""
    book, (costs, steps, courses) = new_book("Financial report", "Activities", "Trainings")
    title(costs, "A1", "Utopia Agency for Digital Cooperation (UADC)", 11)
    title(costs, "A2", "ClearCedar – DEMO/C/2023/029 – Interim financial report 01.01.2026 – 30.06.2026")
    spent = "Spent 01.01.–30.06.2026, EUR"
    put(
        costs,
        "A6",
        [
            ("Line", "Budget item", "Cost centre", "Contract budget, EUR", spent, "Spent of budget"),
            ("A.", "HUMAN RESOURCES"),
            ("1.1", "Project team (Utopia)", "UT-4410", 1300000, 214650),
            ("1.2", "Experts of Xanadu University", "UT-4420", 620000, 96500),
            (None, "Subtotal Human resources", None, "=SUM(D8:D9)", "=SUM(E8:E9)", "=E10/D10"),
            ("B.", "TRAVEL"),
            ("2.1", "International travel", "UT-4510", 300000, 41310),
            ("2.2", "Local transport", "UT-4520", 110000, 18680),
            (None, "Subtotal Travel", None, "=SUM(D12:D13)", "=SUM(E12:E13)", "=E14/D14"),
            ("C.", "EQUIPMENT AND SUPPLIES"),
            ("3.1", "Servers and licences", "UT-4610", 640000, 93040),
            (None, "Subtotal Equipment and supplies", None, "=D16", "=E16", "=E17/D17"),
            ("D.", "LOCAL OFFICE", "UT-4700", 300000, 48690, "=E18/D18"),
            ("E.", "OTHER COSTS AND SERVICES"),
            ("5.1", "Publications", "UT-4810", 200000, 31240.4),
            ("5.2", "Venues, interpretation", "UT-4820", 972897, 151899.6),
            ("5.3", "Audit and evaluation", "UT-4830", 230000, 36000),
            (None, "Subtotal Other costs and services", None, "=SUM(D20:D22)", "=SUM(E20:E22)", "=E23/D23"),
            (None, "Subtotal direct costs (A–E)", None, "=D10+D14+D17+D18+D23", "=E10+E14+E17+E18+E23", None),
            ("F.", "Indirect costs (7 % of direct)", None, 327103, 51240.7, "=E25/D25"),
            (None, "TOTAL ELIGIBLE COSTS", None, "=D24+D25", "=E24+E25", "=E26/D26"),
        ],
    )
    heads(costs, "A6:F6")
    strong(costs, "A7:F7", "A10:F11", "A14:F15", "A17:F19", "A23:F26")
    numbers(costs, "D7:E26", "#,##0.00")
    numbers(costs, "F7:F26", "0.0%")
    put(costs, "B28", [("Certified correct: Head of Finance (signed copy by post).",)])
    widths(costs, A=6, B=40, C=0, D=18, E=18, F=12)

    title(steps, "A2", "ClearCedar: state of activities at 30 June 2026")
    put(
        steps,
        "A5",
        [
            ("Ref", "Result / milestone", "Planned", "Revised", "Done", "State"),
            ("Result 1 – National response teams",),
            ("1.a", "Second regional exercise", date(2026, 12, 8), None, None, "ongoing"),
            ("1.b", "Jordan listed in the directory", date(2026, 5, 29), None, date(2026, 6, 18), "done"),
            (None, "Result 1: 1 of 2 reached"),
            ("Result 2 – National strategies and their action plans",),
            ("2.a", "Two action plans adopted", date(2026, 9, 30), None, None, "ongoing"),
            ("2.b", "Third annual report", date(2027, 2, 26), None, None, "not yet started"),
            (None, "Result 2: 0 of 2 reached"),
            ("Result 3 – Places for students in response teams",),
            ("3.a", "Twelve student places agreed", "March 2026", "October 2026", None, "ongoing"),
            ("3.b", "Student hackathon in Amman", "June 2026", None, None, "cancelled (venue)"),
            (None, "Result 3: 0 of 2 reached"),
            ("Management",),
            ("M.1", "Second annual report", date(2026, 2, 28), None, date(2026, 2, 26), "done"),
            ("M.2", "Closing conference (final)", date(2027, 11, 16), None, None, "not yet started"),
            ("Total: 2 of 8 milestones reached",),
        ],
        "d mmmm yyyy",
    )
    merge(steps, "A6:F6", "A10:F10", "A14:F14", "A18:F18")
    heads(steps, "A5:F5")
    strong(steps, "A6:F6", "A10:F10", "A14:F14", "A18:F18", "A21:F21")
    widths(steps, A=7, B=46, C=20, D=18, E=20, F=20)

    title(courses, "A2", "Trainings and exercises in the reporting period (headcount)")
    put(
        courses,
        "A4",
        [
            ("Title", "Date (2026)", "Place", "Women", "Men", "All"),
            ("1st quarter",),
            ("Handling of incidents, basic course", "12 Feb", "Amman", 9, 12, "=D6+E6"),
            ("Log analysis", "3 March", "Rabat", 7, 8, "=D7+E7"),
            ("Subtotal", None, None, "=SUM(D6:D7)", "=SUM(E6:E7)", "=SUM(F6:F7)"),
            ("2nd quarter",),
            ("Handling of incidents, advanced course (1)", "14 April", "Cairo", 10, 11, "=D10+E10"),
            ("Communication in a crisis", "May", "Tunis", 12, 6, "=D11+E11"),
            ("Student placement: induction", "22 June", "online", 0, 9, "=D12+E12"),
            ("Subtotal", None, None, "=SUM(D10:D12)", "=SUM(E10:E12)", "=SUM(F10:F12)"),
            ("TOTAL S1 2026", None, None, "=D8+D13", "=E8+E13", "=F8+F13"),
            ("(1) of whom three took part from a distance",),
        ],
    )
    heads(courses, "A4:F4")
    strong(courses, "A5:F5", "A8:F9", "A13:F14")
    widths(courses, A=44, B=14, C=14, D=9, E=9, F=9)
    spent_on = {"E10": 311150, "E14": 59990, "E17": 93040, "E23": 219140, "E24": 732010, "E26": 783250.7}
    budget = {"D10": 1920000, "D14": 410000, "D17": 640000, "D23": 1402897, "D24": 4672897, "D26": 5000000}
    rates = {"F10": 0.162057, "F14": 0.146317, "F17": 0.145375, "F18": 0.1623, "F23": 0.156205}
    rates |= {"F25": 0.15665, "F26": 0.15665}
    people = {"F6": 21, "F7": 15, "D8": 16, "E8": 20, "F8": 36, "F10": 21, "F11": 18, "F12": 9}
    people |= {"D13": 22, "E13": 26, "F13": 48, "D14": 38, "E14": 46, "F14": 84}
    return finish(book, {"Financial report": spent_on | budget | rates, "Trainings": people})


def merged_groups() -> bytes:
    """BreezeOlive: components, partners, places, dates and responses merged down over several rows."""
    book, (cover, courses, risks) = new_book("Info", "Capacity building", "Risk register")
    title(cover, "B5", "BREEZEOLIVE", 18)
    put(
        cover,
        "B6",
        [
            ("Fictional regional action on cybersecurity governance",),
            ("Grant contract DEMO/C/2023/014",),
            ("Six-monthly monitoring sheets: January to June 2026",),
            ("Utopia Agency for Digital Cooperation, with Lilliput Institute for Cyber Studies",),
        ],
    )
    widths(cover, A=3, B=80)

    title(courses, "A3", "Capacity building events, 1st half of 2026")
    guide, course = "Supervision of operators", "Training course"
    talks = "Officials' seminar on international talks"
    put(
        courses,
        "A6",
        [
            ("Component", "Partner", "Event", "Type", "Date", "Place", "Women", "Men", "Total"),
            (
                *("1. Laws close to EU rules", "Albania", "Drafting clinic: law on network security"),
                *("Workshop", "21 January 2026", "Tirana", 9, 11, "=G7+H7"),
            ),
            (
                *(None, None, "Follow-up clinic for the committee's staff"),
                *("Workshop", "03/04/2026", None, 6, 5, "=G8+H8"),
            ),
            (
                *(None, "Bosnia and Herzegovina", f"{guide}: first course"),
                *("Training course", date(2026, 3, 10), "Sarajevo", 12, 10, "=G9+H9"),
            ),
            (None, None, f"{guide}: second course", course, "June 2026", "Banja Luka", 8, 9, "=G10+H10"),
            (
                *("2. Authorities and their staff", "Kosovo*", "Table-top for the authority's duty officers"),
                *("Exercise", "28 April 2026", "Pristina", 7, 13, "=G11+H11"),
            ),
            (
                *(None, "North Macedonia", "Staff skills: safe mail"),
                *("Training course", "20 May 2026", "Skopje", 15, 6, "=G12+H12"),
            ),
            (None, None, "Staff skills: backups", "Training course", None, None, 11, 9, "=G13+H13"),
            (
                *("3. Officials in international talks", "Regional (all partners)"),
                *(talks, "Seminar", date(2026, 5, 20), "Brussels", 18, 16),
                "=G14+H14",
            ),
            (None, None, "Mock negotiation", "Exercise", date(2026, 6, 9), "online", 10, 12, "=G15+H15"),
            ("Total", None, None, None, None, None, "=SUM(G7:G15)", "=SUM(H7:H15)", "=SUM(I7:I15)"),
        ],
        "d-mmm-yyyy",
    )
    merge(courses, "A3:I3", "A7:A10", "A11:A13", "A14:A15", "B7:B8", "B9:B10", "B12:B13", "B14:B15")
    merge(courses, "F7:F8", "E12:E13", "F12:F13", "A16:F16")
    heads(courses, "A6:I6")
    strong(courses, "A16:I16")
    put(courses, "A18", [(KOSOVO,)])
    merge(courses, "A18:I18")
    courses.row_dimensions[18].height = 30
    widths(courses, A=24, B=22, C=42, D=16, E=17, F=13, G=9, H=8, I=8)

    title(risks, "A2", "Risk register (last update 2 July 2026)")
    sponsors = "Briefing of party groups before the session"
    put(
        risks,
        "A5",
        [
            ("Category", "Risk description", "Probability", "Impact", "Mitigation", "Status", "Owner"),
            ("Political", "Elections delay the laws", "High", "Medium", sponsors, "open", "Team leader"),
            (None, "Law adopted without a budget", "Medium", "High", None, "open", None),
            (
                *("Operational", "Trained staff leave the authorities", "Very high", "Medium"),
                *("Handbooks, so that a successor can start", "open", "Key expert 2"),
            ),
            ("Financial", "Exchange rate losses", "Low", "Low", "Monthly check", "closed", "Finance"),
            (None, "Venue prices in the season", "Medium", "Very low", "Book early", "closed", None),
        ],
    )
    merge(risks, "A6:A7", "A9:A10", "E6:E7", "G6:G7", "G9:G10")
    heads(risks, "A5:G5")
    put(risks, "A13", [("Scale:", "Very low = 1, Low = 2, Medium = 3, High = 4, Very high = 5")])
    widths(risks, A=14, B=40, C=13, D=12, E=42, F=10, G=14)
    totals = (20, 11, 22, 17, 20, 21, 20, 34, 22)
    people = {f"I{row}": total for row, total in enumerate(totals, start=7)}
    return finish(book, {"Capacity building": people | {"G16": 96, "H16": 91, "I16": 187}})
