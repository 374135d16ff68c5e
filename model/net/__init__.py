"""The network in torch: architecture, preprocessing, weights, maps and boxes."""
