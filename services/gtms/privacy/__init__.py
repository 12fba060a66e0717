"""Who may see what: pseudonyms, disclosure control, erasure and audit."""
