"""The course comes out to the digit: its ticket, its second exercise and its dashboard, by the command line."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests import course_months
from tests.cli.front_door import FrontDoor
from tkt.demo.company import AGENTS, people_csv
from tkt.demo.course import NUMBER, OUTLOOK_UID, outlook_story
from tkt.demo.stage import Stage
from tkt.desk.founding import Beginnings, found_desk
from tkt.desk.recording import NoRecorder
from tkt.store.settings.settings import read_settings

ROOT = Path(__file__).parent.parent
ID = "INC0012345"
DESCRIPTION = """\
L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : "Votre message n'a pas pu être remis"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)"""
# The course's "Exemple de ticket bien documenté", line by line.
SHEET = f"""\
TICKET : INC0012345
═══════════════════════════════════════════════════════════════

TITRE : Outlook 365 - Impossible d'envoyer des emails externes

DEMANDEUR : Marie MARTIN - Comptabilité
CONTACT : marie.martin@entreprise.fr | Poste 1234
ASSET : PC-COMPTA-015

CATÉGORIE : Messagerie > Outlook > Envoi/Réception
PRIORITÉ : P3 - Moyenne
SLA : Résolution 24h

───────────────────────────────────────────────────────────────
DESCRIPTION INITIALE (09:15)
───────────────────────────────────────────────────────────────
{DESCRIPTION}

───────────────────────────────────────────────────────────────
JOURNAL DE TRAITEMENT
───────────────────────────────────────────────────────────────

[09:30 - Jean DUPONT]
Prise en charge du ticket.
Contact utilisateur : problème confirmé.
Test envoi interne : OK
Test envoi externe : KO - même erreur
→ Escalade N2 pour vérification serveur mail

[10:15 - Pierre MARTIN - N2]
Vérification serveur Exchange : RAS
Vérification SPF/DKIM : OK
Vérification IP blacklist : IP sortante dans blacklist Spamhaus
→ Demande de delist en cours

[11:30 - Pierre MARTIN - N2]
Delist effectué par Spamhaus (délai 1-2h propagation)

[13:45 - Pierre MARTIN - N2]
Test envoi externe : OK
Utilisatrice informée, confirmation test réussi
→ Ticket résolu

[14:00 - Marie MARTIN]
Validé, je peux à nouveau envoyer mes emails. Merci !
→ Ticket clôturé

───────────────────────────────────────────────────────────────
RÉSOLUTION : IP serveur mail dans blacklist Spamhaus
ACTION : Demande de delist effectuée
DURÉE : 4h30
───────────────────────────────────────────────────────────────
"""
# What a desk tells beside the course's lines, between its SLA and its description.
ADDED = ("ÉTAT : ", "ASSIGNÉ À : ", "DÉLAIS : ", "OUVERT LE : ", "TEMPS PASSÉ : ")


def course_lines(sheet: str) -> list[str]:
    """A sheet without the lines that the course's does not have."""
    return [line for line in sheet.splitlines() if not line.startswith(ADDED)]


# The course's ticket by the command line: when, who is at the keyboard, what they type.
WALK: Sequence[tuple[str, str, tuple[str, ...]]] = (
    (
        "09:15",
        "Jean DUPONT",
        (
            *(
                "new",
                "Outlook 365 - Impossible d'envoyer des emails externes",
                "--requester",
                "marie",
                "--via",
                "phone",
            ),
            *("--category", "Outlook", "--description", DESCRIPTION),
        ),
    ),
    (
        "09:30",
        "Jean DUPONT",
        (
            *("start", "12345"),
            "Prise en charge du ticket.\nContact utilisateur : problème confirmé.\n"
            "Test envoi interne : OK\nTest envoi externe : KO - même erreur",
        ),
    ),
    (
        "09:30",
        "Jean DUPONT",
        ("escalate", "@", "--to", "Pierre MARTIN", "Escalade N2 pour vérification serveur mail"),
    ),
    (
        "10:15",
        "Pierre MARTIN",
        (
            *("log", ID, "--spent", "15m"),
            "Vérification serveur Exchange : RAS\nVérification SPF/DKIM : OK\n"
            "Vérification IP blacklist : IP sortante dans blacklist Spamhaus\n→ Demande de delist en cours",
        ),
    ),
    ("11:30", "Pierre MARTIN", ("log", "12345", "Delist effectué par Spamhaus (délai 1-2h propagation)")),
    (
        "13:45",
        "Pierre MARTIN",
        (
            *("resolve", "12345", "--cause", "IP serveur mail dans blacklist Spamhaus"),
            *("--action", "Demande de delist effectuée"),
            "Test envoi externe : OK\nUtilisatrice informée, confirmation test réussi",
        ),
    ),
    (
        "14:00",
        "Jean DUPONT",
        ("close", "12345", "--as", "Marie MARTIN", "Validé, je peux à nouveau envoyer mes emails. Merci !"),
    ),
)


@pytest.fixture
def walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FrontDoor:
    """A desk on which the course's ticket has lived its life, by the command line."""
    tkt = FrontDoor(tmp_path)
    tkt("init", "--lang", "fr", "--timezone", "Europe/Paris")
    tkt.setting("first_number: 12345", f"agents: [{', '.join(map(flow, AGENTS))}]")
    tkt.setting('categories: ["Messagerie > Outlook > Envoi/Réception", "Bureautique > Microsoft Office > Word"]')
    (tmp_path / "people.csv").write_text(people_csv(), encoding="utf-8")
    tkt.commit("l'annuaire")
    for clock, name, line in WALK:
        at_the_keyboard(monkeypatch, name, clock)
        tkt(*line)
    return tkt


def flow(agent: object) -> str:
    """An agent as `tkt.yaml` has one."""
    parts = {key: getattr(agent, key) for key in ("name", "email", "level", "group")}
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items() if value) + "}"


def at_the_keyboard(monkeypatch: pytest.MonkeyPatch, name: str, clock: str) -> None:
    """Put somebody at git's keyboard, and the clock at a time of 15 January 2026."""
    monkeypatch.setenv("TKT_NOW", f"2026-01-15T{clock}")
    for part in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{part}_NAME", name)
        monkeypatch.setenv(f"GIT_{part}_EMAIL", name.lower().replace(" ", ".") + "@entreprise.fr")


def test_the_courses_ticket_by_the_command_line_prints_the_courses_sheet(walked: FrontDoor) -> None:
    assert course_lines(walked("show", "12345", "--lang", "fr").out) == SHEET.splitlines()
    assert [line.split()[0] for line in walked.git("log", "--format=%s", "-7").splitlines()] == [f"{ID}:"] * 7
    assert walked("check", "--strict").out == ""


def test_the_courses_ticket_by_the_command_line_is_the_one_at_the_projects_root(walked: FrontDoor) -> None:
    uid = walked.ticket(ID)["uid"]
    committed = (ROOT / "tickets" / "INC0012xxx" / f"{ID}.md").read_text(encoding="utf-8")
    assert walked.data(ID).decode() == committed.replace(OUTLOOK_UID, uid)


def test_the_projects_root_is_a_desk_that_shows_the_courses_sheet() -> None:
    tkt = FrontDoor(ROOT)
    assert course_lines(tkt("show", ID, "--lang", "fr").out) == SHEET.splitlines()


def test_the_projects_root_checks_without_a_finding() -> None:
    answer = FrontDoor(ROOT)("check", "--strict", "--json")
    assert answer.json["findings"] == []


def test_the_projects_root_has_the_templates_that_tkt_ships() -> None:
    shipped = ROOT / "src" / "tkt" / "templates" / "fr"
    names = sorted(path.name for path in shipped.iterdir())
    assert sorted(path.name for path in (ROOT / "templates").iterdir()) == names
    assert filecmp.cmpfiles(shipped, ROOT / "templates", names, shallow=False) == (names, [], [])


def test_the_projects_root_is_a_desk_as_tkt_init_makes_one(tmp_path: Path) -> None:
    for name in ("templates", "tickets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("tkt.yaml", "people.csv", ".gitattributes"):
        shutil.copy(ROOT / name, tmp_path)
    with FrontDoor(tmp_path).untouched():
        FrontDoor(tmp_path)("init", "--no-commit", "--lang", "fr")


def test_the_clocks_of_the_courses_ticket_are_met() -> None:
    tkt = FrontDoor(ROOT)
    rows = tkt("sla", "status", ID, "--all", "--lang", "fr", "--format", "tsv").lines
    assert [row.split("\t")[4:7] + row.split("\t")[-1:] for row in rows[1:]] == [
        ["prise en charge", "15 min", "2h", "respecté"],
        ["résolution", "4h30", "24h", "respecté"],
    ]


def lines_of(text: str) -> set[str]:
    """The lines of a report without frames and doubled spaces."""
    return {" ".join(line.strip("│ ").split()) for line in text.splitlines()}


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months of tickets need not survive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


Build = Callable[[list[course_months.Plan]], FrontDoor]


@pytest.fixture
def build(tmp_path: Path, quick_disk: None, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds a month's desk; the clock is then put behind its end."""

    def built(plans: list[course_months.Plan]) -> FrontDoor:
        course_months.Month(tmp_path / "desk").live(plans)
        monkeypatch.setenv("TKT_NOW", "2026-02-02T09:00")
        return FrontDoor(tmp_path / "desk")

    return built


@pytest.mark.slow
def test_exercise_2_reads_as_the_course_solves_it(build: Build) -> None:
    """200 created, 185 resolved, 130 at first contact, 10 reopened, 740 h: FCR 70.3 %, MTTR 4h, reopened 5.4 %."""
    tkt = build(course_months.exercise())
    kpi = tkt("kpi", "--month", "2026-01", "--json").json["kpi"]
    expected = {
        "created": (200, 200, None),
        "resolved": (185, 185, None),
        "reopened": (10, 10, None),
        "fcr": (130 / 185, 130, 185),
        "mttr_seconds": (4 * 3600, 740 * 3600, 185),
        "reopen_rate": (10 / 185, 10, 185),
    }
    assert {key: tuple(kpi[key][part] for part in ("value", "numerator", "denominator")) for key in expected} == {
        key: (pytest.approx(value), numerator, denominator) for key, (value, numerator, denominator) in expected.items()
    }
    shown = tkt("kpi", "--month", "2026-01", "--lang", "fr").out
    assert re.search(r"^FCR +70\.3\s% +130 / 185 +>70% +atteint", shown, re.MULTILINE)
    assert re.search(r"^MTTR moyen +4h +740h / 185 +<4h", shown, re.MULTILINE)
    assert re.search(r"^Taux de réouverture +5\.4\s% +10 / 185 +<10% +atteint", shown, re.MULTILINE)


@pytest.mark.slow
def test_the_dashboards_month_reads_as_the_course_draws_it(build: Build) -> None:
    shown = lines_of(build(course_months.dashboard())("dashboard", "--month", "2026-01", "--lang", "fr").out)
    assert shown >= {
        "DASHBOARD SUPPORT - JANVIER 2026",
        "Créés : 450 ████████████████",
        "Résolus : 435 ███████████████",
        "Messagerie : 30% ██████████",
        "Poste travail : 25% ████████",
        "Réseau : 20% ███████",
        "Applications : 15% █████",
        "Autres : 10% ███",
    }
    figures = {line.partition(" : ")[0]: line.partition(" : ")[2] for line in shown}
    assert figures["En cours"].split()[0] == "45" and figures["Backlog"].split()[0] == "15"
    expected = {
        "MTTR moyen": "3h45 atteint (<4h)",
        "FCR": "72% atteint (>70%)",
        "SLA P1": "98% atteint (>95%)",
        "SLA P2": "94% manqué (<95%)",
        "CSAT": "4.3/5 atteint (>4)",
    }
    assert {label: figures[label] for label in expected} == expected


def test_the_root_holds_the_ticket_that_the_demonstration_plays(tmp_path: Path) -> None:
    recorder = NoRecorder(tmp_path)
    found_desk(
        tmp_path, "fr", "Europe/Paris", recorder, None, Beginnings(AGENTS, first_number=NUMBER, people=people_csv())
    )
    stage = Stage(tmp_path, read_settings(tmp_path / "tkt.yaml"), recorder)
    assert stage.play([outlook_story()], lambda done, total: None) == {OUTLOOK_UID: ID}
    name = Path("tickets", "INC0012xxx", f"{ID}.md")
    assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes()
