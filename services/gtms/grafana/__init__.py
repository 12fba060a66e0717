"""Grafana: what each organisation in it should have, and how it gets there."""
