"""One self-contained HTML report from a run's summary: pictures drawn as SVG here, no script, no network."""
