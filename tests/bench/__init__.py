"""What it costs: `make bench` prints one table, all measured in one run.

`docs/performance.md` says how to read it.
"""
