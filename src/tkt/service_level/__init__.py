"""Pure time: periods, calendars, targets, stopwatches, verdicts."""
