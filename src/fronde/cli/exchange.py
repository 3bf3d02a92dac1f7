"""`fronde evidence import` and `export`."""

import getpass
import sys
from pathlib import Path

import click

from fronde.cli import options

COMING = ("csv", "jsonl", "pack", "plover", "label-studio", "ftm")
GOING = ("pack", "ftm", "plover", "prov", "gexf", "label-studio", "notes", "ratings", "spreadsheet")
coder = click.option("--coder", default=getpass.getuser, show_default="your user name", help="Who does this.")


@click.command("import", short_help="Rows of a table, a pack or another tool's file into a case.")
@click.argument("case")
@click.argument("file", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--from", "kind", type=click.Choice(COMING), help="Format.  [default: by the file's name]")
@click.option("--accept", is_flag=True, help="The rows are reviewed: accepted, not proposed.")
@options.store
@coder
@options.as_json
@options.debug
def import_(
    case: str, file: Path | None, kind: str | None, accept: bool, store: str | None, coder: str, as_json: bool
) -> None:
    """Rows of FILE into CASE, as `proposed` until somebody accepts them. With --store: the pack of CASE into a store.

    FILE is a table by its name (claims.csv, hops.jsonl ...), a folder with a pack, or a file of another tool.
    Everything is checked first; with any problem nothing is written.
    """
    from fronde.app import ledger, ledger_store
    from fronde.cli import tables

    if (file is None) == (store is None):
        raise click.UsageError("expected either a FILE, to go into the case, or --store, to which its pack goes")
    if store:
        name, rows = ledger_store.save(store, case)
        if as_json:
            tables.emit({"pack": name, "rows": rows})
        else:
            click.echo(
                f"{rows} rows under the name {name}; look: fronde evidence list {name} --store {store}", err=True
            )
        return
    assert file is not None
    changed = ledger.import_(case, file, coder, kind, accept)
    if as_json:
        tables.emit({"case": case, "changed": changed})
        return
    for name in changed:
        click.echo(name)
    click.echo("nothing new" if not changed else f"next: fronde evidence review {case}", err=True)


@click.command(short_help="The evidence of a case for another tool.")
@click.argument("case")
@click.option("--to", "kind", type=click.Choice(GOING), required=True, help="Format.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: to stdout]"
)
@options.store
@options.debug
def export(case: str, kind: str, out: Path | None, store: str | None) -> None:
    """The evidence of CASE: on standard output where the format is one file, else into the folder --out."""
    from fronde.app import ledger, ledger_store
    from fronde.app.store import write_file

    files = ledger_store.export(store, case, kind) if store else ledger.export(case, kind)
    if out is None:
        if len(files) != 1:
            raise click.UsageError(f"`{kind}` is {len(files)} files; say where to: --out FOLDER")
        sys.stdout.buffer.write(next(iter(files.values())))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        click.echo(write_file(out / name, content))


@click.command(short_help="New hashes in pack.json after a change by hand.")
@click.argument("case")
@options.debug
def seal(case: str) -> None:
    """Check the evidence of CASE, put its tables into Fronde's form and note their hashes in pack.json."""
    from fronde.app import ledger

    changed = ledger.seal(case)
    click.echo(f"changed: {', '.join(changed) or 'nothing'}", err=True)
