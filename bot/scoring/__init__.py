"""The scorer: deterministic, offline, and with a receipt for every point."""

from bot.scoring.scorer import Scorer

__all__ = ["Scorer"]
