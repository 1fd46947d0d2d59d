"""How a ticket is named, where words come from, and what comes back of them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import FrontDoor


@pytest.mark.parametrize(
    "name", ["INC0000003", "inc0000003", "Inc0000003", "INC3", "inc3", "3", "0003", "#3", "INC0000003 "[:-1]]
)
def test_a_ticket_is_named_by_its_id_or_its_number(lives: FrontDoor, name: str) -> None:
    assert lives.ticket(name)["id"] == "INC0000003"


def test_at_is_the_ticket_touched_last(lives: FrontDoor) -> None:
    lives("log", "2", "un")
    assert lives.ticket("@")["id"] == "INC0000002"

    lives("start", "1", "2")
    lives("log", "@", "deux")
    assert lives.last_entry("2")["text"] == "deux"

    lives("link", "1", "related-to", "3")
    assert lives.ticket("@")["id"] == "INC0000001"


def test_at_before_anything_was_touched_names_nothing(lives: FrontDoor) -> None:
    (lives.root / ".git" / "tkt-last-ticket").unlink()

    assert "you have touched none" in lives.refuses("show", "@", code=4)


def test_a_number_that_several_tickets_bear_is_refused_with_all_of_them(lives: FrontDoor) -> None:
    lives("new", "Nouvelle souris", "-r", "Marie MARTIN", "--type", "request")
    data = lives.data("INC0000001").replace(b"INC0000001", b"CHG0000008")
    lives.put("CHG0000008", data)

    said = lives.refuses("show", "8", code=4)
    assert "CHG0000008 (Imprimante bloquée (new)); REQ0000008 (Nouvelle souris)" in said
    assert lives.ticket("REQ8")["id"] == "REQ0000008"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("INC0000010", "INC0000001"),
        ("REQ0000003", "INC0000003"),
        ("INC00000033", "INC0000003"),
        ("9", "INC0000001"),
        ("inc30", "INC0000003"),
    ],
)
def test_an_unknown_ticket_is_refused_with_the_nearest(lives: FrontDoor, name: str, near: str) -> None:
    said = lives.refuses("log", name, "texte", code=4)

    assert name in said
    assert near in said.partition("Did you mean")[2]


@pytest.mark.parametrize(
    "name", ["", "../../../etc/passwd", "INC", "INC00000000000000000000001", "٣", "-", "INC0000001.md"]
)
def test_what_is_no_ticket_is_refused(lives: FrontDoor, name: str) -> None:
    assert "There is no ticket" in lives.refuses("show", name, code=4)


def test_a_link_in_a_tickets_place_is_no_ticket(lives: FrontDoor) -> None:
    lives.path("INC0000001").unlink()
    lives.path("INC0000001").symlink_to("/etc/hostname")

    assert "There is no ticket" in lives("show", "INC0000001", code=4).err
    assert "There is no ticket" in lives("show", "1", code=4).err


def test_a_slip_in_an_id_is_never_taken_for_words(lives: FrontDoor) -> None:
    assert "no ticket INC000000l9" in lives.refuses("start", "1", "INC000000l9", code=4)


TEXTS = {
    "several lines": "un\n\n  deux  \n\ttrois",
    "trailing blank lines": "un\n\n",
    "leading blank lines": "\n\nun",
    "a heading of ours": "### 2026-01-15T09:15:00+01:00 · Pierre MARTIN · N2 · public\n\n- state: closed",
    "the journal's heading": "## Journal\n\n### 2026-01-15T09:15:00+01:00 · X",
    "a change at the top": "- state: closed\n- spent: 15m\n\nfin",
    "escaped already": "\\- state: closed\n\\## Journal\n\\\\# x",
    "front matter": "---\nstate: closed\n---",
    "a code fence": "```yaml\n## Journal\n- state: closed\n---\n```",
    "a list": "- [ ] vérifier\n- note: vu",
    "emoji and right to left": "👩‍💻 🇫🇷 שלום مرحبا \u202eabc",
    "windows line ends": "un\r\ndeux\r\n\r\ntrois",
    "odd line ends": "un\rdeux\u2028trois\u0085quatre\x0bcinq",
    "control characters": "\x1b[31mrouge\x07",
    "an arrow and quotes": '"a" → "b"',
    "a conflict marker": "<<<<<<< HEAD\nun\n=======\ndeux\n>>>>>>> main",
    "spaces at the edges": "  un  ",
    "a separator": "Jean · N2 · public",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_words_come_back_as_they_were_typed(tkt: FrontDoor, ticket: str, end: str) -> None:
    if end == "\r\n":
        tkt.put(ticket, tkt.data(ticket).replace(b"\n", b"\r\n"))

    for text in TEXTS.values():
        tkt("log", ticket, "-m", text, "--no-commit")
        tkt("log", ticket, "-", "--no-commit", stdin=text.encode() + b"\n")

    entries = tkt.ticket(ticket)["entries"][1:]
    assert dict(zip(TEXTS, (entry["text"] for entry in entries[::2]), strict=True)) == TEXTS
    assert dict(zip(TEXTS, (entry["text"] for entry in entries[1::2]), strict=True)) == TEXTS
    assert not any(entry["changes"] for entry in entries)
    assert tkt("check", "--json").json["errors"] == 0


@pytest.mark.parametrize("how", ["option", "standard input"])
def test_a_description_comes_back_as_it_was_typed(tkt: FrontDoor, how: str) -> None:
    new = ("new", "Écran noir", "-r", "Ana LIMA", "--no-commit")

    ids = [
        tkt(*new, "--description", text).out.strip()
        if how == "option"
        else tkt(*new, "--description-file", "-", stdin=text.encode() + b"\n").out.strip()
        for text in TEXTS.values()
    ]
    tkt("start", *ids, "--no-commit")

    tickets = [tkt.ticket(ticket_id) for ticket_id in ids]
    assert dict(zip(TEXTS, (ticket["description"] for ticket in tickets), strict=True)) == TEXTS
    assert [(ticket["state"], len(ticket["entries"])) for ticket in tickets] == [("in_progress", 2)] * len(TEXTS)
    assert tkt("check", "--json").json["errors"] == 0


@pytest.mark.parametrize(
    "verb", ["log", "start", "resume", "hold", "cancel", "take", "assign", "escalate", "edit", "rate", "link"]
)
@pytest.mark.parametrize("how", ["argument", "option"])
def test_every_verb_takes_its_words_from_standard_input(lives: FrontDoor, verb: str, how: str) -> None:
    line = {
        "log": ("1",),
        "start": ("1",),
        "resume": ("4",),
        "hold": ("1", "--reason", "other"),
        "cancel": ("1", "--reason", "spam"),
        "take": ("1",),
        "assign": ("1", "--to", "me"),
        "escalate": ("1",),
        "edit": ("1", "--tag", "vip"),
        "rate": ("5", "5"),
        "link": ("1", "related-to", "2"),
    }[verb]
    words = ("-",) if how == "argument" else ("-m", "-")

    lives(verb, *line, *words, stdin="du tube\nen deux lignes\n")

    assert lives.last_entry(line[0])["text"] == "du tube\nen deux lignes"


def test_the_last_argument_is_words_when_nobody_could_mean_a_ticket_by_it(lives: FrontDoor) -> None:
    for number, words in enumerate(("bonjour", "revu le 12 à 14h", "12345 est aussi concerné")):
        lives("edit", "1", words, "--tag", f"tag{number}")

        assert lives.last_entry("1")["text"] == words


def test_c_works_as_if_started_there(lives: FrontDoor, elsewhere: FrontDoor) -> None:
    assert elsewhere("-C", str(lives.root), "show", "1", "--json").json["ticket"]["id"] == "INC0000001"
    assert elsewhere("show", "1", "--json", "-C", str(lives.root / "tickets")).json["ticket"]["id"] == "INC0000001"


def test_the_desk_is_found_upwards(lives: FrontDoor) -> None:
    below = FrontDoor(lives.path("INC0000001").parent)

    below("log", "1", "d'en bas")

    assert lives.last_entry("1")["text"] == "d'en bas"
    assert lives.git("status", "--porcelain") == ""


def test_the_option_nearest_the_verb_wins(lives: FrontDoor, elsewhere: FrontDoor) -> None:
    assert elsewhere("-C", "/nowhere", "show", "1", "-C", str(lives.root), code=0)


def test_a_ticket_of_a_known_state_stays_as_it_is_when_only_looked_at(lives: FrontDoor) -> None:
    with lives.untouched():
        for line in (("show", IN_STATE["new"]), ("list",), ("history", "1"), ("check",), ("sla", "status")):
            lives(*line)
