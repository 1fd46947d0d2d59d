"""Indicators and the scorecard, computed from tickets' histories."""
