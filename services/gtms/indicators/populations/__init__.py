"""The populations that indicators count: one row per unit of count and period."""
