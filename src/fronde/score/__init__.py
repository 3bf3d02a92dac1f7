"""Scores of forecasts: probabilities, counts and dates, against what came; all pure functions."""
