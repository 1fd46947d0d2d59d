"""A desk to play with, built through the use cases like any other."""
