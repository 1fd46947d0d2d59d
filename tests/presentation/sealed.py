"""A seal made by hand, a figure of it that is another one today, and the ticket that makes the difference."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.presentation.figures import JANUARY, exercise_2
from tkt.domain.entry import FieldChange
from tkt.domain.person import Person
from tkt.metrics.figure import Figure
from tkt.metrics.seal import Departure, Differing, Place, Seal, Sealed, figures_of

AT = datetime(2026, 2, 3, 9, tzinfo=UTC)
SAID = Sealed("2026-01", "1" * 40, "a" * 64, "1.0", ("incident",), JANUARY, figures_of(exercise_2()))
SEAL = Seal("2026-01", "tkt/seal/2026-01", "0" * 40, "1" * 40, Person("Jean DUPONT"), AT, True, SAID)
CREATED = Departure(Place("", "created"), Figure(200, 200), Figure(200, 200), Figure(201, 201))
CHANGED = Differing("INC0000001", "changed", ("created", "fcr"), (FieldChange("priority", "P1", "P3"),), 1, 2)
