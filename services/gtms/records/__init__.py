"""Pure: code lists, rules, identifiers, periods; no input or output."""
