"""What offices face: one mechanism per file, each a frozen record of documented parameters that builds a game."""
