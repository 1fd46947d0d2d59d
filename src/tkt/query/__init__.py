"""The query language: which tickets somebody asks for, in words."""
