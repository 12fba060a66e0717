"""The embedded stack: the whole system on one machine, under a supervisor, without Docker."""
