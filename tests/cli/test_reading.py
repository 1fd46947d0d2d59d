"""show, history: what is shown of one ticket, and in which form."""

from __future__ import annotations

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import FrontDoor


def test_a_sheet_shows_the_ticket_in_either_language(lives: FrontDoor) -> None:
    lives("log", "1", "Première analyse\nen deux lignes")

    english, french = lives("show", "1").out, lives("show", "1", "--lang", "fr").out

    for sheet in (english, french):
        assert "Imprimante bloquée (new)" in sheet
        assert "Comptabilité" in sheet
        assert "Première analyse\nen deux lignes" in sheet
        assert "\x1b" not in sheet
    assert "REQUESTER: Marie MARTIN" in english
    assert "DEMANDEUR : Marie MARTIN" in french


def test_no_control_character_of_a_ticket_reaches_the_terminal(lives: FrontDoor) -> None:
    lives("log", "1", "-m", "\x1b[31mrouge\x07 \u202eabc")

    for line in (("show", "1"), ("show", "1", "--json"), ("history", "1")):
        assert not {"\x1b", "\x07", "\u202e"} & set(lives(*line).out)


def test_a_ticket_as_json_is_whole(lives: FrontDoor) -> None:
    ticket = lives("show", IN_STATE["closed"], "--json").json

    assert ticket["version"] == 1
    assert ticket["ticket"]["state"] == "closed"
    assert [entry["changes"][0]["new"] for entry in ticket["ticket"]["entries"]] == ["new", "resolved", "closed"]
    assert ticket["ticket"]["clocks"]["resolution"]["verdict"] == "met"


def test_a_ticket_with_an_error_is_shown_and_the_error_told(lives: FrontDoor) -> None:
    data = lives.data("INC0000001").replace(b"## Journal\n", b"## Journal\n\n### 2026-01-15 nonsense\n", 1)
    lives.put("INC0000001", data)

    answer = lives("show", "1")

    assert "tickets/INC0000xxx/INC0000001.md has errors: see `tkt check`." in answer.err


def test_the_history_is_the_tickets_commits_with_their_transitions(lives: FrontDoor) -> None:
    lives("log", "5", "--as", "Marie MARTIN", "merci")

    commits = lives("history", "5", "--json").json["commits"]

    assert [(commit["subject"], commit["transition"]) for commit in commits] == [
        ("INC0000005: new", "new"),
        ("INC0000005, INC0000006: new → resolved", "new → resolved"),
        ("INC0000005: log", None),
    ]
    assert commits[-1]["author"] == {"name": "Jean DUPONT", "email": "jean.dupont@entreprise.fr"}
    assert commits[-1]["entry_by"] == "Marie MARTIN <marie.martin@entreprise.fr>"
    assert commits[-1]["clock"] == "frozen"
    assert "new → resolved" in lives("history", "5").out
    assert lives("history", "5", "--format", "markdown").out.startswith("|")


def test_a_desk_outside_git_shows_its_tickets_and_has_no_history(elsewhere: FrontDoor) -> None:
    elsewhere("init", "--no-commit", "--lang", "en")
    elsewhere("new", "Écran noir", "-r", "Ana LIMA", "--no-commit")

    assert "Écran noir" in elsewhere("show", "1").out
    assert len(elsewhere("list").lines) == 2
    assert "not in a git repository" in elsewhere("history", "1", code=7).err
