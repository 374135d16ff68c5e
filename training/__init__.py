"""The training tool: public collections in, a judged network with its card out."""
