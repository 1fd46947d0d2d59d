"""Desks for the tests of the front door: made once, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tests.conftest import GITCONFIG

AGENTS = """\
agents:
  - {name: Jean DUPONT, email: jean.dupont@entreprise.fr, level: N1, group: Support}
  - {name: Pierre MARTIN, email: pierre.martin@entreprise.fr, level: N2, group: Messagerie}
  - {name: Paula MARTINEZ, email: paula.martinez@entreprise.fr, level: N2, group: Réseau}
  - {name: Zoé LENOIR, email: zoe.lenoir@entreprise.fr, level: N3, group: Réseau}
categories:
  - Messagerie > Outlook > Envoi/Réception
  - Messagerie > Outlook > Calendrier
  - Bureautique > Microsoft Office > Word
"""
PEOPLE = """\
name,email,phone,department,location,asset
Marie MARTIN,marie.martin@entreprise.fr,Poste 1234,Comptabilité,Bâtiment A,PC-COMPTA-015
Paul DURAND,paul.durand@entreprise.fr,Poste 2345,Ventes,,
Paule DURANT,paule.durant@entreprise.fr,,Achats,,
"""
OPENING = "2026-01-15T09:15:00+01:00"
Clock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Puts the clock at an instant, for every command that follows."""

    def put(instant: str) -> None:
        monkeypatch.setenv("TKT_NOW", instant)

    return put


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk as `tkt init` makes one, in English, with agents, categories and a directory of people."""
    with as_jean(tmp_path_factory):
        tkt = FrontDoor(tmp_path_factory.mktemp("founded"))
        tkt("init", "--lang", "en", "--timezone", "Europe/Paris")
        settings = (tkt.root / "tkt.yaml").read_text(encoding="utf-8")
        settings = settings.replace("agents: []\n", "").replace("categories: []\n", "") + AGENTS
        (tkt.root / "tkt.yaml").write_text(settings, encoding="utf-8")
        (tkt.root / "people.csv").write_text(PEOPLE, encoding="utf-8")
        tkt.git("rm", "-r", "--quiet", "templates")  # those that tkt ships serve as well
        tkt.commit("agents, categories and people")
        tkt.git("config", "core.fsync", "none")  # a test's commits need not outlive a power cut
    return packed(tkt)


STATES = ("new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled")
# The ticket that stands in each state on the desk of `lives`.
IN_STATE = {state: f"INC{number:07d}" for number, state in enumerate(STATES, 1)}


@pytest.fixture(scope="session")
def lived(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same desk with a ticket of Marie MARTIN's in each state, opened at 09:15 and moved at 09:30."""
    with as_jean(tmp_path_factory) as patch:
        tkt = FrontDoor(copied(founded, tmp_path_factory.mktemp("lived") / "desk"))
        patch.setenv("TKT_NOW", OPENING)
        for state in STATES:
            tkt("new", f"Imprimante bloquée ({state})", "-r", "Marie MARTIN")
        patch.setenv("TKT_NOW", "2026-01-15T09:30:00+01:00")
        resolution = ("--cause", "unknown", "--action", "redémarrage")
        tkt("assign", IN_STATE["assigned"], "--to", "Jean DUPONT")
        tkt("start", IN_STATE["in_progress"])
        tkt("hold", IN_STATE["pending"], "--reason", "user")
        tkt("resolve", IN_STATE["resolved"], IN_STATE["closed"], *resolution)
        tkt("close", IN_STATE["closed"])
        tkt("cancel", IN_STATE["cancelled"], "--reason", "error", "saisi deux fois")
    return packed(tkt)


@pytest.fixture
def tkt(founded: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """tkt at work on a desk without tickets, at 09:15 on 15 January 2026, Jean DUPONT (N1) at the keyboard."""
    clock(OPENING)
    return FrontDoor(copied(founded, tmp_path / "desk"))


@pytest.fixture
def lives(lived: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """tkt at work on a desk with a ticket in each state (IN_STATE), at 10:00."""
    clock("2026-01-15T10:00:00+01:00")
    return FrontDoor(copied(lived, tmp_path / "desk"))


@pytest.fixture
def ticket(tkt: FrontDoor) -> str:
    """The id of a ticket of Marie MARTIN's, just opened."""
    return tkt("new", "Outlook 365 - Impossible d'envoyer", "-r", "Marie MARTIN").out.strip()


@pytest.fixture
def elsewhere(tmp_path: Path) -> FrontDoor:
    """tkt in a folder that is neither a desk nor in git."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return FrontDoor(folder)


def copied(desk: Path, goal: Path) -> Path:
    shutil.copytree(desk, goal, symlinks=True)
    return goal


def packed(tkt: FrontDoor) -> Path:
    """The desk's folder, with few files in `.git`, since it is copied and removed hundreds of times."""
    tkt.git("config", "core.logAllRefUpdates", "false")
    tkt.git("gc", "--quiet")
    for leftover in ("logs", "info", "branches", "hooks"):
        shutil.rmtree(tkt.root / ".git" / leftover, ignore_errors=True)
    return tkt.root


@contextmanager
def as_jean(factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """What the autouse fixture of every test sets, for what is made once a session."""
    home = factory.mktemp("home")
    (home / ".gitconfig").write_text(GITCONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GIT_", "TKT_")):
                patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_TEMPLATE_DIR", "")
        patch.setenv("LC_ALL", "C.UTF-8")
        yield patch
