"""Packs in a working store (SQLite, or PostgreSQL by URL): a pack goes in, is looked at, and comes out again.

The folder stays the truth of a case: what is decided there is brought into the store by saving it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fronde.app import ledger
from fronde.app.ledger_files import OF_A_PACK
from fronde.app.opening import RequestError
from fronde.ledger.sheets import read_sheets
from fronde.scenario.case import find_case
from fronde.scenario.problems import CaseError, quoted, suggestion

if TYPE_CHECKING:
    from fronde.ledger.store import Store

KNOWN = "expected sqlite:///FILE, postgresql://USER@HOST/NAME, or the path of a SQLite file"


@contextmanager
def opened(url: str, new: bool = False) -> "Iterator[Store]":
    """A store for the time of one request; RequestError for one that cannot be opened. new: it may be made.

    url: as SQLAlchemy writes it; without `://` it is the path of a SQLite file.
    """
    try:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import SQLAlchemyError

        from fronde.ledger.store import Store
    except ImportError:
        raise RequestError('a store needs the extra `ledger`: python -m pip install "fronde[ledger]"') from None
    shown = url
    try:
        place = make_url(url if "://" in url else f"sqlite:///{url}")
        shown = place.render_as_string(hide_password=True)
        if place.drivername == "postgresql":
            place = place.set(drivername="postgresql+psycopg")
        file = place.database or ""
        if not new and place.drivername.startswith("sqlite") and not Path(file).is_file():
            raise RequestError(f"no store at {quoted(file)}; make one: `fronde evidence import CASE --store {file}`")
        store = Store(place)
        try:
            yield store
        finally:
            store.close()
    except RequestError:
        raise
    except ImportError as error:
        raise RequestError(f"store {shown} needs the library {error.name}: pip install {error.name}") from None
    except (SQLAlchemyError, ValueError) as error:
        if isinstance(error, CaseError):
            raise
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        raise RequestError(f"store {shown}: {reason}; {KNOWN}") from None


def _require(store: "Store", pack: str) -> None:
    packs = store.packs()
    if pack not in packs:
        raise RequestError(f"no pack {quoted(pack)} in the store; {suggestion(pack, packs, 'it holds none')}")


def save(url: str, case: str | Path) -> tuple[str, int]:
    """Put the pack of a case into a store under the name of its folder, after the checks of `fronde check`.

    The name, and the number of rows. A pack already there is brought to the state of the folder; its revisions must be
    the first ones of the folder's.
    """
    folder = find_case(case)
    problems = [problem for problem in ledger.check(folder) if problem.severity == "problem"]
    if problems:
        raise CaseError(problems)
    sheets = read_sheets(folder)
    with opened(url, new=True) as store:
        store.save(folder.resolve().name, sheets)
    return folder.resolve().name, sum(len(sheet.rows) for sheet in sheets.tables.values())


def list_claims(url: str, pack: str, query: str = "", limit: int | None = None, **filters: str | None) -> list[dict]:
    """Claims of a pack in a store, as `fronde.app.ledger.list_claims` gives those of a case."""
    with opened(url) as store:
        _require(store, pack)
        return store.list_claims(pack, query, limit, **filters)


def show(url: str, pack: str, claim: str) -> dict[str, Any]:
    """One claim with everything it hangs on."""
    with opened(url) as store:
        _require(store, pack)
        return store.show_claim(pack, claim)


def export(url: str, pack: str, kind: str) -> dict[str, bytes]:
    """File name -> content, in one of the formats that need nothing but the pack."""
    if kind not in OF_A_PACK:
        raise RequestError(
            f"`{kind}` needs the actors of the case, which are not in a store; expected one of {', '.join(OF_A_PACK)}"
        )
    with opened(url) as store:
        _require(store, pack)
        return OF_A_PACK[kind](store.export(pack))
