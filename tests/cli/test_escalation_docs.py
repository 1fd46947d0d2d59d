"""docs/escalation.md against the commands: they print what its consoles show, and write the entries that it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor

PAGE = (Path(__file__).parents[2] / "docs" / "escalation.md").read_text(encoding="utf-8")


def block(language: str, name: str = "") -> str:
    fence = f"{language} {name}".strip()
    (found,) = re.findall(rf"^```{fence}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def shown(name: str) -> list[tuple[list[str], str]]:
    """Each command of a console, without `tkt`, and what it is said to answer."""
    parts = re.split(r"^\$ tkt ", block("console", name), flags=re.MULTILINE)[1:]
    return [(shlex.split(line), answer) for line, _end, answer in (part.partition("\n") for part in parts)]


def hold(tkt: FrontDoor, monkeypatch: pytest.MonkeyPatch, name: str, ticket: str) -> None:
    monkeypatch.delenv("TKT_NOW")
    for arguments, expected in shown(name):
        answer = tkt(*arguments)
        assert answer.out + answer.err == expected, arguments
    assert tkt.data(ticket).decode().endswith(block("markdown", name))


def test_the_rules_of_the_page_do_what_it_shows(tkt: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    (tkt.root / "tkt.yaml").write_text(
        (tkt.root / "tkt.yaml").read_text(encoding="utf-8").replace("escalation: []\n", block("yaml")), encoding="utf-8"
    )
    tkt.commit("rules")
    ticket = tkt("new", "Serveur arrêté", "-r", "Marie MARTIN", "--impact", "high", "--urgency", "high").out.strip()
    hold(tkt, monkeypatch, "worked", ticket)


def test_a_ticket_is_closed_as_the_page_shows(lives: FrontDoor, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    lives.setting("autoclose: 5bd")
    hold(lives, monkeypatch, "closing", IN_STATE["resolved"])
