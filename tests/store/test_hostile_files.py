"""Whatever bytes lie where a ticket, settings, people or a template should: they are read or told as none, at once."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE, PATH
from tests.torture import scaled
from tkt.domain.consistency import discrepancies
from tkt.domain.quality import lapses
from tkt.domain.settings import Settings
from tkt.errors import TktError, Unreadable
from tkt.presentation.json_form import dump, ticket_json
from tkt.presentation.sheet import sheet
from tkt.service_level.agreements import Agreements
from tkt.service_level.verdict import read_clocks
from tkt.store.bounded_file import read_file
from tkt.store.journal_text import bytes_of
from tkt.store.people import find_people
from tkt.store.settings.settings import BadSettings, read_settings
from tkt.store.templates import UnreadableTemplate, read_template
from tkt.store.ticket_file import LARGEST, TicketFile, TicketFull
from tkt.store.ticket_tree import find_files
from tkt.store.unreadable_ticket import UnreadableTicket

NOW = datetime.fromisoformat("2026-01-16T10:00:00+01:00")
SETTINGS = Settings()
AGREEMENTS = Agreements.of(SETTINGS)
ACTS_ON_A_TERMINAL = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202b\u202c\u202d\u202e\u2066\u2069"}

# What hurts: each where the grammar of one part or another gives it a meaning.
BARBS = [
    *(
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"!!python/object/apply:os.system ['id']",
        b"!!binary ",
        b"%YAML 9.9\n",
        b"%TAG ! !!\n",
    ),
    *(
        b"---\n",
        b"...\n",
        b"? ",
        b"- ",
        b": ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"|\n",
        b">-\n",
        b"'",
        b'"',
        b"\t",
        b"#",
        b"~",
        b"@",
        b"`",
    ),
    *(b"\x00", b"\x1b]52;c;YQ==\x07", b"\x1b[2J", b"\x1bP1$r\x1b\\", b"\x9b31m", b"\xc2\x9b31m", b"\x7f", b"\x08"),
    *("\u202e".encode(), "\u2066".encode(), "\u200b".encode(), "\ufeff".encode(), "\u2028".encode(), "\x85".encode()),
    *(b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\r", b"\r\n", b"\n", b"\n\n"),
    *(
        b"## Journal\n",
        b"## Description\n",
        b"### 2026-01-15T09:15:00+01:00 ",
        b"### 0000-00-00T99:99:99+99:99 ",
        b" \xc2\xb7 ",
    ),
    *(
        b"- state: ",
        b"- tags: +",
        b"- spent: 1" + b"0" * 5000 + b"d\n",
        b" \xe2\x86\x92 ",
        b" #999999999",
        b'"\\ud800"',
    ),
    *(
        b"- attached: x (" + b"9" * 5000 + b" bytes, sha256:" + b"a" * 64 + b")\n",
        b"- until: 9999-12-31\n",
        b"- rating: 6\n",
    ),
    *("- spent: ١٥m\n".encode(), b"opened_at: 2999-12-31T23:59:59-23:59\n", b"opened_at: 0000-01-01T00:00:00Z\n"),
    *(b"id: ../../../etc/passwd\n", b"id: --upload-pack=touch x\n", b"title: =HYPERLINK(1)\n", b"title: <script>|`\n"),
    *(b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"\\", b"\\\\# ", b"requester:\n", b"x_a: {b: [c, {d: e}]}\n"),
]
mutations = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.sampled_from([0, 0, 0, 1, 3, 20, 200, 2000]),
        st.one_of(st.sampled_from(BARBS), st.sampled_from(BARBS), st.binary(max_size=6)),
        st.sampled_from([1, 1, 1, 2, 40]),
    ),
    min_size=1,
    max_size=6,
)
inputs = settings(max_examples=scaled(60, 20_000), suppress_health_check=list(HealthCheck))


def mutated(data: bytes, moments: list[tuple[int, int, bytes, int]]) -> bytes:
    """`data` after a few bad moments: something taken out, something that hurts put in."""
    for place, length, barb, times in moments:
        start = place % (len(data) + 1)
        data = data[:start] + barb * times + data[start + length :]
    return data


tickets = st.one_of(
    mutations.map(lambda moments: mutated(COURSE.encode(), moments)),
    mutations.map(lambda moments: mutated(COURSE.replace("\n", "\r\n").encode(), moments)),
    st.binary(max_size=300),
    mutations.map(lambda moments: b"---\n" + mutated(b"", moments) + b"\n---\n"),
)


@inputs
@given(tickets)
def test_a_ticket_of_any_bytes_is_shown_and_judged_or_told_as_none(data: bytes) -> None:
    for text in said_of(data):
        assert not ACTS_ON_A_TERMINAL.intersection(text.replace("\n", "").replace("\t", ""))


def said_of(data: bytes) -> Iterator[str]:
    """All that commands say of a file."""
    try:
        file = TicketFile.parse(PATH, data)
        findings = list(file.findings())
        assert file.data == data
        assert all(0 <= finding.line <= data.count(b"\n") + 1 for finding in findings)
        ticket = file.ticket
        clocks = read_clocks(ticket, AGREEMENTS, NOW)
    except UnreadableTicket as error:
        assert str(error)
        return
    list(discrepancies(ticket, bytes_of))
    list(lapses(ticket, SETTINGS, NOW))
    yield dump(ticket_json(ticket, clocks))
    yield sheet(ticket, clocks, SETTINGS, NOW)


def _place(factory: pytest.TempPathFactory, name: str) -> Path:
    """Where one example after the other is written, in a folder that no other test looks into."""
    folder = factory.getbasetemp() / "hostile"
    folder.mkdir(exist_ok=True)
    return folder / name


@inputs
@given(mutations)
def test_settings_of_any_bytes_are_read_or_told_as_none(
    tmp_path_factory: pytest.TempPathFactory, moments: list[tuple[int, int, bytes, int]]
) -> None:
    path = _place(tmp_path_factory, "tkt.yaml")
    path.write_bytes(mutated(DEFAULTS, moments))
    try:
        assert isinstance(read_settings(path).timezone, ZoneInfo)
    except BadSettings as error:
        assert all(len(problem.message) <= 400 for problem in error.problems)


@inputs
@given(mutations, st.sampled_from(["a", "marie", "é", "\u0301", "x y"]))
def test_people_of_any_bytes_are_found_or_told_as_none(
    tmp_path_factory: pytest.TempPathFactory, moments: list[tuple[int, int, bytes, int]], who: str
) -> None:
    path = _place(tmp_path_factory, "people.csv")
    path.write_bytes(mutated(b'name,email,phone\nMarie,a@b.fr,1\n"Zo\xc3\xab, x",z@b.fr,\n' * 3, moments))
    try:
        found = find_people(path, who)
    except Unreadable:
        return
    assert not any(
        ACTS_ON_A_TERMINAL.intersection(person.name + person.email) - set("\u202e\u2066") for person in found
    )


@inputs
@given(mutations)
def test_a_template_of_any_bytes_is_read_or_told_as_none(
    tmp_path_factory: pytest.TempPathFactory, moments: list[tuple[int, int, bytes, int]]
) -> None:
    path = _place(tmp_path_factory, "x.md")
    path.write_bytes(
        mutated(b"---\ntemplate: x\ntitle: y\ntags: [a]\nimpact: low\n---\n\n## Description\n\nz\n", moments)
    )
    try:
        read_template(path)
    except UnreadableTemplate as error:
        assert "\n" not in str(error)


DEFAULTS = b"""\
format: 1
language: fr
timezone: Europe/Paris
agents:
  - {name: Pierre MARTIN, email: pierre.martin@entreprise.fr, level: N2, group: Messagerie}
categories: [Messagerie > Outlook, Bureautique]
matrix:
  high: {high: P1, medium: P2, low: P3}
  medium: {high: P2, medium: P3, low: P4}
  low: {high: P3, medium: P4, low: P4}
sla:
  - name: standard
    when: {type: [incident]}
    versions:
      - from: 2026-01-01
        targets:
          P1: {response: 15m, resolution: 4h}
        pause: [user, vendor]
        warn_at: 80%
kpi:
  targets: {mttr: "< 4h"}
attachment_limit: 10MiB
"""


def pipe(path: Path) -> None:
    os.mkfifo(path)


def to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def endless(path: Path) -> None:
    path.write_bytes(b"---\n")
    os.truncate(path, 100 * 1024**3)


READERS: list[Callable[[Path], object]] = [
    lambda path: TicketFile.of("x", path),
    read_settings,
    lambda path: find_people(path, "a"),
    read_template,
]


@pytest.mark.parametrize("make", [pipe, to_a_device, plug, folder, loop, endless], ids=lambda make: make.__name__)
@pytest.mark.parametrize("read", READERS)
def test_what_is_no_ordinary_file_is_never_waited_for_nor_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], read: Callable[[Path], object]
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    make(tmp_path / "it")
    with pytest.raises(TktError):
        read(tmp_path / "it")


def test_a_file_is_read_up_to_its_limit_and_a_larger_one_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(b"x" * 100)
    assert read_file(tmp_path / "it", 100) == b"x" * 100
    with pytest.raises(OSError, match="larger than 99 B"):
        read_file(tmp_path / "it", 99)


def test_a_pipe_is_read_where_one_may_be_given_and_is_empty_without_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "it")
    assert read_file(tmp_path / "it", 10, pipes=True) == b""
    reader, writer = os.pipe()
    os.write(writer, b"words")
    os.close(writer)
    assert read_file(Path(f"/dev/fd/{reader}"), 10, pipes=True) == b"words"
    os.close(reader)


def test_a_ticket_that_could_not_be_read_any_more_is_not_written() -> None:
    file = TicketFile.parse(PATH, COURSE.encode())
    (entry, *_rest) = file.ticket.entries
    words = "é" * 120_000
    with pytest.raises(TicketFull, match="tkt attach"):
        for number in range(2, 20):
            file = file.with_entry(type(entry)(NOW, "Jean DUPONT", text=words, ordinal=number))
    assert LARGEST // 2 < len(file.data) <= LARGEST


def test_a_larger_file_is_told_as_one() -> None:
    with pytest.raises(UnreadableTicket, match="larger than 2 MiB"):
        TicketFile.parse(PATH, COURSE.encode() + b"\n" * LARGEST)


def test_folders_nested_deeper_than_calls_may_be_are_walked(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    try:
        here = os.open(top, os.O_RDONLY)
        for _level in range(1100):
            os.mkdir("a", dir_fd=here)
            below = os.open("a", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("INC0000001.md", os.O_CREAT, dir_fd=here))
        os.close(here)
        found = list(find_files(top))
    finally:
        subprocess.run(["rm", "-rf", top], check=True)  # pytest's own cleaning calls itself for each level

    assert [one.ticket_id for one in found] == ["INC0000001"]
