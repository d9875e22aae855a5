"""Bots to compare with, each a process of its own: `python -m tests.bench.contenders.echo`.

They find token, server, bank and database where ours does: in the environment.
"""
