"""Two versions of a ticket made one, and what a merge left in a file (docs/format.md)."""
