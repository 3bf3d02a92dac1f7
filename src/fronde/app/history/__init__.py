"""History as the judge: the same engine on many regimes, each forecast by what the others taught."""
