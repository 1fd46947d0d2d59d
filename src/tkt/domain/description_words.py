"""The words by which an incident's description answers: labels before a colon, and turns of phrase in prose.

Everything here is matched against folded text: small letters, no accents, a blank for each hyphen and apostrophe. One
line is one pattern, and each begins at the start of a word. Repetitions are bounded: a description is untrusted, and
may be long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _one_of(patterns: str) -> re.Pattern[str]:
    lines = (line.strip() for line in patterns.splitlines())
    return re.compile(r"\b(?:" + "|".join(line for line in lines if line) + ")")


LABELS: Mapping[str, re.Pattern[str]] = {
    "symptom": _one_of(
        """
        symptom|problem|constat|comportement|anomalie|dysfonctionnement|panne|defaut
        ce qui se passe|que se passe
        what (?:happens|is wrong)|observed|actual|issue
        """
    ),
    "message": _one_of(
        """
        messages?\\b|exact|texte exact|code d|code err|code$|erreur|capture
        error|screenshot
        """
    ),
    "since": _one_of(
        """
        depuis|debut|date (?:et heure|de debut|d apparition)|apparu|apparition|premiere (?:fois|apparition)|quand
        since|start(?:s|ed)?\\b|beg[ai]n|first (?:seen|noticed|time)|when\\b
        """
    ),
    "impact": _one_of(
        """
        impact|consequence|effets?\\b|gene\\b|(?:utilisateurs?|personnes?) (?:touche|impacte)
        business impact|effects?\\b|(?:users?|people) affected|affected (?:users?|people)
        """
    ),
}

# "Outlook does not work" says that there is a symptom, not which.
SAYS_NOTHING = _one_of(
    """
    (?:(?:ca|cela|il|elle|ne) ){0,3}(?:marche|fonctionne|va|bugu?e?)(?: (?:plus|pas|mal|rien|du tout)){0,3}\\b
    (?:does not|doesn t|do not|don t|is not|isn t|not) work(?:ing)?\\b
    """
)

_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_FEW = r"(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix|quelques|plusieurs)"

HINTS: Mapping[str, re.Pattern[str]] = {
    "symptom": _one_of(
        r"""
        ne? \w+(?: \w+){0,3} (?:plus|pas|jamais|rien)\b
        (?:peu[tx]|peuvent|arriven?t?|demarre|ouvre|charge|repond|imprime|reconnait|envoie|recoit) (?:pas|plus)\b
        impossib|plant|se (?:ferme|fige|coupe|bloque|deconnecte)|fige|gele|bloqu|lent\b|lent[es]|lenteur|ralenti
        disparu|perdu|deconnect|echou|echec|erreur|refus|inaccessible|indisponible|ecran (?:noir|bleu|blanc)
        s eteint|redemarre tout|clignot|casse\b|corromp|interromp|coupure
        can ?not|can ?t|could ?n t|could not|unable|wo ?n t|will not|did(?: not|n t)|is(?: not|n t)
        do(?:es)?(?: not|n t)|no longer|nothing happens
        fail|crash|freez|froze|hang|slow|closes|shuts|reboots|lost|loses|missing|denied|refuse|reject|stuck|error
        drops|disconnect|unavailable|unreachable|blank|(?:black|blue) screen|disappear|timed? out|corrupt
        """
    ),
    "message": _one_of(
        r"""
        (?:sans|aucune?|pas de|pas d|no|without(?: any| an)?)(?: \w+)? ?(?:message|erreur|error)
        capture|copie d ecran|screen ?shot
        (?:message|erreur|error|affiche|dit|indique|code|says|shows?|reads)\b[^"«“]{0,60}["«“][^"»”]{3,300}["»”]
        (?:erreur|error|code)(?: \w+)? ?[n#]?[°o]? ?\d{2,}|err [a-z]+ [a-z]
        0x[0-9a-f]{3,}|[45]\d\d [45]\.\d\.\d
        """
    ),
    "since": _one_of(
        rf"""
        depuis (?:environ |au moins |pres de |presque )?(?:{_DAY}|{_MONTH}|{_FEW}|ce|cet|cette|hier|avant)\b
        depuis (?:toujours|longtemps|peu|midi|que|qu|debut|fin)\b
        depuis (?:mon|son|leur|notre|votre) (?:retour|arrivee|passage|demenagement)
        depuis le (?:\d|debut|{_DAY}|changement|redemarrage|passage|demenagement|retour|remplacement|premier)
        depuis la (?:semaine|veille|mise|maj|migration|derniere|fin|mi|reprise|rentree|coupure|panne)
        depuis (?:l (?:installation|apres)|les (?:vacances|derni))
        (?:ce matin|cet apres midi|cette (?:nuit|semaine)|hier|aujourd hui|il y a {_FEW}|a partir d)\b
        (?:{_DAY} dernier|semaine derniere|vers \d{{1,2}} ?h)
        apres (?:la|une|le|un|l) ?(?:mise|maj|migration|installation|redemarrage|changement)
        (?:since|yesterday|today|started|began|this (?:morning|afternoon|week)|last (?:night|week|month|\w+day))\b
        (?:\w+ (?:minutes?|hours?|days?|weeks?|months?) ago)\b
        after (?:the|an?) (?:\w+ )?(?:update|upgrade|reboot|migration|move|change)\b
        \d{{1,2}}/\d{{1,2}}\b|\d{{4}} \d{{2}} \d{{2}}\b|\d{{1,2}}(?:er)? {_MONTH}\b
        (?:a|at|des|from) \d{{1,2}}(?: ?h|:\d{{2}}| ?[ap]m)
        """
    ),
    "impact": _one_of(
        r"""
        impact|consequence|empech|retard|penalis|paralys|urgen|echeance|date limite|perte de |gen(?:e|ant)\b
        (?:impossible de|incapable de|ne peu\w+(?: plus| pas)?) (?:travailler|facturer|vendre|produire|avancer|livrer)
        (?:travail|activite|production|facturation|service|equipe)(?: \w+){0,4} (?:bloque|arrete|interromp|suspend)
        (?:envois?|factures?|commandes?|paie|clients?)(?: \w+){0,4} (?:bloque|arrete|interromp|suspend)
        tou(?:t|te|tes|s) (?:le|la|les|l|notre|nos) ?(?:service|equipe|etage|bureau|site|agence|entreprise)
        tous (?:les|nos) (?:utilisateurs|postes|collegues)|personne ne peut
        (?:plusieurs|\d+) (?:utilisateurs|postes|collegues|personnes|users|people|colleagues)
        prevent|blocks|blocking|blocked from|delay|deadline|loss of |productivity
        (?:can ?not|can t|unable to|could not) (?:work|bill|sell|ship)
        (?:no ?one|nobody|everyone|everybody)\b
        (?:all|whole|entire) (?:the )?(?:users|staff|customers|team|office|floor|department|site|company)
        """
    ),
}
