"""Stage 5 of the path, out: the catalogue and the cells, for those who may read them."""
