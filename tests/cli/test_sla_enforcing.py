"""`tkt sla enforce`: each rule once for a ticket, by nobody's hand, wherever and however often it is run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.clones import Clones, opened
from tests.cli.conftest import IN_STATE, Clock, copied
from tests.cli.front_door import FrontDoor, command, surroundings
from tests.torture import reached, scaled
from tkt.domain.identifier import make_id

# Of P3: two hours to answer, 24 to solve. Every ticket of these tests is opened at 09:15.
HALF_OF_RESPONSE = "2026-01-15T10:15:00+01:00"
SOON_AFTER = "2026-01-15T10:20:00+01:00"
RAISE = "{name: half, clock: response, at: 50%, do: {level: N2}}"


def rules(*lines: str) -> str:
    return f"escalation: [{', '.join(lines)}]"


def say(words: str = "still open", *, public: bool = False, name: str = "half", do: str = "") -> str:
    said = f'say: "{words}", public: {str(public).lower()}'
    return f"{{name: {name}, clock: response, at: 50%, do: {{{do}{said}}}}}"


@pytest.fixture
def late(tkt: FrontDoor, ticket: str, clock: Clock) -> str:
    """A ticket, five minutes past half of its response time."""
    clock(SOON_AFTER)
    return ticket


def test_a_rule_is_applied_as_an_entry_of_nobodys_at_the_moment_it_was_reached(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules("{name: half, clock: response, at: 50%, do: {level: N2, tags: [hot]}}"))
    answer = tkt("sla", "enforce")
    assert answer.out == f"{late}: escalation half (2026-01-15 10:15): Escalated to N2; tags: +hot\n"
    assert answer.err == "1 entry written.\n"
    entry = tkt.last_entry(late)
    assert (entry["at"], entry["author"], entry["level"], entry["public"]) == (HALF_OF_RESPONSE, "tkt", None, False)
    assert tkt.facts(late) == {"level": "N2", "automatic": "escalation half"}
    assert (tkt.ticket(late)["level"], tkt.ticket(late)["tags"]) == ("N2", ["hot"])
    assert tkt.subject() == f"{late}: escalation half"
    assert ("Entry-By", "tkt") in tkt.trailers()
    tkt("check", "--strict", code=1)  # for the description that it lacks, and for nothing of the rule's
    assert "tkt" not in {one["message"] for one in tkt("check", "--json").json["findings"]}
    tkt("check", "--history", "--strict")


def test_a_rule_is_applied_once_and_running_it_again_does_nothing(tkt: FrontDoor, late: str, clock: Clock) -> None:
    tkt.setting(rules(RAISE))
    tkt("sla", "enforce")
    tkt("assign", late, "--to", "Jean DUPONT", "--level", "N1")
    for moment in (SOON_AFTER, "2026-01-15T10:25:00+01:00", "2026-01-16T10:20:00+01:00"):
        clock(moment)
        with tkt.untouched():
            answer = tkt("sla", "enforce")
        assert (answer.out, answer.err) == ("", "Nothing to do.\n")
    assert tkt.ticket(late)["level"] == "N1"


def test_before_its_point_a_rule_does_nothing(tkt: FrontDoor, ticket: str, clock: Clock) -> None:
    tkt.setting(rules(RAISE))
    clock("2026-01-15T10:14:59+01:00")
    with tkt.untouched():
        tkt("sla", "enforce")
    clock(HALF_OF_RESPONSE)
    assert tkt("sla", "enforce").out.startswith(ticket)


def test_a_dry_run_says_it_all_and_writes_nothing(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(RAISE, say(name="said")))
    with tkt.untouched():
        dry = tkt("sla", "enforce", "--dry-run")
    assert dry.err == "2 entries would be written.\n"
    assert tkt("sla", "enforce").out == dry.out


def test_without_rules_it_says_so(tkt: FrontDoor, late: str) -> None:
    with tkt.untouched():
        assert tkt("sla", "enforce").err == "Nothing to do: tkt.yaml has no escalation rules.\n"


def test_only_what_differs_is_changed_and_the_level_never_falls(tkt: FrontDoor, late: str) -> None:
    tkt("assign", late, "--to", "Zoé LENOIR")
    tkt("edit", late, "--tag", "hot")
    tkt.setting(rules("{name: half, clock: response, at: 50%, do: {level: N2, group: Réseau, tags: [hot]}}"))
    with tkt.untouched():
        assert tkt("sla", "enforce").err == "Nothing to do.\n"


def test_words_are_written_though_nothing_changes(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(say("{id} of {priority}, {title}: due {due} ({rule})", do="level: N1, ")))
    tkt("sla", "enforce")
    entry = tkt.last_entry(late)
    assert entry["text"] == f"{late} of P3, Outlook 365 - Impossible d'envoyer: due 2026-01-15 11:15 (half)"
    assert tkt.facts(late) == {"automatic": "escalation half"}


def test_whoever_is_assigned_brings_group_and_level(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules("{name: half, clock: response, at: 50%, do: {assign: Zoé LENOIR}}"))
    tkt("sla", "enforce")
    one = tkt.ticket(late)
    assert (one["assignee"], one["level"], one["group"], one["state"]) == ("Zoé LENOIR", "N3", "Réseau", "assigned")


def test_a_ticket_given_to_a_group_is_nobodys_there_and_one_that_is_raised_keeps_its_holder(
    tkt: FrontDoor, late: str
) -> None:
    tkt("assign", late, "--to", "Pierre MARTIN")
    raised = "{name: raised, clock: response, at: 50%, do: {level: N3}}"
    tkt.setting(rules(raised))
    tkt("sla", "enforce")
    assert (tkt.ticket(late)["level"], tkt.ticket(late)["assignee"]) == ("N3", "Pierre MARTIN")
    tkt.setting(rules(raised, "{name: given, clock: response, at: 50%, do: {group: Réseau}}"))
    tkt("sla", "enforce")
    assert (tkt.ticket(late)["group"], tkt.ticket(late)["assignee"]) == ("Réseau", None)


@pytest.mark.parametrize("do", ["", "assign: Jean DUPONT, ", "level: N2, group: Réseau, tags: [hot], "])
def test_the_automatic_author_never_stops_a_response_clock(tkt: FrontDoor, late: str, clock: Clock, do: str) -> None:
    tkt.setting(rules(say("We are on it.", public=True, do=do)))
    assert "said to the requester" in tkt("sla", "enforce").out
    assert tkt.last_entry(late)["public"]
    assert tkt.ticket(late)["clocks"]["response"]["stopped_at"] is None
    clock("2026-01-15T11:15:01+01:00")
    assert tkt.ticket(late)["clocks"]["response"]["verdict"] == "breached"


def test_a_pending_ticket_stays_pending_whoever_is_given_it(tkt: FrontDoor, late: str, clock: Clock) -> None:
    tkt("hold", late, "--reason", "user", "--internal")
    before = tkt.ticket(late)["clocks"]["resolution"]
    tkt.setting(rules(say("Still waiting for you.", public=True, do="assign: Zoé LENOIR, level: N3, ")))
    tkt("sla", "enforce")
    after = tkt.ticket(late)
    assert (after["state"], after["assignee"], after["level"]) == ("pending", "Zoé LENOIR", "N3")
    assert after["clocks"]["resolution"] == before and before["verdict"] == "paused"


def test_closed_resolved_and_cancelled_tickets_are_left_alone(lives: FrontDoor, clock: Clock) -> None:
    lives.setting(rules('{name: over, clock: resolution, at: breach, do: {say: "over"}}'))
    clock("2026-01-20T10:00:00+01:00")
    written = lives("sla", "enforce", "--json").json["written"]
    assert [one["id"] for one in written] == [IN_STATE[state] for state in ("new", "assigned", "in_progress")]


def test_what_a_rule_does_may_bring_a_ticket_to_the_next(tkt: FrontDoor, late: str) -> None:
    given = "{name: given, clock: response, at: 50%, when: {tags: [hot]}, do: {group: Réseau}}"
    tkt.setting(rules(given, "{name: hot, clock: response, at: 50%, do: {tags: [hot]}}"))
    assert [one["rule"] for one in tkt("sla", "enforce", "--json").json["written"]] == [
        "escalation hot",
        "escalation given",
    ]
    assert [entry["ordinal"] for entry in tkt.ticket(late)["entries"]] == [1, 1, 2]
    assert tkt.subject() == f"{late}: new → assigned"


def test_a_hostile_title_is_words_and_nothing_else(tkt: FrontDoor, late: str) -> None:
    data = tkt.data(late).replace(
        b"title: Outlook 365 - Impossible d'envoyer", b'''title: "### {due}\\n- state: closed\\e[31m"'''
    )
    tkt.put(late, data)
    tkt.setting(rules(say("{title}")))
    answer = tkt("sla", "enforce")
    assert "\x1b" not in answer.out + answer.err
    assert tkt.ticket(late)["state"] == "new"
    assert tkt.last_entry(late)["text"].startswith("### {due} - state: closed")


def test_a_file_that_cannot_be_written_is_named_and_stops_no_other(tkt: FrontDoor, clock: Clock) -> None:
    ids = [opened(tkt, f"Panne {number}") for number in range(4)]
    tkt.setting(rules(RAISE))
    clock(SOON_AFTER)
    dirty, unsound = ids[1], ids[2]
    tkt.put(unsound, tkt.data(unsound).replace(b"state: new", b"state: closed", 1))
    tkt.path(dirty).write_bytes(tkt.data(dirty) + b"\nby hand\n")
    answer = tkt("sla", "enforce", code=3)
    assert [line.split(":")[0] for line in answer.lines] == [ids[0], ids[3]]
    assert f"{dirty} left out: tickets/INC0000xxx/{dirty}.md has changes that are not committed" in answer.err
    assert tkt.data(dirty).endswith(b"by hand\n")


def test_a_file_that_cannot_be_read_is_named_too(tkt: FrontDoor, clock: Clock) -> None:
    ids = [opened(tkt, f"Panne {number}") for number in range(2)]
    tkt.setting(rules(RAISE))
    clock(SOON_AFTER)
    tkt.put(ids[0], b"no ticket")
    answer = tkt("sla", "enforce", code=5)
    assert answer.out.startswith(ids[1]) and f"{ids[0]} left out: " in answer.err
    tkt("sla", "enforce", "--dry-run")  # it has looked, and that is all


def test_one_run_is_one_commit_and_does_not_touch_what_one_touched_last(tkt: FrontDoor, clock: Clock) -> None:
    ids = [opened(tkt, f"Panne {number}") for number in range(3)]
    tkt.setting(rules(RAISE))
    tkt("log", ids[0], "un mot")
    clock(SOON_AFTER)
    before = tkt.commits()
    tkt("sla", "enforce")
    assert tkt.commits() == before + 1
    assert sorted(tkt.committed_files()) == [str(tkt.path(one).relative_to(tkt.root)) for one in ids]
    assert tkt.subject() == f"{', '.join(ids)}: escalation half"
    assert tkt.ticket("@")["id"] == ids[0]


def test_without_a_commit_the_files_are_written_all_the_same(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(RAISE))
    before = tkt.commits()
    tkt("sla", "enforce", "--no-commit")
    assert (tkt.commits(), tkt.ticket(late)["level"]) == (before, "N2")
    tkt.git("commit", "--quiet", "--all", "-m", "by hand: no author of entries is named", f"--date={SOON_AFTER}")
    tkt("check", "--history")


def test_further_back_than_entries_may_reach_it_is_now(tkt: FrontDoor, ticket: str, clock: Clock) -> None:
    tkt.setting(rules(RAISE))
    clock("2026-01-15T10:48:12+01:00")
    tkt("sla", "enforce")
    assert tkt.last_entry(ticket)["at"] == "2026-01-15T10:45:00+01:00"
    tkt("check", "--history", "--strict")


def test_an_entry_never_stands_before_the_last(tkt: FrontDoor, ticket: str, clock: Clock) -> None:
    tkt.setting(rules(RAISE))
    clock("2026-01-15T10:18:00+01:00")
    tkt("log", ticket, "un mot")
    clock(SOON_AFTER)
    tkt("sla", "enforce")
    assert tkt.last_entry(ticket)["at"] == "2026-01-15T10:18:00+01:00"
    assert tkt.last_entry(ticket)["ordinal"] == 2


def test_the_automatic_author_has_the_name_of_the_settings_and_is_nobodys_personal_data(
    tkt: FrontDoor, late: str
) -> None:
    tkt.setting(rules(RAISE), "automatic_author: Robot du support")
    tkt("sla", "enforce")
    assert tkt.last_entry(late)["author"] == "Robot du support"
    tkt("check", "--history", "--strict")
    assert "knows nobody" in tkt("privacy", "export", "Robot", code=4).err


def test_the_document_says_what_was_written_and_what_was_left_out(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(RAISE))
    document = tkt("sla", "enforce", late, "--json").json
    (written,) = document["written"]
    assert (document["version"], document["now"], document["dry_run"]) == (1, SOON_AFTER, False)
    assert document["left_out"] == []
    assert written == {
        "id": late,
        "title": "Outlook 365 - Impossible d'envoyer",
        "rule": "escalation half",
        "reached_at": HALF_OF_RESPONSE,
        "entry": tkt.last_entry(late),
    }


def test_an_unknown_ticket_is_refused(tkt: FrontDoor) -> None:
    tkt.setting(rules(RAISE))
    assert "INC0000009" in tkt.refuses("sla", "enforce", "INC0000009", code=4)


def test_two_clones_that_enforce_the_same_write_the_same_and_one_entry_stands(
    founded: Path, tmp_path: Path, clock: Clock
) -> None:
    clock("2026-01-15T09:15:00+01:00")
    words = say("{id}, {title}: {due}", public=True, do="assign: Zoé LENOIR, tags: [hot], ")
    clones = Clones(tmp_path, founded, rules(words))
    one = opened(clones.first)
    clones.first.git("push", "--quiet")
    other = clones.clone("other")
    other.git("config", "user.name", "Paula MARTINEZ")
    clock("2026-01-15T10:16:00+01:00")
    clones.first("sla", "enforce", "--lang", "fr")
    clock("2026-01-15T10:21:00+01:00")
    other("sla", "enforce")
    assert clones.first.data(one) == other.data(one)
    for desk in (clones.first, other, clones.first):
        desk("sync")
    assert len(clones.first.ticket(one)["entries"]) == 2
    for desk in (clones.first, other):
        assert desk.data(one) == other.data(one)
        assert {finding["rule"] for finding in desk("check", "--json").json["findings"]} <= LACKING
        desk("check", "--history", "--strict")
        with desk.untouched():
            assert desk("sla", "enforce").err == "Nothing to do.\n"


# What the tickets of these tests lack to be good ones.
LACKING = {"missing-asset", "missing-category", "no-description"}


def test_two_that_were_both_too_late_agree_within_five_minutes(founded: Path, tmp_path: Path, clock: Clock) -> None:
    """A rule that is new to the desk is reached by old tickets, and the next run of two places is at about one time."""
    clock("2026-01-15T09:15:00+01:00")
    clones = Clones(tmp_path, founded, rules(RAISE))
    one = opened(clones.first)
    clones.first.git("push", "--quiet")
    other = clones.clone("other")
    clock("2026-01-15T15:00:03+01:00")
    clones.first("sla", "enforce")
    clock("2026-01-15T15:04:59+01:00")
    other("sla", "enforce")
    assert clones.first.data(one) == other.data(one)


def test_two_on_either_side_of_a_change_of_clocks_write_the_same(tkt: FrontDoor, tmp_path: Path, clock: Clock) -> None:
    """In the night of 25 October 2026 the clocks of Paris show 02:45 twice."""
    tkt.setting(rules(say("due {due}")))
    clock("2026-10-25T01:45:00+02:00")
    ticket = opened(tkt)
    other = FrontDoor(copied(tkt.root, tmp_path / "other"))
    for desk, moment in ((tkt, "2026-10-25T02:50:00+02:00"), (other, "2026-10-25T02:10:00+01:00")):
        clock(moment)
        desk("sla", "enforce")
    assert tkt.data(ticket) == other.data(ticket)
    assert tkt.last_entry(ticket)["at"] == "2026-10-25T02:45:00+02:00"
    assert tkt.last_entry(ticket)["text"] == "due 2026-10-25 02:45"  # of the winter hour


def test_a_clock_that_rests_has_no_due_instant_to_tell(tkt: FrontDoor, ticket: str, clock: Clock) -> None:
    tkt.setting(rules('{name: r, clock: resolution, at: 1%, do: {say: "due {due}"}}'))
    clock("2026-01-15T09:40:00+01:00")
    tkt("hold", ticket, "--reason", "user")
    tkt("sla", "enforce")
    assert tkt.last_entry(ticket)["text"] == "due –"


def test_where_the_commit_fails_nothing_is_written(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(RAISE))
    tkt.hook("pre-commit", "exit 1")
    with tkt.untouched():
        tkt("sla", "enforce", code=7)


def test_a_desk_of_a_newer_format_is_looked_at_and_not_written(tkt: FrontDoor, late: str) -> None:
    tkt.setting(rules(RAISE), "format: 2")
    tkt.refuses("sla", "enforce", code=3)
    assert tkt("sla", "enforce", "--dry-run").out.startswith(late)


def test_two_that_do_not_agree_leave_nothing_to_settle(founded: Path, tmp_path: Path, clock: Clock) -> None:
    clock("2026-01-15T09:15:00+01:00")
    clones = Clones(tmp_path, founded, rules("{name: half, clock: response, at: 50%, do: {assign: Zoé LENOIR}}"))
    one = opened(clones.first)
    clones.first.git("push", "--quiet")
    other = clones.clone("other")
    for desk, moment in ((clones.first, "2026-01-15T15:00:00+01:00"), (other, "2026-01-15T15:20:00+01:00")):
        clock(moment)
        desk("sla", "enforce")
    clones.first("sync")
    assert "settle" not in other("sync").out
    assert len(other.ticket(one)["entries"]) == 3 and other.ticket(one)["unsettled"] == []
    assert {finding["rule"] for finding in other("check", "--json").json["findings"]} <= LACKING
    assert other("sla", "enforce").err == "Nothing to do.\n"


def test_two_processes_at_once_apply_a_rule_once(tkt: FrontDoor, clock: Clock) -> None:
    ids = [opened(tkt, f"Panne {number}") for number in range(3)]
    tkt.setting(rules(RAISE, say(name="said")))
    clock(SOON_AFTER)
    processes = [
        subprocess.Popen(
            command("sla", "enforce"), cwd=tkt.root, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert sum(len(out.splitlines()) for out, _err in told) == 2 * len(ids)
    assert [len(tkt.ticket(one)["entries"]) for one in ids] == [3, 3, 3]
    tkt("check", "--history", "--strict")


def test_many_tickets_are_several_commits_and_each_rule_is_applied_once(
    tkt: FrontDoor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, a_commit = scaled(7, 1000), scaled(3, 200)
    monkeypatch.setattr("tkt.desk.automatic._A_COMMIT", a_commit)
    first = opened(tkt)
    data = tkt.data(first)
    for number in range(2, count + 1):
        one = make_id("INC", number)
        tkt.path(one).parent.mkdir(parents=True, exist_ok=True)
        tkt.path(one).write_bytes(data.replace(first.encode(), one.encode()))
    tkt.commit("many")
    tkt.setting(rules(RAISE))
    clock(SOON_AFTER)
    before = tkt.commits()
    dirty = tkt.path(make_id("INC", count - 1))
    dirty.write_bytes(data.replace(first.encode(), dirty.stem.encode()) + b"\n")
    assert len(tkt("sla", "enforce", code=3).lines) == count - 1
    assert tkt.commits() == before + -(-count // a_commit)
    tkt.git("checkout", "--quiet", "--", str(dirty))
    assert tkt("sla", "enforce").lines[0].startswith(dirty.stem)
    with tkt.untouched():
        tkt("sla", "enforce")
    applied = [tkt.data(make_id("INC", number)).count(b"- automatic: escalation ") for number in range(1, count + 1)]
    lost, twice = applied.count(0), sum(times > 1 for times in applied)
    reached("escalations-of-many-tickets", tickets=count, lost=lost, twice=twice)
    assert (lost, twice) == (0, 0)
