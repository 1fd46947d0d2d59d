"""The JSON document of `tkt sync`; docs/json.md describes it."""

from __future__ import annotations

from tkt.domain.exchange import Exchange, Passage
from tkt.presentation.json_form import VERSION, Document


def exchange_json(exchange: Exchange) -> Document:
    """The document of `tkt sync`."""
    return {
        "version": VERSION,
        "branch": exchange.branch,
        "remote": exchange.remote or None,
        "upstream": exchange.upstream or None,
        "in": [_passage(one) for one in exchange.incoming],
        "out": [_passage(one) for one in exchange.outgoing],
        "pushed": exchange.pushed,
        "waiting": exchange.waiting.commits,
        "renumbered": [{"from": old, "to": new} for old, new in exchange.renumbered],
        "unsettled": [{"id": ticket_id, "fields": list(keys)} for ticket_id, keys in exchange.unsettled],
        "reserved": [{"from": first, "to": last} for first, last in exchange.reserved],
        "unreserved": exchange.unreserved or None,
        "merged_instead": exchange.merged_instead or None,
        "review_branch": exchange.review_branch or None,
        "addresses": list(exchange.addresses),
    }


def _passage(one: Passage) -> Document:
    return {
        "id": one.id,
        "title": one.title or None,
        "before": one.before or None,
        "after": one.after or None,
        "entries": one.entries,
    }
