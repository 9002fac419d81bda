"""Where envelopes lie, and how what comes without a script is sealed on its arrival."""
