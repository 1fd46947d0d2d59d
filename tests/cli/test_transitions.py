"""Every move of a ticket's life from every state (design.md, section 3): allowed, it happens; else it is refused."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, STATES
from tests.cli.front_door import FrontDoor

# What makes each verb complete.
LINE = {
    "assign": ("--to", "Pierre MARTIN"),
    "escalate": (),
    "take": (),
    "start": (),
    "hold": ("--reason", "vendor"),
    "resume": (),
    "resolve": ("--cause", "unknown", "--action", "redémarrage"),
    "close": (),
    "reopen": ("la panne est revenue",),
    "cancel": ("--reason", "withdrawn", "plus besoin"),
}
# The table of the design, state by state: each verb that is allowed, and where it leads.
ALLOWED = {
    "new": {"assign": "assigned", "escalate": "assigned", "take": "assigned", "start": "in_progress"}
    | {"hold": "pending", "resolve": "resolved", "cancel": "cancelled"},
    "assigned": {"assign": "assigned", "escalate": "assigned", "start": "in_progress"}
    | {"hold": "pending", "resolve": "resolved", "cancel": "cancelled"},
    "in_progress": {"assign": "in_progress", "escalate": "in_progress", "take": "in_progress"}
    | {"hold": "pending", "resolve": "resolved", "cancel": "cancelled"},
    "pending": {"assign": "assigned", "escalate": "assigned", "take": "assigned", "resume": "in_progress"}
    | {"hold": "pending", "resolve": "resolved", "cancel": "cancelled"},
    "resolved": {"close": "closed", "reopen": "in_progress", "hold": "pending"},
    "closed": {"reopen": "in_progress"},
    "cancelled": {"reopen": "in_progress"},
}
MOVES = [(state, verb, goal) for state in STATES for verb, goal in ALLOWED[state].items()]
# What one holds already is neither taken nor refused by the table: there is nothing to do.
NOTHING_TO_DO = ("assigned", "take")
REFUSED = [
    (state, verb) for state in STATES for verb in LINE if verb not in ALLOWED[state] and (state, verb) != NOTHING_TO_DO
]
PUBLIC = {"start", "resolve", "close", "reopen"}


@pytest.mark.parametrize(("state", "verb", "goal"), MOVES)
def test_an_allowed_move_is_one_entry_and_one_commit(lives: FrontDoor, state: str, verb: str, goal: str) -> None:
    ticket_id, before = IN_STATE[state], lives.commits()
    old = len(lives.ticket(ticket_id)["entries"])

    lives(verb, ticket_id, *LINE[verb])

    ticket = lives.ticket(ticket_id)
    assert ticket["state"] == goal
    assert len(ticket["entries"]) == old + 1
    entry = ticket["entries"][-1]
    moved = [(change["old"], change["new"]) for change in entry["changes"] if change["key"] == "state"]
    assert moved == ([(state, goal)] if goal != state or verb == "hold" else [])
    assert entry["at"] == "2026-01-15T10:00:00+01:00"
    assert (entry["author"], entry["level"], entry["public"]) == ("Jean DUPONT", "N1", verb in PUBLIC)
    assert lives.commits() == before + 1
    assert lives.committed_files() == [lives.path(ticket_id).relative_to(lives.root).as_posix()]
    what = f"{state} → {goal}" if moved else verb
    assert lives.subject() == f"{ticket_id}: {what}"
    transition = [("Transition", what)] if moved else []
    assert lives.trailers() == [
        ("Ticket", ticket_id),
        *transition,
        ("Entry-By", "Jean DUPONT <jean.dupont@entreprise.fr>"),
        ("Clock", "frozen"),
    ]


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_a_refused_move_names_the_allowed_ones_and_changes_nothing(lives: FrontDoor, state: str, verb: str) -> None:
    said = lives.refuses(verb, IN_STATE[state], *LINE[verb], code=3)

    assert IN_STATE[state] in said
    handing = {"assign", "escalate", "take"}
    if verb in handing:
        assert "`tkt reopen` comes first" in said
    else:
        for allowed in set(ALLOWED[state]) - handing:
            assert f"{allowed} (→ " in said
        for other in set(LINE) - handing - set(ALLOWED[state]):
            assert f"{other} (→ " not in said


def test_a_handover_that_changes_nothing_and_says_nothing_is_no_entry(lives: FrontDoor) -> None:
    state, verb = NOTHING_TO_DO

    assert "nothing to change" in lives.refuses(verb, IN_STATE[state], code=2)


def test_the_desks_check_finds_no_error_after_every_move(lives: FrontDoor) -> None:
    for state, verb in [(state, next(iter(ALLOWED[state]))) for state in STATES]:
        lives(verb, IN_STATE[state], *LINE[verb])

    assert lives("check", "--json").json["errors"] == 0


@pytest.mark.parametrize(
    ("state", "line", "missing"),
    [
        ("new", ("resolve",), ["--cause", "--action"]),
        ("new", ("resolve", "--cause", "unknown"), ["--action"]),
        ("new", ("resolve", "--action", "redémarrage", "--cause", "  "), ["--cause"]),
        ("new", ("hold",), ["--reason"]),
        ("new", ("hold", "--reason", "other"), ["TEXT"]),
        ("new", ("cancel",), ["--reason", "TEXT"]),
        ("new", ("cancel", "--reason", "spam"), ["TEXT"]),
        ("resolved", ("reopen",), ["TEXT"]),
        ("cancelled", ("reopen",), ["TEXT"]),
        ("new", ("log",), ["TEXT"]),
        ("new", ("log", "-m", " \n "), ["TEXT"]),
        ("new", ("assign",), ["--to"]),
    ],
)
def test_what_a_move_needs_is_listed_at_once(
    lives: FrontDoor, state: str, line: tuple[str, ...], missing: list[str]
) -> None:
    verb, *options = line

    said = lives.refuses(verb, IN_STATE[state], *options, code=2)

    assert [option for option in ("--cause", "--action", "--reason", "--to", "TEXT") if option in said] == missing


def test_a_request_is_resolved_by_an_action_alone(tkt: FrontDoor) -> None:
    ticket_id = tkt("new", "Nouvelle souris", "-r", "Marie MARTIN", "--type", "request").out.strip()

    tkt("resolve", ticket_id, "--action", "souris livrée")

    assert tkt.ticket(ticket_id)["action"] == "souris livrée"
    assert tkt.ticket(ticket_id)["cause"] is None


def test_other_with_words_is_a_reason_to_wait(lives: FrontDoor) -> None:
    lives("hold", IN_STATE["new"], "--reason", "other", "coupure de courant")

    assert lives.facts(IN_STATE["new"])["reason"] == "other"


def test_a_closed_ticket_is_reopened_until_the_window_ends(lives: FrontDoor, clock) -> None:
    # Resolved on Thursday 15 January at 09:30; the seventh working day after is Monday 26.
    clock("2026-01-26T09:30:00+01:00")
    lives("reopen", IN_STATE["closed"], "la panne est revenue")

    assert lives.ticket(IN_STATE["closed"])["state"] == "in_progress"


def test_past_the_window_a_closed_ticket_stays_closed_and_a_linked_new_one_is_proposed(lives: FrontDoor, clock) -> None:
    clock("2026-01-26T09:30:01+01:00")

    said = lives.refuses("reopen", IN_STATE["closed"], "la panne est revenue", code=3)

    assert "2026-01-26 09:30" in said and "7bd" in said
    assert (
        f"tkt new 'Imprimante bloquée (closed)' --requester 'Marie MARTIN' --link related-to:{IN_STATE['closed']}"
        in said
    )


def test_a_resolved_ticket_is_reopened_at_any_time(lives: FrontDoor, clock) -> None:
    clock("2026-03-15T09:30:00+01:00")
    lives("reopen", IN_STATE["resolved"], "la panne est revenue")

    assert lives.ticket(IN_STATE["resolved"])["state"] == "in_progress"


def test_a_ticket_may_wait_for_another_reason(lives: FrontDoor) -> None:
    lives("hold", IN_STATE["pending"], "--reason", "vendor", "--ref", "SR-4711")

    assert lives.facts(IN_STATE["pending"]) == {"state": "pending", "reason": "vendor", "ref": "SR-4711"}


def test_a_desk_may_forbid_a_move_of_its_own(lives: FrontDoor) -> None:
    settings = (lives.root / "tkt.yaml").read_text(encoding="utf-8")
    changed = settings.replace("assigned, in_progress, pending, resolved, cancelled]", "assigned, cancelled]", 1)
    (lives.root / "tkt.yaml").write_text(changed, encoding="utf-8")
    lives.commit("a stricter workflow")

    said = lives.refuses("start", IN_STATE["new"], code=3)

    assert "assign (→ Assigned), cancel (→ Cancelled)" in said
