"""The capacity ledger: trainings and exercises, whom they reached and what has come of them."""
