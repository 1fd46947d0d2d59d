"""The plots: the ways in which the life of a ticket may go, from the first call to the last word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tkt.demo.company import THIRD_LINE
from tkt.demo.life import Life, working_days_after

Plot = Callable[[Life], None]


def first_contact(life: Life) -> None:
    """Solved by whoever answered, within the hour."""
    _take(life)
    life.work(8, 50)
    life.resolve()
    life.end()


def longer(life: Life) -> None:
    """Solved by whoever answered, late, in some hours."""
    life.wait(10, 130)
    _take(life)
    life.work(30, 90)
    life.log("Essai d'une première solution, sans effet. Recherche en cours.")
    life.work(60, 240)
    life.resolve()
    life.end()


def second_line(life: Life) -> None:
    """Handed to the second line, which finds the cause."""
    _take(life)
    _raise(life)
    life.work(40, 200)
    life.resolve()
    life.end()


def third_line(life: Life) -> None:
    """Handed up twice."""
    _take(life)
    _raise(life)
    life.work(60, 180)
    life.escalate(THIRD_LINE, "Droits d'administration de l'infrastructure nécessaires. Escalade N3.")
    life.work(60, 240)
    life.log("Correctif préparé et essayé hors production.")
    life.work(30, 180)
    life.resolve()
    life.end()


def waits_for_user(life: Life) -> None:
    """The requester is asked something, and answers."""
    _take(life)
    life.work(5, 20)
    life.hold("user", "Pouvez-vous nous envoyer une copie d'écran et nous dire quand vous êtes disponible ?")
    life.wait(40, 420)
    life.log("Voici la copie d'écran. Je suis disponible tout de suite.", by_requester=True)
    life.work(10, 60)
    life.resolve()
    life.end()


def waits_for_vendor(life: Life) -> None:
    """The second line opens a case with a vendor."""
    _take(life)
    _raise(life)
    life.work(30, 120)
    _open_case(life, 2)
    life.wait(90, 500)
    life.resume("Réponse du fournisseur reçue : correctif fourni.")
    life.work(30, 120)
    life.resolve()
    life.end()


def comes_back(life: Life) -> None:
    """Solved, and not for good."""
    _take(life)
    life.work(10, 50)
    life.resolve()
    life.wait(40, 240)
    life.reopen("Le problème est revenu, exactement comme la première fois.")
    life.work(30, 200)
    life.resolve()
    life.end()


def called_off(life: Life) -> None:
    """No work after all."""
    reason, words = life.chance.choice(
        (
            ("withdrawn", "Le demandeur n'en a plus besoin, confirmé par téléphone."),
            ("error", "Ouvert par erreur : la demande concerne les services généraux."),
            ("duplicate", "Déjà signalé par le même demandeur."),
        )
    )
    life.wait(5, 90)
    life.cancel(reason, words)


def outage(life: Life) -> None:
    """A whole service is down: every level works on it at once, whatever the hour."""
    life.rush(2, 8)
    life.start()
    life.rush(1, 4)
    life.escalate(life.case.second_line, "Panne générale, plusieurs services touchés.")
    life.rush(15, 40)
    life.log(life.case.found)
    life.rush(30, 110)
    life.resolve()
    life.end()


def just_in(life: Life) -> None:
    """Nobody has looked at it yet."""


def handed_out(life: Life) -> None:
    """Given to somebody who has not begun."""
    life.wait(5, 30)
    life.assign(life.agent)


def in_hand(life: Life) -> None:
    """Being worked on."""
    _take(life)
    life.work(10, 40)
    life.log("Premier diagnostic posé, essais en cours.")


def asked(life: Life) -> None:
    """Waiting for the requester's answer."""
    _take(life)
    life.work(5, 20)
    life.hold("user", "Sans nouvelles de votre part, pouvez-vous nous dire si la panne est toujours là ?")


def with_vendor(life: Life) -> None:
    """Waiting for a vendor."""
    _take(life)
    _raise(life)
    life.work(20, 60)
    _open_case(life, 4)


# How often each happens, of a hundred tickets that are no outage.
PLOTS: Mapping[Plot, int] = {
    first_contact: 76,
    longer: 4,
    second_line: 7,
    third_line: 2,
    waits_for_user: 3,
    waits_for_vendor: 2,
    comes_back: 3,
    called_off: 3,
}
# How tickets stand that are not done when the month ends: those of the last afternoon, and older ones.
LAST_HOURS: Mapping[Plot, int] = {just_in: 3, handed_out: 2, in_hand: 3, first_contact: 1}
LEFT_OVER: Mapping[Plot, int] = {in_hand: 2, asked: 2, with_vendor: 3}
# Those that need a second line, which not every case has.
HANDED_UP = frozenset({second_line, third_line, waits_for_vendor, with_vendor})


def _open_case(life: Life, days: int) -> None:
    until = list(working_days_after(life.at))[days]
    life.hold(
        "vendor", "Dossier ouvert chez le fournisseur.", until.isoformat(), f"SR-{life.chance.randint(4000, 9999)}"
    )


def _take(life: Life) -> None:
    life.work(2, 20)
    life.start()


def _raise(life: Life) -> None:
    """To the second line, whose first words say what it finds."""
    second = life.case.second_line
    life.work(10, 40)
    life.escalate(second, f"Non résolu en première ligne, escalade au groupe {second.group}.")
    life.work(20, 120)
    life.log(life.case.found)
