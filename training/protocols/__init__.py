"""Protocols: published ways of judging repeated as they were, beside fair ones, so that what leaks can be seen."""
