"""The build step of the package: compiles every catalogue that people translate (.po) for gettext (.mo), beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Runs for a wheel, whether from a checkout or an sdist, and for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root).glob("src/tkt/locale/*/LC_MESSAGES/*.po")):
            with source.open("rb") as words:
                catalogue = read_po(words, locale=source.parts[-3], abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
