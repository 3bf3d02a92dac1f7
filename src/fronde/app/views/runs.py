"""Runs: manifests, what differs between two of them, and their files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fronde.app.service import cite
from fronde.app.views import Missing
from fronde.app.views.desk import Desk

PASSING = frozenset({"started_at", "ended_at", "timings", "command", "threads", "stage", "run", "files"})


def runs(desk: Desk) -> dict[str, Any]:
    """Every run, newest first."""
    found = desk.manifests()
    done = sum(row.get("status") == "done" for row in found)
    lede = (
        f"Runs in {desk.runs.name}/: {len(found)}, finished: {done}." if found else f"No runs in {desk.runs.name}/ yet."
    )
    return {"lede": lede, "runs": found}


def run(desk: Desk, name: str) -> dict[str, Any]:
    """One run: manifest, files with their size, how to cite it."""
    found = desk.run(name)
    files = [{"name": key, "bytes": path.stat().st_size} for key, path in found.paths.items()]
    return {"run": name, "manifest": found.manifest, "files": files, "cite": cite(found.folder)["text"]}


def file(desk: Desk, name: str, wanted: str) -> Path:
    """The path of a file of a run; only what the run lists."""
    paths = desk.run(name).paths
    if wanted not in paths:
        raise Missing(f"{name} holds no {wanted!r}; it has {', '.join(paths)}")
    return paths[wanted]


def difference(desk: Desk, first: str, second: str) -> dict[str, Any]:
    """What differs between two manifests, key by key; clocks and paths are passing and are marked so."""
    one, other = (dict(_flat(desk.run(name).manifest)) for name in (first, second))
    rows = [
        {"key": key, "first": one.get(key), "second": other.get(key), "passing": key.split(".")[0] in PASSING}
        for key in dict.fromkeys([*one, *other])
        if one.get(key) != other.get(key)
    ]
    weighty = sum(not row["passing"] for row in rows)
    same = "The two runs rest on the same case, evidence, seed, settings and code."
    lede = f"{weighty} entries that bear on the numbers differ." if weighty else same
    return {"first": first, "second": second, "lede": lede, "rows": rows}


def _flat(value: Mapping[str, Any], under: str = "") -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _flat(inner, f"{under}{key}.")
        else:
            yield f"{under}{key}", inner
