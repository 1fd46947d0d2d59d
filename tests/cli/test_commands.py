"""The table of commands and their help: in both languages, with examples, quick to slips."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import tkt as package
from tests.cli.front_door import FrontDoor, surroundings
from tkt.cli.commands import COMMANDS

LINES = [(name,) for name in COMMANDS if name not in ("sla", "calendar", "privacy", "import", "ci", "hooks")]
LINES += [("sla", "check"), ("sla", "status"), ("import", "servicenow"), ("privacy", "export")]
LINES += [("sla", "due"), ("sla", "elapsed"), ("sla", "explain"), ("sla", "simulate"), ("sla", "enforce")]
LINES += [("calendar", "list"), ("calendar", "show"), ("calendar", "holidays")]
LINES += [("ci", "github"), ("ci", "gitlab"), ("hooks", "install"), ("hooks", "show")]
# One process a language: help is built when its room is opened, in the language then spoken.
ALL_HELP = """
import contextlib, io, json, sys
from tkt.cli.main import main
lines, language = json.loads(sys.argv[1]), sys.argv[2]
told = []
for line in lines:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            main([*line, "--help", "--lang", language])
        except SystemExit as end:
            told.append((end.code, out.getvalue()))
print(json.dumps(told))
"""


@pytest.mark.parametrize(("language", "heading"), [("en", "Examples:"), ("fr", "Exemples")])
def test_every_commands_help_has_examples_in_both_languages(language: str, heading: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALL_HELP, json.dumps(LINES), language], capture_output=True, env=surroundings()
    )
    assert done.returncode == 0, done.stderr.decode()

    for line, (code, text) in zip(LINES, json.loads(done.stdout), strict=True):
        assert code == 0, line
        assert f"tkt {' '.join(line)}" in text
        examples = [one.strip() for one in text.partition(heading)[2].splitlines()]
        assert any(one.startswith(f"tkt {' '.join(line)}") for one in examples), line
        assert "--lang" in text and "-C" in text


def test_the_help_of_tkt_lists_every_command_and_the_exit_codes(elsewhere: FrontDoor) -> None:
    text = elsewhere("--help").out

    listed = [line.split()[0] for line in text.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert listed[: len(COMMANDS)] == list(COMMANDS)
    assert "130 interrupted; 129 or 143 ended by SIGHUP or SIGTERM." in " ".join(text.split())


@pytest.mark.parametrize(("language", "heading"), [("en", "Commands:"), ("fr", "Commandes")])
@pytest.mark.parametrize("group", ["sla", "calendar", "ci", "hooks", "privacy", "import"])
def test_a_group_says_of_each_command_a_whole_clause(
    elsewhere: FrontDoor, group: str, language: str, heading: str
) -> None:
    listed = elsewhere("--lang", language, group, "--help").out.partition(heading)[2]

    assert len(listed.split()) > 4
    assert "..." not in listed


def test_the_commands_of_the_clocks_are_listed_from_looking_to_acting(elsewhere: FrontDoor) -> None:
    listed = elsewhere("sla", "--help").out.partition("Commands:")[2].splitlines()

    names = [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "]
    assert names == ["status", "check", "explain", "due", "elapsed", "simulate", "enforce"]


def test_without_a_command_the_help_is_shown(elsewhere: FrontDoor) -> None:
    assert "Commands:" in elsewhere(code=2).err


@pytest.mark.parametrize(("slip", "meant"), [("resove", "resolve"), ("lst", "list"), ("serch", "search"), ("zzz", "")])
def test_an_unknown_command_is_refused_with_the_nearest(elsewhere: FrontDoor, slip: str, meant: str) -> None:
    said = elsewhere(slip, code=2).err

    assert f"“{slip}” is no command of tkt." in said
    assert (f"Did you mean {meant}?" in said) is bool(meant)


def test_an_unknown_option_is_refused(lives: FrontDoor) -> None:
    with lives.untouched():
        assert "--reson" in lives("hold", "1", "--reson", "user", code=2).err


def test_the_version_is_told(elsewhere: FrontDoor) -> None:
    assert elsewhere("--version").out == f"tkt {package.__version__}\n"
