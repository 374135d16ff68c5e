"""Many films at once: what was found, what became of each, and which to read first; no Qt."""
