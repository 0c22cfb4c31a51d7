"""Health: five dimensions and an overall colour for each running project, computed and explained."""
