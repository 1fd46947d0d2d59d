"""The fingerprint of what a desk is set up by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.store.desk_folder import OutsideTheDesk
from tkt.store.settings.digest import digest_at, digest_of, is_setting

FILES = st.dictionaries(st.text(max_size=4), st.binary(max_size=6), max_size=3)


@given(FILES, FILES)
def test_only_the_same_files_have_one_fingerprint(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


def test_bytes_that_move_from_a_name_or_a_file_to_the_next_are_seen() -> None:
    alike = ({"ab": b"c"}, {"a": b"bc"}, {"a": b"", "b": b"c"}, {"a": b"1\nbc"}, {"abc": b""})

    assert len(set(map(digest_of, alike))) == len(alike)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("tkt.yaml", True),
        ("holidays/FR.yaml", True),
        ("holidays/FR.yml", False),
        ("holidays/old/FR.yaml", False),
        ("people.csv", False),
        ("tickets/tkt.yaml", False),
    ],
)
def test_the_settings_and_the_holidays_count(name: str, counts: bool) -> None:
    assert is_setting(name) == counts


def test_a_desk_has_the_fingerprint_of_its_files_and_none_outside_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "desk" / "holidays").mkdir(parents=True)
    root = tmp_path / "desk"
    (root / "tkt.yaml").write_bytes(b"format: 1\n")
    (root / "holidays" / "FR.yaml").write_bytes(b"years: {}\n")
    (root / "people.csv").write_bytes(b"name\n")

    assert digest_at(root) == digest_of({"tkt.yaml": b"format: 1\n", "holidays/FR.yaml": b"years: {}\n"})
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "holidays" / "DE.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(OutsideTheDesk):
        digest_at(root)
