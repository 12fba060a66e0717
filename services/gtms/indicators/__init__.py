"""What is counted: each indicator is one definition, computed by one statement per population."""
