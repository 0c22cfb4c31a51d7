"""Tables where they stand in a workbook: rows, totals, merges, and every cell accounted for."""
