"""A ticket in git's own diffs: words where the file has grammar, and nothing shown but what changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor, surroundings
from tkt.cli.textconv import converted

ID = "INC0000001"
START = [sys.executable, "-P", "-m", "tkt.cli.textconv"]


def textconv(file: Path, folder: Path, code: int = 0, **environment: str) -> str:
    """What the filter makes of a file, as a process of its own."""
    done = subprocess.run([*START, str(file)], cwd=folder, capture_output=True, env=surroundings(environment))
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


@pytest.fixture
def shown(tkt: FrontDoor, ticket: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FrontDoor:
    """A desk with one ticket, on which git's diffs go through the filter; half an hour is gone."""
    monkeypatch.setenv("PYTHONPATH", surroundings()["PYTHONPATH"])
    tkt.git("config", "diff.tkt.textconv", " ".join(f"'{word}'" for word in START))
    clock("2026-01-15T09:45:00+01:00")
    return tkt


def changed(diff: str) -> list[str]:
    """The lines that a diff takes out or puts in."""
    return [line for line in diff.splitlines() if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")]


def test_a_ticket_reads_as_words_in_one_order(shown: FrontDoor) -> None:
    shown("start", ID, "Je prends.\n\nEt je teste.")

    assert textconv(shown.path(ID), shown.root).splitlines() == [
        f"id: {ID}",
        f"uid: {shown.ticket(ID)['uid']}",
        "type: incident",
        "title: Outlook 365 - Impossible d'envoyer",
        "requester: Marie MARTIN",
        "requester's department: Comptabilité",
        "requester's email: marie.martin@entreprise.fr",
        "requester's phone: Poste 1234",
        "requester's location: Bâtiment A",
        "asset: PC-COMPTA-015",
        "impact: medium",
        "urgency: medium",
        "priority: P3",
        "state: In progress",
        "assigned to: Jean DUPONT",
        "level: N1",
        "opened: 2026-01-15 09:15:00 +01:00",
        "",
        "## Journal",
        "",
        "2026-01-15 09:15:00 +01:00 · Jean DUPONT · N1",
        "  state: New",
        "  impact: medium",
        "  urgency: medium",
        "  priority: P3",
        "  level: N1",
        "",
        "2026-01-15 09:45:00 +01:00 · Jean DUPONT · N1 · public",
        "  state: New → In progress",
        "  assigned to: Jean DUPONT",
        "",
        "  Je prends.",
        "",
        "  Et je teste.",
    ]


def test_git_log_shows_a_further_entry_and_nothing_else(shown: FrontDoor) -> None:
    shown("log", ID, "Un mot.", "--spent", "15m")

    expected = ["+", "+2026-01-15 09:45:00 +01:00 · Jean DUPONT · N1", "+  time spent: 15m", "+", "+  Un mot."]
    for command in (("log", "-p", "-1"), ("show", "HEAD"), ("diff", "HEAD~")):
        assert changed(shown.git(*command)) == expected, command


def test_what_is_not_committed_yet_shows_in_words_too(shown: FrontDoor) -> None:
    shown("hold", ID, "--reason", "vendor", "--no-commit")

    assert changed(shown.git("diff")) == [
        "-state: New",
        "+state: Pending",
        "+",
        "+2026-01-15 09:45:00 +01:00 · Jean DUPONT · N1",
        "+  state: New → Pending",
        "+  reason: vendor",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("T09:15:00+01:00 · ", "T09:15:01+01:00 · "),
        ("T09:15:00+01:00 · ", "T08:15:00+00:00 · "),
        ("impact:", "x_ours:\n  a: 1\nimpact:"),
        ("impact:", "liste: [un, deux]\nimpact:"),
        ("impact:", "tags: [vip]\nimpact:"),
        ("\n## Journal", "\n## Notes\n\nÀ part.\n\n## Journal"),
        (" · N1", " · N2"),
        (" · N1", " · N1 · public"),
    ],
)
def test_no_change_of_a_value_hides(shown: FrontDoor, old: str, new: str) -> None:
    data = shown.data(ID).decode()
    assert old in data
    assert converted(data.replace(old, new, 1).encode()) != converted(data.encode())


@pytest.mark.parametrize(
    "spoilt",
    [
        b"no ticket at all\x1b[2J\n",
        b"\xff\xfe\x00",
        b"",
        b"---\nid: a\nid: b\n---\n\n## Journal\n",
        b"---\nid: [\n---\n",
        b"---\nid: INC0000001\n---\n\n## Journal\n\n### 2026-01-15T09:15:00+01:00 \xc2\xb7 J\n\n"
        b"<<<<<<< a\nun\n=======\ndeux\n>>>>>>> b\n",
    ],
)
def test_what_is_no_whole_ticket_is_shown_as_it_is_and_made_safe(tmp_path: Path, spoilt: bytes) -> None:
    file = tmp_path / "spoilt.md"
    file.write_bytes(spoilt)

    told = textconv(file, tmp_path)

    assert "\x1b" not in told and "\x00" not in told
    assert told == spoilt.decode(errors="backslashreplace").replace("\x1b", "\\x1b").replace("\x00", "\\x00")


def test_a_giant_is_shown_piece_by_piece(tmp_path: Path) -> None:
    file = tmp_path / "giant.md"
    with file.open("wb") as giant:
        giant.write(b"---\x1b\n" + b"x\n" * 16 * 1024 * 1024)
    line = f"ulimit -v 300000; {' '.join(START)} {file} | head -c 1000"

    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=tmp_path, capture_output=True, env=surroundings())

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"---\\x1b\nx\nx\n")


def test_no_escape_of_a_ticket_reaches_the_terminal(shown: FrontDoor) -> None:
    shown("log", ID, "\x1b]0;titre\x07 et \u202egnp.exe")

    told = shown.git("show")

    assert "\\x1b]0;titre\\x07 et \\u202egnp.exe" in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}


def test_both_sides_of_a_diff_speak_the_desks_language(shown: FrontDoor) -> None:
    """Git hands it a file of its own for what is committed: the place where it stands tells the language."""
    shown("start", ID)
    shown.setting("language: fr")
    assert "+état : En cours" in shown.git("show", "HEAD~").replace("\xa0", " ")
    assert "state: In progress" in textconv(shown.path(ID), shown.root, TKT_LANG="en")


@pytest.mark.parametrize("arguments", [[], ["one", "two"], ["absent.md"]])
def test_called_wrongly_it_says_so_in_a_line(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run([*START, *arguments], cwd=tmp_path, capture_output=True, env=surroundings())
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_failure(shown: FrontDoor) -> None:
    line = f"{' '.join(START)} {shown.path(ID)} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=shown.root, capture_output=True, env=surroundings()
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_it_starts_without_what_only_the_command_line_needs(shown: FrontDoor) -> None:
    loaded = "import sys, tkt.cli.textconv as t; t.main([sys.argv[1]]); print(*sys.modules, file=sys.stderr)"
    line = [sys.executable, "-c", loaded, str(shown.path(ID))]
    done = subprocess.run(line, cwd=shown.root, capture_output=True, env={**os.environ, **surroundings()}, check=True)
    assert not {"typer", "click", "rich", "tabulate", "subprocess"} & set(done.stderr.decode().split())
