"""gRPC in: who sends, what a record needs, one servicer module per group of families."""
