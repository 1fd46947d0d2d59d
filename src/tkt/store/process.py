"""Other processes of this machine, as far as one can see them."""

from __future__ import annotations

import os


def lives(pid: int) -> bool:
    """Whether a process of that number is there."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
