"""Says and shows: parse the command line, make one call, show what came back; no rule lives here."""
