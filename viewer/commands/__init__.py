"""Everything a user can do, as one list of commands; no Qt."""
