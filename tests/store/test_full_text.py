"""The words of tickets, kept in a file: the same answers as from the tickets themselves, whatever befalls the file."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import said, ticket
from tests.torture import counting, reached, scaled
from tkt.domain.ticket import Ticket
from tkt.store.full_text.full_text import LOCK, NAME, FullText
from tkt.store.full_text.kept_texts import OutOfReach, Read
from tkt.store.full_text.texts import Texts
from tkt.store.full_text.words import Sought, sought

ROOT = Path(__file__).parents[2]
QUERIES = ["écran", "ecran bleu", "bleu ecran", "imprim*", "relais", "noeud", "l'écran"]
SAYINGS = ["Écran bleu", "bleu, écran ; bleu", "L’imprimante", "nœud du relais", "", "relais relais relais", "ecran"]
Answers = list[tuple[object, ...]]


class World:
    """Tickets by id as files would hold them, and how often one was read."""

    def __init__(self, **tickets: Ticket | None) -> None:
        self.tickets = tickets
        self.hashes = {one: f"{number}" for number, one in enumerate(tickets)}
        self.read_ids: list[str] = []
        self.writes = len(tickets)

    def put(self, ticket_id: str, ticket: Ticket | None, hash: str = "") -> None:
        self.writes += 1
        self.tickets[ticket_id], self.hashes[ticket_id] = ticket, hash or f"{self.writes}"

    def remove(self, ticket_id: str) -> None:
        self.tickets.pop(ticket_id, None)
        self.hashes.pop(ticket_id, None)

    @property
    def current(self) -> dict[str, str]:
        return {one: self.hashes[one] for one in sorted(self.hashes)}

    def read(self, ticket_id: str) -> Read | None:
        self.read_ids.append(ticket_id)
        found = self.tickets.get(ticket_id)
        return Read(found, self.hashes[ticket_id]) if found else None

    def kept(self, folder: Path) -> Answers:
        return FullText(folder).ask(answers, self.current, self.read)

    def in_memory(self) -> Answers:
        with Texts.in_memory() as texts:
            for one, found in self.tickets.items():
                texts.put(one, found) if found else None
            return answers(texts)


def answers(texts: Texts) -> Answers:
    """What the words say to every query: what is found, its order, which words are missing and what is near."""
    told: Answers = []
    for query in QUERIES:
        phrases = [sought(word) for word in query.split()]
        exact = [sought(query, exact=True)]
        told.append((query, *texts.ranked(phrases), None, *texts.ranked(exact), None, *sorted(texts.holding(phrases))))
        told.append((query, *texts.ranked(phrases, every=False)))
    return [*told, (texts.nearest_word("imprimnte"), texts.nearest_word("relas"), texts.holds_word("bleu"))]


def speaking(title: str = "", text: str = "", **fields: str) -> Ticket:
    return ticket(said("10:00", text), title=title, description="", **fields)


def ids(folder: Path, world: World, words: str) -> list[str]:
    """What is found of words, the most telling first."""
    return FullText(folder).ask(lambda texts: list(texts.ranked([sought(words)])), world.current, world.read)


@pytest.fixture
def world() -> World:
    return World(
        INC0000001=speaking("Imprimante en panne"),
        INC0000002=speaking("Écran", "Vu : l'imprimante n'a rien à y voir."),
        REQ0000003=speaking("Un écran de plus"),
    )


numbers = st.integers(1, 4).map(lambda number: f"INC{number:07d}")
edits = st.tuples(st.just("edit"), numbers, st.sampled_from(SAYINGS), st.sampled_from(SAYINGS))
steps = st.one_of(
    edits,
    edits,
    st.tuples(st.just("spoil"), numbers),
    st.tuples(st.just("remove"), numbers),
    st.tuples(st.just("restore"), numbers, st.integers(0, 5)),
    st.tuples(st.just("drop")),
    st.tuples(st.just("cut"), st.integers(0, 10_000)),
)


def lived(folder: Path, life: list[tuple[object, ...]]) -> Iterator[World]:
    """The desk after each step of a life, the file of words in `folder` meeting what befalls it there."""
    world = World()
    versions: dict[object, list[tuple[Ticket | None, str]]] = {}
    for what, *how in life:
        match what, how:
            case "edit", [str(one), str(title), str(text)]:
                world.put(one, speaking(title, text))
            case "spoil", [str(one)]:
                world.put(one, None)
            case "remove", [str(one)]:
                world.remove(one)
            case "restore", [str(one), int(which)] if versions.get(one):
                world.put(one, *versions[one][which % len(versions[one])])
            case "drop", []:
                (folder / NAME).unlink(missing_ok=True)
            case "cut", [int(size)] if (folder / NAME).exists():
                os.truncate(folder / NAME, size)
        for one, found in world.tickets.items():
            versions.setdefault(one, []).append((found, world.hashes[one]))
        yield world


def test_the_file_and_memory_give_the_same_hits_in_the_same_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Over edits, files that become unreadable, removals, restored versions, and a file of words that vanishes."""
    tried = {"questions": 0, "lost": 0}

    @settings(max_examples=scaled(25, 1_000))
    @given(st.lists(steps, min_size=1, max_size=8))
    def lives(life: list[tuple[object, ...]]) -> None:
        folder = tmp_path_factory.mktemp("words")
        for world in lived(folder, life):
            tried["questions"] += 3 * len(QUERIES)
            with counting(tried, "lost"):
                assert world.kept(folder) == world.in_memory()

    try:
        lives()
    finally:
        reached("full-text-same-hits", **tried)


def test_only_what_changed_is_read(tmp_path: Path, world: World) -> None:
    ids(tmp_path, world, "écran")
    world.read_ids.clear()
    world.put("INC0000002", speaking("Souris"))
    world.remove("REQ0000003")
    assert ids(tmp_path, world, "écran") == []
    assert ids(tmp_path, world, "souris") == ["INC0000002"]
    assert world.read_ids == ["INC0000002"]


def test_what_cannot_be_read_hides_nothing_and_is_asked_for_each_time(tmp_path: Path, world: World) -> None:
    world.put("INC0000002", None)
    assert ids(tmp_path, world, "écran") == ["REQ0000003"]
    world.read_ids.clear()
    assert ids(tmp_path, world, "écran") == ["REQ0000003"]
    assert world.read_ids == ["INC0000002"]


def test_a_ticket_that_changed_since_its_hash_was_told_is_read_again_the_next_time(
    tmp_path: Path, world: World
) -> None:
    """As when somebody writes, and takes it back, while the tickets are being read."""
    before = world.current
    world.put("INC0000001", speaking("Souris"))
    found = FullText(tmp_path).ask(lambda texts: list(texts.ranked([sought("souris")])), before, world.read)
    assert found == ["INC0000001"]
    world.put("INC0000001", speaking("Imprimante en panne"), before["INC0000001"])
    assert ids(tmp_path, world, "souris") == []


def test_titles_tell_more_than_words_in_passing_and_newest_comes_first_among_equals(
    tmp_path: Path, world: World
) -> None:
    world.put("INC0000009", speaking("Imprimante en panne"))
    assert ids(tmp_path, world, "imprimante") == ["INC0000009", "INC0000001", "INC0000002"]


@pytest.mark.parametrize("typed", ["ECRAN", "écran", "e\u0301cran", "Écran"])
def test_case_and_accents_count_for_nothing_whole_or_decomposed(tmp_path: Path, world: World, typed: str) -> None:
    assert set(ids(tmp_path, world, typed)) == {"INC0000002", "REQ0000003"}


def test_ligatures_are_two_letters(tmp_path: Path) -> None:
    world = World(INC0000001=speaking("Nœud du cluster"), INC0000002=speaking("Noeud"), INC0000003=speaking("Straße"))
    assert set(ids(tmp_path, world, "nœud")) == set(ids(tmp_path, world, "NOEUD")) == {"INC0000001", "INC0000002"}
    assert ids(tmp_path, world, "strasse") == ["INC0000003"]


def test_no_phrase_runs_from_one_passage_into_the_next(tmp_path: Path) -> None:
    entries = (said("09:30", "relay"), said("09:40", "denied"))
    world = World(INC0000001=ticket(*entries, description=""), INC0000002=speaking("550 relay, denied"))
    assert ids(tmp_path, world, "relay denied") == ["INC0000002"]


def test_a_star_is_the_beginning_of_a_word_and_none_in_quotes(tmp_path: Path, world: World) -> None:
    assert set(ids(tmp_path, world, "imprim*")) == {"INC0000001", "INC0000002"}
    find: Callable[[Texts], set[str]] = lambda texts: texts.holding([sought("imprim*", exact=True)])  # noqa: E731
    assert FullText(tmp_path).ask(find, world.current, world.read) == set()


_SYNTAX = st.sampled_from([*"\"*^(){}-+'", "NEAR(", " OR ", " NOT ", " AND ", "title:"])
_ANY = st.characters(exclude_categories=()) | st.sampled_from(["\0", "\ue000", "\ue001", "\ud800"])
_HOSTILE = st.lists(_SYNTAX | _ANY | st.sampled_from(["ecran", "é"]), max_size=12).map("".join)


@settings(max_examples=scaled(60, 20_000))
@given(_HOSTILE, _HOSTILE, st.booleans())
def test_no_text_breaks_what_sqlite_is_asked_nor_what_it_holds(asked: str, held: str, exact: bool) -> None:
    with Texts.in_memory() as texts:
        texts.put("INC0000001", speaking(held, asked))
        phrases = [sought(asked, exact=exact), sought(held, exact=True)]
        assert texts.holding(phrases) >= set(texts.ranked(phrases))
        list(texts.ranked(phrases, every=False))


def test_what_is_typed_finds_itself(tmp_path: Path) -> None:
    title = 'NEAR("a" OR b) AND title:c* NOT {d} - "e"'
    world = World(INC0000001=speaking(title), INC0000002=speaking("a b c d e"))
    find: Callable[[Texts], set[str]] = lambda texts: texts.holding([Sought(title)])  # noqa: E731
    assert FullText(tmp_path).ask(find, world.current, world.read) == {"INC0000001"}


@pytest.mark.parametrize("words", [1, 300, 5_000])
def test_a_long_text_can_be_looked_for(tmp_path: Path, world: World, words: int) -> None:
    world.put("INC0000004", speaking("", " ".join(f"mot{number}" for number in range(words))))
    wanted = [sought(f"mot{number}") for number in range(words)]
    find: Callable[[Texts], set[str]] = lambda texts: texts.holding(wanted)  # noqa: E731
    assert FullText(tmp_path).ask(find, world.current, world.read) == {"INC0000004"}


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE tickets (other)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as ours:
        ours.execute("PRAGMA user_version = 99")


def table_gone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as ours:
        ours.execute("DROP TABLE words")


def row_gone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as ours:
        ours.execute("DELETE FROM texts_content WHERE id = 1")
        ours.commit()


SPOILING: list[Callable[[Path], object]] = [
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"no database at all" * 500),
    lambda path: path.write_bytes(path.read_bytes()[:5000]),
    lambda path: path.write_bytes(path.read_bytes().replace(b"imprimante", b"rhinoceros")),
    lambda path: path.write_bytes(path.read_bytes().replace(b"Imprimante", b"Rhinoceros")),
    lambda path: path.with_name(f"{NAME}-journal").write_bytes(os.urandom(4096)),
    lambda path: path.unlink(),
    foreign,
    newer,
    table_gone,
    row_gone,
]


@pytest.mark.parametrize("spoil", SPOILING, ids=range(len(SPOILING)))
def test_a_spoilt_file_is_made_anew(tmp_path: Path, world: World, spoil: Callable[[Path], object]) -> None:
    world.kept(tmp_path)
    spoil(tmp_path / NAME)
    assert world.kept(tmp_path) == world.in_memory()
    world.read_ids.clear()
    assert world.kept(tmp_path) == world.in_memory()
    assert world.read_ids == []


def test_flipped_bytes_change_no_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    tried = {"files": 0, "lost": 0}
    world = World()
    for number, text in enumerate(SAYINGS):
        world.put(f"INC{number:07d}", speaking(text, SAYINGS[number // 2]))
    flips = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255))

    @settings(max_examples=scaled(20, 2_000))
    @given(st.lists(flips, min_size=1, max_size=5))
    def spoilt(places: list[tuple[float, int]]) -> None:
        folder = tmp_path_factory.mktemp("words")
        world.kept(folder)
        data = bytearray((folder / NAME).read_bytes())
        for place, change in places:
            data[int(place * len(data))] ^= change
        (folder / NAME).write_bytes(data)
        tried["files"] += 1
        # Where it is out of reach, the tickets themselves are asked.
        with counting(tried, "lost"), suppress(OutOfReach):
            assert world.kept(folder) == world.in_memory()

    try:
        spoilt()
    finally:
        reached("full-text-flipped-bytes", **tried)


@contextmanager
def written_by_another(folder: Path) -> Iterator[None]:
    with open(folder / LOCK, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_by_another(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.parametrize("hindrance", [written_by_another, locked_by_another])
def test_a_file_that_another_holds_is_out_of_reach_and_not_waited_for_for_long(
    tmp_path: Path, world: World, hindrance: Callable[[Path], object]
) -> None:
    world.kept(tmp_path)
    world.put("INC0000001", speaking("Souris"))
    with hindrance(tmp_path), pytest.raises(OutOfReach):  # type: ignore[attr-defined]
        world.kept(tmp_path)
    assert world.kept(tmp_path) == world.in_memory()


def test_whoever_only_asks_is_not_kept_waiting_by_one_who_writes(tmp_path: Path, world: World) -> None:
    world.kept(tmp_path)
    with written_by_another(tmp_path):
        assert world.kept(tmp_path) == world.in_memory()


@pytest.mark.parametrize("place", ["a file", "a folder"])
def test_where_nothing_can_be_written_it_is_out_of_reach(tmp_path: Path, world: World, place: str) -> None:
    if place == "a file":
        folder = tmp_path / "file"
        folder.write_text("")
    else:
        folder = tmp_path / "folder"
        (folder / NAME).mkdir(parents=True)
    with pytest.raises(OutOfReach):
        world.kept(folder)


def test_what_was_read_is_kept_when_the_rest_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.store.full_text.kept_texts._AT_ONCE", 2)
    world = World(**{f"INC{number:07d}": speaking(f"écran {number}") for number in range(6)})

    def impatient(ticket_id: str) -> Read | None:
        if ticket_id == "INC0000005":
            raise KeyboardInterrupt
        return world.read(ticket_id)

    with pytest.raises(KeyboardInterrupt):
        FullText(tmp_path).refresh(world.current, impatient)
    world.read_ids.clear()
    assert world.kept(tmp_path) == world.in_memory()
    assert world.read_ids == ["INC0000004", "INC0000005"]


def redacted(text: str) -> Ticket:
    return ticket(said("10:00", text), said("11:00", "Demande d'effacement", redacted="description"), description="")


def test_what_was_redacted_is_not_in_the_file_from_the_next_question_on(tmp_path: Path, world: World) -> None:
    world.put("INC0000004", speaking("Mot de passe", "Le code est xylophonique42"))
    assert ids(tmp_path, world, "xylophonique42") == ["INC0000004"]
    world.put("INC0000004", redacted("Le code est [redacted]"))
    assert ids(tmp_path, world, "code") == ["INC0000004"]
    assert ids(tmp_path, world, "xylophonique42") == []
    assert [path.name for path in tmp_path.iterdir() if b"xylophoni" in path.read_bytes()] == []


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.store.test_full_text import World, speaking
from tkt.store.full_text import kept_texts
from tkt.store.full_text.full_text import FullText

kept_texts._AT_ONCE = 2
world = World(**{f"INC{number:07d}": speaking(f"Écran bleu {number}") for number in range(6)})

def read(ticket_id):
    if ticket_id == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
    return world.read(ticket_id)

FullText(Path(sys.argv[1])).refresh(world.current, read)
"""


@pytest.mark.slow
@pytest.mark.parametrize("at", ["INC0000000", "INC0000003"])
def test_killed_while_it_writes_it_answers_as_before(tmp_path: Path, at: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), at], cwd=ROOT, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    world = World(**{f"INC{number:07d}": speaking(f"Écran bleu {number}") for number in range(6)})
    assert world.kept(tmp_path) == world.in_memory()
