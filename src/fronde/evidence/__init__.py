"""The evidence ledger: packs of coded claims, read at a date, turned into likelihoods.

`pack` reads, `events`, `counts`, `conditions`, `polls` and `silence` weigh, `forecasts` scores what sources
foresaw, `origin_weights` shows what hangs on one voice. Every number of the likelihood stands in `priors`.
"""
