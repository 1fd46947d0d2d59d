"""Says and shows: parse the command line, make one call, show what came back; no rule lives here."""

import gc

# A command line makes objects and ends: looking for garbage among what its imports made is a twentieth of a start.
gc.set_threshold(100_000)
