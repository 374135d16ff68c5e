"""What the network says, in film coordinates and plain values; no torch here."""
