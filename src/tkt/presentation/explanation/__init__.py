"""How a verdict came about: sentence, tables, time line and JSON."""
