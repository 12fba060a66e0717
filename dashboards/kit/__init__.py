"""What dashboards are made of: palette, words, queries, variables, panels and the page itself."""
