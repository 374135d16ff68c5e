"""Judging: from a network's answers to numbers with intervals, one module for each kind of question."""
