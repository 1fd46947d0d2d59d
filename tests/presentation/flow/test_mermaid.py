"""The diagram of a flow: what is drawn, and that nothing of a ticket is read as Mermaid's."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.metrics.flow.flows import STARTED, flow, resolved
from tests.service_level.lives import life, said
from tkt.presentation.flow.mermaid import mermaid

# A line as Mermaid knows it, with quoted texts of letters, digits, blanks and entities alone.
TEXT = r'"(?:[^\W_]|[ ]|#\d+;|<br/>)*"'
LINES = (
    r"flowchart LR",
    r"    s\d+\(\( \)\)",
    rf"    s\d+\[{TEXT}\](?::::long)?",
    rf"    s\d+\(\[{TEXT}\]\)",
    rf"    s\d+ -\.?->\|{TEXT}\| s\d+",
    r"    linkStyle \d+ stroke-width:\dpx",
    r"    classDef long [\w:#,]+",
)


def test_a_step_tells_its_median_and_who_is_there_and_a_transition_how_often_after_how_long() -> None:
    drawn = mermaid(flow(resolved(), life(STARTED))).splitlines()
    assert '    s1["New<br/>median 15 min"]' in drawn
    assert '    s2["In progress<br/>median 35 min<br/>1 now"]:::long' in drawn
    assert '    s0 -->|"2"| s1' in drawn
    assert '    s1 -->|"2 #183; 15 min"| s2' in drawn
    assert "    linkStyle 0 stroke-width:6px" in drawn


def test_a_reopening_is_dashed_and_a_resolution_is_not_the_step_to_look_at() -> None:
    ticket = life(said("09:16", state="new → resolved"), said("15:00", state="resolved → in_progress"))
    drawn = mermaid(flow(ticket))
    assert '-.->|"1 #183; 5h44"|' in drawn
    assert 'Resolved<br/>median 5h44"]\n' in drawn


def test_holders_have_a_beginning_an_end_and_nobody() -> None:
    ticket = life(
        said("09:30", group="Support"),
        said("10:00", state="new → resolved"),
        said("11:00", state="resolved → in_progress"),
    )
    drawn = mermaid(flow(ticket, by="group"))
    assert all(part in drawn for part in ("(( ))", '"no group', '(["done"])'))


def test_the_most_frequent_transitions_are_drawn() -> None:
    assert mermaid(flow(resolved(), life(STARTED)), most=2).count("-->") == 2


def test_a_flow_of_nothing_is_a_diagram_of_nothing() -> None:
    assert mermaid(flow()).startswith("flowchart LR\n")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"[](){}<>|;#&`-%\n')), min_size=1))
def test_no_name_can_be_read_as_mermaids(name: str) -> None:
    drawn = mermaid(flow(life(said("09:30", group=f"x{name}")), by="group"))
    for line in drawn.split("\n")[:-1]:
        assert any(re.fullmatch(known, line) for known in LINES), line
