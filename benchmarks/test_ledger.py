"""A pack of 10 000 claims in the store.

`python -m pytest benchmarks/test_ledger.py --benchmark-timer=time.process_time`

The claims are synthetic. With FRONDE_BENCH_POSTGRES=postgresql+psycopg://user@host/name, an empty database, everything
is measured there as well; the time of the server itself is then only seen by `--benchmark-timer=time.perf_counter`.
"""

import itertools
import os
import random

import pytest

pytest.importorskip("sqlalchemy", reason="the store needs the extra `ledger`")

from fronde.ledger import views
from fronde.ledger.sheets import Sheet, Sheets, names_of
from fronde.ledger.store import Store

N = 10_000
WORDS = ("minister", "resigned", "general", "fled", "council", "split", "loyal", "owner", "abroad", "denied", "spoke")


def rows(table, count, **cells):
    """Rows of a table; cells: column -> value of a row's number."""
    empty = dict.fromkeys(names_of(table), "") | {"status": "accepted"}
    made = ({**empty, "id": f"{table}-{k}", **{name: cell(k) for name, cell in cells.items()}} for k in range(count))
    return Sheet(tuple(names_of(table)), tuple(made))


def synthetic():
    """A pack of N claims by 500 voices in 2000 reports of 200 outlets; every tenth claim is in the inbox."""
    chance = random.Random(1)
    return Sheets({
        "sources": rows("sources", 200, name=lambda k: f"Outlet {k}"),
        "reports": rows("reports", 2000, outlet=lambda k: f"sources-{k % 200}", published_at=lambda k: "2022-03-01"),
        "origins": rows("origins", 500, source=lambda k: f"sources-{k % 200}", label=lambda k: f"voice {k}"),
        "claims": rows("claims", N, report=lambda k: f"reports-{k % 2000}", origin=lambda k: f"origins-{k % 500}",
                       text=lambda k: " ".join(chance.choices(WORDS, k=12)), event_class=lambda k: "resign",
                       status=lambda k: "accepted" if k % 10 else "proposed"),
        "hops": rows("hops", N, claim=lambda k: f"claims-{k}", position=lambda k: "0",
                     source=lambda k: f"sources-{k % 200}"),
    })  # fmt: skip


PACK = synthetic()
URLS = ["sqlite", *filter(None, [os.environ.get("FRONDE_BENCH_POSTGRES")])]


@pytest.fixture(scope="module", params=URLS, ids=lambda url: url.partition("+")[0].partition(":")[0])
def store(request, tmp_path_factory):
    """A store with the pack in it."""
    folder = tmp_path_factory.mktemp("ledger")
    opened = Store(f"sqlite:///{folder / 'ledger.sqlite'}" if request.param == "sqlite" else request.param)
    opened.save("pack", PACK)
    yield opened
    opened.close()


def test_insert(benchmark, store):
    names = (f"pack-{k}" for k in itertools.count())
    benchmark.pedantic(lambda: store.save(next(names), PACK), rounds=3)


def test_list_of_all(benchmark, store):
    assert len(benchmark(lambda: store.list_claims("pack"))) == N


def test_inbox(benchmark, store):
    assert len(benchmark(lambda: store.list_claims("pack", status="proposed"))) == N // 10


def test_search(benchmark, store):
    found = benchmark(lambda: store.list_claims("pack", "general fled"))
    assert [row["id"] for row in found] == [row["id"] for row in views.list_claims(PACK, "general fled")]


def test_one_claim(benchmark, store):
    assert benchmark(lambda: store.show_claim("pack", "claims-77")) == views.show_claim(PACK, "claims-77")


def test_the_whole_pack(benchmark, store):
    assert benchmark(lambda: store.export("pack")).tables == PACK.tables


def test_list_of_all_from_the_files(benchmark):
    assert len(benchmark(lambda: views.list_claims(PACK))) == N
