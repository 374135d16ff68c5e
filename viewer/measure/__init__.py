"""What a reader measures on a film: shapes, their geometry and the values under them; no Qt."""
