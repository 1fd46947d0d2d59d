"""How things look: labels, sheets, tables, dashboards, JSON."""
