"""The course's ticket with its clocks, and the language that a test speaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.presentation.course import HOUR, at, course_entries, make_ticket, running
from tkt import language
from tkt.domain.ticket import Ticket
from tkt.service_level.reading import Clocks


@pytest.fixture
def course_ticket() -> Ticket:
    """INC0012345 as the course documents it, closed."""
    return make_ticket(
        *course_entries(),
        state="closed",
        assignee="Pierre MARTIN",
        level="N2",
        cause="IP serveur mail dans blacklist Spamhaus",
        action="Demande de delist effectuée",
    )


@pytest.fixture
def course_clocks() -> Clocks:
    """Both clocks of the course's ticket, stopped in time."""
    return Clocks(
        running("response", HOUR // 4, 2 * HOUR, verdict="met", stopped_at=at("09:30")),
        running("resolution", 9 * HOUR // 2, 24 * HOUR, verdict="met", stopped_at=at("13:45")),
    )


@pytest.fixture
def open_clocks() -> Clocks:
    """The clocks of an open ticket at 10:30: answered, due the next morning."""
    return Clocks(
        running("response", HOUR // 4, 2 * HOUR, verdict="met", stopped_at=at("09:30")),
        running("resolution", 5 * HOUR // 4, 24 * HOUR, due=at("16T09:15")),
    )


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test begins in English and leaves English behind."""
    monkeypatch.setenv("LANGUAGE", "en")
    language.speak("en")
    yield
    language.speak("en")


@pytest.fixture
def french(english: None) -> None:
    """The test speaks French."""
    language.speak("fr")
