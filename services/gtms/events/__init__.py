"""The contract on Kafka: topics, the envelope around a record, publishing, dead letters."""
