"""Two people at once on one desk: every command happens, one after the other."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.front_door import FrontDoor, command, surroundings


@pytest.mark.slow
def test_two_processes_log_ten_entries_each_and_none_is_lost(
    tkt: FrontDoor, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TKT_NOW")
    before = tkt.commits()

    def log(name: str) -> list[int]:
        lines = (command("log", ticket, "--as", name, f"{name} {turn}") for turn in range(10))
        return [subprocess.run(line, cwd=tkt.root, env=around, capture_output=True).returncode for line in lines]

    around = surroundings()
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(log, ("Pierre MARTIN", "Zoé LENOIR")))

    assert codes == [[0] * 10, [0] * 10]
    entries = tkt.ticket(ticket)["entries"][1:]
    for name in ("Pierre MARTIN", "Zoé LENOIR"):
        assert [entry["text"] for entry in entries if entry["author"] == name] == [
            f"{name} {turn}" for turn in range(10)
        ]
    assert len(entries) == 20
    positions = [(entry["at"], entry["ordinal"]) for entry in entries]
    assert positions == sorted(set(positions))
    assert tkt.commits() == before + 20
    assert tkt.git("status", "--porcelain") == ""
    assert tkt("check", "--json").json["errors"] == 0


@pytest.mark.slow
def test_two_processes_that_open_tickets_never_give_one_number_twice(tkt: FrontDoor) -> None:
    around = surroundings()

    def opened(turn: int) -> str:
        line = command("new", f"Écran noir {turn}", "-r", "Ana LIMA")
        return subprocess.run(line, cwd=tkt.root, env=around, capture_output=True, check=True).stdout.decode().strip()

    with ThreadPoolExecutor(2) as pool:
        ids = list(pool.map(opened, range(6)))

    assert sorted(ids) == [f"INC000000{number}" for number in range(1, 7)]
    assert tkt("check", "--json").json["errors"] == 0
