"""A query from a command line's arguments: what the shell took away is put back where it can only have been."""

from __future__ import annotations

import pytest

from tests.query.asking import CONTEXT
from tkt.query.typed import is_key, typed


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["state:open", "relay denied"], 'state:open "relay denied"'),
        (["relay", "denied"], "relay denied"),
        (["-relay denied"], '-"relay denied"'),
        (["state:en cours"], 'state:"en cours"'),
        (["-état:en cours,fermé"], '-état:"en cours","fermé"'),
        (["group:=Poste de travail"], 'group:="Poste de travail"'),
        (["state:open imprimante"], "state:open imprimante"),
        (["group:Support state:open"], "group:Support state:open"),
        (['group:Support "relay denied"'], 'group:Support "relay denied"'),
        (["imprimante OR écran"], "imprimante OR écran"),
        (["(a b)"], "(a b)"),
        (["\u2212tag:vip"], "-tag:vip"),
        (["\u2212(state:new OR tag:vip)"], "-(state:new OR tag:vip)"),
        (["assigné à:Jean DUPONT"], 'assigné_à:"Jean DUPONT"'),
        (["-prise en charge:à risque"], '-prise_en_charge:"à risque"'),
        (["priority = P1"], "priority = P1"),
        (["x = 5"], '"x = 5"'),
        (["opened:>=2026-01-15 09:15"], 'opened:>="2026-01-15 09:15"'),
        (["imprimante state:open"], "imprimante state:open"),
        (["group:Support", "-"], "group:Support -"),
        ([], ""),
    ],
)
def test_arguments_are_the_query_that_was_typed(arguments: list[str], text: str) -> None:
    assert typed(arguments, CONTEXT) == text


@pytest.mark.parametrize(
    ("text", "known"), [("tag", True), ("priorité", True), ("x_cost", True), ("C", False), ("taggg", False)]
)
def test_only_a_key_is_taken_for_one(text: str, known: bool) -> None:
    assert is_key(text) is known
