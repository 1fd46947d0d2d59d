"""How a desk was set up in a commit: whose names it knew, how far back it let its people write."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.domain.settings import Settings
from tkt.git.blobs import read_blobs
from tkt.git.command import Git, GitFailed
from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.settings import BadSettings, parse_settings


class PastSettings:
    """Settings by commit and by the desk's folder; files that are the same are read once."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._read: dict[bytes, Settings] = {}

    def of(self, places: Sequence[tuple[str, str]]) -> list[Settings | None]:
        """The settings of each (commit, folder): the defaults where there were none that can be read.

        None for all of them where git cannot tell, in a partial clone whose remote cannot be reached.
        """
        names = [f"{commit}:{folder}{SETTINGS}" for commit, folder in places]
        each = list(dict.fromkeys(names))
        try:
            found = dict(zip(each, read_blobs(self._git, each), strict=True))
        except GitFailed:
            return [None] * len(places)
        return [self._parsed(found[name] or b"") for name in names]

    def _parsed(self, data: bytes) -> Settings:
        if data not in self._read:
            try:
                self._read[data] = parse_settings(SETTINGS, data)
            except BadSettings:
                self._read[data] = Settings()
        return self._read[data]
