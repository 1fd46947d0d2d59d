"""activity and handover: what happened, and what the next shift must know, for people, for pasting and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Clock, as_jean, copied, packed
from tests.cli.front_door import FrontDoor

PIERRE = "Pierre MARTIN"


@pytest.fixture(scope="session")
def worked(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day on the desk: one ticket handed to messaging, two with nobody of which one waits, one that is resolved."""
    with as_jean(tmp_path_factory) as patch:
        tkt = FrontDoor(copied(founded, tmp_path_factory.mktemp("worked") / "desk"))
        for hour, title in enumerate(("Outlook ne part plus", "Imprimante bloquée", "Écran noir", "Mot de passe"), 9):
            patch.setenv("TKT_NOW", f"2026-01-15T{hour:02d}:15:00+01:00")
            tkt("new", title, "-r", "Marie MARTIN")
        patch.setenv("TKT_NOW", "2026-01-15T13:00:00+01:00")
        tkt("start", "1", "Test d'envoi externe en échec.")
        tkt("escalate", "1", "--to", PIERRE, "Serveur à vérifier")
        tkt("hold", "3", "--reason", "vendor", "--until", "2026-01-16", "Pièce commandée")
        tkt("resolve", "4", "--cause", "unknown", "--action", "réinitialisé", "Vous pouvez vous connecter.")
        patch.setenv("TKT_NOW", "2026-01-15T14:00:00+01:00")
        tkt("log", "1", "--as", PIERRE, "IP dans une liste noire")
    return packed(tkt)


@pytest.fixture
def shift(worked: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """tkt at work on that desk, at half past five."""
    clock("2026-01-15T17:30:00+01:00")
    return FrontDoor(copied(worked, tmp_path / "desk"))


def test_the_feed_tells_what_happened_with_the_newest_last(shift: FrontDoor) -> None:
    told = shift("activity", "--since", "13:00").lines

    assert told[0] == "Thu 2026-01-15"
    assert [line.strip() for line in told if "INC0000001" in line] == [
        "13:00  INC0000001  Outlook ne part plus",
        "14:00  INC0000001  Outlook ne part plus",
    ]
    assert "      Jean DUPONT · N1 · public: Test d'envoi externe en échec." in told
    assert told[-3].strip() == "Pierre MARTIN · N2: IP dans une liste noire"
    assert told[-1] == "5 entries on 3 tickets: 1 resolved, 1 escalated."


def test_days_have_their_headings(shift: FrontDoor, clock: Clock) -> None:
    clock("2026-01-16T08:00:00+01:00")
    shift("log", "2", "Vue ce matin")

    told = shift("activity", "--since", "17:00").lines
    assert told[0] == "Fri 2026-01-16"
    headings = [line for line in shift("activity").lines if line.endswith(("-15", "-16"))]
    assert headings == ["Thu 2026-01-15", "Fri 2026-01-16"]


def test_a_groups_activity_is_what_happened_while_it_had_the_ticket(shift: FrontDoor) -> None:
    found = shift("activity", "--group", "messag", "--json").json["happenings"]

    assert [one["ticket"]["id"] for one in found] == ["INC0000001", "INC0000001"]
    assert [one["kinds"] for one in found] == [["escalated"], []]
    assert shift("activity", "--group", "réseau", "--json").json["happenings"] == []


@pytest.mark.parametrize(("name", "count"), [("Pierre", 1), ("me", 8), ("pierre.martin@entreprise.fr", 0), ("Zoé", 0)])
def test_the_activity_of_one_person(shift: FrontDoor, name: str, count: int) -> None:
    assert shift("activity", "--as", name, "--json").json["counts"]["entries"] == count


def test_a_query_chooses_the_tickets_and_a_limit_keeps_the_newest(shift: FrontDoor) -> None:
    document = shift("activity", "state:resolved", "--limit", "1", "--json").json

    assert [one["ticket"]["id"] for one in document["happenings"]] == ["INC0000004"]
    assert [one["kinds"] for one in document["happenings"]] == [["resolved"]]
    assert document["counts"]["entries"] == 2


def test_an_activity_may_end_before_now(shift: FrontDoor) -> None:
    document = shift("activity", "--since", "09:00", "--until", "10:15", "--json").json

    assert [one["kinds"] for one in document["happenings"]] == [["opened"], ["opened"]]
    assert document["until"] == "2026-01-15T10:15:00+01:00"


def test_where_nothing_happened_it_is_said(shift: FrontDoor) -> None:
    answer = shift("activity", "--since", "17:00")

    assert (answer.out, answer.err) == ("", "Nothing happened.\n")


def test_the_feed_as_markdown_lets_nothing_of_a_ticket_act(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "Voir <b>ici</b> [lien](http://x) `code`")

    told = tkt("activity", "--format", "markdown").out
    assert told.startswith("## Thu 2026-01-15\n\n- 09:15  **INC0000001**")
    assert "&lt;b>ici" in told and r"\[lien\]" in told and r"\`code\`" in told


@pytest.mark.parametrize(
    ("words", "written"), [("## Titre", r"\## Titre"), ("- point", r"\- point"), ("1. un", r"1\. un"), ("2026", "2026")]
)
def test_no_line_of_a_ticket_begins_a_heading_or_a_list_of_the_feed(
    tkt: FrontDoor, ticket: str, words: str, written: str
) -> None:
    tkt("log", ticket, f"Vu.\n{words}")

    assert f"  - {written}" in tkt("activity", "--format", "markdown").lines


def test_an_entry_of_working_time_alone_says_how_much(tkt: FrontDoor, ticket: str) -> None:
    """Such as one that another tool wrote."""
    entry = "\n### 2026-01-15T09:15:00+01:00 #2 · Jean DUPONT · N1\n\n- spent: 1h30m\n"
    tkt.put(ticket, tkt.data(ticket) + entry.encode())

    for verb in ("activity", "handover"):
        assert "Jean DUPONT · N1: time spent: 1h30m" in tkt(verb).out


def test_no_control_character_of_a_ticket_reaches_the_feed_or_the_handover(tkt: FrontDoor, ticket: str) -> None:
    data = tkt.data(ticket).decode()
    tkt.put(
        ticket,
        data.replace("title: Outlook 365", 'title: "\\e[2J\\u202e Outlook', 1)
        .replace("d'envoyer\n", 'x"\n', 1)
        .encode(),
    )

    for command in ("activity", "handover"):
        for options in ((), ("--format", "markdown"), ("--json",)):
            told = tkt(command, *options).out
            assert options == ("--json",) or r"\x1b[2J" in told or r"\\x1b\[2J" in told
            assert ticket in told
            assert "\x1b" not in told and "\u202e" not in told


def test_a_long_entry_is_cut_after_a_few_lines(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "\n".join(f"ligne {number}" for number in range(20)))

    told = tkt("activity").out
    assert "ligne 5" in told and "ligne 6" not in told and "…" in told


def test_a_moment_that_has_not_come_is_refused(shift: FrontDoor) -> None:
    assert "has not come" in shift.refuses("activity", "--since", "2026-02-01", code=2)


def test_a_file_that_cannot_be_read_hides_nothing_and_is_named(shift: FrontDoor) -> None:
    shift.put("INC0000002", b"no ticket\n")

    for command in ("activity", "handover"):
        answer = shift(command)
        assert "INC0000001" in answer.out
        assert "INC0000002.md" in answer.err


def test_the_handover_tells_who_holds_what_with_the_last_word(shift: FrontDoor) -> None:
    told = shift("handover").lines

    assert told[0] == "Handover, Thu 2026-01-15 17:30"
    assert told[2] == (
        "3 tickets open: 2 held by nobody, 2 over a target. Since 09:30: 3 opened, 1 resolved, 1 escalated."
    )
    nobodys, pierres = told.index("Held by nobody: 2"), told.index(f"Held by {PIERRE}: 1")
    assert told[nobodys + 1].strip() == "INC0000002 · P3 · New · Imprimante bloquée"
    assert told[pierres + 1].strip() == "INC0000001 · P3 · In progress · Outlook ne part plus"
    assert "      last word, 14:00, Pierre MARTIN · N2: IP dans une liste noire" in told
    assert any("Pending (vendor)" in line for line in told)


def test_what_is_due_next_comes_in_its_order_and_what_is_over_says_so(shift: FrontDoor) -> None:
    due = shift("handover", "--within", "48h", "--json").json["due"]

    assert [(one["id"], one["what"]) for one in due] == [
        ("INC0000002", "response"),
        ("INC0000003", "response"),
        ("INC0000001", "resolution"),
        ("INC0000002", "resolution"),
        ("INC0000003", "until"),
    ]
    assert due[-1]["at"] == "2026-01-17T00:00:00+01:00"
    assert "response due 12:15, overdue by 5h15" in shift("handover").out
    assert len(shift("handover", "--json").json["due"]) == 2


def test_overdue_follow_ups_are_told_the_longest_overdue_first(shift: FrontDoor, clock: Clock) -> None:
    clock("2026-01-16T09:00:00+01:00")
    shift("log", "2", "--as", "Marie MARTIN", "Toujours bloquée !")
    clock("2026-01-20T09:00:00+01:00")

    overdue = shift("handover", "--json").json["overdue"]
    assert [(one["id"], one["kind"]) for one in overdue] == [
        ("INC0000002", "unanswered"),
        ("INC0000003", "until"),
        ("INC0000001", "silent"),
    ]
    told = shift("handover").out
    assert "pending until 2026-01-16, which is past" in told
    assert "Marie MARTIN wrote at Fri 2026-01-16 09:00, and nobody answered" in told
    assert "no word since Thu 2026-01-15 14:00" in told


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--group", "Messagerie"), ["INC0000001"]),
        (("--mine",), ["INC0000003"]),
        (("no:assignee",), ["INC0000002"]),
        (("--group", "Réseau"), []),
    ],
)
def test_a_handover_may_be_of_a_group_of_oneself_or_of_what_a_query_asks_for(
    shift: FrontDoor, options: tuple[str, ...], ids: list[str]
) -> None:
    shift("take", "3")

    holders = shift("handover", *options, "--json").json["holders"]
    assert [one["ticket"]["id"] for holder in holders for one in holder["tickets"]] == ids


def test_a_handover_to_paste_is_markdown(shift: FrontDoor) -> None:
    told = shift("handover", "--group", "Messagerie", "--format", "markdown").lines

    assert told[0] == "# Handover, Thu 2026-01-15 17:30 · Messagerie"
    assert "## Held by Pierre MARTIN: 1" in told
    assert any(line.startswith("- **INC0000001** · P3 · In progress") for line in told)
    assert any(line.startswith("  - last word, 14:00, Pierre MARTIN") for line in told)


def test_a_handover_of_the_past_is_the_one_that_was_read_then(shift: FrontDoor, clock: Clock) -> None:
    then = shift("handover", "--json").out
    clock("2026-01-19T09:00:00+01:00")
    shift("resolve", "1", "2", "--cause", "unknown", "--action", "réparé", "Fait.")
    shift("take", "3")

    assert shift("handover", "--as-of", "2026-01-15T17:30", "--json").out == then


def test_a_desk_without_open_tickets_has_little_to_hand_over(tkt: FrontDoor) -> None:
    assert tkt("handover").lines == [
        "Handover, Thu 2026-01-15 09:15",
        "",
        "0 tickets open. Since 01:15: nothing happened.",
    ]
    assert tkt("handover", "--json").json["holders"] == []


def test_looking_at_a_shift_changes_nothing(shift: FrontDoor) -> None:
    with shift.untouched():
        shift("activity")
        shift("handover")


def test_a_handover_is_read_in_french_too(shift: FrontDoor) -> None:
    assert shift("handover", "--lang", "fr").code == shift("activity", "--lang", "fr").code == 0
