"""Simulated candidates who sit through whole interviews: `make simulate`."""
