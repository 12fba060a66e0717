"""Releases: how the figures of a country become public, and stay as they were."""
