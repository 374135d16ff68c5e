"""Drawing: the figures that explain a network, one module for each kind."""
