"""The SLA clocks and the calendars: lines, tables, screens, annotations."""
