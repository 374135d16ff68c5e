"""Negatives: pictures that are no frontal chest film, made or taken from packages, so that the gate learns them."""
