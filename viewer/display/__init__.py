"""How a film becomes grey bytes for the screen; numpy only, no Qt."""
