"""Progress reports as implementing partners lay them out themselves: six, and here the first two, in code.

French; two header rows. Everything in them is made up.
What a careful reader takes from them stands in foreign_truth.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.workbooks.foreign_sheets import finish, heads, merge, new_book, numbers, put, strong, title, widths
from tests.workbooks.foreign_workbooks_last import thousands_by_period, two_projects
from tests.workbooks.foreign_workbooks_more import merged_groups, totals_and_sections


def french() -> bytes:
    """StormOak in French: cover, milestones, costs and courses; months and statuses in French."""
    book, (cover, steps, costs, courses) = new_book("Page de garde", "Jalons", "Dépenses", "Formations")
    title(cover, "B4", "RAPPORT D'AVANCEMENT SEMESTRIEL", 16)
    put(
        cover,
        "B6",
        [
            ("Action :", "StormOak – action (fictive) sur le signalement de la cybercriminalité"),
            ("N° de contrat :", "DEMO/C/2023/017"),
            ("Période couverte :", "1er semestre 2026 (janvier – juin)"),
            ("Chef de file :", "Graustark Police College"),
            ("Établi le :", "17 juillet 2026"),
            ("Unité :", "Sauf mention contraire, les montants sont en euros (EUR)"),
        ],
    )
    widths(cover, A=3, B=22, C=60)

    merge(steps, "A5:G5")
    title(steps, "A5", "StormOak – État d'avancement des jalons, 1er semestre 2026")
    put(
        steps,
        "A8",
        [
            ("N°", "Jalon", "Date prévue", "Date révisée", "Date effective", "État", "Commentaires", "Réf."),
            (
                *("1", "Desk equipment delivered to Tunisia", "28 juin 2024", "–", "3 septembre 2024", "R"),
                *("Pour mémoire", "SO-003"),
            ),
            (
                *("2", "Desk officers trained", date(2025, 11, 28), "–", "4 décembre 2025", "R"),
                *("Formation achevée ; attestations remises", "SO-005"),
            ),
            (
                *("3", "Handover plan agreed", date(2026, 12, 18), "janvier 2027", None, "EC"),
                *("Projet de plan transmis aux deux ministères", "SO-006"),
            ),
            ("4", "Closing event (événement de clôture)", "16 mars 2027", None, None, "P", None, "SO-007"),
            (
                *("5", "Étude sur la satisfaction des déclarants", "juin 2026", "T4 2026 (1)", None, "EC"),
                *("Recrutement de l'enquêteur plus long que prévu", "SO-008"),
            ),
            ("6", "Campagne radio en Tunisie", "30 avril 2026", None, "12 mai 2026", "R", None, "SO-009"),
            (
                *("7", "Deuxième atelier de retour d'expérience au Maroc", "févr. 2026", "s.o.", "s.o.", "A"),
                *("Remplacé par deux webinaires", "SO-010"),
            ),
        ],
    )
    heads(steps, "A8:H8")
    put(steps, "B17", [("R = réalisé ; EC = en cours ; P = prévu ; A = annulé ; s.o. = sans objet",)])
    put(steps, "B18", [("(1) Selon la date de l'appel d'offres ; à préciser dans le prochain rapport.",)])
    widths(steps, A=5, B=44, C=16, D=16, E=18, F=8, G=40, H=0)

    title(costs, "A4", "Dépenses encourues du 01/01/2026 au 30/06/2026 – en EUR")
    put(costs, "A5", [("Chiffres provisoires, non audités",)])
    put(
        costs,
        "A7",
        [
            (
                *("Rubrique budgétaire", "Budget total (EUR)", "Dépenses 1er sem. 2026 (EUR)"),
                *("Cumul depuis le début (EUR)", "% du budget"),
            ),
            ("1. Ressources humaines", 430000, 73570, 481480, "=D8/B8"),
            ("2. Voyages / missions", 100000, "17\u00a0600,00", 122630, "=D9/B9"),
            ("3. Équipement et fournitures", 180000, 25380, 155890, "=D10/B10"),
            ("4. Bureau local", 60000, "12\u202f210,00", 70020, "=D11/B11"),
            ("5. Autres coûts et services", 350000, "55 920,50", 349910.5, "=D12/B12"),
            ("6. Coûts indirects (7 %)", 80000, 12920, 82650, "=D13/B13"),
            ("TOTAL", "=SUM(B8:B13)", "197 600,50", "=SUM(D8:D13)", "=D14/B14"),
        ],
    )
    heads(costs, "A7:E7")
    strong(costs, "A14:E14")
    numbers(costs, "B8:D14", "#,##0.00")
    numbers(costs, "E8:E14", "0%")
    put(costs, "A16", [("N.B. : taux de conversion InforEuro du mois de la dépense.",)])
    put(costs, "A17", [("Les pièces justificatives sont conservées au siège (dossier 2026/1).",)])
    widths(costs, A=32, B=18, C=20, D=20, E=12)

    title(courses, "A3", "Formations dispensées au cours du semestre")
    put(
        courses,
        "A6",
        [
            ("N°", "Intitulé de la formation", "Date", "H", "F", "Total"),
            (1, "Accueil des déclarants – niveau 1 (Rabat)", "9 février 2026", 11, 9, "=D7+E7"),
            (2, "Preuve numérique : premiers gestes (Tunis)", date(2026, 3, 18), 8, 10, "=D8+E8"),
            (3, "Analyse des signalements (en ligne)", "avril 2026", 14, 17, "=D9+E9"),
            (4, "Formation de formateurs (Tunis)", "1er juin 2026", 5, 7, "=D10+E10"),
            ("Total", None, None, "=SUM(D7:D10)", "=SUM(E7:E10)", "=SUM(F7:F10)"),
        ],
    )
    heads(courses, "A6:F6")
    strong(courses, "A11:F11")
    put(courses, "B13", [("H = hommes, F = femmes. Listes de présence disponibles sur demande.",)])
    widths(courses, A=7, B=46, C=18, D=6, E=6, F=8)
    shares = {"E8": 1.11972, "E9": 1.2263, "E10": 0.86606, "E11": 1.167, "E12": 0.99974, "E13": 1.03313}
    sums = {"B14": 1200000, "D14": 1262580.5, "E14": 1.05215}
    people = {"F7": 20, "F8": 18, "F9": 31, "F10": 12, "D11": 38, "E11": 43, "F11": 81}
    return finish(book, {"Dépenses": shares | sums, "Formations": people})


def two_header_rows() -> bytes:
    """HailMaple: work plan, finances and risks, each with a group row merged over its sub-headers."""
    book, (plan, costs, risks) = new_book("Work plan", "Finances", "Risks")
    title(plan, "B2", "HailMaple – Progress report no. 4", 15)
    put(plan, "B3", [("Contract: DEMO/C/2024/012    Reporting period: 1 January – 30 June 2026",)])
    put(plan, "B4", [("Atlantis Judicial Academy (lead), with El Dorado Agency for Network Resilience",)])
    put(
        plan,
        "B7",
        [
            ("Milestone", None, "Timing", None, None, "State of play", None, "Staff days"),
            ("Ref.", "Description", "Contract", "Current estimate", "Achieved on", "Status", "Remarks"),
            (
                *("M3", "Laboratory building handed over", date(2025, 12, 15), None, date(2026, 3, 16)),
                *("Completed", "Handover protocol signed by the three parties.", 34),
            ),
            (
                *("M4", "Regional evidence laboratory accepted", date(2026, 10, 13), date(2027, 1, 29), None),
                *("Delayed", "The acceptance test waits for two missing devices.", 61),
            ),
            (
                *("M5", "Curriculum adopted by the three academies", date(2027, 2, 28)),
                *(date(2027, 2, 28), None, "On track", None, 22),
            ),
            ("M6", "First mock trial", "20 April 2027", "May 2027", None, "Not started", "Room missing", 0),
            (
                *("M9", "Model orders translated into Bosnian and Serbian", "March 2026", None, "31/03/2026"),
                *("Completed", None, 12),
            ),
            (
                *("M10", "Study visit of prosecutors to The Hague", date(2026, 6, 10), "Sept 2026", "–"),
                *("Delayed", "Host institution asked to move the visit.", 5),
            ),
            ("M11", "Model orders, second printing", "2026", "n/a", "n/a", "Dropped", "Online only.", 0),
            ("M7", "Final report", date(2028, 2, 28), None, None, "Not started", None, 0),
        ],
        "dd-mmm-yy",
    )
    merge(plan, "B7:C7", "D7:F7", "G7:H7", "I7:I8")
    heads(plan, "B7:I8")
    title(plan, "B19", "Legend", 11)
    put(
        plan,
        "B20",
        [
            ("On track", "work under way, date holds"),
            ("Delayed", "work under way, date has moved"),
            ("Dropped", "no longer planned, agreed with the Delegation"),
        ],
    )
    widths(plan, A=3, B=10, C=44, D=14, E=16, F=14, G=13, H=48, I=0)

    title(costs, "A2", "HailMaple – costs incurred, S1 2026")
    put(
        costs,
        "A5",
        [
            ("Budget line", None, "Contract budget", None, "Costs incurred", None),
            ("No.", "Heading", "EUR", "%", "Jan – Jun 2026 (EUR)", "Since start (EUR)"),
            ("1", "Staff (human resources)", 1500000, 0.375, 209710, 919000),
            ("2", "Travel and subsistence", 360000, 0.09, 53670.25, 225440.25),
            ("3", "Equipment, supplies", 500000, 0.125, 88810, 312780),
            ("4", "Local office", 240000, 0.06, "42,460.00", 144490),
            ("5", "Other costs, services", 1140000, 0.285, "174,550.00", 716570),
            ("6", "Indirect costs", 260000, 0.065, 39800, 162220),
            (None, "Grand total", "=SUM(C7:C12)", "=SUM(D7:D12)", "609,000.25", "=SUM(F7:F12)"),
        ],
    )
    merge(costs, "A5:B5", "C5:D5", "E5:F5")
    heads(costs, "A5:F6")
    strong(costs, "A13:F13")
    numbers(costs, "C7:C13", "#,##0.00")
    numbers(costs, "D7:D13", "0.0%")
    numbers(costs, "E7:F13", "#,##0.00")
    put(costs, "B15", [("Unaudited. Line 2 includes EUR 500.25 of visa fees booked late.",)])
    widths(costs, A=6, B=30, C=16, D=9, E=22, F=20)

    title(risks, "A2", "Risk log, reviewed 30 June 2026")
    put(
        risks,
        "A4",
        [
            ("#", "Risk", "Assessment (1–5)", None, None, "Treatment", None),
            (None, None, "Likelihood", "Impact", "Score", "Response", "Owner"),
            (1, "Laboratory devices arrive late", 4, 4, "=C6*D6", "Weekly call to the supplier", "TL"),
            (2, "Judges are not released for the courses", 3, 3, "=C7*D7", "Courses moved to Fridays", "KE2"),
            (3, "New government changes the counterpart", 2, 4, "=C8*D8", "Letter of all ministries", "TL"),
            (4, "Prices of expert hotels in season", 2, "-", None, "None needed", "Admin"),
        ],
    )
    merge(risks, "A4:A5", "B4:B5", "C4:E4", "F4:G4")
    heads(risks, "A4:G5")
    put(risks, "B11", [("1 = very low, 5 = very high. TL = team leader, KE = key expert.",)])
    widths(risks, A=4, B=42, C=11, D=9, E=8, F=36, G=9)
    totals = {"C13": 4000000, "D13": 1, "F13": 2480500.25}
    return finish(book, {"Finances": totals, "Risks": {"E6": 16, "E7": 9, "E8": 8}})


BUILDERS: dict[str, Callable[[], bytes]] = {
    "french": french,
    "two_header_rows": two_header_rows,
    "totals_and_sections": totals_and_sections,
    "merged_groups": merged_groups,
    "two_projects": two_projects,
    "thousands_by_period": thousands_by_period,
}
