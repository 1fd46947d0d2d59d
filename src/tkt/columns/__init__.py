"""What a list may show of a ticket, sort by and group by: its columns, pure."""
