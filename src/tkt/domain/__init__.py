"""Pure records and rules: no yaml, no clock, no path, no print."""
