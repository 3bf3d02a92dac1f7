"""What the user's actions have in common: a session, a prepared problem, and a posterior found or made."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

import fronde.domain.jit as jit
from fronde.app import netcdf, particles
from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem, calibrate, case_params, prepare
from fronde.app.forecast import assumptions_of, evidence_of
from fronde.app.former import keep_evidence
from fronde.app.identity import Identity, identify, same_arithmetic, versions
from fronde.app.opening import Opened, threads_of
from fronde.app.results import document
from fronde.app.store import Say, Writer, base_folder, intact, placed, read_manifest, writing
from fronde.domain.params import to_values
from fronde.engine import schedule
from fronde.engine.run import Ensemble, simulate
from fronde.forecast import beliefs
from fronde.inference import smc

QUICK, FULL, FUTURES = 1024, 4096, 8
RESULTS, CALIBRATION = "results.nc", "calibration.json"
COMPILING, CALIBRATING = "compiling the model (once)", "calibrating"
FIRST_PACE = 0.12  # temperature gained by a step, before one is finished
OF_THE_FORECAST = ("forecast.json", "forecast.csv", "summary.json", "report.html")


class Progress(Protocol):
    """Hears how far a stage is: `done` of `total`, 0 of 1 at its start if nothing better is known."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note; must not fail."""


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True)
class Session:
    """Where results go, how many threads work, and who hears about it."""

    runs: Path = field(default_factory=base_folder)
    threads: int = field(default_factory=lambda: threads_of(None))
    progress: Progress = silent
    say: Say = lambda _: None
    command: str = "python"
    fresh: bool = False
    resume: bool = False


def make_session(
    runs_folder: str | Path | None = None,
    threads: int | None = None,
    progress: Progress = silent,
    say: Say = lambda _: None,
    command: str = "python",
    fresh: bool = False,
) -> Session:
    """A session; what is left out comes from the environment (FRONDE_RUNS, FRONDE_THREADS)."""
    return Session(base_folder(runs_folder), threads_of(threads), progress, say, command, fresh)


@dataclass(frozen=True)
class Calibrated:
    """A problem with its posterior, and the run of `kind` forecast that both belong to."""

    problem: Problem
    posterior: Posterior
    identity: Identity
    settings: smc.Settings
    futures: int
    reweighed: dict[str, Any] | None = None  # from which calibration, if it was carried over (see `app.former`)


@dataclass(frozen=True)
class Watched(Problem):
    """A problem that tells when another set of histories is simulated."""

    on_histories: Callable[[], None] = lambda: None

    def histories(self, z: Any, replicates: Any, threads: int | None = None) -> Ensemble:
        """As of the problem."""
        found = super().histories(z, replicates, threads)
        self.on_histories()
        return found


class Moves:
    """Counts simulated sets of histories and guesses how many there will be: how many temperatures, nobody knows."""

    def __init__(self, settings: smc.Settings, progress: Progress, before: tuple[smc.Info, ...]) -> None:
        """Go on behind `before`, the steps of an interrupted run."""
        self._settings, self._progress = settings, progress
        self._temperatures = [0.0, *(info.temperature for info in before)]
        self.done = 1 + len(before) * settings.moves if before else 0
        self._total = self._guess()
        progress(CALIBRATING, self.done, self._total)

    def _guess(self) -> int:
        """Sets simulated at the end if the temperature keeps its pace; FIRST_PACE before there is one."""
        reached = self._temperatures[-1]
        pace = reached - self._temperatures[-2] if len(self._temperatures) > 1 else FIRST_PACE
        steps = max(1.0, (1.0 - reached) / max(pace, 0.02))
        return self.done + round((steps - 1.0) * self._settings.moves) + self._settings.final_moves

    def tick(self) -> None:
        """One more set."""
        self.done += 1
        self._progress(CALIBRATING, self.done, max(self.done + 1, self._total))

    def step(self, info: smc.Info) -> None:
        """A temperature is finished."""
        self._temperatures.append(info.temperature)
        self._total = self._guess()


def watched(problem: Problem, on_histories: Callable[[], None]) -> Watched:
    """The same problem under observation."""
    return Watched(**{item.name: getattr(problem, item.name) for item in fields(Problem)}, on_histories=on_histories)


def compiled() -> bool:
    """Whether the kernel of these very files is in the cache (numba keeps one for each place and time of a source)."""
    if jit.INTERPRETED:
        return True
    written = Path(str(schedule.__file__)).stat().st_mtime
    kept = Path(schedule.simulate_block.stats.cache_path).glob("schedule.simulate_block*.nbc")
    return any(path.stat().st_mtime >= written for path in kept)


def warm_up(opened: Opened, session: Session) -> None:
    """Compile the kernel on one short run, so that whoever waits knows for what."""
    if compiled():
        return
    session.progress(COMPILING, 0, 1)
    inputs, _ = build(opened.case, conditioned=False, steps=1)
    params = case_params(opened.case)
    simulate(inputs, to_values(params, np.zeros((1, len(params)))), np.arange(1, dtype=np.uint64), threads=1)
    session.progress(COMPILING, 1, 1)


def manifest_of(opened: Opened, identity: Identity, kind: str, session: Session, **settings: Any) -> dict[str, Any]:
    """The manifest of a run that is about to start."""
    spec, vintage = opened.case.spec, opened.pack.vintage
    return {
        "format": "1",
        "run": identity.run,
        "kind": kind,
        "case": opened.case.name,
        "case_path": opened.given,
        "as_of": spec.moment,
        "horizon_days": spec.horizon,
        "seed": spec.seed,
        "scenario_hash": identity.scenario,
        "evidence_hash": identity.evidence,
        "evidence_vintage": vintage.isoformat() if vintage else None,
        "calibration": identity.calibration,
        "code": identity.code,
        "settings": {**settings, "set": dict(opened.assigned)},
        "left_out": dict(opened.left_out),
        "versions": versions(),
        "platform": sys.platform,
        "command": session.command,
        "threads": session.threads,
        "status": "running",
    }


def canonical_command(opened: Opened, particles: int, carried: bool = False) -> str:
    """What to type to get a forecast again, whatever was typed the first time."""
    spec = opened.case.spec
    size = {QUICK: "", FULL: " --full"}.get(particles, f" --particles {particles}")
    size += " --reweigh" if carried else ""
    return f"fronde forecast {opened.case.name} --as-of {spec.moment} --horizon {spec.horizon}d{size}"


def finished(folder: Path, *names: str) -> bool:
    """Whether a run folder holds these files whole, from the libraries in use."""
    manifest = read_manifest(folder)
    found = manifest.get("versions")
    arithmetic = isinstance(found, dict) and same_arithmetic(found)
    return manifest.get("status") == "done" and arithmetic and intact(folder, *names)


def place(
    opened: Opened, action: str, name: str, what: str, settings: Mapping[str, Any], session: Session
) -> tuple[Identity, Path, bool]:
    """Identity and folder of a run whose result is one document, and whether it is finished already."""
    identity = identify(opened.case, opened.pack, smc.Settings(particles=settings["particles"]), action, **settings)
    folder = session.runs / identity.run
    done = not session.fresh and finished(folder, name)
    if done:
        session.say(f"using the finished {what} in {folder}")
    return identity, folder, done


def posterior_of(opened: Opened, particles_wanted: int, futures: int, session: Session) -> Calibrated:
    """The posterior of a case: from a finished run of the same calibration, or made in the run of its forecast."""
    settings = smc.Settings(particles=particles_wanted)
    identity = identify(opened.case, opened.pack, settings, "forecast", futures=futures)
    folder = session.runs / identity.run
    for name, why in opened.left_out.items():
        session.say(f"{name} is left out: {why}")
    warm_up(opened, session)
    session.progress("prior", 0, 1)
    problem = prepare(opened.case, opened.pack, session.threads)
    session.progress("prior", 1, 1)
    found = None if session.fresh else particles.find_posterior(session.runs, folder, identity.calibration, session.say)
    if found is not None:
        posterior, place = found
        session.say(f"using the finished calibration in {place}")
        if place == folder and finished(folder, particles.POSTERIOR, CALIBRATION):
            return Calibrated(problem, posterior, identity, settings, futures)
    manifest = manifest_of(opened, identity, "forecast", session, **asdict(settings), futures=futures)
    with writing(folder, manifest, session.say) as writer:
        if found is None:
            posterior = _calibrate(writer, problem, identity, settings, session)
            keep_evidence(folder, opened.case.folder / "evidence")
        made = Calibrated(problem, posterior, identity, settings, futures)
        _write_calibration(writer, made)
    return made


def _calibrate(
    writer: Writer, problem: Problem, identity: Identity, settings: smc.Settings, session: Session
) -> Posterior:
    """Calibrate, with a checkpoint after each step; an interrupted run of the same calibration goes on."""
    folder, key = writer.folder, identity.calibration
    found = None if session.fresh else particles.load_checkpoint(folder, key, session.say)
    start, before = found if found else (None, ())
    if start is not None:
        session.say(f"going on from the checkpoint after step {len(before)} (temperature {start.temperature:.3g})")
    elif session.resume:
        session.say("there is no checkpoint to go on from; the calibration starts from the beginning")
    infos = list(before)
    moves = Moves(settings, session.progress, before)

    def keep(state: smc.Particles, info: smc.Info) -> None:
        infos.append(info)
        particles.save_checkpoint(folder, key, state, tuple(infos))
        moves.step(info)

    with writer.stage(CALIBRATING):
        posterior = calibrate(watched(problem, moves.tick), settings, session.threads, start, keep)
    session.progress(CALIBRATING, moves.done, moves.done)
    return replace(posterior, infos=tuple(infos))


def _write_calibration(writer: Writer, made: Calibrated) -> None:
    """posterior.npz first: whatever fails afterwards, the expensive part is kept. An older forecast counts no more."""
    for name in OF_THE_FORECAST:
        writer.manifest["files"].pop(name, None)
    with writer.stage("writing the posterior"):
        particles.save_posterior(writer.folder, made.identity.calibration, made.posterior)
        writer.record(particles.POSTERIOR)
        writer.write(CALIBRATION, document(calibration_document(made)))
        write_results(writer, made, {})


def write_results(writer: Writer, made: Calibrated, more: dict[str, netcdf.Group]) -> None:
    """results.nc of a posterior, with `more` groups."""
    groups = {**netcdf.posterior_groups(made.problem, made.posterior), **more}
    groups["observed_data"] = netcdf.observed(made.problem)
    write_netcdf(writer, groups)


def write_netcdf(writer: Writer, groups: dict[str, netcdf.Group]) -> None:
    """results.nc, whole or not at all."""
    with placed(writer.folder / RESULTS) as beside:
        netcdf.write_groups(beside, groups, netcdf.attributes(writer.manifest))
    writer.record(RESULTS)


def calibration_document(made: Calibrated) -> dict[str, Any]:
    """`calibration.json`: what the evidence taught and whether the sampler can be trusted."""
    problem, posterior = made.problem, made.posterior
    values = to_values(problem.params, posterior.z)
    before = to_values(problem.params, netcdf.prior_z(problem.case.spec.seed, FULL)[0])
    table = beliefs.posterior_table(problem.params, posterior.z, values, before)
    informed = sum(row["contraction"] >= 0.1 for row in table)
    last = posterior.infos[-1]
    return {
        "case": problem.case.name,
        "as_of": problem.case.spec.moment,
        "run": made.identity.run,
        "particles": made.settings.particles,
        "steps": len(posterior.infos),
        "log_evidence": posterior.log_evidence,
        "diagnostics": beliefs.diagnostics(
            posterior.z, posterior.ancestors, last.accepted_z, last.accepted_u, informed
        ),
        "posterior": table,
        "assumptions": assumptions_of(problem),
        "evidence": evidence_of(problem),
        **noted(made),
    }


def noted(made: Calibrated) -> dict[str, Any]:
    """What every document of a re-weighted run says of itself; nothing for others."""
    return {"reweighed": made.reweighed} if made.reweighed else {}
