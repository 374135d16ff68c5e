"""What leaves the viewer: pictures and tables; no Qt."""
