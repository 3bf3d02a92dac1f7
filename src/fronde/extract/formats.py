"""Text of a file: plain, HTML or PDF, told apart by its first bytes. Nothing in a file is run or fetched."""

import io
import re
from typing import Any

from fronde.extract.tokens import ExtraMissing

LARGEST = 20 * 2**20  # bytes
_BLOCKS = "p, h1, h2, h3, h4, li, blockquote, div, td, section, article, br, pre"
_NOISE = "script, style, nav, header, footer, aside, form, noscript, iframe, svg, button, figure, figcaption, template"


class Unreadable(ValueError):
    """A file without text that can be read; the message says why and what to do."""


def text_of(data: bytes, name: str = "the file") -> str:
    """Text of a file's bytes. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(f"{name} has {len(data):,} bytes; at most {LARGEST:,} are read. Save the article alone.")
    if data[:5] == b"%PDF-":
        return _pdf(data, name)
    text = _decoded(data, name)
    return _html(text) if re.search(r"<(?:!doctype html|html|body|article|p)\b", text[:5000], re.IGNORECASE) else text


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:1000]:
        raise Unreadable(f"{name} is no text, HTML or PDF. Save the article as one of these.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _html(text: str) -> str:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise ExtraMissing("selectolax", "Reading HTML") from error
    tree = LexborHTMLParser(text)
    for node in tree.css(_NOISE):
        node.decompose()
    articles = tree.css("article") or tree.css("main")
    root = max(articles, key=lambda n: len(n.text())) if articles else tree.body
    if root is None:
        return ""
    paragraphs = [
        " ".join(n.text(separator=" ").split()) for n in root.css("h1, h2, p, li, blockquote, pre") if not _nested(n)
    ]
    tidy = [re.sub(r"\s+([,.;:!?’”])", r"\1", p) for p in paragraphs if p]
    return (
        "\n\n".join(tidy)
        if tidy
        else "\n\n".join(line.strip() for line in root.text(separator="\n").splitlines() if line.strip())
    )


def _nested(node: Any) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("p", "li", "blockquote"):
            return True
        parent = parent.parent
    return False


def _pdf(data: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ExtraMissing("pypdf", "Reading PDF") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages[:200]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable(f"{name} is a PDF that cannot be read ({error}). Copy its text into a plain file.") from error
    text = "\n".join(pages)
    if not text.strip():
        raise Unreadable(f"{name} is a PDF without text, perhaps a scan. Put its text into a plain file.")
    return _unwrapped(text)


def _unwrapped(text: str) -> str:
    """Lines of a page joined to paragraphs: a line that ends in mid-sentence goes on; a hyphen at its end is joined."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    lines = [line.strip() for line in text.splitlines()]
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    held = ""
    for line in lines:
        if not line:
            paragraphs, held = [*paragraphs, held], ""
            continue
        held = f"{held} {line}".strip()
        if line[-1] in '.!?"”’' and len(line) < 0.85 * longest:
            paragraphs, held = [*paragraphs, held], ""
    return "\n\n".join(p for p in [*paragraphs, held] if p)
