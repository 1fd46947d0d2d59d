"""What the shell is told when it asks how a line may go on."""

from __future__ import annotations

import pytest

from tests.cli.front_door import FrontDoor


def completed(tkt: FrontDoor, *words: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    asked = {"_TKT_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(("tkt", *words)), "COMP_CWORD": str(len(words))}
    return tkt.process(environment=asked).out.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("show", "INC00000"), [f"INC000000{number}" for number in range(1, 8)]),
        (("show", "inc0000001"), ["inc0000001"]),
        (("log", "1"), ["1"]),
        (("start", "1", "#2"), ["#2"]),
        (("show", "PRB"), []),
        (("reso",), ["resolve"]),
        (("new", "-t", "incid"), ["incident"]),
        (("hold", "--rea"), ["--reason"]),
    ],
)
def test_the_shell_is_offered_ids_commands_options_and_templates(
    lives: FrontDoor, words: tuple[str, ...], offered: list[str]
) -> None:
    assert completed(lives, *words) == offered


def test_a_number_completes_to_the_numbers_that_begin_so(lives: FrontDoor) -> None:
    for number in (12, 120, 1234567, 21):
        lives.put(f"REQ{number:07d}", b"")

    assert completed(lives, "show", "12") == ["12", "120", "1234567"]


def test_the_desk_of_c_is_the_one_asked(lives: FrontDoor, elsewhere: FrontDoor) -> None:
    assert completed(elsewhere, "-C", str(lives.root), "show", "INC0000003") == ["INC0000003"]


def test_without_a_desk_nothing_is_offered_and_nothing_said(elsewhere: FrontDoor) -> None:
    assert completed(elsewhere, "show", "INC") == []


def test_the_shell_is_offered_calendars_and_groups(lives: FrontDoor) -> None:
    lives.setting('calendars: {office: [{from: 2026-01-01, hours: 24x7}], "$(x)": [{from: 2026-01-01, hours: 24x7}]}')

    assert completed(lives, "sla", "due", "--calendar", "''") == ["office", "24x7"]
    assert completed(lives, "sla", "elapsed", "--calendar", "of") == ["office"]
    assert completed(lives, "sla", "status", "--group", "R") == ["Réseau"]


def test_broken_settings_complete_to_round_the_clock_alone(lives: FrontDoor) -> None:
    lives.setting("calendars: [")

    assert completed(lives, "sla", "due", "--calendar", "''") == ["24x7"]
