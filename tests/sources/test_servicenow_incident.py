"""One incident's rows fold into a ticket that has the same uid wherever it is made."""

from __future__ import annotations

from tkt.domain.identifier import new_uid
from tkt.sources.servicenow_incident import uid_of


def test_a_number_has_one_uid_for_ever() -> None:
    assert uid_of("INC0000045") == "jps7hj7zet"


def test_uids_look_like_any_other_uid_and_differ_between_numbers() -> None:
    uids = {uid_of(f"INC{number:07d}") for number in range(5000)}
    assert len(uids) == 5000
    assert {len(uid) for uid in uids} == {len(new_uid())}
    assert set("".join(uids)) == set("0123456789abcdefghjkmnpqrstvwxyz")
