"""Sources are found by name."""

from __future__ import annotations

import pytest

from tkt.errors import CalledWrongly
from tkt.sources import servicenow
from tkt.sources.catalogue import SOURCES, UnknownSource, reader_of


def test_a_source_is_read_by_the_reader_of_its_catalogue_line() -> None:
    assert reader_of("servicenow") is servicenow.read_log
    assert set(SOURCES) == {"servicenow"}


def test_an_unknown_source_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownSource, match=r"“service-now” is no system .* Did you mean servicenow\?") as refusal:
        reader_of("service-now")
    assert isinstance(refusal.value, CalledWrongly)
