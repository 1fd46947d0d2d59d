"""What puts a command right that can no longer be taken back."""

from __future__ import annotations

import pytest

from tests.domain.tickets import said
from tests.store.course_ticket import COURSE, PATH
from tkt.desk.taking_back import Deed, TakenBack, correction, deed
from tkt.domain.entry import Entry, FieldChange, SetChange

DIGEST = "0" * 64


@pytest.mark.parametrize(
    ("entry", "way"),
    [
        (
            said("09:30", attached=f"cv d'essai.pdf (3 bytes, sha256:{DIGEST})"),
            "redact ID --attachment 'cv d'\"'\"'essai.pdf'",
        ),
        (said("09:30", tags="+vip -old"), 'edit ID --untag vip --tag old "…"'),
        (said("09:30", requester__phone="06 → 07"), 'edit ID --phone 06 "…"'),
        (said("09:30", state="cancelled → in_progress"), "cancel ID --reason …"),
        (said("09:30", assignee="Jean → Pierre"), "assign ID --to Jean"),
        (said("09:30", assignee="Pierre"), 'log ID "…"'),
        (said("09:30", "Vu"), 'log ID "…"'),
    ],
)
def test_the_verb_that_moves_it_back_is_named(entry: Entry, way: str) -> None:
    assert correction(Deed("ID", False, (entry,))).startswith(f"tkt {way}")


def test_a_ticket_just_opened_is_cancelled() -> None:
    assert correction(Deed("ID", True, ())) == 'tkt cancel ID --reason error "…"'


def test_what_no_verb_moves_back_is_said() -> None:
    changes = (SetChange("links", ("related-to:INC0000001",)), FieldChange("x_ours", "b", "a"))
    told = TakenBack("", "", "", (), (Deed("ID", False, (Entry(said("09:30").at, "Jean", changes=changes),)),))
    assert told.correction == 'tkt log ID "…"'


def test_only_the_entries_of_the_command_count_and_an_unreadable_file_tells_nothing() -> None:
    before = COURSE[: COURSE.index("### 2026-01-15T09:30:00+01:00 #2")]
    found = deed(PATH, before.encode(), COURSE.encode())
    assert found is not None
    assert [entry.ordinal for entry in found.entries] == [2]
    assert deed(PATH, None, b"\xff") is None
    assert deed(PATH, COURSE.encode(), None) is None
