"""`sla` and `calendar`: policies, what they are for, their versions and targets, and the calendars that they name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.store.desk_settings import OFFICE, problems, settings
from tkt.domain.policies import Policy, PolicyVersion, Target


def test_policies_their_versions_and_targets_are_read(tmp_path: Path) -> None:
    text = f"""\
{OFFICE}sla:
  - name: incidents
    when: {{type: [incident, problem]}}
    versions:
      - from: 2025-01-01
        until: 2025-07-01
        targets: {{P1: {{response: 30m, resolution: 8h}}}}
      - from: 2026-01-01
        calendar: office
        targets: {{P1: {{response: 15m, resolution: 4h30, calendar: 24x7}}, P4: {{resolution: 48h}}}}
        pause: []
        warn_at: 72.5%
        corrected: the contract said so
  - name: requests
    when: {{type: request}}
    versions: [{{from: 2025-01-01, targets: {{}}}}]
"""
    first = PolicyVersion(date(2025, 1, 1), {"P1": Target(1800, 28800)}, until=date(2025, 7, 1))
    second = PolicyVersion(
        date(2026, 1, 1),
        {"P1": Target(900, 16200, "24x7"), "P4": Target(None, 172800)},
        pause=frozenset(),
        warn_at=0.725,
        calendar="office",
        corrected="the contract said so",
    )
    assert settings(tmp_path, text).policies == (
        Policy("incidents", (first, second), {"type": ("incident", "problem")}),
        Policy("requests", (PolicyVersion(date(2025, 1, 1), {}),), {"type": ("request",)}),
    )


def test_a_policy_may_ask_about_all_that_tells_tickets_apart(tmp_path: Path) -> None:
    when = """\
      type: [incident, change]
      priority: P1
      category: [Messagerie>Outlook, Réseau]
      requester.department: [Direction*]
      requester.email: ["*@direction.example.com"]
      asset: ["SRV-*"]
      group: [Réseau]
      tags: [vip]
"""
    text = f"sla:\n  - name: s\n    when:\n{when}    versions: [{{from: 2026-01-01, targets: {{}}}}]\n"
    assert settings(tmp_path, text).policies[0].when == {
        "type": ("incident", "change"),
        "priority": ("P1",),
        "category": ("Messagerie > Outlook", "Réseau"),
        "requester.department": ("Direction*",),
        "requester.email": ("*@direction.example.com",),
        "asset": ("SRV-*",),
        "group": ("Réseau",),
        "tags": ("vip",),
    }


def test_two_policies_may_cover_the_same_tickets_since_the_first_one_counts(tmp_path: Path) -> None:
    both = f"sla: [{policy(name='a', when='{type: [incident]}')}, {policy(name='b')}]"
    assert [one.name for one in settings(tmp_path, both).policies] == ["a", "b"]


def test_no_policy_is_a_promise_of_nothing(tmp_path: Path) -> None:
    assert settings(tmp_path, "sla: []").policies == ()


def test_business_days_are_counted_by_the_calendar_that_is_named_wherever_it_stands(tmp_path: Path) -> None:
    assert settings(tmp_path, f"calendar: office\n{OFFICE}").calendar == "office"
    assert settings(tmp_path, OFFICE).calendar == ""


def policy(version: str = "from: 2026-01-01, targets: {}", **others: str) -> str:
    parts = {"name": "s", "versions": f"[{{{version}}}]"} | others
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"


LATER = (
    "the calendar “office” begins on 2026-01-01, later than 2025-12-31. "
    "Give it an earlier version, or this one a later “from”."
)


@pytest.mark.parametrize(
    ("policies", "problem"),
    [
        ("{versions: [{from: 2026-01-01, targets: {}}]}", "sla[0]: missing here: name."),
        ("{name: s}", "sla[0]: missing here: versions."),
        (
            policy(versions="[]"),
            "sla[0].versions: no version is given. Write “- from: 1970-01-01” and what holds from then on.",
        ),
        (policy("targets: {}"), "sla[0].versions[0]: missing here: from."),
        (policy("from: 2026-01-01"), "sla[0].versions[0]: missing here: targets."),
        (
            policy("from: 2026-02-30, targets: {}"),
            "sla[0].versions[0].from: “2026-02-30” is not a date. Write 2026-01-31.",
        ),
        (
            policy("from: 2026-01-01, targets: {}}, {from: 2026-01-01, targets: {}"),
            "sla[0].versions[1]: 2026-01-01 is not later than 2026-01-01 of the version above. Put the oldest first.",
        ),
        (
            policy("from: 2026-01-01, until: 2026-01-01, targets: {}"),
            "sla[0].versions[0].until: 2026-01-01 is not later than “from”, 2026-01-01. "
            "From “until” on the version is not in force.",
        ),
        (
            policy("from: 2026-01-01, until: 2026-03-02, targets: {}}, {from: 2026-03-01, targets: {}"),
            "sla[0].versions[0]: 2026-03-02 is later than 2026-03-01, from which the version below is in force. "
            "Take “until” out.",
        ),
        (
            policy("from: 2026-01-01, targets: {P5: {}}"),
            "sla[0].versions[0].targets.P5: there is no such key. Known: P1, P2, P3, P4.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 5h, resolution: 4h}}"),
            "sla[0].versions[0].targets.P1: the response target is longer than the resolution target. "
            "Shorten it, or lengthen the other.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 1d}}"),
            "sla[0].versions[0].targets.P1.response: “1d” can be read in two ways: "
            "write 24h for round-the-clock time or 1bd for business days.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {resolution: 2bd}}"),
            "sla[0].versions[0].targets.P1.resolution: “2bd”: business days are not taken here. "
            "Write hours and minutes, 24h.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 0m}}"),
            "sla[0].versions[0].targets.P1.response: “0m” is no time at all. Take the line out to promise nothing.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {calendar: ofice}}"),
            "sla[0].versions[0].targets.P1.calendar: there is no calendar “ofice” under “calendars”. "
            "Did you mean office?",
        ),
        (
            policy("from: 2026-01-01, targets: {}, calendar: 24/7"),
            "sla[0].versions[0].calendar: there is no calendar “24/7” under “calendars”. Did you mean 24x7?",
        ),
        (
            policy("from: 2025-12-31, targets: {}, calendar: office"),
            f"sla[0].versions[0].calendar: {LATER}",
        ),
        (
            policy("from: 2025-12-31, targets: {P1: {calendar: office}}"),
            f"sla[0].versions[0].targets.P1.calendar: {LATER}",
        ),
        (
            policy("from: 2026-01-01, targets: {}, pause: [users]"),
            "sla[0].versions[0].pause[0]: “users” is not a known reason for waiting. Did you mean user?",
        ),
        (
            policy("from: 2026-01-01, targets: {}, warn_at: 0.8"),
            "sla[0].versions[0].warn_at: “0.8” is not a per cent from 0 to 100. Write 80% or 99.5%.",
        ),
        (
            policy("from: 2026-01-01, targets: {}, warn_at: 0%"),
            "sla[0].versions[0].warn_at: “0%”: every clock would be at risk at once. Write 80%.",
        ),
        (
            policy(when="{categry: Réseau, type: [incident]}"),
            "sla[0].when.categry: there is no such key. Did you mean category?",
        ),
        (
            policy(when="{requester.email: }"),
            "sla[0].when.requester.email: nothing is named. Take the line out where it does not matter.",
        ),
        (policy(when="{}"), "sla[0].when: nothing is named. Take “when” out to cover every ticket."),
        (
            policy(when="{type: []}"),
            "sla[0].when.type: nothing is named. Take the line out where it does not matter.",
        ),
        (policy(when="{type: [demande]}"), "sla[0].when.type[0]: “demande” is not a known type. {known}"),
        (policy(when="{category: A >}"), "sla[0].when.category: “A >”: a level of the category is empty. {known}"),
        (
            f"{policy(when='{type: [incident]}')}, {policy(when='{type: [change]}')}",
            "sla[1]: another policy is named “s” already.",
        ),
    ],
)
def test_a_promise_that_cannot_be_kept_to_is_refused(tmp_path: Path, policies: str, problem: str) -> None:
    (said,) = problems(tmp_path, f"{OFFICE}sla: [{policies}]")
    start, known, _ = problem.partition("{known}")
    assert said.startswith(f"2: {start}") if known else said == f"2: {problem}"


def test_a_calendar_that_is_wrong_is_complained_of_once_and_not_where_it_is_named(tmp_path: Path) -> None:
    text = f"sla: [{policy('from: 2026-01-01, targets: {}, calendar: office')}]\ncalendar: office\n"
    said = problems(tmp_path, f"{text}calendars: {{office: [{{from: 2026-01-01, hours: {{mo: 09:00-18:00}}}}]}}\n")
    assert [line.partition(" ")[2][:40] for line in said] == ["calendars.office[0].hours.mo: “mo” is no"]


def test_a_calendar_for_business_days_must_be_there(tmp_path: Path) -> None:
    assert problems(tmp_path, f"calendar: 24x8\n{OFFICE}") == [
        "1: calendar: there is no calendar “24x8” under “calendars”. Did you mean 24x7?"
    ]


def test_of_a_newer_format_a_policy_whose_calendar_is_not_understood_is_left_out(tmp_path: Path) -> None:
    text = f"""\
format: 2
calendars:
  office: [{{from: 2026-01-01, hours: {{mon: 09:00-18:00}}, shifts: 3}}]
  shop: [{{from: 2026-01-01, hours: 24x7}}]
sla:
  - {policy("from: 2026-01-01, targets: {}, calendar: office")}
  - {policy("from: 2026-01-01, targets: {P1: {calendar: office}}", name="t")}
  - {policy("from: 2026-01-01, targets: {}, calendar: shop", name="u")}
"""
    read = settings(tmp_path, text)
    assert [calendar.name for calendar in read.calendars] == ["shop"]
    assert [one.name for one in read.policies] == ["u"]
