"""Simulacro: interview practice with a receipt for every point."""
