"""The only door to git: commands, the recorder of commits, a ticket's history."""
