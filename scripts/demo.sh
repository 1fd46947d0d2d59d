#!/usr/bin/env bash
# Déroule la vie du ticket INC0012345 du cours, de l'appel à la clôture, par la ligne de commande elle-même.
#   make demo           dans un dépôt git temporaire, effacé à la fin
#   KEEP=1 make demo    le garde, et dit où il est
set -euo pipefail

if ! command -v tkt > /dev/null; then
    echo "tkt n'est pas dans le PATH : lancez plutôt « make demo »." >&2
    exit 1
fi

# Rien de la personne qui regarde n'entre ici : ni sa configuration de git, ni ses réglages de tkt, ni son clavier.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_AUTHOR_DATE GIT_COMMITTER_DATE TKT_NOW
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main
export TKT_LANG=fr
exec < /dev/null 2>&1

atelier=$(mktemp -d "${TMPDIR:-/tmp}/tkt-demo.XXXXXX")

ranger() {
    code=$?
    if [ "$code" -ne 0 ]; then
        printf "\nLa démonstration s'est arrêtée en cours de route (code %s).\n" "$code"
    fi
    if [ -n "${KEEP:-}" ]; then
        printf '\nGardé dans %s\n' "$atelier"
    else
        rm -rf "$atelier"
    fi
}
trap ranger EXIT

titre() {
    printf '\n\n━━━ %s ━━━\n' "$1"
}

# citer MOT... : les mots tels qu'on les taperait.
citer() {
    local mot ligne=""
    for mot in "$@"; do
        case $mot in
            "" | *[!A-Za-z0-9_./:=@%+,-]*) mot="\"${mot//\"/\\\"}\"" ;;
        esac
        ligne="$ligne $mot"
    done
    printf '%s' "${ligne# }"
}

# lance COMMANDE... : la montre, puis la lance.
lance() {
    printf '\n$ %s\n' "$(citer "$@")"
    "$@"
}

# exige LIGNE FICHIER : sans cette ligne, la démonstration ne tient pas ce que le cours promet.
exige() {
    if ! grep -qx "$1" "$2"; then
        printf "\nIl manque la ligne « %s ».\n" "$1"
        exit 1
    fi
}

# au_clavier NOM ADRESSE : qui travaille ; git le sait, donc tkt aussi.
au_clavier() {
    export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$2 GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$2
}

jean() {
    au_clavier "Jean DUPONT" jean.dupont@entreprise.fr
}

pierre() {
    au_clavier "Pierre MARTIN" pierre.martin@entreprise.fr
}

# a HH:MM : l'horloge s'arrête à cette heure du 15 janvier 2026.
a() {
    export TKT_NOW=2026-01-15T$1
    printf '\n─── %s · %s ───\n' "$1" "$GIT_AUTHOR_NAME"
}

titre "Un centre de services dans un dépôt git"
jean
export TKT_NOW=2026-01-15T09:00
mkdir "$atelier/support"
cd "$atelier/support"
cat > tkt.yaml << 'FIN'
format: 1
language: fr
timezone: Europe/Paris
first_number: 12345
agents:
  - {name: Jean DUPONT, email: jean.dupont@entreprise.fr, level: N1}
  - {name: Pierre MARTIN, email: pierre.martin@entreprise.fr, level: N2, group: Messagerie}
categories:
  - Messagerie > Outlook > Envoi/Réception
  - Bureautique > Microsoft Office > Word
FIN
cat > people.csv << 'FIN'
name,email,phone,department,location,asset
Marie MARTIN,marie.martin@entreprise.fr,Poste 1234,Comptabilité,,PC-COMPTA-015
FIN
lance cat tkt.yaml
lance cat people.csv
lance tkt init
lance git add tkt.yaml people.csv
lance git commit --quiet --date "$TKT_NOW" --message "Réglages et annuaire"

titre "La vie du ticket, le 15 janvier 2026"
a 09:15
numero=INC0012345
lance tkt new "Outlook 365 - Impossible d'envoyer des emails externes" --requester "Marie MARTIN" \
    --category Outlook --via phone --description "L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : \"Votre message n'a pas pu être remis\"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)" | tee "$atelier/numero"
exige "$numero" "$atelier/numero"

a 09:30
lance tkt start 12345 "Prise en charge du ticket.
Contact utilisateur : problème confirmé.
Test envoi interne : OK
Test envoi externe : KO - même erreur"
lance tkt escalate @ --to "Pierre MARTIN" "Escalade N2 pour vérification serveur mail"

pierre
a 10:15
lance tkt log 12345 --spent 15m "Vérification serveur Exchange : RAS
Vérification SPF/DKIM : OK
Vérification IP blacklist : IP sortante dans blacklist Spamhaus
→ Demande de delist en cours"
a 11:30
lance tkt log 12345 "Delist effectué par Spamhaus (délai 1-2h propagation)"
a 13:45
lance tkt resolve 12345 --cause "IP serveur mail dans blacklist Spamhaus" --action "Demande de delist effectuée" \
    "Test envoi externe : OK
Utilisatrice informée, confirmation test réussi"

jean
a 14:00
lance tkt close 12345 --as "Marie MARTIN" "Validé, je peux à nouveau envoyer mes emails. Merci !"

titre "La fiche du ticket"
lance tkt show 12345 | tee "$atelier/fiche"
exige "DURÉE : 4h30" "$atelier/fiche"

titre "Le fichier : tout le ticket est là"
lance cat "tickets/INC0012xxx/$numero.md"

titre "Ce que git en sait"
lance git --no-pager log --reverse --date=format:%H:%M "--format=%h %ad %an : %s"
lance tkt history 12345

titre "Les délais, et l'état du centre de services"
lance tkt sla status 12345
lance tkt sla check --all
lance tkt check

titre "Un mois entier : un second centre de services, fictif, fait par « tkt demo »"
export TKT_NOW=2026-01-30T18:00
cd "$atelier"
lance tkt demo janvier
cd janvier
lance tkt list
export TKT_NOW=2026-02-02T09:00
lance tkt dashboard --month 2026-01
lance tkt kpi --month 2026-01
