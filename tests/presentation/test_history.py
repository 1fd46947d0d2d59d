"""A ticket's commits as a table: git's words are as untrusted as the ticket's."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import commit
from tkt.presentation.history import history_table
from tkt.presentation.tables import render

PARIS = ZoneInfo("Europe/Paris")


def test_a_commit_says_who_recorded_what_and_when(french: None) -> None:
    table = history_table([commit(transition="new → in_progress", entry_by="Jean DUPONT <jean@entreprise.fr>")], PARIS)
    assert render(table, "tsv").splitlines() == [
        "Commit\tDate\tEnregistré par\tEntrée de\tTransition\tSujet",
        "0123456\t15/01/2026 09:30\tZoé DURAND\tJean DUPONT <jean@entreprise.fr>\tnew → in_progress\t"
        "INC0012345: new → in_progress",
    ]


def test_a_commit_without_trailers_and_with_evil_words() -> None:
    table = history_table([commit(subject="\x1b[31m\tfixed")], PARIS)
    assert render(table, "plain").splitlines()[1].endswith("\\x1b[31m fixed")
