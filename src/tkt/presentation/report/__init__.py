"""The report of a period as people and programs read it: a page, Markdown, a bundle of CSV files, JSON."""
