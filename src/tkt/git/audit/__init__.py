"""History held against its rules: a range of commits, what is staged, what is pushed (docs/history.md)."""
