"""Commands quoted in the documentation exist, with the options quoted, and the README says what it must."""

import shlex

import pytest
from pages import ROOT, commands, name

try:
    from fronde.cli.main import main
except ImportError:  # a source tree without the command line
    main = None

needs_cli = pytest.mark.skipif(main is None, reason="fronde.cli.main is not there")
PLACEHOLDERS = ("...", "…")


def test_the_readme_has_the_two_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "python -m pip install . && fronde demo" in lines
    assert 'python -m pip install ".[test]" && python -m pytest' in lines


def test_commands_are_quoted_at_all():
    assert len({command for _, command in commands()}) > 5


@needs_cli
@pytest.mark.parametrize(("page", "command"), sorted(set(commands())), ids=str)
def test_quoted_commands_exist(page, command):
    words = [word for word in shlex.split(command, comments=True)[1:] if word not in PLACEHOLDERS]
    if words[0].startswith("-"):
        return
    group, path = main, []
    while hasattr(group, "commands") and words and not words[0].startswith("-"):
        path.append(words.pop(0))
        assert path[-1] in group.commands, f"{name(page)} quotes `{command}`; known: {sorted(group.commands)}"
        group = group.commands[path[-1]]
    options = {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for word in words:
        if word.startswith("-"):
            assert word.split("=")[0] in options | {"--help"}, (
                f"{name(page)} quotes `{command}`; known: {sorted(options)}"
            )
