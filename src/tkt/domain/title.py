"""A ticket's title: whether it says what is wrong with what, or only that something is."""

from __future__ import annotations

import re

from tkt.domain.words import fold

# What is longer may say the wrong things, and says something.
_LONGEST = 500
_WORD = re.compile(r"[a-z0-9]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that could stand in the title of any ticket, in either language.
_EMPTY = _words(
    """
    a an and are as at au aux avec by ce cet cette ces ca c cela d dans de des du elle en est et for from he her his
    i il ils in is it its j je l la le les leur lui m ma me mes mon my n nos notre nous of on or ou our par pour qu que
    qui s sa se ses she son sont sur t ta te the their they this that to tu un une us votre vos vous we with y you your
    ne pas plus plu not no non rien jamais nothing anymore more any does doesn don do did didn isn aren won can cant
    tres trop very all tout tous toute toutes toujours encore still again
    marche marchent fonctionne fonctionnent fonctionnement work works working va vont
    bug bugs bugge bugue bugger buggy beug probleme problemes problem problems pb pbs souci soucis issue issues
    incident incidents panne pannes erreur erreurs error errors anomalie dysfonctionnement trouble truc bizarre
    plante plantent plantage plantages crash crashes crashed crashing hs ko down broken faulty dead
    urgent urgente urgence urgency asap vite rapidement immediat immediatement important critique critical
    aide aider aidez help helping sos svp stp please merci thanks thank bonjour bonsoir hello hi salut prioritaire
    test tests essai ticket tickets question questions divers autre autres other misc information informations info
    besoin need demande demandes request requests titre title sujet subject
    """
)
# "Office 365" and "Windows 11" are names: the number says no more than the name alone.
_VERSIONS = _words("365 7 8 10 11 2010 2013 2016 2019 2021 2024")
# What is asked for is enough of a title when it is asked for: "Demande d'une souris".
_ASKING = _words("besoin need demande demandes request requests")


def says_nothing(title: str) -> bool:
    """Whether a title leaves open what is wrong, or with what: "Outlook bug", "Ça marche pas", "Urgent !!!".

    Two telling words are enough (a thing and what happens to it, or a thing that is asked for). A title in another
    script is not judged.
    """
    if len(title) > _LONGEST:
        return False
    plain = fold(title).replace("œ", "oe").replace("æ", "ae")
    if any(char.isalpha() and not char.isascii() for char in plain):
        return False
    words = _WORD.findall(plain)
    telling = {word for word in words if word not in _EMPTY and word not in _VERSIONS}
    asked = bool(telling) and not _ASKING.isdisjoint(words)
    return len(telling) + asked < 2
