"""`python -m fronde`: the same as the command `fronde`."""

from fronde.cli.main import main

if __name__ == "__main__":
    main(prog_name="fronde")
