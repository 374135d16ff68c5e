"""Measures of a network's answers; each takes a row of weights per bootstrap round, so that intervals cost one call."""
