"""The JSON documents are those that docs/json.md describes, key by key, and its examples are what comes out."""

from __future__ import annotations

import json
import re
import signal
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.columns.rows import NOON, row
from tests.presentation.course import (
    at,
    commit,
    course_entries,
    holding,
    make_entry,
    make_ticket,
    opening,
    running,
)
from tests.presentation.explained import NOW, PARIS, eventful, told
from tests.presentation.opened import DAYS, EVERY
from tests.presentation.report import drawn
from tests.presentation.reviewed import untouched
from tests.presentation.sealed import CHANGED, CREATED, SEAL
from tests.presentation.simulated import simulation
from tkt import errors
from tkt.columns.catalogue import COLUMNS
from tkt.columns.layout import Layout
from tkt.desk.calculating import Calculation, Worked
from tkt.domain.automatic import Act, LeftOut, Run, Written
from tkt.domain.contact import Contact
from tkt.domain.entry import FieldChange, SetChange
from tkt.domain.exchange import Exchange, Passage, Waiting
from tkt.domain.finding import Finding
from tkt.domain.follow_up import FollowUp
from tkt.domain.happening import Activity, Happening
from tkt.domain.passages import Marked, TicketPassage
from tkt.domain.personal_data import Commits, PersonalData, Share, Subject
from tkt.domain.queues import DEFAULT_QUEUES, Counted
from tkt.domain.settings import Agent
from tkt.domain.ticket import Ticket
from tkt.metrics.flow.counting import measure_flow
from tkt.metrics.scorecard import Indicator, OlaFigures, Period, Scorecard
from tkt.metrics.seal import Verification
from tkt.presentation import json_form
from tkt.presentation.clocks.annotations import gitlab_report
from tkt.presentation.clocks.automatic_run import run_json
from tkt.presentation.clocks.calculation import calculation_json
from tkt.presentation.clocks.calendar_json import calendar_days_json, calendars_json
from tkt.presentation.exchange_json import exchange_json
from tkt.presentation.explanation.json import explanation_json
from tkt.presentation.flow.flow_json import flow_json
from tkt.presentation.json_form import dump
from tkt.presentation.list_json import list_json
from tkt.presentation.passages import search_json
from tkt.presentation.privacy_json import personal_data_json
from tkt.presentation.queues import queues_json
from tkt.presentation.report.frames import report_json
from tkt.presentation.seals_json import seals_json, verifications_json
from tkt.presentation.shift.shift_json import activity_json, handover_json
from tkt.presentation.simulation import Sides
from tkt.presentation.simulation_json import simulation_json
from tkt.query.candidate import Candidate
from tkt.service_level.period import Span
from tkt.service_level.reading import Clocks, HoldingReading
from tkt.service_level.shift import Due, Handover, Held
from tkt.service_level.stopwatch import read_timeline

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
START = at("01T00:00")
JANUARY = Period(START, START + timedelta(days=31), "Europe/Paris")
EXERCISE_2 = {
    "fcr": Indicator("fcr", 130 / 185, 130.0, 185, "rate", ">70%", True),
    "mttr_seconds": Indicator("mttr_seconds", 14400.0, 740 * 3600.0, 185, "seconds", "<4h", False),
}
OF_MESSAGING = OlaFigures("messaging", "group", "Messagerie", EXERCISE_2)
FINDING = Finding(
    "tickets/INC0012xxx/INC0012345.md",
    18,
    "error",
    "replay",
    "state is closed here and resolved in the journal",
    "write resolved",
)


WORKED = Worked(START.date(), (Span(0, 30600),), (), 30600, 30600)
CALCULATED = calculation_json(Calculation("office", START, at("02T00:00"), 30600, days=(WORKED,)), UTC)
MARKS = gitlab_report([(make_ticket(), running("response", 2, 1), FINDING.path, 18)], "", UTC, START)


WHOLE = ("ola", "description", "actions", "unsettled", "entries")

SEALS = seals_json([SEAL])
VERIFIED = verifications_json([Verification(SEAL, figures=(CREATED,), tickets=(CHANGED,))])

EXCHANGE = Exchange("main", Waiting(0), "origin", "main", (Passage("INC0012345", "Outlook", "new", "resolved", 2),))


SEARCHED = search_json([(make_ticket(), [Marked(TicketPassage("title", "Outlook"), ((0, 7),))])], 1, [("outlok", "")])

EXPORTED = personal_data_json(
    PersonalData(
        START,
        Subject(("Marie MARTIN",)),
        (Contact("Marie MARTIN"),),
        (Agent("Marie MARTIN"),),
        (Share(make_ticket(), ("mentioned",), (), (), ()),),
        Commits(1, START, START),
    )
)


SIMULATED = simulation_json(simulation(), simulation().differing, Sides("tkt.yaml", "other.yaml"))


HELD = HoldingReading("group", NOW, None, told(eventful()).reading._replace(policy="messaging", holder="Messagerie"))
EXPLAINED = explanation_json(
    eventful(), "tickets/INC0012xxx/INC0012345.md", [told(eventful())], NOW, PARIS, [(HELD, told(eventful()))]
)
RESOLUTION = EXPLAINED["clocks"]["resolution"]


CALENDAR = calendars_json(EVERY)["calendars"][0]

ACT = Act("autoclose", START, (FieldChange("state", "closed", "resolved"),))
RAN = run_json(
    Run(
        (Written(make_ticket(), ACT, make_entry("09:30", "tkt", *ACT.changes)),),
        (LeftOut("INC0012346", errors.RuleRefuses("not committed")),),
    ),
    START,
    dry_run=True,
)

FLOW = flow_json(
    measure_flow([make_ticket(*course_entries(), state="closed")], replace(JANUARY, open_end=True), "state")
)
OPENED = Happening(make_ticket(opening()), opening(), 1)
HAPPENED = activity_json(Activity(START, at("10:00"), (OPENED,)), [OPENED])
OWED = FollowUp("silent", at("09:15"), opening())
PASSED = Held(
    make_ticket(opening()), Clocks(running("response", 2, 1), running("resolution", 2, 1)), opening(), (OWED,)
)
HANDED = handover_json(
    Handover(at("10:00"), START, at("18:00"), {"": (PASSED,)}, (Due(PASSED, "response", at("11:00")),), {"opened": 1})
)


def documented(heading: str) -> list[str]:
    """The keys of the first table under a heading, in order."""
    section = re.split(rf"^#+ {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    return re.findall(r"^\| `([a-z0-9_]+)` \|", re.split(r"^#", section, flags=re.MULTILINE)[0], flags=re.MULTILINE)


def example(name: str) -> str:
    return re.search(rf"```json {name}\n(.*?)```", PAGE, flags=re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture
def whole(course_clocks: Clocks) -> dict[str, Any]:
    """The document of a ticket that has one of everything."""
    ticket = make_ticket(
        opening(),
        make_entry("09:30", "Zoé", FieldChange("state", "assigned", "in_progress"), SetChange("tags", ("vip",))),
        tags=("vip",),
        links=("caused-by:PRB0000007",),
        x_lease="2027",
    )
    return json_form.ticket_json(ticket, course_clocks, [holding()])


def test_the_documented_keys_are_those_that_come_out(whole: dict[str, Any], open_clocks: Clocks) -> None:
    ticket = whole["ticket"]
    entry = ticket["entries"][1]
    by_state = Layout(by=COLUMNS["state"])
    listed = list_json(by_state, by_state.sections([row()]), 1)
    review = json_form.review_json("0123", "4567", [untouched(attachments=(("trace.log", "added"),))])
    found = {
        "`tkt show ID --json`": whole,
        "Whole ticket": {key: ticket[key] for key in WHOLE},
        "Ticket": {key: value for key, value in ticket.items() if key not in WHOLE},
        "Unsettled field": ticket["unsettled"][0],
        "Move": ticket["unsettled"][0]["moves"][0],
        "Requester": ticket["requester"],
        "Link": ticket["links"][0],
        "Clocks": ticket["clocks"],
        "Clock": ticket["clocks"]["response"],
        "Holding": ticket["ola"][0],
        "`tkt sla explain ID --json`": EXPLAINED,
        "Explained clock": RESOLUTION,
        "Explained holding": EXPLAINED["ola"][0],
        "Terms": RESOLUTION["terms"],
        "Considered policy": RESOLUTION["policies"][0],
        "Condition": RESOLUTION["policies"][0]["conditions"][0],
        "Marks": RESOLUTION["marks"],
        "Held priority": RESOLUTION["priorities"][0],
        "Breach": RESOLUTION["breach"],
        "Account": RESOLUTION["breach"]["account"],
        "Interval": RESOLUTION["intervals"][0],
        "Sum of intervals": RESOLUTION["sums"][0],
        "Place in the journal": RESOLUTION["priorities"][1]["by"][0],
        "Entry": entry,
        "`tkt sla enforce --json`, `tkt autoclose --json`": RAN,
        "Automatic entry": RAN["written"][0],
        "Ticket left out": RAN["left_out"][0],
        "Field change": entry["changes"][0],
        "Set change": entry["changes"][1],
        "`tkt search TEXT --json`": SEARCHED,
        "Hit": SEARCHED["hits"][0],
        "Found passage": SEARCHED["hits"][0]["passages"][0],
        "Missing word": SEARCHED["missing"][0],
        "`tkt list --json`, `tkt queue NAME --json`": listed,
        "Section of a list": listed["groups"][0],
        "`tkt queue --json`": queues_json([]),
        "Queue": queues_json([Counted(DEFAULT_QUEUES["mine"], 0, 0, 0)])["queues"][0],
        "`tkt check --json`, `tkt check --history --json`, `tkt check --staged --json`": json_form.findings_json(
            [FINDING]
        ),
        "`tkt hooks show --json`": json_form.hooks_json([("pre-push", "absent", "/x")]),
        "Hook": json_form.hooks_json([("pre-push", "absent", "/x")])["hooks"][0],
        "Finding": json_form.findings_json([FINDING])["findings"][0],
        "`tkt kpi --json`": json_form.scorecard_json(Scorecard(JANUARY, EXERCISE_2)),
        "Period": json_form.scorecard_json(Scorecard(JANUARY, EXERCISE_2))["period"],
        "Figures of an OLA": json_form.scorecard_json(Scorecard(JANUARY, {}, olas=[OF_MESSAGING]))["ola"][0],
        "Indicator": json_form.scorecard_json(Scorecard(JANUARY, EXERCISE_2))["kpi"]["fcr"],
        "`tkt report --json`": report_json(drawn.WHOLE, PARIS),
        "`tkt history ID --json`": json_form.history_json("INC0012345", [commit()]),
        "Commit": json_form.history_json("INC0012345", [commit()])["commits"][0],
        "Person": json_form.history_json("INC0012345", [commit()])["commits"][0]["author"],
        "`tkt sla check --json`, `tkt sla status --json`": json_form.sla_json([], at("10:30")),
        "`tkt sla simulate --settings FILE --json`": SIMULATED,
        "Two settings": SIMULATED["settings"],
        "Version to come": SIMULATED["to_come"][0],
        "Compliance": SIMULATED["compliance"][0],
        "Kept": SIMULATED["compliance"][0]["before"],
        "Endings": SIMULATED["breached"],
        "Both sides": SIMULATED["breached"]["open"],
        "Change of verdict": SIMULATED["changes"][0],
        "Differing clock": SIMULATED["tickets"][0],
        "`tkt calendar list --json`": calendars_json(EVERY),
        "Calendar": CALENDAR,
        "Calendar version": CALENDAR["versions"][1],
        "Closed days": CALENDAR["versions"][1]["closed"][0],
        "Days with hours of their own": CALENDAR["versions"][1]["open"][0],
        "`tkt calendar show --json`": calendar_days_json("office", DAYS),
        "Calendar day": CALENDAR["closed_next"][0],
        "`tkt sync --json`": exchange_json(EXCHANGE),
        "`tkt seal --list --json`": SEALS,
        "Seal": SEALS["seals"][0],
        "Sealed figure": SEALS["seals"][0]["kpi"]["created"],
        "`tkt seal --verify --json`": VERIFIED,
        "Verified seal": VERIFIED["seals"][0],
        "Departed figure": VERIFIED["seals"][0]["figures"][0],
        "Differing ticket": VERIFIED["seals"][0]["tickets"][0],
        "Passage": exchange_json(EXCHANGE)["in"][0],
        "`tkt review RANGE --json`": review,
        "Reviewed ticket": review["tickets"][0],
        "Attachment": review["tickets"][0]["attachments"][0],
        "Both sides' clocks": review["tickets"][0]["clocks"],
        "`tkt privacy export WHO --format json`": EXPORTED,
        "Known person": EXPORTED["person"],
        "Directory line": EXPORTED["directory"][0],
        "Listed agent": EXPORTED["agents"][0],
        "Commits by address": EXPORTED["commits"],
        "Share in a ticket": EXPORTED["tickets"][0],
        "`tkt sla check --format gitlab`": gitlab_report([], "", UTC, START),
        "Mark": MARKS[0],
        "`tkt sla due DURATION --json`, `tkt sla elapsed START END --json`": CALCULATED,
        "Day of the working": CALCULATED["days"][0],
        "`tkt flow --json`": FLOW,
        "Step of a flow": FLOW["times"]["state"][0],
        "Spread": FLOW["times"]["state"][0]["visits"],
        "Transition": FLOW["transitions"][0],
        "Path": FLOW["paths"][0],
        "`tkt activity --json`": HAPPENED,
        "Happening": HAPPENED["happenings"][0],
        "`tkt handover --json`": HANDED,
        "Due": HANDED["due"][0],
        "Overdue follow-up": HANDED["overdue"][0],
        "Holder": HANDED["holders"][0],
        "Held ticket": HANDED["holders"][0]["tickets"][0],
        "Judged ticket": json_form.sla_json([(make_ticket(), open_clocks)], at("10:30"))["tickets"][0],
    }
    assert {heading: documented(heading) for heading in found} == {name: list(one) for name, one in found.items()}


def test_every_table_of_keys_in_the_page_is_tested(whole: dict[str, Any]) -> None:
    headings = re.findall(r"^### (.*)$", PAGE, flags=re.MULTILINE)
    source = Path(__file__).read_text(encoding="utf-8")
    assert [heading for heading in headings if f'"{heading}"' not in source] == []


def test_every_exit_code_of_a_refusal_is_in_the_page() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, flags=re.MULTILINE)}
    refusals = {one.exit_code for one in vars(errors).values() if isinstance(one, type)}
    assert told == refusals | {0, 1, 128 + signal.SIGHUP, 130, 128 + signal.SIGTERM}


def test_the_example_of_sla_check_is_what_comes_out(open_clocks: Clocks) -> None:
    ticket = make_ticket(state="in_progress", assignee="Pierre MARTIN")
    assert dump(json_form.sla_json([(ticket, open_clocks)], at("10:30"))) == example("sla")


def test_the_example_of_check_is_what_comes_out() -> None:
    assert dump(json_form.findings_json([FINDING])) == example("check")


def test_the_example_of_kpi_is_what_comes_out() -> None:
    assert dump(json_form.scorecard_json(Scorecard(JANUARY, EXERCISE_2))) == example("kpi")


def test_groups_and_priorities_are_by_value_then_by_key() -> None:
    scorecard = Scorecard(JANUARY, {}, "category", {"Réseau": EXERCISE_2}, {"P1": EXERCISE_2})
    document = json_form.scorecard_json(scorecard)
    assert document["by"] == "category"
    assert document["groups"]["Réseau"] == document["by_priority"]["P1"]
    assert document["groups"]["Réseau"]["fcr"]["numerator"] == 130


def test_no_data_is_null_and_a_period_may_have_no_beginning() -> None:
    nothing = Indicator("fcr", None, 0, 0, "rate")
    document = json_form.scorecard_json(Scorecard(Period(None, at("10:00"), "Europe/Paris"), {"fcr": nothing}))
    assert document["kpi"]["fcr"]["value"] is None
    assert document["period"]["from"] is None


def test_code_words_and_instants_do_not_depend_on_the_language(whole: dict[str, Any], french: None) -> None:
    assert whole["ticket"]["entries"][1]["changes"][0] == {"key": "state", "old": "in_progress", "new": "assigned"}
    assert whole["ticket"]["opened_at"] == "2026-01-15T09:15:00+01:00"


def test_a_concurrent_move_is_named_and_no_value_is_null(whole: dict[str, Any]) -> None:
    assert whole["ticket"]["entries"][1]["concurrent"] == ["state"]
    [unsettled] = whole["ticket"]["unsettled"]
    assert (unsettled["key"], unsettled["value"]) == ("state", "assigned")
    assert [(move["author"], move["new"]) for move in unsettled["moves"]] == [
        ("Jean DUPONT", "new"),
        ("Zoé", "assigned"),
    ]
    assert whole["ticket"]["via"] is None
    assert whole["ticket"]["other"] == {"x_lease": "2027"}
    assert whole["ticket"]["links"] == [{"kind": "caused-by", "id": "PRB0000007"}]


def test_sla_counts_tickets_that_are_breached_or_at_risk(open_clocks: Clocks, course_clocks: Clocks) -> None:

    risky = open_clocks._replace(resolution=open_clocks.resolution._replace(verdict="at_risk"))
    broken = open_clocks._replace(response=open_clocks.response._replace(verdict="breached", breached=True))
    document = json_form.sla_json([(make_ticket(), one) for one in (risky, broken, course_clocks)], at("10:30"))
    assert (document["breached"], document["at_risk"]) == (1, 1)


def test_a_list_has_neither_texts_nor_journals(course_ticket: Ticket, course_clocks: Clocks) -> None:
    seen = Candidate(course_ticket, NOON, (read_timeline(course_ticket, NOON.now), course_clocks))
    listed = list_json(Layout(), Layout().sections([seen]), 1)["tickets"][0]
    assert not set(WHOLE) & set(listed)


def test_a_document_keeps_every_character_and_lets_none_act_on_a_terminal(course_clocks: Clocks) -> None:
    title = 'é 日本 \x1b[2J \x9b \u202e \udc80 \\ " 😀'
    text = dump(json_form.ticket_json(make_ticket(title=title), course_clocks))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    assert "é 日本" in text
    assert json.loads(text)["ticket"]["title"] == title


def test_days_of_every_year_are_without_one_and_hours_are_those_of_the_wall_clock() -> None:
    always, office = CALENDAR["versions"]
    assert office["closed"][0] == {"first": "12-26", "last": "01-02", "name": "New Year"}
    assert office["open"] == [
        {"first": "2026-12-31", "last": "2026-12-31", "name": None, "hours": [["08:30", "12:00"]]}
    ]
    assert office["hours"]["fri"] == [["22:00", "06:00"]]
    assert always["hours"]["sun"] == [["00:00", "24:00"]]
    assert calendar_days_json("office", DAYS)["seconds"] == 43200
