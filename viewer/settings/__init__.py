"""What is remembered between sittings, and where; no Qt."""
