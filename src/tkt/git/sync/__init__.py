"""Exchanging tickets with a remote: numbers reserved, branches merged and delivered (docs/sync.md)."""
