"""The window and all that is drawn in it; the only room that imports Qt."""
