"""A real year of a service desk: 500 incidents give the figures that a separate program computed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.metrics import incident_log
from tkt.domain.settings import Settings
from tkt.domain.words import STATE
from tkt.metrics.scorecard import Period, Scorecard, score

pytestmark = pytest.mark.skipif(not incident_log.LOG.exists(), reason="the incident log is not beside the project")


@pytest.fixture(scope="module")
def whole_log() -> Scorecard:
    period = Period(None, datetime(2020, 1, 1, tzinfo=UTC), "UTC", open_end=True)
    return score(incident_log.tickets(), period, Settings())


def test_every_figure_comes_out_to_the_digit(whole_log: Scorecard) -> None:
    figures = whole_log.indicators
    for key, expected in incident_log.expected().items():
        if isinstance(expected, list):
            assert [figures[key].numerator, figures[key].denominator] == expected, key
        elif not isinstance(expected, dict):
            assert figures[key].value == expected, key


def test_every_figure_by_priority_comes_out_to_the_digit(whole_log: Scorecard) -> None:
    for priority, expected in incident_log.expected()["by_priority"].items():
        figures = whole_log.by_priority[priority]
        found = {
            "resolved": figures["resolved"].value,
            "sla_response_met": figures["sla_response"].numerator,
            "sla_resolution_met": figures["sla_resolution"].numerator,
        }
        assert found == expected, priority


def test_every_ticket_ends_in_the_state_that_was_expected() -> None:
    states = Counter(ticket.state for ticket in incident_log.tickets())
    expected = incident_log.expected()["states"]
    assert {state: states[state] for state in STATE.codes if state in expected} == expected
