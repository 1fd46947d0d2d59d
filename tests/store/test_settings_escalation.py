"""The settings `escalation`, `automatic_author` and `autoclose`: what they are read to, and what mistakes are told."""

from __future__ import annotations

import pytest

from tkt.domain.duration import BusinessDays
from tkt.domain.escalation import BREACH, Escalation, Measures, Threshold, filled_in
from tkt.domain.settings import Settings
from tkt.store.settings.settings import BadSettings, parse_settings

AGENTS = "agents: [{name: Pierre MARTIN, level: N2, group: Messagerie}]\n"


def read(text: str) -> Settings:
    return parse_settings("tkt.yaml", text.encode())


def problems(text: str) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        read(text)
    return str(caught.value).splitlines()


def rule(at: str = "80%", do: str = "{level: N2}", more: str = "") -> str:
    return f"escalation: [{{name: r, clock: resolution, at: {at}, do: {do}{more}}}]"


def test_a_rule_says_when_for_which_tickets_and_what() -> None:
    text = """\
escalation:
  - name: p1-half-way
    clock: resolution
    at: 50%
    when: {priority: [P1], requester.email: "*@direction.example"}
    do: {level: N2, assign: Pierre MARTIN, group: Réseau, tags: [escalated, vip], say: "{id}: due {due}", public: true}
"""
    (one,) = read(AGENTS + text).escalations
    when = {"priority": ("P1",), "requester.email": ("*@direction.example",)}
    do = Measures("N2", "Pierre MARTIN", "Réseau", ("escalated", "vip"), "{id}: due {due}", public=True)
    assert one == Escalation("p1-half-way", "resolution", Threshold(share=0.5), do, when)
    assert one.fact == "escalation p1-half-way"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("breach", BREACH),
        ("80%", Threshold(share=0.8)),
        ("62.5 %", Threshold(share=0.625)),
        ("150%", Threshold(share=1.5)),
        ("2h before due", Threshold(left=7200)),
        ("1h30 before due", Threshold(left=5400)),
    ],
)
def test_a_point_of_a_clock(text: str, point: Threshold) -> None:
    assert read(rule(at=text)).escalations[0].at == point


def test_without_them_nothing_is_escalated_or_closed() -> None:
    for text in ("", "escalation: []\nautoclose: 0\nautomatic_author: tkt\n"):
        assert (read(text).escalations, read(text).autoclose.count, read(text).automatic_author) == ((), 0, "tkt")
    assert read("autoclose: 5bd").autoclose == BusinessDays(5)
    assert read("automatic_author: Robot du support").automatic_author == "Robot du support"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("escalation: {}", "escalation: a list is expected here."),
        ("escalation: [{name: r}]", "escalation[0]: missing here: clock, at, do."),
        (rule(at="80"), "escalation[0].at: “80” is no point of a clock. Write 80%, breach or 2h before due."),
        (rule(at="0%"), "escalation[0].at: “0%” is no point of a clock. Write 80%, breach or 2h before due."),
        (
            rule(at="2bd before due"),
            "escalation[0].at: “2bd”: business days are not taken here. Write hours and minutes, 24h.",
        ),
        (rule(at="0m before due"), "escalation[0].at: “0m” is no time at all. Take the line out to promise nothing."),
        (
            rule().replace("resolution", "resolutoin"),
            "escalation[0].clock: “resolutoin” is no clock. Did you mean resolution?",
        ),
        (rule(do="{}"), "escalation[0].do: nothing is done. Name at least one of level, assign, group, tags and say."),
        (
            rule(do="{public: true}"),
            "escalation[0].do: nothing is done. Name at least one of level, assign, group, tags and say.",
        ),
        (
            rule(do="{level: N2, public: true}"),
            "escalation[0].do.public: there are no words to say to the requester. Write them under “say”.",
        ),
        (rule(do="{level: N4}"), "escalation[0].do.level: “N4” is not a known support level. Known: N1, N2, N3."),
        (
            AGENTS + rule(do="{assign: Pierre MARTN}"),
            "escalation[0].do.assign: “Pierre MARTN” is no agent of this desk. Did you mean Pierre MARTIN?",
        ),
        (
            rule(do="{tags: [deux mots]}"),
            "escalation[0].do.tags[0]: “deux mots” is no tag: one word without blanks, quotes or commas is.",
        ),
        (
            rule(do='{say: "{titel} is late"}'),
            "escalation[0].do.say: nothing is known as “{titel}”. Did you mean title?",
        ),
        (
            rule(do='{say: "{} is late"}'),
            "escalation[0].do.say: nothing is known as “{}”. Known: id, title, priority, due, rule.",
        ),
        (
            rule(more=", when: {priorty: [P1]}"),
            "escalation[0].when.priorty: there is no such key. Did you mean priority?",
        ),
        (
            "escalation:\n"
            "  - {name: R, clock: response, at: 80%, do: {level: N2}}\n"
            "  - {name: r, clock: response, at: 90%, do: {level: N3}}\n",
            "escalation[1]: another rule is named “r” already.",
        ),
        ("autoclose: 5", "autoclose: “5” is not a length of time"),
        ("autoclose: 24h", "autoclose: “24h”: this is counted in business days. Write 7bd."),
        (
            AGENTS + "automatic_author: pierre martin",
            "automatic_author: “pierre martin” is an agent of this desk. Give what no person writes a name of its own.",
        ),
        ("automatic_author: a · b", "automatic_author: “a · b”: a name cannot hold “ · ”, “<” or “>”."),
    ],
)
def test_a_mistake_is_said_with_its_place_and_the_way_out(text: str, said: str) -> None:
    (problem,) = problems(text)
    assert problem.partition(": ")[2].startswith(said)


def test_an_agent_is_not_missed_while_the_list_of_agents_is_itself_wrong() -> None:
    (problem,) = problems("agents: [{name: Pierre MARTIN, level: N4}]\n" + rule(do="{assign: Pierre MARTIN}"))
    assert "agents[0].level" in problem


def test_a_desk_that_lists_nobody_assigns_to_anybody() -> None:
    assert read(rule(do="{assign: Zoé}")).escalations[0].do.assign == "Zoé"


def test_a_place_is_filled_once_and_a_brace_that_holds_none_stays() -> None:
    values = {"title": "{id}", "id": "INC0012345"}
    assert filled_in("{title} of {id} {x} {", values) == "{id} of INC0012345 {x} {"
