"""Which figures are others than those sealed."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.metrics.months import card
from tests.service_level.lives import life, said
from tkt.domain.person import Person
from tkt.metrics.figure import Figure
from tkt.metrics.seal import Departure, Place, Seal, Verification, departures, figures_of

CREATED, FCR = Place("", "created"), Place("", "fcr")
SEAL = Seal(
    "2026-01", "tkt/seal/2026-01", "0" * 40, "1" * 40, Person("Jean"), datetime(2026, 2, 1, tzinfo=UTC), False, None
)


def test_the_figures_of_a_scorecard_are_known_by_whose_they_are() -> None:
    figures = figures_of(card(life(said("10:15", state="new → resolved"), priority="P1")))

    assert figures[Place("", "resolved")] == figures[Place("P1", "resolved")] == Figure(1, 1)
    assert figures[Place("P2", "resolved")] == Figure(0, 0)
    assert {place.of for place in figures} == {"", "P1", "P2", "P3", "P4"}


def test_a_figure_that_either_place_gives_otherwise_departs() -> None:
    one, two = Figure(1, 1), Figure(2, 2)
    sealed = {CREATED: one}

    assert not [*departures(sealed, {CREATED: one}, {CREATED: one, FCR: two})]
    assert [*departures(sealed, {CREATED: two}, {CREATED: one})] == [Departure(CREATED, one, two, one)]
    assert [*departures(sealed, {CREATED: one}, {CREATED: two})] == [Departure(CREATED, one, one, two)]
    assert [*departures(sealed, {}, {CREATED: one})] == [Departure(CREATED, one, None, one)]


def test_a_seal_holds_while_it_is_sound_and_no_figure_departs() -> None:
    departed = Departure(CREATED, Figure(1, 1), None, None)

    assert Verification(SEAL, settings_changed=True).holds
    assert not Verification(SEAL, troubles=("its signature is not good",)).holds
    assert not Verification(SEAL, figures=(departed,)).holds
