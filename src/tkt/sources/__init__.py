"""One module per system that tickets come from, and one for public holidays."""
