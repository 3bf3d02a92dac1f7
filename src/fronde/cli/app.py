"""`fronde app`."""

import webbrowser
from pathlib import Path

import click

from fronde.cli import options


@click.command(short_help="The web app, on this machine only.")
@click.argument("cases", metavar="[CASE]...", nargs=-1, type=click.Path(exists=True, file_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), help="Port on loopback; 0 for any.  [default: from 8650 on]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@options.runs_folder
@options.debug
def app(cases: tuple[str, ...], port: int | None, no_browser: bool, runs_folder: str | None) -> None:
    """Forecasts, evidence, elite, runs and scores as pages in a browser; CASE: case folders besides those that ship.

    Binds to 127.0.0.1. The address holds a token: whoever has it may use the app. End with Ctrl-C.
    """
    try:
        from fronde.web.server import serve
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("fronde"):
            raise
        raise click.ClickException(
            f'the app needs the extra: pip install "fronde[app]" ({error.name} is missing)'
        ) from None
    from fronde.app.store import base_folder
    from fronde.app.views.desk import Desk

    def ready(address: str) -> None:
        click.echo(address)
        click.echo("open this address in a browser on this machine; Ctrl-C ends the app", err=True)
        if not no_browser:
            webbrowser.open(address)

    serve(Desk(base_folder(runs_folder), tuple(Path(case).resolve() for case in cases)), port, ready)
