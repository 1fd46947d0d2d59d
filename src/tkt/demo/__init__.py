"""A desk to play with: the course's tickets and a plausible month, made through the desk's own use cases."""
