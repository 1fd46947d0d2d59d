"""One module per system that tickets come from."""
