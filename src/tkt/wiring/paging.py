"""Which pager long lists are shown in."""

from __future__ import annotations

from tkt.git.pager import pager_of as pager_of
