"""An incident's description: which of the course's four questions it answers, in French or English.

The questions are those of "Structure d'un bon ticket": the symptom, the exact message, since when, the impact. Answers
are recognised by labelled lines that have something behind the colon, and by the turns of phrase of free prose. The
prose is judged kindly: a question that seems answered is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tkt.domain.words import fold

PARTS = ("symptom", "message", "since", "impact")

# Every repetition is bounded: what a description holds is untrusted, and may be long.
_LABELLED = re.compile(
    r"(?:[-*+•–]\s{1,8})?(?:\[[ xX]\]\s{1,8})?(?P<label>[^:：\s][^:：]{1,60}?)\s{0,4}[:：](?P<value>.*)"
)
_HEADING = re.compile(r"#{1,6}\s{1,8}(?P<label>[^\s#][^#]{1,60})#{0,6}|\*\*(?P<bold>[^*]{2,60})\*\*")
_ITEM = re.compile(r"(?:[-*+•–]|\d{1,3}[.)])\s")
_VERBATIM = re.compile(r"```|~~~|>")
_PLACEHOLDER = re.compile(r"[\W_]*|[\[<(][^\])>]*[\])>]|todo|tbd|xx+|a (?:completer|preciser|remplir|renseigner)")

_LABELS: Mapping[str, re.Pattern[str]] = {
    "symptom": re.compile(
        r"symptom|problem|constat|comportement|anomalie|dysfonctionnement|panne|defaut|ce qui se passe|que se passe"
        r"|what (?:happens|is wrong)|observed|actual|issue"
    ),
    "message": re.compile(r"messages?\b|exact|texte exact|code d|code err|code$|erreur|error|capture|screenshot"),
    "since": re.compile(
        r"depuis|debut|date (?:et heure|de debut|d apparition)|apparu|apparition|premiere (?:fois|apparition)"
        r"|since|start(?:s|ed)?\b|beg[ai]n|first (?:seen|noticed|time)|quand|when\b"
    ),
    "impact": re.compile(
        r"(?:business )?impact|consequence|effets?\b|effects?\b|gene\b|(?:utilisateurs?|personnes?) (?:touche|impacte)"
        r"|(?:users?|people) affected|affected (?:users?|people)"
    ),
}

_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)"
)
_FEW = r"(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix|quelques|plusieurs)"
# "Outlook does not work" says that there is a symptom, not which.
_SAYS_NOTHING = re.compile(
    r"\b(?:(?:ca|cela|il|elle|ne) ){0,3}(?:marche|fonctionne|va|bugu?e?)(?: (?:plus|pas|mal|rien|du tout)){0,3}\b"
    r"|\b(?:does not|doesn t|do not|don t|is not|isn t|not) work(?:ing)?\b"
)
_HINTS: Mapping[str, re.Pattern[str]] = {
    "symptom": re.compile(
        r"\bne? \w+(?: \w+){0,3} (?:plus|pas|jamais|rien)\b"
        r"|\b(?:peu[tx]|peuvent|arriven?t?|demarre|ouvre|charge|repond|imprime|reconnait|envoie|recoit) (?:pas|plus)\b"
        r"|\b(?:impossib|plant|se (?:ferme|fige|coupe|bloque|deconnecte)|fige|gele|bloqu|lent\b|lent[es]|lenteur|ralenti"
        r"|disparu|perdu|deconnect|echou|echec|erreur|refus|inaccessible|indisponible|ecran (?:noir|bleu|blanc)|s eteint"
        r"|redemarre tout|clignot|casse\b|corromp|interromp|coupure|message d erreur)"
        r"|\b(?:can ?not|can ?t|could ?n t|could not|unable|wo ?n t|will not|does(?: not|n t)|do(?:es)?(?: not|n t)"
        r"|did(?: not|n t)|is(?: not|n t)|no longer|fail|crash|freez|froze|hang|slow|closes|shuts|reboots|lost|loses"
        r"|missing|denied|refuse|reject|stuck|error|drops|disconnect|unavailable|unreachable|blank|(?:black|blue) screen"
        r"|disappear|timed? out|corrupt|nothing happens)"
    ),
    "message": re.compile(
        r"\b(?:sans|aucune?|pas de|pas d|no|without(?: any| an)?)(?: \w+)? ?(?:message|erreur|error)"
        r"|\bcapture|screen ?shot|copie d ecran"
        r"|\b(?:message|erreur|error|affiche|dit|indique|code|says|shows|displays|reads|reading)\b"
        r"[^\"«“]{0,60}[\"«“][^\"»”]{3,300}[\"»”]"
        r"|\b0x[0-9a-f]{3,}|\b(?:erreur|error|code)(?: \w+)? ?[n#]?[°o]? ?\d{2,}|\b[45]\d\d [45]\.\d\.\d|\berr [a-z]+ [a-z]"
    ),
    "since": re.compile(
        rf"\bdepuis (?:environ |au moins |pres de |presque )?(?:ce|cet|cette|hier|avant|{_DAY}|{_MONTH}|{_FEW}|toujours"
        r"|longtemps|peu|midi|que|debut|fin|(?:mon|son|leur|notre|votre) (?:retour|arrivee|passage|demenagement)"
        rf"|le (?:\d|debut|{_DAY}|changement|redemarrage|passage|demenagement|retour|remplacement|premier)"
        r"|la (?:semaine|veille|mise|maj|migration|derniere|fin|mi|reprise|rentree|coupure|panne)|l (?:installation|apres)"
        r"|les (?:vacances|derni))"
        rf"|\b(?:ce matin|cet apres midi|cette (?:nuit|semaine)|hier|aujourd hui|il y a {_FEW}|a partir d|{_DAY} dernier"
        r"|semaine derniere|apres (?:la|une|le|un|l) ?(?:mise|maj|migration|installation|redemarrage|changement))\b"
        r"|\b(?:since|yesterday|today|this (?:morning|afternoon|week|evening)|last (?:night|week|month|\w+day)"
        r"|\w+ (?:minutes?|hours?|days?|weeks?|months?) ago|started|began"
        r"|after (?:the|an?) (?:\w+ )?(?:update|upgrade|reboot|migration|move|change))\b"
        rf"|\b\d{{1,2}}/\d{{1,2}}\b|\b\d{{4}} \d{{2}} \d{{2}}\b|\b\d{{1,2}}(?:er)? {_MONTH}\b|\bvers \d{{1,2}} ?h"
        r"|\b(?:a|at|des|from) \d{1,2}(?: ?h|:\d{2}| ?[ap]m)"
    ),
    "impact": re.compile(
        r"\bimpact|\bconsequence|\b(?:empech|retard|penalis|paralys|urgen)|\becheance|\bdate limite|\bdeadline"
        r"|\b(?:impossible de|incapable de|ne peu\w+(?: plus| pas)?) (?:travailler|facturer|vendre|produire|avancer|livrer)"
        r"|\b(?:travail|activite|production|facturation|service|equipe|envois?|factures?|commandes?|paie|clients?)"
        r"(?: \w+){0,4} (?:bloque|arrete|interromp|suspend|a l arret)"
        r"|\btou(?:t|te|tes|s) (?:le|la|les|l|notre|nos) ?(?:service|equipe|etage|bureau|site|utilisateurs|postes|agence"
        r"|entreprise|collegues)|\b(?:plusieurs|\d+) (?:utilisateurs|postes|collegues|personnes|users|people|colleagues)"
        r"|\bpersonne ne peut|\bperte de |\bgen(?:e|ant)\b"
        r"|\b(?:prevent|blocks|blocking|blocked from|delay)|\b(?:can ?not|can t|unable to|could not) (?:work|bill|sell|ship)"
        r"|\b(?:no ?one|nobody|everyone|everybody)\b|\b(?:all|whole|entire) (?:the )?(?:users|staff|customers|team|office"
        r"|floor|department|site|company)|\bloss of |\bproductivity"
    ),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the description: how deep it stands, its folded label where it has one, and what it says."""

    depth: int
    text: str
    label: str | None
    value: str


def answered(description: str) -> frozenset[str]:
    """The PARTS that a description answers; a label of an empty template answers nothing."""
    lines = [_read(line) for line in description.splitlines()]
    labelled: set[str] = {"message"} if re.search(r"^[ \t]{0,8}(?:```|~~~)", description, re.MULTILINE) else set()
    prose: list[str] = []
    for number, line in enumerate(lines):
        parts = _parts_of(line.label)
        says_something = not _is_empty(line.value)
        if says_something:
            prose.append(line.value if parts else line.text)
        if parts and (says_something or _goes_on(lines[number : number + 3])):
            labelled.update(parts)
    said = _plain("\n".join(prose))
    symptoms = _SAYS_NOTHING.sub(" ", said)
    hinted = {part for part, hint in _HINTS.items() if hint.search(symptoms if part == "symptom" else said)}
    return frozenset(labelled | hinted)


def _read(line: str) -> _Line:
    text = line.strip()
    depth = len(line) - len(line.lstrip())
    heading = _HEADING.fullmatch(text)
    if heading and ":" not in text:
        return _Line(depth, text, _plain(heading["label"] or heading["bold"]), "")
    found = _LABELLED.match(text)
    if found is None:
        return _Line(depth, text, None, text)
    return _Line(depth, text, _plain(found["label"].strip("*_ ")), found["value"].strip("*_ \t"))


def _parts_of(label: str | None) -> list[str]:
    return [part for part, pattern in _LABELS.items() if pattern.match(label)] if label else []


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("’", "'")).replace("'", " ").split())


def _is_empty(value: str) -> bool:
    return _PLACEHOLDER.fullmatch(_plain(value)) is not None


def _goes_on(lines: list[_Line]) -> bool:
    """Whether what a label announces stands below it: right below, deeper, or set apart as a quotation."""
    label, *below = lines
    following = next((line for line in below if line.text), None)
    if following is None:
        return False
    if _VERBATIM.match(following.text):
        return True
    if following.depth > label.depth:
        return not _is_empty(following.value)
    if following.label is not None or _ITEM.match(following.text):
        return False
    return following is below[0] or _HEADING.fullmatch(label.text) is not None
