"""The state of a reading: films, choices, history; no Qt."""
