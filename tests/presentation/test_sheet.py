"""The sheet is the course's, line for line, with what a desk adds below the SLA."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.presentation.course import HOUR, at, course_entries, holding, make_entry, make_ticket, opening, running
from tkt.domain.entry import FieldChange
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.presentation.sheet import sheet
from tkt.service_level.reading import Clocks

SETTINGS = Settings()
THE_COURSE_S_SHEET = """\
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
L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : "Votre message n'a pas pu être remis"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)

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
OURS = """\
ÉTAT : Fermé
ASSIGNÉ À : Pierre MARTIN - N2
DÉLAIS : prise en charge 15 min / 2h (respecté) | résolution 4h30 / 24h (respecté)
OUVERT LE : 15/01/2026 09:15
"""


def test_the_course_s_ticket_gives_the_course_s_sheet(
    course_ticket: Ticket, course_clocks: Clocks, french: None
) -> None:
    sla = "SLA : Résolution 24h\n"
    assert sheet(course_ticket, course_clocks, SETTINGS, at("14:00")) == THE_COURSE_S_SHEET.replace(sla, sla + OURS)


def test_the_sheet_is_the_same_whenever_a_closed_ticket_is_looked_at(
    course_ticket: Ticket, course_clocks: Clocks
) -> None:
    early, late = (sheet(course_ticket, course_clocks, SETTINGS, at(when)) for when in ("14:00", "28T18:00"))
    assert early == late


def test_in_english_a_colon_follows_its_word(course_ticket: Ticket, course_clocks: Clocks) -> None:
    lines = sheet(course_ticket, course_clocks, SETTINGS, at("14:00")).splitlines()
    for line in (
        "TICKET: INC0012345",
        "TITLE: Outlook 365 - Impossible d'envoyer des emails externes",
        "PRIORITY: P3 - Medium",
        "SLA: Resolution 24h",
        "STATE: Closed",
        "CLOCKS: response 15 min / 2h (met) | resolution 4h30 / 24h (met)",
        "OPENED: 2026-01-15 09:15",
        "INITIAL DESCRIPTION (09:15)",
        "→ Ticket resolved",
        "DURATION: 4h30",
    ):
        assert line in lines


def test_an_open_ticket_says_when_it_is_due_and_has_no_ending(open_clocks: Clocks, french: None) -> None:
    ticket = make_ticket(*course_entries()[:4], state="in_progress", assignee="Pierre MARTIN", level="N2", via="phone")
    shown = sheet(ticket, open_clocks, SETTINGS, at("10:30"))
    assert "résolution 1h15 / 24h (en cours, échéance 16/01/2026 09:15, dans 22h45)\n" in shown
    assert "OUVERT LE : 15/01/2026 09:15 (il y a 1h15, téléphone)\n" in shown
    assert "DURÉE" not in shown


def test_a_ticket_that_nobody_holds_and_little_is_known_of(open_clocks: Clocks, french: None) -> None:
    bare = {"asset": "", "category": "", "requester__email": "", "requester__phone": "", "description": ""}
    shown = sheet(make_ticket(opening(), **bare), open_clocks, SETTINGS, at("10:30"))
    for line in ("CONTACT : -", "ASSET : -", "CATÉGORIE : -", "ÉTAT : Nouveau", "ASSIGNÉ À : personne"):
        assert line in shown.splitlines()
    assert "DESCRIPTION" not in shown
    assert "JOURNAL" not in shown


def test_lines_for_time_spent_tags_and_links_are_there_when_they_say_something(
    open_clocks: Clocks, french: None
) -> None:
    entries = [
        make_entry(when, "Pierre MARTIN", FieldChange("spent", spent), text="Fait.")
        for when, spent in (("10:15", "15m"), ("11:30", "1h30"), ("12:00", "un moment"))
    ]
    links = ("caused-by:PRB0000007", "duplicated-by:INC0012399")
    ticket = make_ticket(opening(), *entries, tags=("vip", "relance"), links=links, group="Messagerie")
    lines = sheet(ticket, open_clocks, SETTINGS, at("12:30")).splitlines()
    assert "TEMPS PASSÉ : 1h45" in lines
    assert "ÉTIQUETTES : vip, relance" in lines
    assert "LIENS : causé par PRB0000007, a pour doublon INC0012399" in lines
    assert "ASSIGNÉ À : personne - Messagerie" in lines


def test_concurrent_moves_are_told_until_somebody_settles_them(open_clocks: Clocks) -> None:
    entries = (
        opening(),
        make_entry("10:00", "Jean DUPONT", FieldChange("state", "assigned", "new")),
        make_entry("10:01", "Pierre MARTIN <p@entreprise.fr>", FieldChange("state", "in_progress", "new")),
    )
    told = (
        "TO SETTLE: state: Assigned (Jean DUPONT, 2026-01-15 10:00), In progress (Pierre MARTIN, 2026-01-15 10:01); "
        "In progress stands, `tkt settle INC0012345` keeps it\n"
    )
    assert told in sheet(make_ticket(*entries), open_clocks, SETTINGS, at("10:05"))
    settled = make_entry("10:02", "Zoé", FieldChange("settled", "state"))
    after = sheet(make_ticket(*entries, settled), open_clocks, SETTINGS, at("10:05"))
    assert "TO SETTLE" not in after
    assert "→ Settled: state\n" in after


def test_a_ticket_without_them_has_no_such_lines(open_clocks: Clocks, french: None) -> None:
    shown = sheet(make_ticket(opening()), open_clocks, SETTINGS, at("10:30"))
    assert not re.search("TEMPS PASSÉ|ÉTIQUETTES|LIENS|ACTIONS", shown)


def test_actions_to_do_stand_between_description_and_journal(open_clocks: Clocks, french: None) -> None:
    ticket = make_ticket(*course_entries()[:2], actions="- [ ] Vérifier SPF/DKIM\n")
    shown = sheet(ticket, open_clocks, SETTINGS, at("10:30"))
    rule = "─" * 63
    assert f"\n\n{rule}\nACTIONS À EFFECTUER\n{rule}\n- [ ] Vérifier SPF/DKIM\n\n{rule}\nJOURNAL" in shown


def test_a_request_is_resolved_by_an_action_alone_and_an_unknown_cause_is_translated(
    course_ticket: Ticket, course_clocks: Clocks, french: None
) -> None:
    def with_cause(cause: str) -> str:
        ticket = replace(course_ticket, fields={**course_ticket.fields, "cause": cause, "code": "contournement"})
        return sheet(ticket, course_clocks, SETTINGS, at("14:00"))

    assert "RÉSOLUTION :" not in with_cause("")
    assert "\nRÉSOLUTION : inconnue\nACTION : Demande de delist effectuée\nCODE : contournement\nDURÉE" in with_cause(
        "unknown"
    )


def test_a_type_that_the_number_does_not_tell_is_named(open_clocks: Clocks) -> None:
    assert sheet(make_ticket(type="problem"), open_clocks, SETTINGS, at("10:30")).startswith(
        "TICKET: INC0012345 (problem)\n"
    )


def test_without_a_target_nothing_is_promised() -> None:
    clocks = Clocks(
        running("response", 900, None, verdict="none", policy=""),
        running("resolution", 3 * HOUR, None, verdict="none", policy=""),
    )
    lines = sheet(make_ticket(), clocks, SETTINGS, at("12:15")).splitlines()
    assert "SLA: no target" in lines
    assert "CLOCKS: response 15 min (no target) | resolution 3h (no target)" in lines


def test_times_are_those_of_the_desk_wherever_they_were_written(course_ticket: Ticket, course_clocks: Clocks) -> None:
    entries = tuple(replace(entry, at=entry.at.astimezone(None)) for entry in course_ticket.entries)
    elsewhere = replace(course_ticket, entries=entries, opened_at=course_ticket.opened_at.astimezone(None))
    shown, same = (sheet(one, course_clocks, SETTINGS, at("14:00")) for one in (elsewhere, course_ticket))
    assert shown == same


def test_colour_changes_nothing_but_the_colour(course_ticket: Ticket, course_clocks: Clocks) -> None:
    coloured = sheet(course_ticket, course_clocks, SETTINGS, at("14:00"), color=True)
    assert "\x1b[32mmet\x1b[0m" in coloured
    plain = sheet(course_ticket, course_clocks, SETTINGS, at("14:00"))
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


@given(st.text(st.characters(codec=None)))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_a_ticket_holds_acts_on_the_terminal(course_clocks: Clocks, evil: str) -> None:
    entry = make_entry(
        "09:30",
        evil,
        FieldChange("state", "pending", "new"),
        *(
            FieldChange(key, evil)
            for key in ("reason", "until", "ref", "late", "attached", "rating", "x_evil", "title")
        ),
        level=evil,
        text=evil,
    )
    fields = dict.fromkeys(
        ("title", "asset", "category", "state", "priority", "assignee", "level", "group", "via"), evil
    )
    requester = dict.fromkeys(("requester__name", "requester__email", "requester__location"), evil)
    parts = {"description": evil, "actions": evil, "tags": (evil,), "links": (evil,)}
    ticket = make_ticket(opening(), entry, **fields, **requester, **parts)
    shown = sheet(ticket, course_clocks, SETTINGS, at("14:00"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


def test_showing_a_ticket_loads_no_table_library() -> None:
    program = (
        "import sys, tkt.presentation.sheet;"
        "print({'rich', 'tabulate', 'json', 'csv', 'html', 'decimal', 'yaml', 'typer'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(("state", "ended"), [("resolved", True), ("closed", True), ("cancelled", False)])
def test_only_what_was_resolved_has_an_ending(
    state: str, ended: bool, course_ticket: Ticket, course_clocks: Clocks
) -> None:
    ticket = replace(course_ticket, fields={**course_ticket.fields, "state": state})
    assert ("DURATION" in sheet(ticket, course_clocks, SETTINGS, at("14:00"))) is ended


def test_the_sheet_shows_the_olas_that_run_and_those_that_were_too_long(course_clocks: Clocks) -> None:
    every = [
        holding("Poste", until="10:00", verdict="met"),
        holding("Réseau", until="14:30", elapsed=5 * HOUR, verdict="breached", breached=True),
        holding("Messagerie", since="14:30", due=at("16:30")),
        holding("Bases", since="14:30", verdict="none", target=None),
    ]
    text = sheet(make_ticket(), course_clocks, SETTINGS, at("15:30"), every)
    assert re.findall(r"^OLA: (\w+) (.*) \((\w+)", text, re.MULTILINE) == [
        ("Réseau", "5h / 2h", "breached"),
        ("Messagerie", "1h / 2h", "running"),
    ]
