"""Other tools' files out and in: nothing lost, nothing run, and what those tools' own libraries say."""

import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from fronde.app import ledger
from fronde.app.ledger_files import EXPORTS
from fronde.ledger.exchange.plover import from_plover, to_plover
from fronde.scenario.case import SHIPPED

CASES = ("russia-2022", "valdria")


def one(case, kind):
    return next(iter(ledger.export(case, kind).values()))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_every_format_is_made_of_every_case_and_twice_the_same(name, kind):
    files = ledger.export(name, kind)
    assert files
    assert all(files.values())
    assert ledger.export(name, kind) == files
    assert all("/" not in file and "\\" not in file for file in files)


@pytest.mark.parametrize("name", CASES)
def test_a_pack_exports_to_its_own_bytes(name):
    for file, content in ledger.export(name, "pack").items():
        if (name, file) != ("valdria", "pack.json"):  # not sealed as shipped
            assert content == (SHIPPED / name / "evidence" / file).read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_plover_goes_out_and_in_without_loss(name):
    sheets = ledger.read(name)
    rows = from_plover(to_plover(sheets).decode())["events"]
    assert [{k: v for k, v in row.items() if v} for row in rows] == [
        {k: v for k, v in row.items() if v} for row in sheets.rows("events")
    ]


def test_plover_of_another_program(case, tmp_path):
    line = {"event_id": "x1", "event_date": "2019-05-01", "event_type": "RETREAT", "event_mode": "resign",
            "actors": ["va-mirre-osk"], "recipients": []}  # fmt: skip
    path = tmp_path / "polecat.jsonl"
    path.write_text(json.dumps(line) + "\n")
    ledger.import_(case, path, "ann", "plover")
    event = ledger.read(case).find("events", "x1")
    assert (event["event_class"], event["status"], event["actors"]) == ("resign", "proposed", "va-mirre-osk")


@pytest.mark.parametrize("name", CASES)
def test_ftm_keeps_actors_byte_for_byte(name):
    actors = (SHIPPED / name / "elite" / "actors.jsonl").read_bytes()
    assert one(name, "ftm").startswith(actors)


def test_ftm_comes_in_with_unknown_properties(case, tmp_path):
    line = '{"id":"va-new","schema":"Person","properties":{"name":["Nela Voss"],"unheardOf":["kept"]},"datasets":["x"]}'
    path = tmp_path / "new.jsonl"
    path.write_text(line + "\n")
    assert ledger.import_(case, path, "ann", "ftm") == ["elite/actors.jsonl"]
    assert line.encode() in one(case, "ftm")
    assert ledger.import_(case, path, "ann", "ftm") == []
    before = (case / "elite" / "actors.jsonl").read_bytes()
    path.write_text(line.replace("kept", "other") + "\n")
    with pytest.raises(Exception, match="differs from that"):
        ledger.import_(case, path, "ann", "ftm")
    path.write_text('{"id":"../../x","schema":"Person","properties":{"name":["A"]}}\n')
    with pytest.raises(Exception, match="letters, digits"):
        ledger.import_(case, path, "ann", "ftm")
    assert (case / "elite" / "actors.jsonl").read_bytes() == before


VALIDATOR = """
import json, sys
from followthemoney import model
for line in sys.stdin:
    entity = json.loads(line)
    proxy = model.get_proxy(entity, cleaned=False)
    assert proxy.schema.name == entity["schema"]
    if entity["schema"] in ("Article", "Event"):
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(set(values)), (name, values)
print("valid")
"""


@pytest.mark.parametrize("name", CASES)
def test_followthemoney_accepts_the_entities(name):
    """In a process of its own: the library changes settings of the whole interpreter."""
    done = subprocess.run([sys.executable, "-c", VALIDATOR], input=one(name, "ftm"), capture_output=True, timeout=120)
    if b"ModuleNotFoundError" in done.stderr or b"ImportError" in done.stderr:
        pytest.skip("followthemoney cannot be imported; it needs PyICU, which needs the ICU library to be built")
    assert done.stdout.strip() == b"valid", done.stderr.decode()


def test_prov_has_every_claim_and_every_link_leads_somewhere():
    sheets, document = ledger.read("russia-2022"), json.loads(one("russia-2022", "prov"))
    known = document["entity"].keys() | document["agent"].keys()
    assert {f"fronde:{row['id']}" for row in sheets.rows("claims")} <= known
    for relation in ("wasDerivedFrom", "wasAttributedTo", "actedOnBehalfOf"):
        for link in document[relation].values():
            assert {end for name, end in link.items() if name != "prov:type"} <= known
    hops = len(sheets.rows("hops"))
    claims = len({row["claim"] for row in sheets.rows("hops")})
    assert len(document["actedOnBehalfOf"]) == hops - claims


def test_gexf_is_a_graph():
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.fromstring(one("russia-2022", "gexf"))
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    edges = [(edge.get("source"), edge.get("target"), int(edge.get("weight"))) for edge in root.iter(f"{space}edge")]
    assert len(nodes) == len(set(nodes)) == len(ledger.read("russia-2022").rows("sources"))
    assert {end for edge in edges for end in edge[:2]} <= set(nodes)
    assert max(weight for *_, weight in edges) > 5


@pytest.mark.parametrize("name", CASES)
def test_networkx_reads_the_graph(name):
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_gexf(io.BytesIO(one(name, "gexf")))
    assert graph.is_directed()
    assert set(graph) == {row["id"] for row in ledger.read(name).rows("sources")}
    root = ElementTree.fromstring(one(name, "gexf"))
    assert graph.number_of_edges() == sum(1 for _ in root.iter("{http://www.gexf.net/1.2draft}edge"))


@pytest.mark.parametrize("name", CASES)
def test_prov_is_read_by_the_library_of_that_name(name):
    model = pytest.importorskip("prov.model")
    document = model.ProvDocument.deserialize(content=one(name, "prov").decode(), format="json")
    sheets = ledger.read(name)
    assert len(list(document.get_records(model.ProvAgent))) == len(sheets.rows("sources"))
    assert len(list(document.get_records(model.ProvEntity))) == len(sheets.rows("reports")) + len(sheets.rows("claims"))
    again = model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_label_studio_comes_back_as_codings(case, tmp_path):
    tasks = json.loads(one(case, "label-studio"))
    assert len(tasks) == len(ledger.read(case).rows("claims"))
    task = next(task for task in tasks if task["data"]["claim_id"] == "V01")
    choice = {"from_name": "polarity", "to_name": "text", "type": "choices", "value": {"choices": ["deny"]}}
    task["annotations"].append({"completed_by": {"id": 7, "email": "ben"}, "result": [choice]})
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks))
    ledger.import_(case, path, "ann", "label-studio")
    assert [
        (row["claim"], row["coder"], row["variable"], row["value"]) for row in ledger.read(case).rows("codings")
    ] == [("V01", "ben", "polarity", "deny")]
    assert ledger.import_(case, path, "ann", "label-studio") == []
    again = json.loads(one(case, "label-studio"))
    assert sum(len(task["annotations"]) for task in again) == len(again) + 1


def test_ratings_are_tags_of_the_taxonomy():
    rows = json.loads(one("russia-2022", "ratings"))
    assert all(len(row["tags"]) == 2 for row in rows)
    assert {row.get("confidence") for row in rows} - {None} <= {90, 70, 50, 30, 10}
    assert any("confidence" in row for row in rows)


def test_notes_and_spreadsheets_carry_nothing_that_runs(case):
    text = "=HYPERLINK(1) <script>alert</script> [x](javascript:y)"
    ledger.correct(case, "V01", {"text": text, "actors": "va-mirre-osk"}, "ann")
    note = ledger.export(case, "notes")["va-mirre-osk.md"].decode()
    assert "<script>" not in note
    assert "](javascript" not in note
    rows = list(csv.DictReader(io.StringIO(one(case, "spreadsheet").decode("utf-8-sig"))))
    assert next(row for row in rows if row["id"] == "V01")["text"] == f"'{text}"
