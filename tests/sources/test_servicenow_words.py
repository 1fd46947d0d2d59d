"""ServiceNow's words have their equals among ours; where ours say less, the original is kept."""

from __future__ import annotations

import pytest

from tests.sources.make_log import COLUMNS, FIRST_ROW
from tkt.domain.keys import is_key
from tkt.domain.words import IMPACT, PENDING_REASON, PRIORITY, STATE, URGENCY, VIA
from tkt.sources import servicenow_words
from tkt.sources.servicenow_words import Said, Translation, heading_safe, kept_key, meaning_of, title_of


def said(**cells: str) -> Said:
    nothing = {column: "" if cell == "?" else cell for column, cell in FIRST_ROW.items()}
    return Translation(COLUMNS).read(nothing | cells)


@pytest.mark.parametrize(
    ("word", "state", "reason"),
    [
        ("New", "new", ""),
        ("Active", "in_progress", ""),
        ("In Progress", "in_progress", ""),
        ("Awaiting User Info", "pending", "user"),
        ("Awaiting Evidence", "pending", "user"),
        ("Awaiting Vendor", "pending", "vendor"),
        ("Awaiting Problem", "pending", "problem"),
        ("Awaiting Change", "pending", "change"),
        ("On Hold", "pending", "other"),
        ("Resolved", "resolved", ""),
        ("Closed", "closed", ""),
        ("Canceled", "cancelled", ""),
        ("Cancelled", "cancelled", ""),
    ],
)
def test_every_state_that_servicenow_knows_is_one_of_ours(word: str, state: str, reason: str) -> None:
    row = said(incident_state=word)
    assert (row.values["state"], row.reason, row.unknown) == (state, reason, ())


@pytest.mark.parametrize(
    ("word", "via"),
    [
        ("Phone", "phone"),
        ("Email", "email"),
        ("Self service", "portal"),
        ("Self-service", "portal"),
        ("Chat", "chat"),
        ("Walk-in", "walk_in"),
        ("Monitoring", "monitoring"),
        ("IVR", "phone"),
        ("Virtual Agent", "chat"),
        ("Event", "monitoring"),
    ],
)
def test_every_way_in_has_its_equal(word: str, via: str) -> None:
    assert said(contact_type=word).values["via"] == via


@pytest.mark.parametrize(
    ("column", "word", "code"),
    [
        ("impact", "1 - High", "high"),
        ("impact", "2 - Moyen", "medium"),
        ("urgency", "3 - Low", "low"),
        ("urgency", "2", "medium"),
        ("priority", "1 - Critical", "P1"),
        ("priority", "2 - High", "P2"),
        ("priority", "3 - Moderate", "P3"),
        ("priority", "4 - Low", "P4"),
        ("priority", "5 - Planning", "P4"),
    ],
)
def test_the_number_of_a_step_rules_whatever_its_label(column: str, word: str, code: str) -> None:
    meaning = meaning_of(column, word)
    assert meaning is not None and meaning.code == code


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("incident_state", "Awaiting Evidence"),
        ("contact_type", "IVR"),
        ("priority", "5 - Planning"),
    ],
)
def test_the_original_is_kept_where_our_word_says_less(column: str, word: str) -> None:
    row = said(**{column: word})
    assert row.values[f"x_servicenow.{column}"] == word
    assert row.unknown == ()


@pytest.mark.parametrize(
    ("column", "key", "word"),
    [
        ("incident_state", "state", "-100"),
        ("contact_type", "via", "Direct opening"),
        ("impact", "impact", "High"),
        ("priority", "priority", "6 - Whenever"),
    ],
)
def test_a_word_without_an_equal_is_kept_and_named(column: str, key: str, word: str) -> None:
    row = said(**{column: word})
    assert row.values[key] == ""
    assert row.values[f"x_servicenow.{column}"] == word
    assert row.unknown == (column,)


def test_a_null_is_not_an_unknown_word() -> None:
    row = said(contact_type="", impact="")
    assert (row.values["via"], row.values["impact"], row.unknown) == ("", "", ())


def test_our_words_are_all_in_our_vocabularies() -> None:
    words = servicenow_words._VOCABULARIES
    ours = {"incident_state": STATE, "contact_type": VIA, "impact": IMPACT, "urgency": URGENCY, "priority": PRIORITY}
    for column, vocabulary in ours.items():
        assert all(meaning.code in vocabulary for meaning in words[column].values())
    assert all(meaning.reason in PENDING_REASON for meaning in words["incident_state"].values() if meaning.reason)


@pytest.mark.parametrize(
    ("cells", "title"),
    [
        ({}, "Category 55 > Subcategory 170: Symptom 72"),
        ({"u_symptom": ""}, "Category 55 > Subcategory 170"),
        ({"category": ""}, "Subcategory 170: Symptom 72"),
        ({"category": "", "subcategory": ""}, "Symptom 72"),
        ({"category": "", "subcategory": "", "u_symptom": "", "cmdb_ci": "cmdb_ci 31"}, "cmdb_ci 31"),
        ({"category": "", "subcategory": "", "u_symptom": "", "cmdb_ci": ""}, "INC0000001"),
    ],
)
def test_a_title_says_what_the_log_says_and_is_never_empty(cells: dict[str, str], title: str) -> None:
    assert title_of(FIRST_ROW | cells) == title


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Jean · N2", "Jean - N2"),
        ("· public", "- public"),
        ("Jean ·", "Jean -"),
        ("Jean\u00a0· N2", "Jean\u00a0- N2"),
        ("Gal·la PUIG", "Gal·la PUIG"),
    ],
)
def test_a_name_cannot_be_read_as_two_parts_of_a_heading(name: str, safe: str) -> None:
    assert heading_safe(name) == safe


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("u_symptom", "x_servicenow.u_symptom"),
        ("Vérifié par", "x_servicenow.v_rifi_par"),
        ("2nd line", "x_servicenow.2nd_line"),
    ],
)
def test_any_column_can_be_kept_under_a_key_that_the_journal_takes(column: str, key: str) -> None:
    assert kept_key(column) == key
    assert is_key(key)


def test_a_column_without_a_letter_or_a_digit_has_no_key() -> None:
    assert kept_key("—") == ""
