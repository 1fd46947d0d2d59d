"""How tickets flow: the times that they spend in each step, where they go from there, and the paths that they take."""
