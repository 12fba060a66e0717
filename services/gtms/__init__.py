"""The Global Treatment Monitoring System: from what a facility says to what a country publishes."""
