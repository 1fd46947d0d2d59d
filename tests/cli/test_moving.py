"""log, start, hold, resume, resolve, close, reopen, cancel, rate: what each of them records, and for whom."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor


def test_log_adds_words_and_moves_nothing(lives: FrontDoor) -> None:
    before = lives.ticket("1")

    answer = lives("log", "1", "Test envoi externe : OK", "--spent", "15m")

    ticket = lives.ticket("1")
    entry = ticket["entries"][-1]
    assert entry["text"] == "Test envoi externe : OK"
    assert entry["changes"] == [{"key": "spent", "old": None, "new": "15m"}]
    assert entry["public"] is False
    assert {**ticket, "entries": None, "clocks": None} == {**before, "entries": None, "clocks": None}
    assert answer.out == ""
    assert answer.err == "INC0000001: recorded\n"
    assert lives.subject() == "INC0000001: log"


def test_the_requesters_own_words_resume_a_ticket_that_waits_for_the_user(lives: FrontDoor) -> None:
    lives("log", IN_STATE["pending"], "--as", "Marie MARTIN", "Voici la capture.")

    ticket = lives.ticket(IN_STATE["pending"])
    entry = ticket["entries"][-1]
    assert ticket["state"] == "in_progress"
    assert (entry["author"], entry["level"], entry["public"]) == ("Marie MARTIN", None, False)
    assert lives.facts(IN_STATE["pending"]) == {"state": "in_progress", "recorded_by": "Jean DUPONT"}
    assert lives.subject() == "INC0000004: pending → in_progress"
    assert ("Entry-By", "Marie MARTIN <marie.martin@entreprise.fr>") in lives.trailers()


@pytest.mark.parametrize("reason", ["vendor", "change", "problem", "approval"])
def test_the_requesters_words_do_not_end_another_wait(lives: FrontDoor, reason: str) -> None:
    lives("hold", IN_STATE["pending"], "--reason", reason)
    lives("log", IN_STATE["pending"], "--as", "Marie MARTIN", "Des nouvelles ?")

    assert lives.ticket(IN_STATE["pending"])["state"] == "pending"


def test_an_agents_words_do_not_end_the_wait_for_the_user(lives: FrontDoor) -> None:
    lives("log", IN_STATE["pending"], "Relance téléphonique.")

    assert lives.ticket(IN_STATE["pending"])["state"] == "pending"


def test_who_starts_a_ticket_that_nobody_holds_holds_it(lives: FrontDoor) -> None:
    lives("start", IN_STATE["new"], "Prise en charge du ticket.")

    assert lives.ticket(IN_STATE["new"])["assignee"] == "Jean DUPONT"
    assert lives.last_entry(IN_STATE["new"])["text"] == "Prise en charge du ticket."


def test_who_starts_a_ticket_that_another_holds_leaves_it_to_them(lives: FrontDoor) -> None:
    lives("start", IN_STATE["assigned"], "--as", "Pierre MARTIN")

    assert lives.ticket(IN_STATE["assigned"])["assignee"] == "Jean DUPONT"


@pytest.mark.parametrize(
    ("line", "public"),
    [
        (("start",), True),
        (("hold", "--reason", "user"), True),
        (("hold", "--reason", "vendor"), False),
        (("resolve", "--cause", "unknown", "--action", "redémarrage"), True),
        (("log", "-m", "vu"), False),
        (("assign", "--to", "Pierre"), False),
        (("take",), False),
        (("cancel", "--reason", "spam", "-m", "publicité"), False),
        (("edit", "--tag", "vip"), False),
    ],
)
def test_what_speaks_to_the_requester_and_what_does_not(lives: FrontDoor, line: tuple[str, ...], public: bool) -> None:
    verb, *options = line
    lives(verb, "1", *options)
    assert lives.last_entry("1")["public"] is public

    lives.git("reset", "--hard", "--quiet", "HEAD~1")
    lives(verb, "1", *options, "--internal")
    assert lives.last_entry("1")["public"] is False

    lives.git("reset", "--hard", "--quiet", "HEAD~1")
    answer = lives(verb, "1", *options, "--public")
    assert lives.last_entry("1")["public"] is True
    assert "said to the requester" in answer.err


def test_a_wait_says_why_until_when_and_under_which_case(lives: FrontDoor) -> None:
    lives("hold", "1", "--reason", "vendor", "--until", "2026-01-20", "--ref", "SR-4711", "Dossier ouvert.")

    assert lives.facts("1") == {"state": "pending", "reason": "vendor", "until": "2026-01-20", "ref": "SR-4711"}


def test_a_wait_may_end_at_an_instant(lives: FrontDoor) -> None:
    lives("hold", "1", "--reason", "change", "--until", "2026-01-20T14:00")

    assert lives.facts("1")["until"] == "2026-01-20T14:00:00+01:00"


@pytest.mark.parametrize(("said", "reason"), [("utilisateur", "user"), ("Fournisseur", "vendor"), ("user", "user")])
def test_reasons_are_understood_in_either_language(lives: FrontDoor, said: str, reason: str) -> None:
    lives("hold", "1", "--reason", said)

    assert lives.facts("1")["reason"] == reason


def test_a_resolution_says_cause_action_code_and_first_contact(lives: FrontDoor) -> None:
    resolution = ("--cause", "IP en blacklist → Spamhaus", "--action", "Demande de delist", "--code", "C7")
    lives("resolve", "1", *resolution, "--first-contact", "Test envoi externe : OK", "--spent", "1h30")

    ticket = lives.ticket("1")
    assert (ticket["cause"], ticket["action"], ticket["code"]) == (
        "IP en blacklist → Spamhaus",
        "Demande de delist",
        "C7",
    )
    assert ticket["assignee"] == "Jean DUPONT"
    assert {"first_contact": "yes", "spent": "1h30"}.items() <= lives.facts("1").items()
    assert ticket["entries"][-1]["text"] == "Test envoi externe : OK"


def test_first_contact_may_be_denied(lives: FrontDoor) -> None:
    lives("resolve", "1", "--cause", "unknown", "--action", "x", "--no-first-contact")

    assert lives.facts("1")["first_contact"] == "no"


def test_the_requester_who_resolves_does_not_become_the_one_who_holds_it(lives: FrontDoor) -> None:
    lives("resolve", "1", "--as", "Marie MARTIN", "--cause", "unknown", "--action", "ça remarche")

    assert lives.ticket("1")["assignee"] is None


def test_a_rating_given_on_closing_is_the_requesters_own_word(lives: FrontDoor) -> None:
    lives("close", IN_STATE["resolved"], "--rating", "5", "Validé par téléphone.")

    close, rating = lives.ticket(IN_STATE["resolved"])["entries"][-2:]
    assert (close["author"], close["text"]) == ("Jean DUPONT", "Validé par téléphone.")
    assert (rating["author"], rating["text"], rating["ordinal"]) == ("Marie MARTIN", "", 2)
    assert lives.facts(IN_STATE["resolved"]) == {"rating": "5", "recorded_by": "Jean DUPONT"}
    assert lives.git("rev-list", "--count", "HEAD~1..HEAD").strip() == "1"


def test_the_requester_who_closes_rates_in_the_same_entry(lives: FrontDoor) -> None:
    lives("close", IN_STATE["resolved"], "--as", "Marie MARTIN", "--rating", "4", "Merci !")

    assert {"state": "closed", "rating": "4"}.items() <= lives.facts(IN_STATE["resolved"]).items()


def test_rate_records_the_requesters_mark_and_words(lives: FrontDoor) -> None:
    lives("rate", IN_STATE["closed"], "4", "Un peu long.")

    entry = lives.last_entry(IN_STATE["closed"])
    assert (entry["author"], entry["text"]) == ("Marie MARTIN", "Un peu long.")
    assert lives.facts(IN_STATE["closed"]) == {"rating": "4", "recorded_by": "Jean DUPONT"}
    assert lives.ticket(IN_STATE["closed"])["state"] == "closed"


@pytest.mark.parametrize("mark", ["0", "6", "4.5", "cinq", ""])
@pytest.mark.parametrize("line", [("rate", "5"), ("close", "5", "--rating")])
def test_a_mark_is_a_whole_number_from_1_to_5(lives: FrontDoor, line: tuple[str, ...], mark: str) -> None:
    if line[0] == "close" and not mark:
        return
    assert "1 to 5" in lives.refuses(*line, mark, code=2)


def test_what_was_never_resolved_is_not_rated(lives: FrontDoor) -> None:
    assert "never resolved" in lives.refuses("rate", "1", "5", code=3)


def test_a_slip_put_right_brings_a_cancelled_ticket_back(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-06-01T09:00:00+02:00")
    lives("reopen", IN_STATE["cancelled"], "annulé par erreur")

    assert lives.ticket(IN_STATE["cancelled"])["state"] == "in_progress"


def test_a_cancellation_says_why(lives: FrontDoor) -> None:
    lives("cancel", "1", "--reason", "doublon", "Même panne que INC0000002.")

    assert lives.facts("1") == {"state": "cancelled", "reason": "duplicate"}
    assert lives.last_entry("1")["text"] == "Même panne que INC0000002."


@pytest.mark.parametrize(
    ("line", "goals"),
    [
        (("start", "1", "2"), ("in_progress", "in_progress")),
        (("log", "1", "3", "Coupure générale du réseau."), ("new", "in_progress")),
        (("resolve", "2", "3", "--cause", "unknown", "--action", "x"), ("resolved", "resolved")),
        (("cancel", "1", "2", "--reason", "error", "saisie en double"), ("cancelled", "cancelled")),
        (("assign", "1", "2", "--to", "Zoé"), ("assigned", "assigned")),
        (("edit", "1", "2", "--urgency", "high"), ("new", "assigned")),
    ],
)
def test_several_tickets_go_into_one_commit(lives: FrontDoor, line: tuple[str, ...], goals: tuple[str, str]) -> None:
    before = lives.commits()
    numbers = [word for word in line if word.isdigit()]

    lives(*line)

    assert lives.commits() == before + 1
    assert tuple(lives.ticket(number)["state"] for number in numbers) == goals
    assert [value for key, value in lives.trailers() if key == "Ticket"] == [f"INC000000{one}" for one in numbers]
    assert len(lives.committed_files()) == 2
    assert all(f"INC000000{number}" in lives.subject() for number in numbers)


def test_a_commit_of_several_tickets_says_of_each_what_happened_to_it(lives: FrontDoor) -> None:
    lives("resolve", "2", "3", "--cause", "unknown", "--action", "x")

    assert lives.subject() == "INC0000002: assigned → resolved; INC0000003: in_progress → resolved"
    moved = [lives("history", number, "--json").json["commits"][-1]["transition"] for number in ("2", "3")]
    assert moved == ["assigned → resolved", "in_progress → resolved"]


def test_a_move_that_one_of_several_tickets_refuses_happens_to_none(lives: FrontDoor) -> None:
    assert IN_STATE["closed"] in lives.refuses("start", "1", "2", IN_STATE["closed"], code=3)


def test_a_ticket_named_twice_is_written_once(lives: FrontDoor) -> None:
    lives("log", "1", "INC0000001", "#1", "une fois")

    assert [entry["text"] for entry in lives.ticket("1")["entries"]].count("une fois") == 1
