"""What other systems write, read into records: CSV templates and declarative mappings."""
