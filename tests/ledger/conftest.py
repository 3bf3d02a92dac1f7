"""A copy of the invented case to change, rows to add to it, the command line, and databases for a store."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from fronde.cli.main import main
from fronde.scenario.case import SHIPPED


@pytest.fixture
def case(tmp_path):
    """A folder with the case of Valdria; its evidence may be changed."""
    return shutil.copytree(SHIPPED / "valdria", tmp_path / "valdria")


@pytest.fixture
def before(case):
    """Bytes of the evidence of the case before anything is done."""
    return contents(case)


def contents(case):
    return {path.name: path.read_bytes() for path in sorted((case / "evidence").iterdir())}


@pytest.fixture
def now():
    """What the evidence folder holds now, and that nothing was left beside it."""

    def look(case):
        assert not list(case.glob(".evidence*"))
        return contents(case)

    return look


@pytest.fixture
def fresh():
    """Rows of one new claim with its chain."""
    claim = {"id": "N1", "known_at": "2019-05-10", "report": "rep-4", "origin": "GAZETTE", "text": "Two owners packed"}
    codes = {"claim_type": "condition", "event_class": "discontent_spread", "group": "council", "reliability": "C"}
    return {
        "claims": [{**claim, **codes}],
        "hops": [{"id": "N1-0", "claim": "N1", "position": "0", "source": "src-gazette"}],
    }


@pytest.fixture
def fronde(tmp_path, monkeypatch):
    """Call `fronde` with arguments, in an empty folder, with what is typed as `typed`."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, typed=None):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)

    return call


def programs():
    """Folder with initdb and pg_ctl of a PostgreSQL, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "/nonexistent")]
    return found[-1].parent if found[-1].exists() else None


@pytest.fixture(scope="session")
def postgres():
    """URL of a PostgreSQL: the one of FRONDE_TEST_POSTGRES, or one started here for the tests."""
    if os.environ.get("FRONDE_TEST_POSTGRES"):
        yield os.environ["FRONDE_TEST_POSTGRES"]
        return
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("no PostgreSQL on this machine (no initdb); the store is tested on SQLite only")
    folder = Path(tempfile.mkdtemp(prefix="fronde-pg-"))
    user = {"user": "postgres"} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **user}
    try:
        subprocess.run([bin_folder / "initdb", "-D", folder / "data", "-A", "trust", "-U", "fronde"], **quiet)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([bin_folder / "pg_ctl", "-D", folder / "data", "-w", "-o", options, "start"], **quiet)
        try:
            yield f"postgresql+psycopg://fronde@/postgres?host={folder}"
        finally:
            subprocess.run([bin_folder / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """URL of an empty store of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    found = request.getfixturevalue("postgres")
    import sqlalchemy as sa

    engine = sa.create_engine(found)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return found
