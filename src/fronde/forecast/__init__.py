"""From posterior runs to probabilities, counts, series and comparisons: pure functions on arrays."""
