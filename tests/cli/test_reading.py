"""show, list, history: what is shown of tickets, in which order and form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE, OPENING, STATES, Clock, as_jean, copied
from tests.cli.front_door import FrontDoor


@pytest.fixture(scope="module")
def five(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five tickets that differ in everything a list may ask for; 1 is closed; at 10:00, 2 and 5 are overdue."""
    solved = ("--resolve", "--cause", "unknown", "--action", "x", "--close")
    with as_jean(tmp_path_factory) as patch:
        patch.setenv("TKT_NOW", OPENING)
        tkt = FrontDoor(copied(founded, tmp_path_factory.mktemp("five") / "desk"))
        tkt("new", "Écran noir", "-r", "Marie MARTIN", "-c", "Word", *solved)
        tkt(
            "new",
            "Boîte pleine",
            "-r",
            "Paul DURAND",
            "-c",
            "Envoi",
            "--priority",
            "P2",
            "--to",
            "Pierre",
            "--tag",
            "vip",
        )
        tkt("new", "Nouvelle souris", "-r", "Marie MARTIN", "--type", "request", "--priority", "P4", "--tag", "VIP")
        tkt("new", "Réseau lent", "-r", "Ana LIMA", "--to", "me", "--asset", "SW-12")
        tkt("new", "Serveur arrêté", "-r", "Ana LIMA", "--priority", "P1")
        tkt("hold", "4", "--reason", "vendor")
    return tkt.root


@pytest.fixture
def lists(five: Path, clock: Clock) -> FrontDoor:
    """tkt on that desk, which all tests share and only look at, at 10:00."""
    clock("2026-01-15T10:00:00+01:00")
    return FrontDoor(five)


@pytest.fixture
def varied(five: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """tkt on a copy of that desk."""
    clock("2026-01-15T10:00:00+01:00")
    return FrontDoor(copied(five, tmp_path / "desk"))


def listed(tkt: FrontDoor, *options: str) -> list[int]:
    """The numbers of the tickets that `tkt list` shows, in its order."""
    return [int(ticket["id"][3:]) for ticket in tkt("list", *options, "--json").json["tickets"]]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ((), [5, 2, 4, 3]),
        (("--all",), [5, 2, 4, 3, 1]),
        (("--state", "new"), [5, 3]),
        (("--state", "nouveau"), [5, 3]),
        (("--state", "EN ATTENTE"), [4]),
        (("--state", "En attente,Fermé"), [4, 1]),
        (("--state", "pending", "--state", "assigned"), [2, 4]),
        (("--state", "open"), [5, 2, 4, 3]),
        (("--state", "ouvert,closed"), [5, 2, 4, 3, 1]),
        (("--priority", "P1,P2"), [5, 2]),
        (("--priority", "critique"), [5]),
        (("--type", "demande"), [3]),
        (("--level", "n2"), [2]),
        (("--assignee", "martin"), [2]),
        (("--assignee", "pierre", "--assignee", "jean"), [2, 4]),
        (("--group", "messagerie"), [2]),
        (("--category", "outlook"), [2]),
        (("--category", "bureautique", "--all"), [1]),
        (("--requester", "lima"), [5, 4]),
        (("--requester", "ventes"), [2]),
        (("--requester", "marie.martin@"), [3]),
        (("--asset", "sw-12"), [4]),
        (("--tag", "vip"), [2, 3]),
        (("--mine",), [4]),
        (("--unassigned",), [5, 3]),
        (("--overdue",), [5, 2]),
        (("--unassigned", "--priority", "P4"), [3]),
        (("--sort", "id"), [2, 4, 5, 3]),
        (("--sort", "-id"), [3, 5, 4, 2]),
        (("--sort", "priority"), [5, 2, 4, 3]),
        (("--sort", "title"), [2, 3, 4, 5]),
        (("--sort", "assignee"), [5, 3, 4, 2]),
        (("--limit", "2"), [5, 2]),
        (("--limit", "0"), [5, 2, 4, 3]),
        (("--state", "resolved"), []),
    ],
)
def test_a_list_shows_what_is_asked_for_next_due_first(
    lists: FrontDoor, options: tuple[str, ...], numbers: list[int]
) -> None:
    assert listed(lists, *options) == numbers


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (("--state", "en cour"), "Did you mean En cours?", 2),
        (("--state", "asigned"), "Did you mean Assigned?", 2),
        (("--priority", "P5"), "“P5” is not a known priority", 2),
        (("--sort", "duee"), "Did you mean due?", 2),
        (("--format", "xlsx"), "Known: table, plain, markdown, csv, tsv, html", 2),
        (("--mine", "--unassigned"), "--mine goes with neither", 2),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(
    lists: FrontDoor, options: tuple[str, ...], said: str, code: int
) -> None:
    if "En cours" in said:
        options = ("--lang", "fr", *options)
        assert "En cours" in lists("list", *options, code=code).err
        return
    assert said in lists.refuses("list", *options, code=code)


def test_a_list_says_when_it_is_empty_or_cut_short(lists: FrontDoor) -> None:
    assert lists("list", "--state", "resolved").err == "No ticket.\n"
    assert lists("list", "--limit", "1").err == "1 of 4 tickets; --limit 0 shows all.\n"


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("plain", "Ticket "),
        ("table", ""),
        ("markdown", "|"),
        ("csv", "Ticket,"),
        ("tsv", "Ticket\t"),
        ("html", "<table>"),
    ],
)
def test_a_table_is_written_in_six_forms(lists: FrontDoor, format: str, begins: str) -> None:
    out = lists("list", "--format", format).out

    assert out.startswith(begins)
    assert out.count("INC") + out.count("REQ") >= 4
    assert "\x1b" not in out


def test_a_pipe_gets_the_plain_form_whole_and_in_the_desks_words(lists: FrontDoor) -> None:
    plain = lists("list")

    assert plain.out == lists("list", "--format", "plain").out
    assert len(plain.lines) == 5
    assert "Nouveau" in lists("list", "--lang", "fr").out


def test_a_csv_holds_no_formula(varied: FrontDoor) -> None:
    varied("new", "=HYPERLINK(1)", "-r", "Ana LIMA")

    rows = list(csv.DictReader(io.StringIO(varied("list", "--format", "csv", "--state", "new").out)))

    assert "'=HYPERLINK(1)" in [row["Title"] for row in rows]


def test_one_bad_file_hides_no_other_ticket(varied: FrontDoor) -> None:
    varied.put("REQ0000003", b"---\nid: [\n---\n")

    answer = varied("list")

    assert len(answer.lines) == 4
    assert "tickets/REQ0000xxx/REQ0000003.md:2: broken YAML" in answer.err


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


def test_every_state_is_listed_by_its_french_name(lives: FrontDoor) -> None:
    french = ("Nouveau", "Assigné", "En cours", "En attente", "Résolu", "Fermé", "Annulé")

    for state, name in zip(STATES, french, strict=True):
        found = lives("list", "--state", name.lower(), "--json").json["tickets"]
        assert [ticket["state"] for ticket in found] == [state]
