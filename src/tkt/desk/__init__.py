"""The use cases: load, decide, save, record, return a value."""
