"""The light box: a desktop viewer of chest films and what the network sees on them."""
