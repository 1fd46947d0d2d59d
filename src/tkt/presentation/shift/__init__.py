"""What a shift reads: the feed of what happened, and the handover to the next shift."""
