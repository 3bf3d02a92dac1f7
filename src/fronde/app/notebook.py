"""How objects show themselves in notebooks: Vega-Lite for those that draw it, a picture or a table for the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fronde.charts import summary as charts
from fronde.charts.show import WIDTH, bundle, png_of_svg
from fronde.report.html import Html, el
from fronde.report.network import fig_network, key
from fronde.report.words import percent

if TYPE_CHECKING:
    from fronde.app.handle import CaseHandle
    from fronde.app.run import Run


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
        return bundle(charts.fan(summary).spec(width=WIDTH), "\n".join([words, *lines]), html)
    if "calibration.json" in paths:
        found = run.calibration
        rows = [(row["name"], row["verdict"], row["text"]) for row in found["diagnostics"]]
        lines = [f"{name}: {verdict}. {text}" for name, verdict, text in rows]
        table = _table(words, ("check", "verdict", "text"), rows)
        return bundle(charts.learned(found).spec(width=2 * WIDTH), "\n".join([words, *lines]), table)
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


@dataclass(frozen=True)
class ElitePicture:
    """The elite map of a case: an SVG for notebooks that show HTML, a PNG for the others, names as a list below."""

    found: Mapping[str, Any]
    day: str | None = None

    @property
    def svg(self) -> str:
        """The picture alone, as the text of an SVG file."""
        return str(fig_network(self.found, self.day, legend=True))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """How Jupyter, marimo and VS Code show it."""
        caption = f"{self.found['title']}, {'known by ' + self.day if self.day else 'all ties'}"
        drawn = el("div", fig_network(self.found, self.day), style="max-width:520px")
        html = el("figure", el("figcaption", caption), drawn, key(self.found), style="margin:0")
        picture = png_of_svg(self.svg)
        fallback = {} if picture is None else {"image/png": picture}
        return {"text/plain": f"{caption}\n{self.found['lede']}", "text/html": str(html), **fallback}


def of_elite(handle: "CaseHandle", day: str | None = None) -> ElitePicture:
    """The elite map of a case as seen on the handle's date."""
    from fronde.app.views.elite import document

    return ElitePicture(document(handle.case), day)
