"""Files that come into the ledger of a case and go out of it: which format a file is, and what each holds."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fronde.app.opening import RequestError
from fronde.app.store import write_file
from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import read_pack
from fronde.evidence.reliability import credibility
from fronde.evidence.rows import TABLES
from fronde.ledger.exchange import ftm, gexf, label_studio, notes, plover, prov
from fronde.ledger.sheets import EVIDENCE, Cells, Sheets, pack_files, parse_sheet, read_sheets
from fronde.scenario.files import LARGEST_TABLE, decode, read_bytes
from fronde.scenario.model import parse_date
from fronde.scenario.problems import CaseError, quoted
from fronde.scenario.read import read_spec
from fronde.scenario.tables import ACTORS, read_actors

BOOKKEEPING = frozenset({"coder", "coded_at", "status"})
KINDS = ("csv", "jsonl", "pack", "plover", "label-studio", "ftm")


def kind_of(path: Path) -> str:
    """The format that a file's name says."""
    if path.is_dir():
        return "pack"
    kind = path.suffix.removeprefix(".").lower()
    if kind in ("csv", "jsonl") and path.stem in TABLES:
        return kind
    raise RequestError(
        f"{path.name}: no format is known by this name; expected a folder, or a table such as claims.csv or "
        f"claims.jsonl ({', '.join(TABLES)}); otherwise say --from {', '.join(KINDS[3:])}"
    )


def _text(path: Path) -> str:
    return decode(read_bytes(path.parent, path.name, LARGEST_TABLE), path.name)


def rows_of(path: Path, kind: str, sheets: Sheets) -> Mapping[str, list[Cells]]:
    """The rows of a file by table; CaseError for one that is not what it should be, whatever it holds."""
    if kind == "pack":
        folder = path.resolve()
        found = read_sheets(folder.parent, folder.name)
        return {name: list(found.rows(name)) for name in found.tables if name != "revisions"}
    if kind == "plover":
        return plover.from_plover(_text(path), path.name)
    if kind == "label-studio":
        return label_studio.from_label_studio(_text(path), sheets)
    if path.stem not in TABLES or path.stem == "revisions":
        raise RequestError(f"{path.name}: expected the name of a table, one of {', '.join(TABLES)}")
    return {path.stem: list(parse_sheet(path.name, kind, _text(path)).rows)}


def import_actors(folder: Path, path: Path, allowed: Callable[[Path], None]) -> list[str]:
    """FollowTheMoney entities into elite/actors.jsonl, each line as it was; known ones are passed over."""
    allowed(folder)
    own = read_bytes(folder, ACTORS, LARGEST_TABLE)
    have = dict(ftm.actors_of(own, ACTORS))
    lines = []
    for key, line in ftm.actors_of(read_bytes(path.parent, path.name, LARGEST_TABLE), path.name):
        if key in have and json.loads(have[key]) != json.loads(line):
            raise RequestError(f"{path.name}: entity {quoted(key)} differs from that of {ACTORS}; merge them by hand")
        if key not in have:
            have[key] = line
            lines.append(line)
    if not lines:
        return []
    content = own + (b"" if not own or own.endswith(b"\n") else b"\n") + "".join(f"{line}\n" for line in lines).encode()
    with tempfile.TemporaryDirectory() as stage:
        (Path(stage) / ACTORS).parent.mkdir()
        (Path(stage) / ACTORS).write_bytes(content)
        problems = read_actors(Path(stage)).problems
    if problems:
        raise CaseError(problems)
    write_file(folder / ACTORS, content)
    return [ACTORS]


def _actors(folder: Path) -> bytes:
    return read_bytes(folder, ACTORS, LARGEST_TABLE)


def _names(folder: Path) -> dict[str, str]:
    return {row.cells["actor"].id: row.cells["actor"].name for row in read_actors(folder).rows}


def ratings(folder: Path, sheets: Sheets) -> bytes:
    """Each claim's grade as tags of MISP's admiralty-scale taxonomy, and STIX 2.1 confidence.

    The letter is the coder's; the figure is computed from the odds of the claim's event as of the case's date, 6 where
    no event is tied to it. STIX confidence: the standard's Admiralty scale (1 = 90, 2 = 70, 3 = 50, 4 = 30, 5 = 10).
    """
    spec, problems, _ = read_spec(folder)
    if spec is None:
        raise CaseError(problems)
    pack = read_pack(folder / EVIDENCE, parse_date(str(spec.as_of)))
    odds = {row.event: row.log_lr for row in event_likelihoods(pack)}
    grades = {link.claim: credibility(odds[link.event]) for link in pack.event_claims if link.event in odds}
    confidence = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
    rows: list[dict[str, Any]] = []
    for row in sheets.rows("claims"):
        figure = grades.get(row["id"], 6)
        letter = (row.get("reliability") or "F").lower()
        tags = [f'admiralty-scale:source-reliability="{letter}"', f'admiralty-scale:information-credibility="{figure}"']
        found: dict[str, Any] = {"claim": row["id"], "tags": tags}
        if figure in confidence:
            found["confidence"] = confidence[figure]
        rows.append(found)
    return (json.dumps(rows, indent=1) + "\n").encode()


OF_A_PACK: Mapping[str, Callable[[Sheets], dict[str, bytes]]] = {
    "pack": pack_files,
    "plover": lambda sheets: {"events.plover.jsonl": plover.to_plover(sheets)},
    "prov": lambda sheets: {"chains.prov.json": prov.to_prov(sheets)},
    "gexf": lambda sheets: {"sources.gexf": gexf.to_gexf(sheets)},
    "label-studio": lambda sheets: {label_studio.FILE: label_studio.to_label_studio(sheets)},
    "spreadsheet": lambda sheets: {"claims.csv": notes.to_spreadsheet(sheets)},
}
OF_A_CASE: Mapping[str, Callable[[Path, Sheets], dict[str, bytes]]] = {
    "ftm": lambda folder, sheets: {"entities.ftm.jsonl": ftm.to_ftm(sheets, _actors(folder))},
    "notes": lambda folder, sheets: notes.to_notes(sheets, _names(folder)),
    "ratings": lambda folder, sheets: {"ratings.json": ratings(folder, sheets)},
}
EXPORTS = (*OF_A_PACK, *OF_A_CASE)
