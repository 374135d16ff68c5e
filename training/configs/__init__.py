"""The presets of ``fit``, as TOML."""
