"""Base rates: how often leaders of such countries face a coup attempt or leave office, by country-month and -year."""
