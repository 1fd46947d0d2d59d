"""The desk's words: what files hold, what people read, what they may type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt import language
from tkt.domain import words
from tkt.domain.words import UnknownWord, Vocabulary, did_you_mean, fold, nearest, without_accents

VOCABULARIES = [value for value in vars(words).values() if isinstance(value, Vocabulary)]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.name[1])
def test_a_word_is_understood_by_its_code_and_its_label_in_either_language(vocabulary: Vocabulary, spoken: str) -> None:
    language.speak(spoken)
    for code in vocabulary.codes:
        for label in (code, *(vocabulary.label(code, one) for one in language.LANGUAGES)):
            for text in (label, label.upper(), f" {label} ", label.replace(" ", "_"), label.replace(" ", "-")):
                assert vocabulary.read(text) == code


@pytest.mark.parametrize(
    ("vocabulary", "text", "code"),
    [
        (words.STATE, "en cours", "in_progress"),
        (words.STATE, "Résolu", "resolved"),
        (words.STATE, "resolu", "resolved"),
        (words.STATE, "EN  ATTENTE", "pending"),
        (words.PRIORITY, "p1", "P1"),
        (words.PRIORITY, "Critique", "P1"),
        (words.KIND, "demande", "request"),
    ],
)
def test_accents_case_and_blanks_do_not_matter(vocabulary: Vocabulary, text: str, code: str) -> None:
    assert vocabulary.read(text) == code


def test_an_unknown_word_is_refused_with_the_nearest_or_with_all_there_are() -> None:
    with pytest.raises(UnknownWord, match=r"“resolvd” is not a known state\. Did you mean Resolved\?"):
        words.STATE.read("resolvd")
    with pytest.raises(UnknownWord, match=r"“P7” is not a known priority\. (Did you mean P|Known: P1, P2, P3, P4)"):
        words.PRIORITY.read("P7")
    with pytest.raises(UnknownWord, match=r"Known: high, medium, low\."):
        words.IMPACT.read("xyz")


def test_words_keep_their_order_and_unknown_ones_come_last() -> None:
    assert sorted(["P3", "autre", "P1"], key=words.PRIORITY.rank) == ["P1", "P3", "autre"]
    assert "P1" in words.PRIORITY
    assert "Critical" not in words.PRIORITY


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert words.STATE.label("perdu") == "perdu"
    assert words.STATE.label("pending", "fr") == "En attente"


def test_the_nearest_word_ignores_accents_and_there_may_be_none() -> None:
    assert nearest("messagérie", ["Bureautique", "Messagerie"]) == "Messagerie"
    assert nearest("zzz", ["Bureautique", "Messagerie"]) is None
    assert did_you_mean("zzz", [str(number) for number in range(13)]) == ""


def test_folding_takes_away_what_does_not_matter() -> None:
    assert fold("  Envoi/RÉCEPTION__x-y ") == "envoi/reception x y"


def test_each_link_has_another_end_that_leads_back() -> None:
    assert set(words.INVERSE_LINK) == set(words.LINK.codes)
    assert all(words.INVERSE_LINK[words.INVERSE_LINK[kind]] == kind for kind in words.LINK.codes)


def test_each_kind_of_ticket_has_a_prefix_of_its_own() -> None:
    assert set(words.PREFIX) == set(words.KIND.codes)
    assert len(set(words.PREFIX.values())) == len(words.PREFIX)


def test_a_state_is_open_done_or_cancelled() -> None:
    assert words.OPEN | words.DONE | {"cancelled"} == set(words.STATE.codes)
    assert not words.OPEN & words.DONE


@given(st.text(max_size=30))
def test_accents_go_as_by_unicode_s_own_normal_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text)
    assert without_accents(text) == "".join(one for one in decomposed if not unicodedata.combining(one))


def test_a_line_of_a_million_marks_is_folded_at_once() -> None:
    assert fold("e" + "\u0301\u0323" * 500_000) == "e"
