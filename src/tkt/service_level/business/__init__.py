"""Open time: the days and years of a calendar, measured and counted forward."""
