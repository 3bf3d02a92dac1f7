"""`fronde evidence`: the ledger of a case. A command's module is imported when the command is called."""

import click

from fronde.cli.main import LazyCommands, LazyGroup

COMMANDS = {  # name -> (module.object, short help)
    "list": ("ledger:list_", "Claims of a case, filtered and searched."),
    "review": ("review:review", "Accept, correct or reject proposed claims; code twice; agreement."),
    "import": ("exchange:import_", "Rows of a table, a pack or another tool's file into a case."),
    "export": ("exchange:export", "The evidence of a case for another tool."),
    "seal": ("exchange:seal", "New hashes in pack.json after a change by hand."),
    "show": ("ledger:show", "One claim with everything it hangs on."),
    "extract": ("extract:extract", "Proposed claims out of a report's text, HTML or PDF."),
}


@click.group(cls=LazyGroup, commands=LazyCommands(COMMANDS), short_help="The ledger of a case.")
def evidence() -> None:
    """Who said what through whom: list, show, review, import and export the evidence of a case.

    Nothing reaches a likelihood while it is `proposed`; a person accepts it. See docs/evidence.md.
    """
