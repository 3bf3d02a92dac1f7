"""Ensembles of any size in bounded memory: portions of runs, sums over all of them, trajectories of those to be kept.

A run depends on its own number alone, so the sums do not know that there were portions, and the first runs of a large
ensemble are those of a small one. Trajectories go straight to disk. After each portion they and the sums are there,
whole: a run that is killed goes on behind its last portion.
"""

import shutil
from functools import partial
from pathlib import Path

from fronde.app import totals as summing
from fronde.app.growing import Growing
from fronde.app.simulation import Source
from fronde.app.store import Writer
from fronde.app.totals import BLOCK, Totals
from fronde.app.work import Session

PORTION = 2048  # runs at a time: some 60 MB of the flagship
TOTALS, DRAWS = "totals.npz", "draws"


def streamed(
    writer: Writer, source: Source, keep: int | None, at_once: int, session: Session
) -> tuple[Totals, dict[str, Growing]]:
    """Totals of all runs and the groups of the first `keep`, from where an interrupted run of the same kind stopped.

    at_once: runs in memory at a time, in whole blocks.
    """
    limit = source.runs if keep is None else min(keep, source.runs)
    path, key = writer.folder / TOTALS, str(writer.manifest["run"])
    totals, kept = _begun(path, key, source, limit, session)
    size = -(-at_once // BLOCK) * BLOCK
    while totals.runs < source.runs:
        first, last = totals.runs, min(source.runs, totals.runs + size)
        ensemble = source.play(first, last, partial(_tell, session, first, source.runs))
        if first < limit:
            for name, group in source.groups(ensemble, first, min(last, limit)).items():
                kept[name].append(group)
        totals = summing.added(totals, ensemble, source.case.grid)
        summing.save(path, key, totals)
    return totals, kept


def _tell(session: Session, before: int, runs: int, done: int, _: int) -> None:
    session.progress("simulating", before + done, runs)


def _begun(path: Path, key: str, source: Source, limit: int, session: Session) -> tuple[Totals, dict[str, Growing]]:
    """Totals and kept draws so far."""
    totals = None if session.fresh else summing.load(path, key, session.say)
    if totals is not None:
        try:
            kept = _growing(path.parent, source, limit, totals.runs)
        except (ValueError, OSError) as error:
            session.say(f"{path} is not used ({error})")
        else:
            session.say(f"going on after {totals.runs} runs")
            return totals, kept
    return summing.none(source.case), _growing(path.parent, source, limit, 0)


def _growing(folder: Path, source: Source, limit: int, runs: int) -> dict[str, Growing]:
    if limit == 0:
        return {}
    pattern = source.groups(source.play(0, 1, None), 0, 1)
    draws = source.draws(min(runs, limit))
    return {name: Growing(folder / DRAWS / name, group, draws) for name, group in pattern.items()}


def tidied(folder: Path) -> None:
    """Remove what only an interrupted run needs."""
    shutil.rmtree(folder / DRAWS, ignore_errors=True)
    (folder / TOTALS).unlink(missing_ok=True)
