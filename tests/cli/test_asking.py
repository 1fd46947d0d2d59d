"""On a real terminal: prompts for what is missing, the person's own editor, colour; never in a pipe."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence

import pexpect
import pytest

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import Answer, FrontDoor, command, surroundings

# A person at an editor, who replaces in the file what each pattern finds.
EDITOR = """
import re, sys
*pairs, name = sys.argv[1:]
with open(name, encoding="utf-8", newline="") as file:
    text = file.read()
for pattern, words in zip(pairs[::2], pairs[1::2]):
    text = re.sub(pattern, words, text, flags=re.M)
with open(name, "w", encoding="utf-8", newline="") as file:
    file.write(text)
"""
ENTRY = "### 2026-01-15T10:00:00+01:00"


def replacing(*pairs: str) -> str:
    """The command line of an editor that replaces what each pattern finds by the words behind it."""
    return shlex.join([sys.executable, "-c", EDITOR, *pairs])


def on_terminal(
    tkt: FrontDoor,
    *arguments: str,
    answers: Sequence[tuple[str, str]] = (),
    editor: str = "",
    environment: dict[str, str] | None = None,
    size: tuple[int, int] = (40, 120),
    code: int = 0,
) -> Answer:
    """tkt with a person at both ends, who gives each answer when its question is asked."""
    program, *line = command(*arguments)
    around = surroundings({"TERM": "xterm-256color", **({"EDITOR": editor} if editor else {}), **(environment or {})})
    child = pexpect.spawn(
        program, line, cwd=str(tkt.root), env=around, dimensions=size, encoding="utf-8", timeout=20, echo=False
    )
    child.delaybeforesend = None
    child.ptyproc.delayafterclose = 0
    seen = ""
    for question, answer in answers:
        child.expect_exact(question)
        seen += child.before + question
        child.send(answer if answer == "\x03" else f"{answer}\r")
    child.expect(pexpect.EOF)
    child.wait()
    child.close()
    given = child.exitstatus if child.exitstatus is not None else -1
    assert given == code, seen + child.before
    return Answer(given, seen + child.before, "")


def test_new_asks_for_the_title_and_the_requester(tkt: FrontDoor) -> None:
    asked = [("TITLE (what it is about):", "Écran noir au démarrage"), ("--requester (who asks):", "marie")]

    assert "INC0000001" in on_terminal(tkt, "new", answers=asked).out

    ticket = tkt.ticket("1")
    assert (ticket["title"], ticket["requester"]["name"]) == ("Écran noir au démarrage", "Marie MARTIN")


def test_new_asks_only_for_what_is_missing(tkt: FrontDoor) -> None:
    on_terminal(tkt, "new", "Écran noir", answers=[("--requester (who asks):", "marie")])

    assert tkt.ticket("1")["title"] == "Écran noir"


@pytest.mark.parametrize(
    ("line", "asked", "state"),
    [
        (("resolve", "1"), [("--cause (", "unknown"), ("--action (", "redémarrage")], "resolved"),
        (("resolve", "1", "--cause", "unknown"), [("--action (", "redémarrage")], "resolved"),
        (("hold", "1"), [("--reason (", "other"), ("TEXT (", "coupure de courant")], "pending"),
        (("cancel", "1", "--reason", "spam"), [("TEXT (", "publicité")], "cancelled"),
        (("assign", "1"), [("--to (", "pierre")], "assigned"),
        (("log", "1"), [("TEXT (", "vu avec elle")], "new"),
        (("reopen", IN_STATE["closed"]), [("TEXT (", "la panne est revenue")], "in_progress"),
        (("edit", "1", "--priority", "P4"), [("TEXT (why the priority sinks):", "contournement")], "new"),
    ],
)
def test_a_move_asks_for_what_it_needs(
    lives: FrontDoor, line: tuple[str, ...], asked: list[tuple[str, str]], state: str
) -> None:
    on_terminal(lives, *line, answers=asked)

    ticket = lives.ticket(line[1])
    assert ticket["state"] == state
    assert "TEXT" not in asked[-1][0] or ticket["entries"][-1]["text"] == asked[-1][1]


def test_an_interruption_at_a_prompt_changes_nothing(lives: FrontDoor) -> None:
    with lives.untouched():
        said = on_terminal(lives, "resolve", "1", answers=[("--cause (", "\x03")], code=130)

    assert "nothing was changed" in said.out


def test_words_are_written_in_the_persons_editor(lives: FrontDoor) -> None:
    on_terminal(lives, "log", "1", editor=replacing(r"\A", r"# Analyse\n\n- state: closed\nfin"))

    assert lives.last_entry("1")["text"] == "# Analyse\n\n- state: closed\nfin"


@pytest.mark.parametrize("editor", ["true", replacing("^$", " ")])
def test_an_editor_left_without_words_ends_the_command(lives: FrontDoor, editor: str) -> None:
    with lives.untouched():
        on_terminal(lives, "log", "1", editor=editor, code=130)


def test_an_editor_that_fails_ends_the_command(lives: FrontDoor) -> None:
    for editor in ("false", "/nowhere/vi"):
        with lives.untouched():
            assert f"{editor}: Editing failed" in on_terminal(lives, "log", "1", editor=editor, code=7).out


def test_an_edit_by_hand_is_journalled_and_re_derives_the_priority(lives: FrontDoor) -> None:
    editor = replacing("^title: .*", "title: Bourrage papier", "^urgency: .*", "urgency: high", r"^level: .*\n", "")

    on_terminal(lives, "edit", "1", editor=editor)

    assert [(one["key"], one["new"]) for one in lives.last_entry("1")["changes"]] == [
        ("title", "Bourrage papier"),
        ("urgency", "high"),
        ("level", None),
        ("priority", "P2"),
    ]
    assert lives("check", "--json").json["errors"] == 0


@pytest.mark.parametrize("windows", [False, True])
def test_an_edit_by_hand_changes_what_was_edited_and_not_a_byte_more(lives: FrontDoor, windows: bool) -> None:
    text = lives.data("INC0000001").decode().replace("\n---\n\n", "\n---\n\n## Description\n\nPlus rien.\n\n", 1)
    text = "\ufeff" + text.replace("uid:", "# à qui ?\nuid:").replace("\n", "\r\n") if windows else text
    before = text.removesuffix("\n").removesuffix("\r").encode()
    lives.put("INC0000001", before)

    on_terminal(lives, "edit", "1", editor=replacing("Plus rien", "Plus rien du tout"))

    after = lives.data("INC0000001")
    edited = before.replace(b"Plus rien.", b"Plus rien du tout.")
    assert after.startswith(edited)
    end = "\r\n" if windows else "\n"
    assert after[len(edited) :].decode().split(end) == [
        "",
        "",
        f"{ENTRY} · Jean DUPONT · N1",
        "",
        "- edited: description",
        "",
    ]


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        (replacing("^- state: new", "- state: closed"), "the journal was edited"),
        (replacing("^state: .*", "state: closed"), "“state” is not edited by hand"),
        (replacing("^id: .*", "id: INC0000002"), "“id” is not edited by hand"),
        (replacing("^uid:", r"links: [related-to:INC0000002]\nuid:"), "“links” is not edited by hand"),
        (replacing("^uid:", r"tags: [deux mots]\nuid:"), "“deux mots” is no tag"),
        (replacing("^impact: .*", "impact: ["), "broken YAML"),
        ("true", "nothing to change"),
    ],
)
def test_an_edit_by_hand_that_breaks_a_rule_is_refused(lives: FrontDoor, editor: str, said: str) -> None:
    code, answers = (2, []) if editor == "true" else (130, [("Go on editing? [Y/n]:", "n")])

    with lives.untouched():
        assert said in on_terminal(lives, "edit", "1", editor=editor, answers=answers, code=code).out


def test_what_was_written_is_not_lost_to_a_slip(lives: FrontDoor) -> None:
    # The first time the slip is made, the second time it is found and put right.
    editor = replacing("hihg", "high", "^impact: medium", "impact: hihg")

    on_terminal(lives, "edit", "1", editor=editor, answers=[("Go on editing? [Y/n]:", "")])

    assert lives.ticket("1")["impact"] == "high"


def test_lowering_a_priority_by_hand_asks_why(lives: FrontDoor) -> None:
    editor = replacing("^priority: .*", "priority: P4", r"\A\n+<!--", r"contournement\n<!--")

    on_terminal(lives, "edit", "1", editor=editor)

    assert lives.ticket("1")["priority"] == "P4"
    assert lives.last_entry("1")["text"] == "contournement"


def test_a_new_ticket_is_completed_in_the_editor(tkt: FrontDoor) -> None:
    about = ("^title:.*", "title: Écran noir", "^urgency:.*", "urgency: high")
    editor = replacing(*about, "^## Description", r"## Description\n\nPlus rien.")

    on_terminal(tkt, "new", "-r", "marie", "--edit", editor=editor)

    ticket = tkt.ticket("1")
    assert (ticket["title"], ticket["requester"]["department"]) == ("Écran noir", "Comptabilité")
    assert (ticket["urgency"], ticket["priority"]) == ("high", "P2")
    assert ticket["description"] == "Plus rien."
    assert tkt("check", "--json").json["errors"] == 0


def test_what_an_edited_draft_still_lacks_is_asked_for(tkt: FrontDoor) -> None:
    on_terminal(
        tkt,
        "new",
        "-t",
        "incident",
        "--edit",
        editor=replacing("^impact:.*", "impact: high"),
        answers=[("TITLE (", "Écran noir"), ("--requester (", "marie")],
    )

    ticket = tkt.ticket("1")
    assert (ticket["title"], ticket["impact"]) == ("Écran noir", "high")
    assert ticket["description"]


def test_a_terminal_is_coloured_unless_one_wants_none(lives: FrontDoor) -> None:
    for line in (("list",), ("show", "1")):
        assert "\x1b[" in on_terminal(lives, *line).out
        assert "\x1b[" not in on_terminal(lives, *line, environment={"NO_COLOR": "1"}).out
    assert "\x1b[" not in on_terminal(lives, "list", environment={"TERM": "dumb"}).out


def test_a_list_fits_the_screen(lives: FrontDoor) -> None:
    for _turn in range(5):
        lives(
            "new", "Une imprimante qui ne veut plus rien imprimer depuis ce matin", "-r", "Marie MARTIN", "--no-commit"
        )

    out = on_terminal(lives, "list", size=(12, 100), environment={"NO_COLOR": "1"}).out

    assert "6 of 9 tickets; --limit 0 shows all." in out
    assert max(map(len, out.splitlines())) <= 100


def test_in_a_pipe_no_editor_is_opened(lives: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", replacing("^", "x"))

    for line in (("log", "1"), ("edit", "1"), ("reopen", "5")):
        assert "still needed" in lives.refuses(*line, code=2)
