"""The questions of a case: what is asked, by which rule and when it resolves, how it stands; and resolving one.

A resolution is a row of evidence/resolutions.csv. The file is replaced whole or not at all, and put back as it was if
the pack does not read with it.
"""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app.ledger import list_claims, unshipped
from fronde.app.opening import RequestError
from fronde.app.outcomes import rule_of
from fronde.app.store import Lock, file_hash, write_file
from fronde.evidence.cells import columns_of
from fronde.evidence.codebook import Answer
from fronde.evidence.pack import PackError, read_pack
from fronde.evidence.rows import Resolution
from fronde.scenario.case import Case, load_case
from fronde.scenario.problems import quoted, suggestion

FILE = "resolutions.csv"
COLUMNS = tuple(spec.name for spec in columns_of(Resolution))


def listed(case: str | Path, known_by: date | None = None) -> list[dict[str, Any]]:
    """Questions of the case, then forecasts of its sources, each with its rule, its day and how it stands."""
    found = load_case(case)
    pack = read_pack(found.folder / "evidence", known_by or date.today())
    by_question = {row.question: row for row in pack.resolutions if row.question}
    by_forecast = {row.forecast: row for row in pack.resolutions if row.forecast}
    rows = [
        _row("question", q.id, q.text, rule_of(q), q.by, by_question.get(q.id), {"base_rate": q.base_rate})
        for q in found.spec.questions
    ]
    for item in pack.forecasts:
        done = by_forecast.get(item.id)
        rows.append(_row("source", item.id, item.statement, done.rule if done else "", item.resolve_at, done, {}))
    return rows


def _row(
    kind: str, name: str, text: str, rule: str, by: date | None, done: Resolution | None, more: dict[str, Any]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": name,
        "text": text,
        "rule": rule,
        "by": by.isoformat() if by else None,
        "state": str(done.strict) if done else "open",
        "lenient": str(done.lenient or done.strict) if done else None,
        "resolved_at": done.resolved_at.isoformat() if done else None,
        "basis": done.basis if done else "",
        **more,
    }


def resolve(
    case: str | Path,
    name: str,
    answer: str,
    on: date,
    basis: str,
    lenient: str | None = None,
    claims: Sequence[str] = (),
    rule: str = "",
    coder: str = "user",
) -> dict[str, Any]:
    """Write how a question, or a forecast of a source, turned out; the row as listed afterwards.

    rule: only for a source's forecast; a question keeps the rule that it was asked with.
    Raises RequestError for what makes no sense and for a case of the package; the file is then as it was.
    """
    found = load_case(case)
    unshipped(found.folder)
    row = _checked(found, name, answer, on, basis, lenient, rule)
    _known(found.folder, claims)
    row |= {"evidence_claims": ";".join(claims), "coder": coder, "id": f"r-{name}"}
    folder = found.folder / "evidence"
    lock = Lock(found.folder)
    try:
        _append(folder, row)
    finally:
        lock.release()
    return next(each for each in listed(case) if each["id"] == name)


def _checked(
    case: Case, name: str, answer: str, on: date, basis: str, lenient: str | None, rule: str
) -> dict[str, str]:
    questions = {q.id: q for q in case.spec.questions}
    said = {row.id: row for row in read_pack(case.folder / "evidence", date.today()).forecasts}
    if name not in questions and name not in said:
        known = [*questions, *said]
        raise RequestError(f"{case.name} asks no question {quoted(name)}; {suggestion(name, known, ', '.join(known))}")
    for word in (answer, lenient or answer):
        if word not in [str(a) for a in Answer]:
            raise RequestError(f"the answer is {quoted(word)}; expected one of {', '.join(map(str, Answer))}")
    if on > date.today():
        raise RequestError(f"resolved on {on}, which is still to come; expected a day up to today")
    if not basis.strip():
        raise RequestError("the basis is empty; say in a few words what was looked up and where")
    by = questions[name].by if name in questions else said[name].resolve_at
    if answer == str(Answer.NO) and by and on < by:
        raise RequestError(f"`no` on {on}, but {name} may still come until {by}; resolve it then, or say `void`")
    if name in said and not rule:
        raise RequestError(f"{name} is a source's forecast; give the rule that was written before looking (--rule)")
    if name in questions and rule:
        raise RequestError(f"{name} was asked with a rule of its own: {rule_of(questions[name])}; leave --rule out")
    return {
        "question": name if name in questions else "",
        "forecast": "" if name in questions else name,
        "rule": rule_of(questions[name]) if name in questions else rule,
        "strict": answer,
        "lenient": lenient or answer,
        "resolved_at": on.isoformat(),
        "known_at": on.isoformat(),
        "coded_at": date.today().isoformat(),
        "status": "accepted",
        "basis": basis,
    }


def _known(folder: Path, claims: Sequence[str]) -> None:
    """Refuse claims that the ledger does not hold."""
    held = {row["id"] for row in list_claims(folder)}
    for name in claims:
        if name not in held:
            raise RequestError(
                f"no claim {quoted(name)} in the evidence of {folder.name}; "
                + suggestion(name, held, "`fronde evidence list` shows them")
            )


def _append(folder: Path, row: dict[str, str]) -> None:
    """Add a row and check the pack with it; otherwise everything is put back."""
    target, manifest = folder / FILE, folder / "pack.json"
    before, listed_before = target.read_bytes() if target.is_file() else None, manifest.read_bytes()
    rows = list(csv.DictReader(io.StringIO(before.decode("utf-8-sig")))) if before else []
    about = [name for name in ("question", "forecast") if row[name]]
    same = [old for old in rows if old["id"] == row["id"] or any(old.get(name) == row[name] for name in about)]
    if same:
        raise RequestError(
            f"{target.name} already resolves {row['question'] or row['forecast']} as `{same[0]['strict']}` on "
            f"{same[0]['resolved_at']}; what is resolved stays, correct the file by hand if it is wrong"
        )
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows([*rows, row])
    try:
        write_file(target, stream.getvalue().encode())
        _note_hash(manifest, target)
        read_pack(folder, date.today())
    except BaseException as error:
        if before is None:
            target.unlink(missing_ok=True)
        else:
            write_file(target, before)
        write_file(manifest, listed_before)
        if isinstance(error, PackError):
            raise RequestError(f"not written: {'; '.join(error.problems)}") from None
        raise


def _note_hash(manifest: Path, target: Path) -> None:
    """Keep the hash that pack.json has of the file, if it has hashes."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    if isinstance(content.get("files"), dict):
        entry = content["files"].setdefault(target.name, {})
        entry["sha256"] = file_hash(target)
        write_file(manifest, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
