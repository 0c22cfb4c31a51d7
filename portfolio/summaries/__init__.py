"""Documents out: one tree of content per kind of summary, and the renderers that write it as a file."""
