"""Games on networks: players who meet in many small local games."""
