"""How a chart shows itself in notebooks: Vega-Lite for those that draw it, a picture for the others."""

import base64
from typing import Any

VEGA_LITE = "application/vnd.vegalite.v5+json"
WIDTH = 170  # px of a panel: three of them fit the column of marimo, the narrowest
Spec = dict[str, Any]


def png(spec: Spec) -> str | None:
    """A Vega-Lite specification as PNG in base64, if the extra `export` is installed."""
    try:
        import vl_convert
    except ImportError:
        return None
    return base64.b64encode(vl_convert.vegalite_to_png(spec, scale=2)).decode("ascii")


def png_of_svg(svg: str) -> str | None:
    """An SVG as PNG in base64, if the extra `export` is installed."""
    try:
        import vl_convert
    except ImportError:
        return None
    return base64.b64encode(vl_convert.svg_to_png(svg, scale=2)).decode("ascii")


def bundle(spec: Spec, words: str, html: str | None = None) -> dict[str, Any]:
    """What a notebook chooses from; a table only where no picture could be made."""
    found: dict[str, Any] = {"text/plain": words, VEGA_LITE: spec}
    picture = png(spec)
    if picture is not None:
        found["image/png"] = picture
    elif html is not None:
        found["text/html"] = html
    return found
