"""The command line: one module per noun, brought together in `main`."""
