"""What a film is, what the network finds on it, and the network itself; knows nothing of windows or of Qt."""
