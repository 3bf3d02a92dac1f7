"""The run of a forecast whose calibration was carried over from former evidence (`fronde forecast --reweigh`).

Such a run holds no posterior of its own, so that nothing later takes it for a calibration; its manifest and documents
name the one it came from.
"""

from collections.abc import Callable
from dataclasses import asdict, replace

from fronde.app import particles
from fronde.app.former import Former, carry, formers
from fronde.app.identity import identify
from fronde.app.opening import Opened
from fronde.app.results import document, rounded
from fronde.app.run import Run
from fronde.app.store import RunError, Writer, writing
from fronde.app.work import (
    CALIBRATION,
    OF_THE_FORECAST,
    RESULTS,
    Calibrated,
    Session,
    calibration_document,
    finished,
    manifest_of,
    warm_up,
)
from fronde.inference import smc

TRIED = 3  # former calibrations looked at, newest first
Finish = Callable[[Writer, Opened, Calibrated, Session], None]


def forecast(
    opened: Opened, settings: smc.Settings, futures: int, session: Session, wanted: bool | str, finish: Finish
) -> Run | None:
    """The run, or None if a new calibration has to be made or is there already.

    wanted: the key of the calibration to start from, or True for the newest that will do. finish: writes the forecast.
    """
    own = identify(opened.case, opened.pack, settings, "forecast", futures=futures)
    if wanted is True and particles.find_posterior(session.runs, session.runs / own.run, own.calibration, session.say):
        return None
    found = [item for item in formers(session.runs, opened, settings) if wanted in (True, item.calibration)]
    reasons = []
    for former in found[:TRIED]:
        outcome = _from(former, opened, settings, futures, session, finish)
        if isinstance(outcome, Run):
            return outcome
        reasons.append(f"{former.folder.name} cannot be re-weighted: {outcome}")
    why = "; ".join(reasons) or f"{session.runs} holds no finished calibration that differs in the evidence alone"
    if wanted is not True:
        raise RunError(f"the run was re-weighted from calibration {wanted}, and that cannot be done again: {why}")
    session.say(f"a full calibration is needed: {why}")
    return None


def _from(
    former: Former, opened: Opened, settings: smc.Settings, futures: int, session: Session, finish: Finish
) -> Run | str:
    """The run re-weighted from one calibration, or why there can be none."""
    identity = identify(
        opened.case, opened.pack, settings, "forecast", futures=futures, reweighed_from=former.calibration
    )
    identity = replace(identity, calibration=former.calibration)
    folder = session.runs / identity.run
    if not session.fresh and finished(folder, RESULTS, CALIBRATION, *OF_THE_FORECAST[:3]):
        session.say(f"using the finished forecast in {folder}")
        return Run(folder)
    warm_up(opened, session)
    carried = carry(opened, settings, former, session.threads, session.say)
    if isinstance(carried, str):
        return carried
    session.say(f"{carried.note['text']} (weights took {carried.seconds:.2f} s)")
    manifest = manifest_of(opened, identity, "forecast", session, **asdict(settings), futures=futures)
    manifest["reweighed"] = rounded(carried.note)
    made = Calibrated(carried.problem, carried.posterior, identity, settings, futures, carried.note)
    with writing(folder, manifest, session.say) as writer:
        writer.manifest["timings"]["re-weighting"] = round(carried.seconds, 3)
        writer.write(CALIBRATION, document(calibration_document(made)))
        finish(writer, opened, made, session)
    return Run(folder)
