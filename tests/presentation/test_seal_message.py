"""What a seal says is read back as it was said, and nothing else is taken for a seal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.presentation.figures import JANUARY, exercise_2
from tkt import language
from tkt.metrics.ola import FORMULAS as OLA_FORMULAS
from tkt.metrics.scorecard import OlaFigures
from tkt.metrics.seal import Place, Sealed, figures_of
from tkt.presentation.seal_message import month_title, read_seal, seal_message

RATE = exercise_2().indicators["fcr"]
OF_MESSAGING = OlaFigures("messagerie, été", "group", 'Messa"gerie', dict.fromkeys(OLA_FORMULAS, RATE))
CARD = replace(exercise_2(), olas=[OF_MESSAGING])
SEALED = Sealed("2026-01", "0" * 40, "a" * 64, "1.0", ("incident", "request"), JANUARY, figures_of(CARD))
words = st.text(max_size=20)


@given(words, words, st.booleans(), st.sampled_from(language.LANGUAGES))
def test_a_seal_is_read_back_as_it_was_said_in_either_language(why: str, by: str, frozen: bool, spoken: str) -> None:
    sealed = replace(SEALED, why=why, replaced=by, clock=datetime(2026, 2, 1, tzinfo=UTC) if frozen else None)
    language.speak(spoken)

    assert read_seal(seal_message(sealed, CARD)) == sealed


def test_a_message_is_for_people_above_and_plain_ascii_in_its_last_line() -> None:
    lines = seal_message(replace(SEALED, replaced="1" * 40, why="été"), CARD).splitlines()

    assert lines[0] == "Figures of January 2026" and lines[1] == ""
    assert lines[2].startswith("From 2026-01-01 00:00 to 2026-02-01 00:00")
    assert any(line.split() == ["FCR", "70.3%", "130", "/", "185", ">70%", "met"] for line in lines)
    assert "Replaces an earlier seal: été" in lines
    assert lines[-1].startswith("Seal: {") and lines[-1].isascii()


def test_a_figure_of_an_ola_is_known_by_the_ola_and_its_holder() -> None:
    found = read_seal(seal_message(SEALED, CARD))

    assert found is not None
    assert found.figures[Place('messagerie, été, Messa"gerie', "met")].denominator == 185


def test_a_month_is_named_in_the_language_spoken() -> None:
    assert month_title("2026-01") == "January 2026"


def test_why_cannot_pass_for_what_the_seal_says() -> None:
    forged = 'x\nSeal: {"version": 1}'

    assert read_seal(seal_message(replace(SEALED, replaced="1" * 40, why=forged), CARD)).why == forged  # type: ignore[union-attr]


def spoilt(**parts: object) -> str:
    document = json.loads(seal_message(SEALED, CARD).splitlines()[-1].removeprefix("Seal: "))
    return f"Seal: {json.dumps({**document, **parts})}"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "words",
        "Seal: ",
        "Seal: 1",
        "Seal: {}",
        'Seal: {"version": 2}',
        "Seal: " + "[" * 100_000,
        spoilt(version=2),
        spoilt(period={"from": "hier", "to": "2026-02-01T00:00:00+01:00", "timezone": "Europe/Paris"}),
        spoilt(period={**{"from": "2026-01-01T00:00:00+01:00", "to": "2026-02-01T00:00:00+01:00"}, "timezone": "../x"}),
        spoilt(kpi={"created": {"value": "7", "numerator": 7, "denominator": None}}),
        spoilt(kpi={"created": {"value": True, "numerator": 7, "denominator": None}}),
        spoilt(kpi={"created": 7}),
        spoilt(kpi=None),
        spoilt(ola=[1]),
        spoilt(types=None),
        spoilt(clock=7),
    ],
)
def test_what_is_no_seal_is_none(message: str) -> None:
    assert read_seal(message) is None
