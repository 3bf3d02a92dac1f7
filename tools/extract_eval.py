"""Score the extractor on coded reports: `python tools/extract_eval.py [--kept] [--errors] [--json] [--speed]`.

Spans match at an intersection over union of at least one half, in characters that are no space; each coded span is
matched once. A claim is found where half of the shorter of the two spans is shared and the class agrees.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from extract.coded_reports import CodedClaim, CodedReport, read_coded
from fronde.extract.report import Reading, read_report

CODED = Path(__file__).parent.parent / "tests" / "extract" / "coded"
Chars = frozenset[int]


class Tally:
    """Hits, misses and false alarms of one thing."""

    def __init__(self) -> None:
        self.hit = self.missed = self.extra = 0

    @property
    def f1(self) -> float:
        total = 2 * self.hit + self.missed + self.extra
        return 2 * self.hit / total if total else float("nan")

    def line(self) -> str:
        p = self.hit / (self.hit + self.extra) if self.hit + self.extra else float("nan")
        r = self.hit / (self.hit + self.missed) if self.hit + self.missed else float("nan")
        return f"P {p:.2f}  R {r:.2f}  F1 {self.f1:.2f}"


def chars(spans, text: str) -> Chars:
    return frozenset(i for a, b in spans for i in range(a, b) if not text[i].isspace() and text[i] not in ",.")


def iou(a: Chars, b: Chars) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def match(coded: list[Chars], found: list[Chars], least: float) -> list[tuple[int, int]]:
    """Greedy pairs by falling overlap."""
    pairs = sorted(((iou(c, f), i, j) for i, c in enumerate(coded) for j, f in enumerate(found)), reverse=True)
    used_i: set[int] = set()
    used_j: set[int] = set()
    chosen = []
    for score, i, j in pairs:
        if score >= least and score > 0 and i not in used_i and j not in used_j:
            chosen.append((i, j))
            used_i.add(i)
            used_j.add(j)
    return chosen


def score_spans(report: CodedReport, reading: Reading, tallies: dict[str, Tally], errors: list[str]) -> None:
    text = report.text
    for name in ("cue", "source", "content"):
        coded = [c for a in report.attributions if (c := chars(getattr(a, name), text))]
        found = []
        for a in reading.attributions:
            spans = {"cue": [a.cue], "source": [a.source] if a.source else [], "content": list(a.content)}[name]
            if c := chars([(s.start, s.end) for s in spans], text):
                found.append(c)
        for label, least in (("", 0.5), (" exact", 1.0)):
            pairs = match(coded, found, least)
            tally = tallies[name + label]
            tally.hit += len(pairs)
            tally.missed += len(coded) - len(pairs)
            tally.extra += len(found) - len(pairs)
            if not label:
                for i in set(range(len(coded))) - {i for i, _ in pairs}:
                    errors.append(f"{report.id} {name} missed: {show(coded[i], text)}")
                for j in set(range(len(found))) - {j for _, j in pairs}:
                    errors.append(f"{report.id} {name} extra:  {show(found[j], text)}")


def show(c: Chars, text: str) -> str:
    return text[min(c) : max(c) + 1].replace("\n", " ")[:110]


def score_claims(report: CodedReport, reading: Reading, out: "Claims", errors: list[str]) -> None:
    text = report.text
    coded = [chars(c.spans, text) for c in report.claims]
    found = [chars([(c.span.start, c.span.end)], text) for c in reading.claims]
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for i, claim in enumerate(report.claims):
        options = [
            (len(coded[i] & f) / max(1, min(len(coded[i]), len(f))), j)
            for j, f in enumerate(found)
            if j not in used and reading.claims[j].event_class == claim.event_class
        ]
        best = max(options, default=(0.0, -1))
        if best[0] >= 0.5:
            pairs.append((i, best[1]))
            used.add(best[1])
    matched = {i for i, _ in pairs}
    for i, claim in enumerate(report.claims):
        if any(len(coded[i] & f) / max(1, min(len(coded[i]), len(f))) >= 0.5 for f in found):
            out.located += 1
        if i not in matched:
            out.classes[claim.event_class].missed += 1
            errors.append(f"{report.id} claim missed: {claim.event_class}: {show(coded[i], text)}")
    for j, claim in enumerate(reading.claims):
        if j not in used:
            out.classes[claim.event_class].extra += 1
            errors.append(
                f"{report.id} claim extra: {claim.event_class}: {show(found[j], text)}{' ?' * (not claim.sure)}"
            )
    out.coded += len(coded)
    for i, j in pairs:
        out.classes[report.claims[i].event_class].hit += 1
        out.compare(report.claims[i], reading.claims[j], report.id, errors)
    for a, b in report.boilerplate:
        out.boilerplate_coded += 1
        out.boilerplate_hit += any(s.start <= a and b <= s.end for s in reading.boilerplate)
        out.boilerplate_alarms += sum(c.span.start < b and a < c.span.end for c in reading.claims)
    out.dropped_text += sum(
        not any(a <= s.start and s.end <= b for a, b in report.boilerplate) for s in reading.boilerplate
    )


class Claims:
    """Agreement on matched claims."""

    def __init__(self) -> None:
        self.classes: dict[str, Tally] = defaultdict(Tally)
        self.same: dict[str, list[bool]] = defaultdict(list)
        self.coded = self.located = 0
        self.boilerplate_coded = self.boilerplate_hit = self.boilerplate_alarms = self.dropped_text = 0

    def compare(self, coded: CodedClaim, found, where: str, errors: list[str]) -> None:
        names = [h.voice.name for h in found.chain]
        if names and names[0] == coded.outlet:
            names = names[1:]
        checks = {
            "polarity": (coded.polarity, str(found.polarity)),
            "modality": (coded.modality, str(found.modality)),
            "chain": (coded.chain, tuple(names)),
        }
        if coded.count or found.count:
            checks["counts"] = (
                coded.count,
                (str(found.count.qualifier), found.count.low, found.count.high) if found.count else None,
            )
        if coded.dates or found.when:
            checks["dates"] = (coded.dates, (found.when.low, found.when.high) if found.when else None)
        if coded.probability:
            checks["probability"] = (coded.probability, found.probability)
        for name, (want, got) in checks.items():
            same = same_chain(want, got) if name == "chain" else want == got
            self.same[name].append(same)
            if not same:
                errors.append(f"{where} {name}: {coded.words[:60]!r}: coded {want}, found {got}")


def same_chain(want: tuple[str, ...], got: tuple[str, ...]) -> bool:
    """Same length, and each voice's coded words share their head with what was found."""

    def near(a: str, b: str) -> bool:
        x, y = a.lower().strip(), b.lower().strip()
        return x in y or y in x or bool(set(x.split()) & set(y.split()) - {"the", "a", "of", "an", "one", "two"})

    return len(want) == len(got) and all(near(a, b) for a, b in zip(want, got, strict=True))


def evaluate(name: str) -> tuple[dict[str, float | int | str], list[str]]:
    reports = read_coded(CODED / f"{name}.txt")
    read_report("Warm up, he said.", "x", date(2030, 1, 1))
    tallies: dict[str, Tally] = defaultdict(Tally)
    out = Claims()
    errors: list[str] = []
    started = time.process_time()
    readings = [read_report(r.text, r.outlet, r.published) for r in reports]
    seconds = time.process_time() - started
    for report, reading in zip(reports, readings, strict=True):
        score_spans(report, reading, tallies, errors)
        score_claims(report, reading, out, errors)
    named = [t for t in out.classes.values() if t.hit + t.missed]
    pooled = Tally()
    for t in out.classes.values():
        pooled.hit, pooled.missed, pooled.extra = pooled.hit + t.hit, pooled.missed + t.missed, pooled.extra + t.extra
    result: dict[str, float | int | str] = {
        "set": name,
        "texts": len(reports),
        "attributions": sum(len(r.attributions) for r in reports),
        "claims": out.coded,
    }
    for key in ("cue", "source", "content"):
        result[f"{key} F1 (IoU 0.5)"] = round(tallies[key].f1, 2)
        result[f"{key} F1 (exact)"] = round(tallies[key + " exact"].f1, 2)
    result["claims located, any class"] = round(out.located / out.coded, 2)
    result["claims found, right class"] = round(pooled.hit / out.coded, 2)
    result["claims precision"] = round(pooled.hit / max(1, pooled.hit + pooled.extra), 2)
    result["class macro-F1"] = round(sum(t.f1 for t in named) / len(named), 2)
    for key in ("chain", "polarity", "modality", "counts", "dates", "probability"):
        seen = out.same[key]
        result[f"{key} right"] = f"{sum(seen)}/{len(seen)}"
    result["boilerplate dropped"] = f"{out.boilerplate_hit}/{out.boilerplate_coded}"
    result["boilerplate false alarms"] = out.boilerplate_alarms
    result["text wrongly dropped"] = out.dropped_text
    result["seconds per article"] = round(seconds / len(reports), 4)
    return result, errors


def speed() -> str:
    """CPU time over articles of six tuning texts each."""
    texts = [r.text for r in read_coded(CODED / "tuning.txt")]
    articles = ["\n\n".join(texts[i : i + 6]) for i in range(len(texts) - 5)] * 3
    read_report(articles[0], "x", date(2030, 1, 1))
    started = time.process_time()
    for article in articles:
        read_report(article, "x", date(2030, 1, 1))
    each = (time.process_time() - started) / len(articles)
    words = sum(len(a.split()) for a in articles) / len(articles)
    return f"{words:.0f} words an article, {each:.4f} s each, {60 / each:.0f} a minute"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--kept", action="store_true", help="the third kept for the final figure instead of the tuning set"
    )
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--speed", action="store_true", help="articles a minute on one core")
    options = parser.parse_args()
    if options.speed:
        print(speed())
        return
    result, errors = evaluate("kept" if options.kept else "tuning")
    if options.errors:
        sys.stderr.write("\n".join(errors) + "\n")
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        print("\n".join(f"{k:28} {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
