"""Results of the logframes: progress against what is expected by now, trees, totals and approvals."""
