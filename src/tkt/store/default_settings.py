"""The commented `tkt.yaml` that a new desk begins with: every default written out."""

from __future__ import annotations

import re
from pathlib import Path

_DEFAULTS = Path(__file__).with_name("defaults")
_TIMEZONE = re.compile(r"^timezone: .*$", re.MULTILINE)


def default_settings_text(language: str, timezone: str) -> str:
    """The file's text, with comments in `language` ("en" or "fr"), for a desk in the zone `timezone`."""
    text = (_DEFAULTS / f"tkt.{language}.yaml").read_text(encoding="utf-8")
    return _TIMEZONE.sub(lambda _line: f"timezone: {timezone}", text)
