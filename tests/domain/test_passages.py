"""What a ticket says in words, and where."""

from __future__ import annotations

from tests.domain.tickets import said, ticket
from tkt.domain.passages import passages


def found(*entries: object, **fields: object) -> list[tuple[str, str]]:
    return [(one.where, one.text) for one in passages(ticket(*entries, **fields))]  # type: ignore[arg-type]


def test_title_description_resolution_and_journal_are_passages_in_that_order() -> None:
    entry = said("09:30", "IP blacklistée", spent="15m")
    told = ticket(entry, title="Outlook", description="550", cause="SPF", action="SPF corrigé")
    assert [(one.where, one.text, one.entry) for one in passages(told)] == [
        ("title", "Outlook", None),
        ("description", "550", None),
        ("cause", "SPF", None),
        ("action", "SPF corrigé", None),
        ("journal", "IP blacklistée", entry),
    ]


def test_a_cause_that_nobody_knows_says_nothing() -> None:
    assert ("cause", "unknown") not in found(said("09:30", cause="unknown"), description="")


def test_what_entries_record_in_words_counts_and_their_code_words_do_not() -> None:
    entry = said("09:30", "Chez l'éditeur", state="new → pending", reason="vendor", ref="DOSSIER-42", late="réunion")
    assert [text for where, text in found(entry) if where == "journal"] == ["Chez l'éditeur", "DOSSIER-42", "réunion"]


def test_a_resolution_that_did_not_last_is_still_found_and_the_one_that_stands_once() -> None:
    first, second = said("09:30", action="redémarrage"), said("10:30", action="redémarrage → pilote remplacé")
    texts = [text for _where, text in found(first, second)]
    assert (texts.count("redémarrage"), texts.count("pilote remplacé")) == (1, 1)
