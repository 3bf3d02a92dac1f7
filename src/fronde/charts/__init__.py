"""Charts as Vega-Lite specifications in plain dictionaries: made once, drawn by app, report, notebook and export."""
