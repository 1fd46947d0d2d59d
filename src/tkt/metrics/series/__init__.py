"""What a report draws: how the figures of a period came about, day by day, week by week and ticket by ticket."""
