"""A flow as people and programs read it: tables, a diagram, an event log, JSON."""
