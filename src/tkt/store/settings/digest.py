"""The fingerprint of what a desk was set up by: `tkt.yaml` and the holidays beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from tkt.store.desk_folder import SETTINGS, require_inside
from tkt.store.settings.file import bytes_of
from tkt.store.settings.holidays_file import FOLDER
from tkt.store.yaml_tree import BrokenYaml

_HOLIDAYS = re.compile(rf"{FOLDER}/[^/]+\.yaml")


def is_setting(name: str) -> bool:
    """Whether a file of a desk, named from its folder with slashes, is one of those that it is set up by."""
    return name == SETTINGS or _HOLIDAYS.fullmatch(name) is not None


def digest_of(files: Mapping[str, bytes]) -> str:
    """The SHA-256 over files by their names, as hexadecimal digits: each name and each content behind its length."""
    found = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogateescape"), files[name]):
            found.update(b"%d\n" % len(part) + part)
    return found.hexdigest()


def digest_at(root: Path) -> str:
    """The fingerprint of the files that lie in a desk now; one that cannot be read counts as an empty one."""
    places = [root / SETTINGS, *root.glob(f"{FOLDER}/*.yaml")]
    return digest_of({path.relative_to(root).as_posix(): _bytes(root, path) for path in places if path.is_file()})


def _bytes(root: Path, path: Path) -> bytes:
    require_inside(root, path)
    try:
        return bytes_of(path)
    except BrokenYaml:
        return b""
