"""Certificates and tokens: judging them, and making those of a development authority."""
