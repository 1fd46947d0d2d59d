"""list: which tickets, in which columns, order, groups and form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import OPENING, STATES, Clock, as_jean, copied
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
        (("--sort", "assignee"), [4, 2, 5, 3]),
        (("--sort", "-assignee"), [2, 4, 5, 3]),
        (("--sort", "état,-id"), [3, 5, 2, 4]),
        (("--sort", "state", "--sort", "-id"), [3, 5, 2, 4]),
        (("--sort", "-due"), [3, 4, 2, 5]),
        (("--sort", "-opened,id"), [2, 4, 5, 3]),
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
        (("--columns", "tittle"), "Did you mean title?", 2),
        (("--columns", ","), "No column is named", 2),
        (("--by", "age"), "Nothing can be grouped by “age”", 2),
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


def test_every_state_is_listed_by_its_french_name(lives: FrontDoor) -> None:
    french = ("Nouveau", "Assigné", "En cours", "En attente", "Résolu", "Fermé", "Annulé")

    for state, name in zip(STATES, french, strict=True):
        found = lives("list", "--state", name.lower(), "--json").json["tickets"]
        assert [ticket["state"] for ticket in found] == [state]


def test_a_list_has_the_columns_asked_for_by_their_names_in_either_language(lists: FrontDoor) -> None:
    rows = list(csv.reader(io.StringIO(lists("list", "--columns", "id,Assigné à,tags,state", "--format", "csv").out)))

    assert rows == [
        ["Ticket", "Assigned to", "Tags", "State"],
        ["INC0000005", "", "", "New"],
        ["INC0000002", "Pierre MARTIN", "vip", "Assigned"],
        ["INC0000004", "Jean DUPONT", "", "Pending"],
        ["REQ0000003", "", "VIP", "New"],
    ]


def test_both_clocks_and_the_times_of_a_life_are_columns(lists: FrontDoor) -> None:
    columns = "response,response.due,response.remaining,resolution,resolution.elapsed,age,idle,reopened"
    shown = lists("list", "--columns", columns, "--limit", "1", "--format", "tsv")
    assert shown.lines[1].split("\t") == [
        "breached",
        "2026-01-15 09:30",
        "'-30 min",
        "running",
        "45 min",
        "45 min",
        "45 min",
        "0",
    ]


def test_a_document_has_the_columns_asked_for_with_instants_and_seconds(lists: FrontDoor) -> None:
    document = lists(
        "list", "--columns", "id,due,age,tags,cause,reopened", "--limit", "1", "--sort", "id", "--json"
    ).json

    assert document == {
        "version": 1,
        "total": 4,
        "tickets": [
            {
                "id": "INC0000002",
                "due": "2026-01-15T09:45:00+01:00",
                "age_seconds": 2700,
                "tags": ["vip"],
                "cause": None,
                "reopened": 0,
            }
        ],
        "by": None,
        "groups": None,
    }


def test_without_columns_a_document_has_the_tickets_whole_and_says_its_groups(lists: FrontDoor) -> None:
    document = lists("list", "--by", "assignee", "--limit", "1", "--json").json

    assert document["tickets"][0]["clocks"]["resolution"]["verdict"] == "paused"
    assert document["by"] == "assignee"
    assert document["groups"] == [
        {"value": "Jean DUPONT", "count": 1, "shown": 1},
        {"value": "Pierre MARTIN", "count": 1, "shown": 0},
        {"value": None, "count": 2, "shown": 0},
    ]


def test_sections_have_their_counts_and_one_width_for_all(lists: FrontDoor) -> None:
    assert (
        lists("list", "--by", "priority", "--columns", "id,title,priority").out
        == """\
Ticket      Title

P1 - Critical (1)
INC0000005  Serveur arrêté

P2 - High (1)
INC0000002  Boîte pleine

P3 - Medium (1)
INC0000004  Réseau lent

P4 - Low (1)
REQ0000003  Nouvelle souris
"""
    )


def test_a_section_that_is_cut_short_says_how_many_it_has(lists: FrontDoor) -> None:
    answer = lists("list", "--by", "opened", "--columns", "id", "--limit", "1", "--format", "markdown")

    assert answer.out == "## 2026-01-15 (1 of 4)\n\n| Ticket     |\n|:-----------|\n| INC0000005 |\n"
    assert answer.err == "1 of 4 tickets; --limit 0 shows all.\n"


def test_a_spreadsheet_has_its_groups_in_a_column(lists: FrontDoor) -> None:
    assert lists("list", "--by", "assignee", "--columns", "id", "--format", "csv").lines == [
        "Assignee,Ticket",
        "Jean DUPONT,INC0000004",
        "Pierre MARTIN,INC0000002",
        ",INC0000005",
        ",REQ0000003",
    ]


def test_a_page_has_a_heading_for_each_section_and_no_markup_of_a_ticket(varied: FrontDoor) -> None:
    varied("edit", "2", "--asset", "<b>PC-1</b>")
    page = varied("list", "--by", "asset", "--columns", "id", "--format", "html").out

    assert "<h2>&lt;b&gt;PC-1&lt;/b&gt; (1)</h2>" in page
    assert page.count("<table>") == page.count("<h2>")
    assert "<b>" not in page


def test_what_a_list_said_on_a_day_it_says_of_that_day_ever_after(varied: FrontDoor, clock: Clock) -> None:
    then = varied("list", "--by", "state", "--json", "--columns", "id,state,age,resolution,updated").json
    clock("2026-01-17T10:00:00+01:00")
    varied("start", "5")
    varied("new", "Plus tard", "-r", "Ana LIMA")

    looking_back = ("--as-of", "2026-01-15T10:00:00+01:00")
    assert (
        varied("list", *looking_back, "--by", "state", "--json", "--columns", "id,state,age,resolution,updated").json
        == then
    )
