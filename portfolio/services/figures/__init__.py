"""Figures that can be opened: each one with the rows that it is made of, and what it rests on."""
