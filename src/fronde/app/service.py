"""One function per user action. The command line, a web page and the Python interface call these and nothing else.

Every action that computes takes a `Session` (where to write, threads, who hears about progress) and returns a `Run`.
Nothing is written before the case and its evidence have been read and found good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app import about, netcdf, reweighed, simulation
from fronde.app import explain as explaining
from fronde.app import forecast as forecasting
from fronde.app import particles as particles_file
from fronde.app import recreate as recreating
from fronde.app import streamed as streaming
from fronde.app import weekly as updating
from fronde.app.additions import WEEKLY, weekly_of
from fronde.app.calibrate import case_params
from fronde.app.identity import identify, version_of
from fronde.app.opening import Opened, RequestError, open_case, require_variant
from fronde.app.pooling import lesson_document
from fronde.app.results import document, forecast_table, manifest_of
from fronde.app.run import Run
from fronde.app.store import Lock, RunError, Writer, read_manifest, write_file, writing
from fronde.app.streamed import PORTION
from fronde.app.totals import summary_group
from fronde.app.work import (
    CALIBRATION,
    FULL,
    FUTURES,
    OF_THE_FORECAST,
    QUICK,
    RESULTS,
    Calibrated,
    Session,
    canonical_command,
    finished,
    noted,
    place,
    posterior_of,
    write_netcdf,
    write_results,
)
from fronde.app.work import manifest_of as new_manifest
from fronde.forecast.compare import paired
from fronde.inference import smc
from fronde.report.page import write_report
from fronde.report.pdf import write_pdf
from fronde.scenario.check import check as check_case
from fronde.scenario.new import new as new_case
from fronde.scenario.problems import CaseError
from fronde.scenario.problems import Problem as Mistake
from fronde.scenario.schema import schema_text

FLAGSHIP = "russia-2022"
FORECAST, TABLE, SUMMARY, REPORT = OF_THE_FORECAST
SIMULATION, COMPARISON = "simulation.json", "compare.json"
EXPLANATION = "explain.json"
When = str | date | None
Where = str | Path


def check(case: Where) -> list[Mistake]:
    """Everything wrong with a case, and notes on what to look at."""
    return check_case(case)


def new(name: str, directory: Where = ".", source_case: Where | None = None) -> Path:
    """A case folder that validates."""
    try:
        return new_case(name, directory, source_case)
    except CaseError as error:
        found = (f"{item.file}: {item.found}; expected {item.expected}; {item.remedy}" for item in error.problems)
        raise RequestError("; ".join(found)) from None


def schema() -> str:
    """The JSON Schema of case.yaml."""
    return schema_text()


def params(words: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every number of the model; with words, those whose name, source or note holds all of them."""
    return about.params(words)


def doctor(runs: Path) -> dict[str, Any]:
    """State of the installation."""
    return about.doctor(runs)


def cite(run: Where) -> dict[str, Any]:
    """How to cite a run."""
    return about.cite(Path(run))


def demo(case: Where = FLAGSHIP, full: bool = False, session: Session | None = None) -> Run:
    """The flagship from evidence to report."""
    return forecast(case, particles=FULL if full else QUICK, session=session)


def calibrate(
    case: Where,
    as_of: When = None,
    particles: int = QUICK,
    futures: int = FUTURES,
    horizon: str | int | None = None,
    resume: bool = False,
    session: Session | None = None,
) -> Run:
    """The posterior of a case; a finished one of the same hash is used again, an interrupted one goes on.

    resume: say so if there is nothing to go on from.
    """
    session = replace(session or Session(), resume=resume)
    opened = open_case(case, as_of, horizon)
    made = posterior_of(opened, particles, futures, session)
    return Run(session.runs / made.identity.run)


def save_lesson(run: Run, case: Where, as_of: When, path: Where, session: Session) -> Path:
    """Write the posterior of a finished calibration as a file that other cases can name under `pooling`."""
    manifest = run.manifest
    found = particles_file.load_posterior(run.folder, manifest["calibration"], session.say)
    if found is None:
        raise RunError(f"{run.folder} holds no posterior; calibrate again with --fresh")
    opened = open_case(case, as_of)
    hashes = {key: str(manifest[key]) for key in ("scenario_hash", "evidence_hash", "code")}
    content = lesson_document(opened.case, case_params(opened.case), found.z, hashes)
    return write_file(Path(path), document(content))


def forecast(
    case: Where,
    as_of: When = None,
    horizon: str | int | None = None,
    particles: int = QUICK,
    futures: int = FUTURES,
    session: Session | None = None,
    reweigh: bool | str = False,
) -> Run:
    """Probabilities and counts by group and date, the case's questions, the leader's options, and the report.

    reweigh: carry over a finished calibration that differs by a small change of evidence, or that of this key; where
    that cannot be done a new calibration is made (with a key: RunError).
    """
    session = session or Session()
    opened = open_case(case, as_of, horizon)
    settings = smc.Settings(particles=particles)
    identity = identify(opened.case, opened.pack, settings, "forecast", futures=futures)
    folder = session.runs / identity.run
    if not session.fresh and finished(folder, RESULTS, CALIBRATION, FORECAST, TABLE, SUMMARY):
        session.say(f"using the finished forecast in {folder}")
        report(folder)
        return Run(folder)
    if reweigh and (carried := reweighed.forecast(opened, settings, futures, session, reweigh, _forecast)):
        return carried
    made = posterior_of(opened, particles, futures, session)
    manifest = new_manifest(opened, identity, "forecast", session, **asdict(settings), futures=futures)
    with writing(folder, manifest, session.say) as writer:
        _forecast(writer, opened, made, session)
    return Run(folder)


def _forecast(writer: Writer, opened: Opened, made: Calibrated, session: Session) -> None:
    """Simulate, then write each document whole; a full disk costs the files after it, not those before."""
    problem, posterior = made.problem, made.posterior

    def on_stage(name: str) -> Any:
        return lambda done, total: session.progress(name, done, total)

    with writer.stage("forecasting"):
        found = forecasting.forecast(
            problem,
            posterior,
            made.identity.run,
            made.futures,
            list(problem.case.spec.variants),
            session.threads,
            on_stage,
        )
    summary = {
        **found.summary,
        **noted(made),
        "quick": made.settings.particles < FULL,
        "manifest": manifest_of(
            problem, writer.manifest, canonical_command(opened, made.settings.particles, made.reweighed is not None)
        ),
    }
    with writer.stage("writing the forecast"):
        session.progress("writing", 0, 1)
        writer.write(FORECAST, document({**found.forecast, **noted(made)}))
        writer.write(TABLE, forecast_table(found.forecast))
        writer.write(SUMMARY, document(summary))
        first = slice(None, None, made.futures)
        write_results(writer, made, {"posterior_predictive": netcdf.predictive(problem.case, found.ensemble, first)})
    with writer.stage("writing the report"):
        write_report(writer.folder)
        writer.record(REPORT)
        session.progress("writing", 1, 1)


def simulate(
    case: Where,
    variant: str | None = None,
    runs: int = 512,
    assigned: Mapping[str, float] | None = None,
    prior: bool = True,
    as_of: When = None,
    horizon: str | int | None = None,
    particles: int = QUICK,
    session: Session | None = None,
    keep: int | None = None,
    at_once: int | None = None,
) -> Run:
    """A prior or posterior ensemble; `assigned` fixes parameters by hand.

    keep: number of runs whose trajectories are kept, all if None.
    at_once: runs in memory at a time, which bounds it whatever `runs` and `keep`; the numbers do not depend on it.
    """
    session = session or Session()
    opened = open_case(case, as_of, horizon, assigned)
    if variant is not None:
        require_variant(opened, variant)
    source = "prior" if prior else "posterior"
    settings = {"source": source, "variant": variant, "runs": runs, "particles": particles}
    settings |= {} if keep is None else {"keep": keep}
    identity = identify(opened.case, opened.pack, smc.Settings(particles=particles), "simulate", **settings)
    folder = session.runs / identity.run
    if not session.fresh and finished(folder, RESULTS, SIMULATION):
        session.say(f"using the finished simulation in {folder}")
        return Run(folder)
    made = None if prior else posterior_of(opened, particles, FUTURES, session)
    manifest = new_manifest(opened, identity, "simulate", session, **settings)
    with writing(folder, manifest, session.say) as writer, writer.stage("simulating"):
        if made is None:
            played = simulation.of_prior(opened, variant, runs, session)
        else:
            played = simulation.of_posterior(made, variant, runs, session)
        totals, kept = streaming.streamed(writer, played, keep, at_once or PORTION, session)
        found = simulation.document_of(played, totals, identity.run, variant, opened.assigned)
        writer.write(SIMULATION, document(found))
        groups = {name: group.group() for name, group in kept.items()}
        write_netcdf(writer, {**groups, "summary": summary_group(opened.case, totals)})
        streaming.tidied(folder)
    return Run(folder)


def compare(
    case: Where,
    variants: Sequence[str],
    as_of: When = None,
    horizon: str | int | None = None,
    particles: int = QUICK,
    session: Session | None = None,
) -> Run:
    """Paired differences between variants and the baseline: same particles, histories and luck."""
    session = session or Session()
    opened = open_case(case, as_of, horizon)
    names = list(dict.fromkeys(require_variant(opened, name) for name in variants))
    settings = {"variants": names, "particles": particles}
    identity, folder, done = place(opened, "compare", COMPARISON, "comparison", settings, session)
    if done:
        return Run(folder)
    made = posterior_of(opened, particles, FUTURES, session)
    manifest = new_manifest(opened, identity, "compare", session, **settings)
    with writing(folder, manifest, session.say) as writer, writer.stage("comparing"):
        writer.write(COMPARISON, document(_compared(made, names, identity.run, session)))
    return Run(folder)


def _compared(made: Calibrated, names: Sequence[str], run: str, session: Session) -> dict[str, Any]:
    """`compare.json`."""
    problem = made.problem
    spec = problem.case.spec

    def once(name: str | None) -> Any:
        stage = f"variant {name}" if name else "baseline"
        return forecasting.continued(
            problem, made.posterior, 1, name, session.threads, lambda done, total: session.progress(stage, done, total)
        )

    base = once(None)
    rows = []
    for name in names:
        block = spec.variants[name]
        differences = paired(base, once(name), problem.case.grid)
        rows.append({"id": name, "title": block.title, "asks": block.asks, "differences": differences})
    return {
        "case": problem.case.name,
        "as_of": spec.moment,
        "horizon_days": spec.horizon,
        "run": run,
        "particles": made.settings.particles,
        "variants": rows,
    }


def explain(
    case: Where,
    question: str | None = None,
    as_of: When = None,
    particles: int = QUICK,
    session: Session | None = None,
) -> Run:
    """What each headline number rests on; in a run folder of its own."""
    session = session or Session()
    opened = open_case(case, as_of)
    settings = {"question": question, "particles": particles, "salib": version_of("SALib")}
    identity, folder, done = place(opened, "explain", EXPLANATION, "explanation", settings, session)
    if done:
        return Run(folder)
    made = posterior_of(opened, particles, FUTURES, session)
    manifest = new_manifest(opened, identity, "explain", session, **settings)
    with writing(folder, manifest, session.say) as writer, writer.stage("explaining"):
        writer.write(EXPLANATION, document(explaining.explain(made, question, session)))
    return Run(folder)


def weekly(
    case: Where,
    as_of: When = None,
    particles: int = QUICK,
    weeks: int | None = None,
    pulls: bool = True,
    session: Session | None = None,
) -> Run:
    """How each headline forecast moved, week by week; in a run folder of its own."""
    session = session or Session()
    opened = open_case(case, as_of)
    settings = {"weeks": weeks, "pulls": pulls, "particles": particles}
    identity, folder, done = place(opened, "weekly", WEEKLY, "updates", settings, session)
    if done:
        return Run(folder)
    manifest = new_manifest(opened, identity, "weekly", session, **settings)
    with writing(folder, manifest, session.say) as writer, writer.stage("updating"):
        writer.write(WEEKLY, document(updating.weekly(opened, particles, session, weeks, pulls=pulls)))
    return Run(folder)


def report(run: Where, static: bool = False, pdf: bool = False) -> list[Path]:
    """Write the report of a forecast again; the paths of what was written."""
    folder = Path(run)
    found = Run(folder)
    if not (folder / SUMMARY).is_file():
        remedy = f"`{found.manifest.get('command', 'fronde forecast CASE')}`"
        raise RunError(f"{folder} holds no finished forecast; finish it first: {remedy}")
    written = write_report(folder, static, weekly_of(found))
    paths = [written, write_pdf(written)] if pdf else [written]
    _note_files(folder, [path.name for path in paths])
    return paths


def _note_files(folder: Path, names: Sequence[str]) -> None:
    """Put the hashes of rewritten files into the manifest, as left by the run itself otherwise."""
    manifest = read_manifest(folder)
    if not manifest:
        return
    lock = Lock(folder)
    try:
        writer = Writer(folder, manifest)
        writer.record(*names)
        writer.save()
    finally:
        lock.release()


def recreate(manifest_file: Where, session: Session | None = None) -> tuple[Run, dict[str, bool]]:
    """Compute a run again from its manifest alone; per file, whether it came out byte for byte the same.

    Raises RunError if the case, its evidence or the code are no longer those of the manifest.
    """
    actions = {action.__name__: action for action in (calibrate, compare, forecast, simulate)}
    return recreating.recreate(Path(manifest_file), replace(session or Session(), fresh=True), actions)
