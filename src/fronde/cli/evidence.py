"""`fronde evidence`: the ledger of a case. A command's module is imported when the command is called."""

import click

from fronde.cli.main import LazyCommands, LazyGroup

COMMANDS = {  # name -> (module.object, short help)
    "list": ("ledger:list_", "Claims of a case, filtered and searched."),
    "show": ("ledger:show", "One claim with everything it hangs on."),
    "extract": ("extract:extract", "Proposed claims out of a report's text, HTML or PDF."),
}


@click.group(cls=LazyGroup, commands=LazyCommands(COMMANDS), short_help="The ledger of a case.")
def evidence() -> None:
    """Who said what through whom: list, show, review, import and export the evidence of a case.

    Nothing reaches a likelihood while it is `proposed`; a person accepts it. See docs/evidence.md.
    """
