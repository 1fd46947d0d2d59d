"""The entry point: languages, streams, exit codes; as a real process where that matters."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor, command, surroundings


def test_a_process_does_what_a_call_does(lives: FrontDoor) -> None:
    lives.process("log", "1", "-", stdin="du tube\n")

    assert lives.last_entry("1")["text"] == "du tube"
    assert lives.process("show", "1", "--json").json == lives("show", "1", "--json").json


def test_a_new_tickets_id_can_be_caught_by_a_script(tkt: FrontDoor) -> None:
    script = 'id=$("$@" new "Écran noir" -r "Ana LIMA" 2>/dev/null) && "$@" start "$id" && echo "<$id>"'

    done = subprocess.run(
        ["sh", "-c", script, "sh", *command()], cwd=tkt.root, capture_output=True, env=surroundings(), check=True
    )

    assert done.stdout.decode() == "<INC0000001>\n"


def test_a_reader_that_goes_away_is_no_failure(lives: FrontDoor) -> None:
    script = '"$@" list; echo "code $?" >&2'

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"({script}) | true", "bash", *command()],
        cwd=lives.root,
        capture_output=True,
        env=surroundings(),
    )

    assert done.stderr.decode() == "code 0\n"


@pytest.mark.parametrize(
    ("streams", "line", "code"),
    [
        ("<&-", ("resolve", "1"), 2),
        ("<&-", ("log", "1", "-"), 2),
        (">&-", ("show", "1"), 0),
        ("<&- >&- 2>&-", ("log", "1", "x"), 0),
        (">/dev/full", ("list",), 5),
        ("2>/dev/full", ("log", "1", "x"), 0),
        ("2>/dev/full", ("log", "99", "x"), 4),
    ],
)
def test_streams_that_are_closed_or_full_change_nothing_else(
    lives: FrontDoor, streams: str, line: tuple[str, ...], code: int
) -> None:
    if "/dev/full" in streams and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    before = lives.commits()

    done = subprocess.run(
        ["sh", "-c", f'"$@" {streams}', "sh", *command(*line)], cwd=lives.root, capture_output=True, env=surroundings()
    )

    assert done.returncode == code
    assert b"bug" not in done.stderr
    assert lives.commits() == before + (line[-1] == "x" and not code)
    lives("check")


@pytest.mark.parametrize("where", ["before", "after", "glued", "variable"])
def test_the_language_is_said_before_or_after_the_verb(
    lives: FrontDoor, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {
        "before": ("--lang", "fr", "list"),
        "after": ("list", "--lang", "fr"),
        "glued": ("list", "--lang=fr"),
        "variable": ("list",),
    }[where]
    if where == "variable":
        monkeypatch.setenv("TKT_LANG", "fr")

    assert "Priorité" in lives(*line).out


def test_the_options_of_every_command_may_stand_before_a_sub_command(lives: FrontDoor) -> None:
    assert "Priorité" in lives("sla", "--lang", "fr", "status").out
    assert "Usage" in lives("import", "--lang", "en", "--help").out


def test_otherwise_the_desks_own_language_is_spoken(lives: FrontDoor, elsewhere: FrontDoor) -> None:
    lives.setting("language: fr")

    assert "Priorité" in lives("list").out
    assert "Priorité" in elsewhere("-C", str(lives.root), "list").out
    assert "Priority" in lives("list", "--lang", "en").out


def test_without_a_desk_the_locale_decides(elsewhere: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")

    assert "tkt init" in elsewhere("list", code=4).err
    assert "Utilisation" in elsewhere("--help").out or "Usage" in elsewhere("--help").out


def test_a_language_that_is_not_spoken_is_refused(lives: FrontDoor) -> None:
    assert "'de' is not one of 'en', 'fr'" in lives("list", "--lang", "de", code=2).err


def test_words_that_look_like_options_stay_words(lives: FrontDoor) -> None:
    lives("log", "1", "-m", "--lang fr")
    assert lives.last_entry("1")["text"] == "--lang fr"

    lives("log", "1", "--", "- state: closed")
    assert lives.last_entry("1")["text"] == "- state: closed"


def test_a_pipe_is_never_coloured(lives: FrontDoor) -> None:
    for line in (("list",), ("show", "1"), ("check",), ("sla", "status"), ("history", "1")):
        assert "\x1b" not in lives(*line).out
    assert "\x1b" not in lives.process("list", environment={"TERM": "xterm-256color"}).out


def test_a_bug_is_one_line_and_exit_70(lives: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("une faute")

    monkeypatch.setattr("tkt.desk.moves.log", broken)

    said = lives.refuses("log", "1", "x", code=70)
    assert "ZeroDivisionError('une faute')" in said and "--debug" in said
    with pytest.raises(ZeroDivisionError):
        lives("--debug", "log", "1", "x")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, EOFError])
def test_an_interruption_is_exit_130_and_changes_nothing(
    lives: FrontDoor, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise interruption

    monkeypatch.setattr("tkt.desk.moves.log", interrupted)

    assert "nothing was changed" in lives.refuses("log", "1", "x", code=130)


def test_a_locale_without_utf8_does_not_stop_a_ticket(lives: FrontDoor) -> None:
    answer = lives.process("show", "1", environment={"LC_ALL": "C", "PYTHONUTF8": "0"})

    assert "Imprimante bloquée" in answer.out
