"""How objects show themselves in notebooks: Vega-Lite for those that draw it, a picture or a table for the others."""

import base64
from typing import TYPE_CHECKING, Any

from fronde.charts import summary as charts
from fronde.charts.chart import Chart
from fronde.report.html import Html, el
from fronde.report.words import percent

if TYPE_CHECKING:
    from fronde.app.handle import CaseHandle
    from fronde.app.run import Run

VEGA_LITE = "application/vnd.vegalite.v5+json"


def png(chart: Chart) -> str | None:
    """The chart as PNG in base64, if the extra `export` is installed."""
    try:
        import vl_convert
    except ImportError:
        return None
    return base64.b64encode(vl_convert.vegalite_to_png(chart.spec(), scale=2)).decode("ascii")


def bundle(chart: Chart, words: str, html: Html | None = None) -> dict[str, Any]:
    """What a notebook chooses from; a table only where no picture could be made."""
    found: dict[str, Any] = {"text/plain": words, VEGA_LITE: chart.spec()}
    picture = png(chart)
    if picture is not None:
        found["image/png"] = picture
    elif html is not None:
        found["text/html"] = str(html)
    return found


def _table(caption: str, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> Html:
    """A plain table, every text escaped."""
    head = el("tr", *(el("th", name, scope="col") for name in heads))
    body = (el("tr", *(el("td", value) for value in row)) for row in rows)
    return el("table", el("caption", caption), el("thead", head), el("tbody", *body))


def of_run(run: "Run") -> dict[str, Any]:
    """The fan chart of a finished forecast; of a calibration, what was learnt; else what the manifest says."""
    manifest, paths = run.manifest, run.paths
    words = f"{manifest.get('kind', 'run')} {run.id}: {manifest.get('status', 'not started')}"
    if "summary.json" in paths:
        summary = run.summary
        rows: list[tuple[object, ...]] = [(row["text"], percent(row["p"])) for row in summary["questions"]]
        lines = [f"{text}  {share}" for text, share in rows]
        html = _table(f"{summary['title']}, {summary['as_of']}", ("question", "probability"), rows)
        return bundle(charts.fan(summary), "\n".join([words, *lines]), html)
    if "calibration.json" in paths:
        found = run.calibration
        rows = [(row["name"], row["verdict"], row["text"]) for row in found["diagnostics"]]
        lines = [f"{name}: {verdict}. {text}" for name, verdict, text in rows]
        return bundle(
            charts.learned(found), "\n".join([words, *lines]), _table(words, ("check", "verdict", "text"), rows)
        )
    return {"text/plain": words}


def of_case(handle: "CaseHandle") -> dict[str, Any]:
    """Groups and questions of a case as a table."""
    spec, elite = handle.case.spec, handle.case.elite
    sizes = [int((elite.group == g).sum()) for g in range(len(elite.groups))]
    rows: list[tuple[object, ...]] = list(zip(elite.group_titles, sizes, strict=True))
    size = f"{sum(sizes)} people, {len(spec.questions)} questions"
    words = f"{spec.title}\nas known on {spec.moment}, {spec.horizon} days ahead; {size}"
    html = el(
        "div", _table(spec.title, ("group", "people"), rows), el("ul", *(el("li", q.text) for q in spec.questions))
    )
    return {"text/plain": words, "text/html": str(html)}
