"""The Parquet dataset: commit log, outbox, snapshots, verification."""
