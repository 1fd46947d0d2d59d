"""What an index of the desk keeps of its tickets, so that a question about all of them reads none of their files."""
