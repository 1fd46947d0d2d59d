"""Settings as a desk's `tkt.yaml` holds them: read, or complained of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.domain.settings import Settings
from tkt.store.settings.settings import BadSettings, read_settings

OFFICE = "calendars: {office: [{from: 2026-01-01, hours: {mon-fri: 09:00-18:00}}]}\n"


def settings(folder: Path, text: str) -> Settings:
    """The settings of a desk whose `tkt.yaml` says so."""
    (folder / "tkt.yaml").write_text(text, encoding="utf-8")
    return read_settings(folder / "tkt.yaml")


def problems(folder: Path, text: str) -> list[str]:
    """What is complained of in such a one: a line for each problem, without the file's name."""
    with pytest.raises(BadSettings) as caught:
        settings(folder, text)
    return [line.removeprefix("tkt.yaml:") for line in str(caught.value).split("\n")]
