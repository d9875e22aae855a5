"""Keeps everything in one SQLite file; see `docs/store.md`."""
