"""Text out of HTML, PDF and files that are neither."""

import pytest

from fronde.extract.formats import Unreadable, text_of


def minimal_pdf(*lines):
    """A PDF of one page with these lines."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 72 720 Td {shown} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_html_keeps_paragraphs_and_drops_the_furniture():
    page = """<!doctype html><html><head><script>alert("resigned")</script></head><body><nav>News</nav>
    <article><h1>Exit</h1><p>The minister <b>resigned</b>, aides said.</p><p>He fled.</p></article>
    <footer>Sign up</footer></body></html>"""
    assert text_of(page.encode()) == "Exit\n\nThe minister resigned, aides said.\n\nHe fled."


def test_pdf_lines_become_paragraphs():
    text = text_of(minimal_pdf("The minister resigned on Monday and left for the coast at night, aides", "said."))
    assert text == "The minister resigned on Monday and left for the coast at night, aides said."


def test_plain_text_of_either_encoding():
    assert text_of("“Exit,” he said.".encode()) == "“Exit,” he said."
    assert text_of("“Exit,” he said.".encode("cp1252")) == "“Exit,” he said."


@pytest.mark.parametrize("data", [b"%PDF-1.4 nothing", b"\x00\x01\x02binary", minimal_pdf()])
def test_files_without_text_say_what_to_do(data):
    with pytest.raises(Unreadable, match=r"plain file|one of these"):
        text_of(data, "report.pdf")
