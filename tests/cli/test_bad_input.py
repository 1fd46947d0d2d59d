"""Whatever is wrong, it is one clear message and the right exit code, and nothing is changed on disk or in git."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import FrontDoor

RESOLUTION = ("--cause", "unknown", "--action", "redémarrage")
# A line of each verb that writes, which a sound desk takes.
WRITES = [
    ("new", "Écran noir", "-r", "Ana LIMA"),
    ("log", "1", "x"),
    ("take", "1"),
    ("assign", "1", "--to", "me"),
    ("start", "1"),
    ("hold", "1", "--reason", "user"),
    ("resume", "4"),
    ("escalate", "1"),
    ("resolve", "1", *RESOLUTION),
    ("close", "5"),
    ("reopen", "5", "encore"),
    ("cancel", "1", "--reason", "spam", "x"),
    ("rate", "5", "5"),
    ("edit", "1", "--tag", "vip"),
    ("attach", "1", "people.csv"),
    ("link", "1", "related-to", "2"),
]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("log", "99", "x"), 4, "There is no ticket 99 on this desk."),
        (("start", IN_STATE["closed"]), 3, "Allowed from there: reopen (→ In progress)."),
        (("edit", "1", "--priority", "P0"), 2, "“P0” is not a known priority. Known: P1, P2, P3, P4."),
        (("edit", "1", "--impact", "hihg"), 2, "“hihg” is not a known impact. Did you mean high?"),
        (("edit", "1", "--type", "incidnt"), 2, "“incidnt” is not a known type. Did you mean incident?"),
        (("edit", "1", "--via", "fone"), 2, "“fone” is not a known way in. Did you mean phone?"),
        (("edit", "1", "--category", "Wrod"), 4, "“Wrod” is no category of this desk. Did you mean Word?"),
        (("assign", "1", "--to", "Zoe LENOIRE"), 4, "“Zoe LENOIRE” is no agent of this desk. Did you mean Zoé LENOIR?"),
        (("hold", "1", "--reason", "usre"), 2, "“usre” is not a known reason for waiting. Did you mean user?"),
        (("cancel", "1", "x", "--reason", "dup"), 2, "“dup” is not a known reason for cancelling."),
        (("hold", "1", "--reason", "user", "--until", "demain"), 2, "“demain” is no moment"),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(
    lives: FrontDoor, line: tuple[str, ...], code: int, said: str
) -> None:
    assert said in lives.refuses(*line, code=code)


@pytest.mark.parametrize(
    ("key", "wrong", "said"),
    [
        ("title", "title: [un, deux]", "“title” must be a single value"),
        ("via", "requester: Marie\nvia: phone", "“requester” must hold"),
        ("via", "tags: vip\nvia: phone", "“tags” must be a list"),
        ("state", "state: {now: new}", "“state” must be a single value"),
        ("priority", "priority: P9", "“P9” is not a known priority"),
        ("opened_at", "opened_at: hier", "“hier” is no instant"),
    ],
)
def test_a_wrong_type_in_a_ticket_is_named_with_its_line(lives: FrontDoor, key: str, wrong: str, said: str) -> None:
    text = lives.data("INC0000001").decode().replace("impact:", "via: phone\nimpact:", 1)
    if wrong.startswith("requester"):
        text = re.sub(r"requester:\n(  .*\n)+", "", text)
    text = re.sub(rf"(?m)^{key}: .*$", wrong, text, count=1)
    lives.put("INC0000001", text.encode())
    line = text.splitlines().index(wrong.partition("\n")[0]) + 1

    for verb in (("log", "1", "x"), ("start", "1")):
        told = lives.refuses(*verb, code=5)
        assert f"tickets/INC0000xxx/INC0000001.md:{line}: " in told
        assert said in told


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ":1: the file must begin with a front matter"),
        (b"---\ntitle: x\n", ":1: the file must begin with a front matter"),
        (b"---\ntitle: x: y\n---\n", ":2: broken YAML"),
        (b"---\ntitle: 'x\n---\n", "broken YAML"),
        (b"---\n\ttitle: x\n---\n", ":2: broken YAML"),
        (b"---\n- title\n---\n", "must be a list of `key: value` lines"),
        (b"---\ntitle: \xff\n---\n", ":2: this is not UTF-8 text"),
        (b"---\na: &a [x]\nb: *a\n---\n", "broken YAML"),
        (b"---\ntitle: x\n---\n\n## Journal\n", "“id” is missing"),
    ],
)
def test_a_broken_file_is_named_with_its_line(lives: FrontDoor, data: bytes, said: str) -> None:
    lives.put("INC0000001", data)

    for verb in (("log", "1", "x"), ("show", "1")):
        told = lives.refuses(*verb, code=5)
        assert told.startswith("tkt: tickets/INC0000xxx/INC0000001.md:")
        assert said in told


def test_a_ticket_in_conflict_is_refused(lives: FrontDoor) -> None:
    conflict = b"<<<<<<< HEAD\nun\n=======\ndeux\n>>>>>>> main\n"
    lives.put("INC0000001", lives.data("INC0000001") + conflict)

    assert "conflict marker" in lives.refuses("log", "1", "x", code=5)


def test_settings_with_five_mistakes_are_told_all_at_once_with_their_lines(lives: FrontDoor) -> None:
    lines = (
        "format: 1",
        "languge: en",
        "timezone: Europe/Pari",
        "reopen_within: 7d",
        "matrix: {high: {high: P0}}",
        "commit: peut-être",
    )
    (lives.root / "tkt.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lives.commit("mistakes")

    for verb in (("log", "1", "x"), ("list",)):
        with lives.untouched():
            said = lives(*verb, code=5).err
        for line in (2, 3, 4, 5, 6):
            assert f"tkt.yaml:{line}: " in said
        assert "Did you mean Europe/Paris?" in said
        assert "Did you mean language?" in said


def test_settings_that_are_no_yaml_are_told_with_the_line(lives: FrontDoor) -> None:
    (lives.root / "tkt.yaml").write_text("format: 1\nagents: [\n", encoding="utf-8")
    lives.commit("a slip")

    assert "tkt.yaml:2" in lives.refuses("list", code=5)


def test_a_desk_of_a_newer_format_is_read_and_never_written(lives: FrontDoor) -> None:
    lives.setting("format: 2")

    assert "Imprimante" in lives("list").out
    for line in WRITES:
        assert "Upgrade tkt" in lives.refuses(*line, code=3)


@pytest.mark.parametrize("line", [*WRITES, ("list",), ("show", "1"), ("check",), ("sla", "check"), ("history", "1")])
def test_without_a_desk_the_way_out_is_told(elsewhere: FrontDoor, line: tuple[str, ...]) -> None:
    said = elsewhere.refuses(*line, code=4)

    assert str(elsewhere.root) in said and "`tkt init` makes a desk" in said


def test_a_folder_that_is_not_there_is_no_desk(elsewhere: FrontDoor) -> None:
    assert "nowhere is not a folder" in elsewhere.refuses("-C", "nowhere", "list", code=4)


def test_outside_git_nothing_is_written_without_saying_so(lives: FrontDoor) -> None:
    (lives.root / ".git").rename(lives.root.parent / "git")

    for line in WRITES:
        assert "not in a git repository" in lives.refuses(*line, code=7)
    lives("log", "1", "x", "--no-commit")


def test_a_git_that_does_not_know_who_one_is_says_how_to_tell_it(lives: FrontDoor, clean_environment: Path) -> None:
    (clean_environment / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")

    for line in WRITES:
        assert "git config --global user.name" in lives.refuses(*line, code=7)


def test_when_a_hook_fails_everything_is_put_back_and_its_words_are_shown(lives: FrontDoor) -> None:
    lives.hook("pre-commit", "echo 'le titre est trop court' >&2\nexit 1")
    (lives.root / "notes.txt").write_text("à moi", encoding="utf-8")
    lives.git("add", "notes.txt")

    for line in WRITES:
        with lives.untouched():
            answer = lives(*line, code=7)
        assert "le titre est trop court" in answer.err
        assert answer.out == ""


@pytest.mark.parametrize("staged", [False, True])
def test_a_ticket_that_was_edited_and_not_committed_is_refused_with_the_way_out(lives: FrontDoor, staged: bool) -> None:
    for number in "145":
        path = lives.path(f"INC000000{number}")
        path.write_bytes(path.read_bytes() + b"\n")
    if staged:
        lives.git("add", "--all")

    for line in (*WRITES[1:], (*WRITES[0], "--link", "related-to:1"), ("link", "2", "related-to", "1")):
        said = lives.refuses(*line, code=3)
        assert "git commit -- tickets/INC0000xxx/INC0000" in said
        assert "git checkout HEAD -- tickets/INC0000xxx/INC0000" in said


@pytest.mark.parametrize("operation", ["merge", "rebase", "cherry-pick"])
def test_during_a_merge_or_the_like_nothing_is_written(lives: FrontDoor, operation: str) -> None:
    (lives.root / "notes.txt").write_text("un", encoding="utf-8")
    lives.commit("one")
    lives.git("switch", "--quiet", "-c", "other", "HEAD~1")
    (lives.root / "notes.txt").write_text("deux", encoding="utf-8")
    lives.commit("two")
    with pytest.raises(AssertionError):
        lives.git(operation, "main")

    for line in WRITES:
        assert f"a git {operation} is under way" in lives.refuses(*line, code=7)
    lives("show", "1")


def test_on_a_detached_head_the_write_happens_and_the_danger_is_told(lives: FrontDoor) -> None:
    lives.git("checkout", "--quiet", "--detach")

    for line in WRITES:
        answer = lives(*line)
        assert "HEAD is detached" in answer.err and "git switch -c" in answer.err
        assert lives.git("rev-list", "--count", "main..HEAD").strip() == "1"
        lives.git("reset", "--quiet", "--hard", "main")


def test_on_a_branch_nothing_is_told(lives: FrontDoor) -> None:
    assert "detached" not in lives("log", "1", "x").err


def without_override() -> None:
    """Takes from a process of root's what lets root write where nobody may (Linux: CAP_DAC_OVERRIDE)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1)


@pytest.mark.parametrize("line", [line for line in WRITES if line[0] in ("new", "log", "attach", "link")])
def test_a_read_only_folder_is_told_and_left_alone(lives: FrontDoor, line: tuple[str, ...]) -> None:
    closed = [lives.root / "tickets", *(lives.root / "tickets").iterdir()]
    for folder in closed:
        folder.is_dir() and folder.chmod(0o555)
    try:
        with lives.untouched():
            answer = lives.process(*line, code=5, before=without_override)
    finally:
        for folder in closed:
            folder.is_dir() and folder.chmod(0o755)

    assert len(answer.err.splitlines()) == 1
    assert "Permission denied" in answer.err


TOO_LONG = "é" * (512 * 1024)


# Every verb that takes words, with words from standard input.
WORDY = [
    ("log", "1", "-"),
    ("log", "1", "-m", "-"),
    ("start", "1", "-"),
    ("hold", "1", "--reason", "user", "-"),
    ("resolve", "1", *RESOLUTION, "-"),
    ("close", "5", "-"),
    ("reopen", "5", "-"),
    ("cancel", "1", "--reason", "spam", "-"),
    ("rate", "5", "5", "-"),
    ("take", "1", "-"),
    ("assign", "1", "--to", "me", "-"),
    ("escalate", "1", "-"),
    ("edit", "1", "--tag", "vip", "-"),
    ("attach", "1", "people.csv", "-m", "-"),
    ("link", "1", "related-to", "2", "-"),
    ("new", "Écran noir", "-r", "Ana LIMA", "-m", "-"),
    ("new", "Écran noir", "-r", "Ana LIMA", "--description", "-"),
]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOO_LONG.encode(), "1048576 bytes"),
        (b"un\0deux", "NUL"),
        (b"caf\xe9", "not valid UTF-8"),
    ],
    ids=["1 MiB", "NUL", "Latin-1"],
)
def test_words_that_no_ticket_can_hold_are_refused(lives: FrontDoor, text: bytes, said: str) -> None:
    for line in WORDY:
        assert said in lives.refuses(*line, stdin=text, code=2)


def test_the_longest_words_are_kept_whole(lives: FrontDoor) -> None:
    text = "é" * (128 * 1024)

    lives("log", "1", "-", stdin=text)

    assert lives.last_entry("1")["text"] == text


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_empty_words_are_no_entry(lives: FrontDoor, text: str) -> None:
    assert "still needed: TEXT" in lives.refuses("log", "1", "-", stdin=text, code=2)
    assert "still needed: TEXT" in lives.refuses("log", "1", text, code=2)


@pytest.mark.parametrize("bad", ["\x1b[31m", "\n", "\x7f", "\u202e", "\u2028", "\r"])
def test_a_control_character_in_a_title_is_named(lives: FrontDoor, bad: str) -> None:
    for line in (("new", "-r", "Ana LIMA", "--title"), ("edit", "1", "--title")):
        assert f"U+{ord(bad[0]):04X}" in lives.refuses(*line, f"Écran{bad}noir", code=2)


def test_a_control_character_in_any_other_line_is_named(lives: FrontDoor) -> None:
    for line in (
        ("new", "Écran noir", "-r"),
        ("new", "Écran noir", "-r", "Ana LIMA", "--asset"),
        ("new", "Écran noir", "-r", "Ana LIMA", "--tag"),
        ("edit", "1", "--phone"),
        ("hold", "1", "--reason", "vendor", "--ref"),
        ("resolve", "1", *RESOLUTION, "--code"),
        ("log", "1", "x", "--as"),
    ):
        assert "U+0007" in lives.refuses(*line, "bip\x07", code=2)


def test_a_title_that_fills_a_page_is_refused(lives: FrontDoor) -> None:
    assert "at most 500" in lives.refuses("new", "É" * 501, "-r", "Ana LIMA", code=2)


def test_bytes_that_are_no_text_are_refused_on_the_command_line_too(lives: FrontDoor) -> None:
    bad = b"caf\xe9".decode(errors="surrogateescape")

    for line in (("log", "1", bad), ("new", bad, "-r", "x"), ("resolve", "1", "--cause", bad, "--action", "x")):
        assert "UTF-8" in lives.refuses(*line, code=2)
    lives.refuses("log", "1", "x", "--late", bad, code=2)
    assert "There is no ticket" in lives.refuses("show", bad, code=4)


def test_a_description_file_that_cannot_be_read_is_told(lives: FrontDoor) -> None:
    (lives.root.parent / "latin.txt").write_bytes(b"caf\xe9")

    new = ("new", "Écran noir", "-r", "Ana LIMA", "--description-file")
    assert "No such file" in lives.refuses(*new, "absent.txt", code=5)
    assert "not UTF-8" in lives.refuses(*new, "../latin.txt", code=5)
    assert "directory" in lives.refuses(*new, "tickets", code=5)


def test_a_people_file_that_cannot_be_read_is_told(lives: FrontDoor) -> None:
    (lives.root / "people.csv").write_bytes(b"name,email\ncaf\xe9,x\n")
    lives.commit("a slip")

    assert "people.csv:2" in lives.refuses("new", "Écran noir", "-r", "caf", code=5)


def test_a_desk_that_another_command_holds_too_long_is_told(lives: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.desk.turns.LOCK_PATIENCE", 0.0)
    held = os.open(lives.root / ".git", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        assert "another tkt command" in lives.refuses("log", "1", "x", code=6)
    finally:
        os.close(held)
    lives("log", "1", "x")
