"""Where the money stands: the ladder, its rates and balances, what it will come to, and how it divides."""
