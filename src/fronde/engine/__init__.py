"""The engine: `schedule` states the order of a step, `run` simulates ensembles."""
