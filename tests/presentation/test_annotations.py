"""Hosting sites mark what they should, where they should, and take nothing that a ticket holds for a command."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.presentation.course import HOUR, at, make_ticket, running
from tkt.domain.finding import Finding
from tkt.domain.ticket import Ticket
from tkt.presentation.clocks.annotations import annotation, github_annotations, github_findings, gitlab_report
from tkt.service_level.reading import ClockReading

PARIS = ZoneInfo("Europe/Paris")
PATH = "tickets/INC0012xxx/INC0012345.md"
BREACHED = running("resolution", 25 * HOUR, 24 * HOUR, verdict="breached", breached=True, breached_at=at("16T09:15"))
AT_RISK = running("response", 5400, 7200, verdict="at_risk", due=at("11:15"))
# What GitHub's runner reads: a command at the beginning of a line, its properties up to the next two colons.
COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^\r\n]*?)::(?P<message>[^\r\n]*)")


def github(ticket: Ticket, *readings: ClockReading, folder: str = "") -> str:
    return github_annotations([(ticket, one, PATH, 14) for one in readings], folder, PARIS, at("16T10:15"))


def gitlab(ticket: Ticket, *readings: ClockReading, folder: str = "") -> list[dict[str, Any]]:
    return gitlab_report([(ticket, one, PATH, 14) for one in readings], folder, PARIS, at("16T10:15"))


def test_in_french_no_clock_disagrees_with_its_verdict(french: None) -> None:
    assert "title=INC0012345%3A résolution\u00a0%3A délai dépassé::" in github(make_ticket(), BREACHED)
    assert "title=INC0012345%3A prise en charge\u00a0%3A délai à risque::" in github(make_ticket(), AT_RISK)


def test_github_marks_a_breach_as_an_error_at_its_line() -> None:
    assert github(make_ticket(title="Panne"), BREACHED) == (
        f"::error file={PATH},line=14,title=INC0012345%3A resolution breached::"
        "INC0012345: P3 resolution 25h / 24h (breached, 1h over target, since 2026-01-16 09:15, 1h ago), "
        "nobody: Panne\n"
    )


def test_github_warns_of_what_is_at_risk_from_the_top_of_the_repository() -> None:
    assert github(make_ticket(), AT_RISK, folder="support/desk").startswith(
        f"::warning file=support/desk/{PATH},line=14,title=INC0012345%3A response at risk::"
    )


def test_a_late_verdict_is_marked_on_both_sites() -> None:
    late = BREACHED._replace(late=True)
    assert "breached (recorded late), 1h over" in github(make_ticket(), late)
    assert "breached (recorded late), 1h over" in gitlab(make_ticket(), late)[0]["description"]


HOSTILE = st.text(st.sampled_from("%:,\r\n\x85\u2028\x0b\x1b#[]aA0D25 ")) | st.text()


@given(title=HOSTILE, assignee=HOSTILE, priority=HOSTILE)
def test_no_text_of_a_ticket_is_another_command_of_github(title: str, assignee: str, priority: str) -> None:
    said = github(make_ticket(title=title, assignee=assignee, priority=priority), BREACHED)
    assert said.endswith("\n")
    # However lines are told apart, there is one.
    assert len(said.splitlines()) == 1
    assert (found := COMMAND.fullmatch(said[:-1]))
    assert found["name"] == "error"
    assert found["properties"] == f"file={PATH},line=14,title=INC0012345%3A resolution breached"


@given(path=HOSTILE, title=HOSTILE, message=HOSTILE)
def test_what_github_reads_is_what_was_meant(path: str, title: str, message: str) -> None:
    found = COMMAND.fullmatch(annotation("notice", path, 0, title, message)[:-1])
    assert found
    read = dict(one.split("=", 1) for one in found["properties"].split(","))
    assert list(read) == ["file", "line", "title"]
    assert read["line"] == "1"
    # Only what would act on a terminal is another text.
    for given_, read_ in ((path, read["file"]), (title, read["title"]), (message, found["message"])):
        if given_.isprintable():
            assert unquote(read_) == given_


def test_a_file_that_cannot_be_read_is_a_warning_that_quotes_it_safely() -> None:
    one = Finding("tickets/a,b.md", 0, "error", "value", "“##[error]\n::error::x” is no state", "")
    assert github_findings([one], "desk") == (
        "::warning file=desk/tickets/a%2Cb.md,line=1,title=unreadable::“##[error] ::error::x” is no state\n"
    )


# The report as GitLab's documentation describes it ("Code Quality report format").
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.?/)(?!\.\./)[^\\]+$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
                "anyOf": [{"required": ["lines"]}, {"required": ["positions"]}],
            },
        },
    },
}


@pytest.mark.parametrize("folder", ["", "support/desk"])
def test_the_report_for_gitlab_is_what_gitlab_reads(folder: str) -> None:
    found = gitlab(make_ticket(), BREACHED, AT_RISK, folder=folder)
    jsonschema.validate(json.loads(json.dumps(found)), SCHEMA)
    jsonschema.validate([], SCHEMA)
    assert [one["check_name"] for one in found] == ["sla-resolution-breached", "sla-response-at_risk"]
    assert [one["severity"] for one in found] == ["major", "minor"]
    assert found[0]["location"] == {"path": f"{folder}/{PATH}".removeprefix("/"), "lines": {"begin": 14}}


def test_a_breach_of_the_highest_priority_is_critical() -> None:
    assert gitlab(make_ticket(priority="P1"), BREACHED)[0]["severity"] == "critical"


def test_a_breach_keeps_its_fingerprint_while_everything_else_changes() -> None:
    before = gitlab(make_ticket(), BREACHED)[0]
    others = make_ticket(title="Autre", assignee="Zoé", priority="P1", state="resolved")
    after = gitlab(others, BREACHED._replace(elapsed=99 * HOUR, stopped_at=at("16T10:00"), late=True), folder="x")[0]
    assert before["fingerprint"] == after["fingerprint"]
    assert before["description"] != after["description"]


def test_different_breaches_have_different_fingerprints() -> None:
    found = [
        *gitlab(make_ticket(), BREACHED, BREACHED._replace(clock="response"), AT_RISK),
        *gitlab(make_ticket(id="INC0012346"), BREACHED),
        *gitlab(make_ticket(uid="zzzzzzzzzz"), BREACHED),
    ]
    assert len({one["fingerprint"] for one in found}) == 5
