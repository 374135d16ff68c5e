"""One public source a module, each turned into the same rows."""
