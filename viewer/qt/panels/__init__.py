"""The panels around the film."""
