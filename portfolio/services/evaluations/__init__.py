"""Evaluations and reviews from outside, what became of their recommendations, and the policy markers."""
