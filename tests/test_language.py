"""French and English: both complete, neither with words of the other, chosen as a person expects."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

import tkt.cli
from tkt import language
from tkt.desk.kpis import GROUPING
from tkt.domain import words
from tkt.domain.words import UnknownWord, Vocabulary, fold

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "tkt"
CATALOGUE = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "tkt.po"
MARKS = ("_", "ngettext", "pgettext", "NP_")
# Click 8.5 has one heading more, which nothing of ours shows.
OF_A_NEWER_CLICK = {("", "Positional arguments")}
# What reproduces the course's own pages sets its colons and apostrophes as the course does.
AS_THE_COURSE_WRITES = {
    f"presentation/{room}.py"
    for room in ("sheet", "moves", "phrases", "clock_phrases", "dashboard", "readable_ticket", "review_lines")
}
# Words that are English and nothing else; French and nothing else.
ENGLISH = "the and of is are not with which must be has it was does already cannot for"
FRENCH = "le la les des une est pour avec dans vous sur pas qui aux du et ou"
PLACEHOLDER = re.compile(r"\{(\w*)(?:!\w)?\}|%\((\w+)\)")
Key = tuple[str, str]
Tkt = Callable[..., str]


@cache
def extracted() -> dict[Key, set[str]]:
    """Every message of the source, and of the two libraries that speak beside it, with the rooms it stands in."""
    marked = re.search(r"--keywords='([^']+)'", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert marked is not None
    keywords = DEFAULT_KEYWORDS | parse_keywords(marked[1].split())
    found: dict[Key, set[str]] = {}
    for folder in (SOURCE, *(Path(str(distribution(name).locate_file(name))) for name in ("click", "typer"))):
        for room, _line, said, _comments, context in extract_from_dir(folder, keywords=keywords):
            key = (context or "", said if isinstance(said, str) else said[0])
            found.setdefault(key, set()).add(room if folder == SOURCE else f"{folder.name}/{room}")
    return found


@cache
def catalogue() -> dict[Key, Message]:
    """The French catalogue as people edit it."""
    with CATALOGUE.open("rb") as file:
        read = read_po(file, locale="fr", abort_invalid=True)
    assert not read.obsolete
    return {(one.context or "", forms(one.id)[0]): one for one in read if one.id}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A message's one form, or its singular and its plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    """The names of what is filled in, in the order of the alphabet."""
    return sorted(brace or per_cent for brace, per_cent in PLACEHOLDER.findall(text))


def prose(text: str) -> set[str]:
    """The words of a message without code, options, placeholders and names of keys."""
    text = re.sub(r"`[^`]*`|--\S+|\{[^}]*\}|\w+_\w+|\w+\.\w+|\([a-z]+ [^)]*--[^)]*\)", " ", text)
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


# The catalogue


def test_every_message_has_its_french() -> None:
    missing = extracted().keys() - catalogue().keys() - OF_A_NEWER_CLICK
    assert not missing, f"run `make catalogues` and translate: {sorted(missing)}"
    assert not [key for key, one in catalogue().items() if one.fuzzy or not all(forms(one.string))]


def test_the_catalogue_says_nothing_that_the_source_does_not() -> None:
    unsaid = catalogue().keys() - extracted().keys()
    assert not unsaid, f"run `make catalogues`: {sorted(unsaid)}"


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    for (context, _message), one in catalogue().items():
        english, french = ([placeholders(form) for form in forms(text)] for text in (one.id, one.string))
        if context == "date without its year":  # in full in English, where month and day would be mistaken
            french[-1] = sorted([*french[-1], "year"])
        assert french[-1] == english[-1], one.id
        assert french[0] in (english[0], english[-1], french[-1]), one.id


def test_a_plural_has_both_its_forms_and_nothing_is_singular_in_french() -> None:
    plurals = [one for one in catalogue().values() if not isinstance(one.id, str)]
    assert plurals
    assert {(len(forms(one.id)), len(forms(one.string))) for one in plurals} == {(2, 2)}
    language.speak("fr")
    counted = [language.ngettext("{count} day", "{count} days", count).format(count=count) for count in (0, 1, 2)]
    assert counted == ["0 jour", "1 jour", "2 jours"]


def test_the_source_speaks_english_and_the_catalogue_french() -> None:
    for one in catalogue().values():
        for form in forms(one.id):
            assert not prose(form) & set(FRENCH.split()), form
            assert not re.search("[à-öø-ÿœ]", form), form
        for form in forms(one.string):
            assert not prose(form) & set(ENGLISH.split()), form


def test_french_typography() -> None:
    """No-break spaces before tall punctuation and within « », the apostrophe of print; code stays as it is typed."""
    for key, one in catalogue().items():
        if extracted().get(key, set()) <= AS_THE_COURSE_WRITES:
            continue
        for form in forms(one.string):
            text = re.sub(r"`[^`]*`", "", form)
            assert not re.search(r" [:;!?»%]|« |[a-zà-ÿ]'[a-zà-ÿ]|[“”]", text), form


def test_the_mark_of_a_message_holds_the_message_itself() -> None:
    """A name or an f-string cannot be extracted; a call within an f-string's braces is not seen."""
    for room in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(room.read_text(encoding="utf-8"))
        within = {id(one) for string in ast.walk(tree) if isinstance(string, ast.JoinedStr) for one in ast.walk(string)}
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call) and _name(one) in MARKS):
            place = f"{room.relative_to(SOURCE)}:{call.lineno}"
            said = call.args[:1] if _name(call) == "_" else call.args[:2]
            if any(isinstance(one, ast.Starred) for one in said):
                continue  # pgettext(*WORDS[code]): what NP_ marked where it was written
            literal = [isinstance(one, ast.Constant) and isinstance(one.value, str) for one in said]
            assert all(literal), f"{place}: not a literal"
            assert id(call) not in within, f"{place}: within an f-string"


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


# The vocabularies


VOCABULARIES = [one for one in vars(words).values() if isinstance(one, Vocabulary)] + [GROUPING]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.name[1])
def test_a_word_is_understood_however_it_is_said(vocabulary: Vocabulary) -> None:
    for code, marked in vocabulary.labels.items():
        assert marked in catalogue()
        for label in (code, vocabulary.label(code, "en"), vocabulary.label(code, "fr")):
            ways = {label, label.upper(), label.title(), fold(label), f" {label} ", label.replace(" ", "-")}
            assert {vocabulary.read(way) for way in ways} == {code}, label
    assert vocabulary.name in catalogue()


def test_the_words_of_the_design_are_the_french_labels() -> None:
    labels = [words.STATE.label(code, "fr") for code in words.STATE.codes]
    assert labels == ["Nouveau", "Assigné", "En cours", "En attente", "Résolu", "Fermé", "Annulé"]
    assert [words.PRIORITY.label(code, "fr") for code in words.PRIORITY.codes] == [
        "Critique",
        "Haute",
        "Moyenne",
        "Basse",
    ]
    assert [words.KIND.label(code, "fr") for code in words.KIND.codes] == [
        "incident",
        "demande",
        "problème",
        "changement",
    ]
    assert [words.CLOCK.label(code, "fr") for code in words.CLOCK.codes] == ["prise en charge", "résolution"]


def test_an_unknown_word_is_refused_in_the_language_spoken() -> None:
    language.speak("fr")
    with pytest.raises(UnknownWord) as refusal:
        words.STATE.read("résolue")
    told = str(refusal.value).replace("\xa0", " ")
    assert told == "« résolue » n’est pas une valeur connue (état). Vouliez-vous dire Résolu ?"


# The command line


@pytest.fixture
def tkt_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[str], Tkt]]:
    """tkt as a new process would be in a language: help is translated where it is written, when its room is opened."""

    def open_rooms(spoken: str) -> Tkt:
        for name in [name for name in sys.modules if name.startswith("tkt.cli.")]:
            monkeypatch.delitem(sys.modules, name)
            monkeypatch.delattr(tkt.cli, name.rpartition(".")[2], raising=False)
        language.speak(spoken)
        main = import_module("tkt.cli.main").main

        def call(*line: str) -> str:
            with pytest.raises(SystemExit):
                main(["--lang", spoken, *line])
            said = capsys.readouterr()
            return said.out + said.err

        return call

    yield open_rooms


def helps(spoken: str, run: Tkt) -> dict[str, str]:
    """The help of tkt, of its every command and of their sub-commands, without the examples that close it."""
    found = {}
    lines: list[list[str]] = [[]]
    while lines:
        line = lines.pop()
        found[" ".join(line)] = re.split("Examples:|Exemples\xa0:", run(*line, "--help"))[0]
        if len(line) < 2:
            lines += [[*line, name] for name in sub_commands(line)]
    return found


def sub_commands(line: list[str]) -> list[str]:
    """The commands one level below; those of the top are known without asking."""
    commands = import_module("tkt.cli.commands")
    if not line:
        return list(commands.COMMANDS)
    group = commands.Commands(name="tkt").get_command(click.Context(click.Command("tkt")), line[0])
    return list(group.commands) if isinstance(group, click.Group) else []


def squeezed(text: str) -> str:
    """Without any space: help is broken into lines."""
    return "".join(text.split())


def telling_pieces() -> Iterator[tuple[str, str]]:
    """What a help text may hold of each message, in English and in French: its longest literal stretch."""
    for key, one in catalogue().items():
        if any(room.startswith(("cli/", "click/", "typer/")) for room in extracted().get(key, ())):
            english, french = (max(re.split(r"\{[^}]*\}", forms(text)[0]), key=len) for text in (one.id, one.string))
            whole = not placeholders(forms(one.id)[0])
            if len(english) >= 6 and (whole or not english.strip().isalpha()):
                yield squeezed(english), squeezed(french)


def test_help_is_all_in_one_language(tkt_in: Callable[[str], Tkt]) -> None:
    distinct = [
        (english, french) for english, french in telling_pieces() if english not in french and french not in english
    ]
    seen = set()
    for spoken, own, foreign in (("en", 0, FRENCH), ("fr", 1, ENGLISH)):
        for command, text in helps(spoken, tkt_in(spoken)).items():
            assert not prose(text) & set(foreign.split()), f"tkt --lang {spoken} {command} --help"
            shown = squeezed(text)
            for pieces in distinct:
                assert pieces[1 - own] not in shown, f"tkt --lang {spoken} {command} --help"
                seen |= {pieces} if pieces[own] in shown else set()
    assert len(seen) > 100


def test_help_knows_the_sub_commands(tkt_in: Callable[[str], Tkt]) -> None:
    assert {"", "list", "sla check", "sla status", "import servicenow"} <= helps("en", tkt_in("en")).keys()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (("show", "--colour"), "Erreur : L’option '--colour' n’existe pas."),
        (("show",), "Erreur : Il manque l’argument 'ID'."),
        (("show", "1", "2"), "Erreur : Argument en trop (2)"),
        (("show", "1", "--now"), "Erreur : L’option '--now' demande une valeur."),
        (
            ("show", "1", "--lang", "de"),
            "Erreur : Valeur refusée pour '--lang' : 'de' n’est pas l’un de ces choix : 'en', 'fr'.",
        ),
        (("resove", "1"), "Erreur : « resove » n’est pas une commande de tkt. Vouliez-vous dire resolve ?"),
        (("sla", "chek"), "Erreur : La commande 'chek' n’existe pas."),
    ],
)
def test_a_line_called_wrongly_is_refused_in_french(
    line: tuple[str, ...], complaint: str, tkt_in: Callable[[str], Tkt]
) -> None:
    told = tkt_in("fr")(*line).replace("\xa0", " ")
    assert told.splitlines()[-1].startswith(complaint)
    assert not re.search(r"Usage|Try|Error|Did you", told)


def test_a_line_called_wrongly_is_shown_the_way_in_french(tkt_in: Callable[[str], Tkt]) -> None:
    told = tkt_in("fr")("show", "--colour").replace("\xa0", " ").splitlines()
    assert told[:2] == ["Utilisation : tkt show [OPTIONS] ID", "Essayez « tkt show --help » pour obtenir de l’aide."]


def test_completion_is_installed_in_french(
    tkt_in: Callable[[str], Tkt], clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    told = tkt_in("fr")("--install-completion", "bash")
    script = clean_environment / ".bash_completions" / "tkt.sh"
    assert (
        told == f"La complétion de bash est installée dans {script}\xa0: elle agira dans le prochain terminal ouvert.\n"
    )
    assert "_TKT_COMPLETE" in script.read_text(encoding="utf-8")


# The language chosen


@pytest.fixture
def french_desk(tmp_path: Path) -> Path:
    """A desk that speaks French."""
    (tmp_path / "tkt.yaml").write_text("format: 1\nlanguage: fr\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "variable", "desks", "locale", "spoken"),
    [
        (["--lang", "en", "list", "--help"], "fr", True, "fr_FR.UTF-8", "en"),
        (["list", "--lang", "en", "--help"], "fr", True, "fr_FR.UTF-8", "en"),
        (["list", "--help", "--lang=fr"], "en", False, "C.UTF-8", "fr"),
        (["list", "--help"], "en", True, "fr_FR.UTF-8", "en"),
        (["list", "--help"], "fr", False, "C.UTF-8", "fr"),
        (["list", "--help"], "de", True, "C.UTF-8", "fr"),
        (["list", "--help"], None, True, "en_GB.UTF-8", "fr"),
        (["list", "--help"], None, False, "fr_FR.UTF-8", "fr"),
        (["list", "--help"], None, False, "de_DE.UTF-8", "en"),
    ],
)
def test_the_line_comes_before_the_variable_before_the_desk_before_the_locale(
    line: list[str],
    variable: str | None,
    desks: bool,
    locale: str,
    spoken: str,
    french_desk: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(french_desk if desks else tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("LC_ALL", locale)
    if variable is not None:
        monkeypatch.setenv("TKT_LANG", variable)
    with pytest.raises(SystemExit):
        import_module("tkt.cli.main").main(line)
    assert language.spoken() == spoken
    assert capsys.readouterr().out.startswith({"en": "Usage:", "fr": "Utilisation\xa0:"}[spoken])


def test_the_desk_that_the_line_names_gives_its_language(french_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        import_module("tkt.cli.main").main(["-C", str(french_desk), "list", "--help"])
    assert capsys.readouterr().out.startswith("Utilisation\xa0:")


def test_the_locale_is_read_in_the_order_of_posix() -> None:
    assert language.from_locale({"LANG": "fr_FR.UTF-8"}) == "fr"
    assert language.from_locale({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "C"}) == "en"
    assert language.from_locale({"LANG": "C", "LC_ALL": "", "LC_MESSAGES": "fr_CA"}) == "fr"
    assert language.from_locale({"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}) == "en"
    assert language.from_locale({}) == "en"


def test_a_language_that_is_not_ours_is_english() -> None:
    language.speak("de")
    assert (language.spoken(), os.environ["LANGUAGE"]) == ("en", "en")
