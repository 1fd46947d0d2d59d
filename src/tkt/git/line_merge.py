"""The merge of text line by line: git's own, of three texts that need be in no repository."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tkt.git.command import Git

# Past this, git's exit status is no number of conflicts.
_MOST_CONFLICTS = 127
_OURS, _PARTED, _THEIRS = b"<<<<<<< ours", b"=======", b">>>>>>> theirs"


def merge_lines(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """What git makes of two texts that grew from `base`, and whether no markers stand in it."""
    merged, clean = merge_bytes(base.encode(), ours.encode(), theirs.encode())
    return merged.decode(), clean


def merge_bytes(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """The same of files that may be no text: of what git takes for binary, both are kept whole between markers.

    Raises GitMissing where there is no git.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            Path(folder, name).write_bytes(data)
        # One way of marking, whatever a person prefers: what reads the markers knows no other.
        marked = ("-c", "merge.conflictStyle=merge", "merge-file", "--stdout")
        labels = ("-L", "ours", "-L", "base", "-L", "theirs")
        answer = Git(Path(folder)).ask(*marked, *labels, "ours", "base", "theirs")
    if answer.status > _MOST_CONFLICTS or answer.status < 0:
        return both_whole(ours, theirs), False
    return answer.out, answer.status == 0


def both_whole(ours: bytes, theirs: bytes) -> bytes:
    """Two files between markers, each whole: nothing of either is lost."""
    eol = b"\r\n" if b"\r\n" in ours else b"\n"
    ended = [data if not data or data.endswith(b"\n") else data + eol for data in (ours, theirs)]
    return _OURS + eol + ended[0] + _PARTED + eol + ended[1] + _THEIRS + eol
