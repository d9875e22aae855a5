"""The question bank: what its files may hold, loading, linting, showing."""

from bot.bank.loading import load_bank
from bot.bank.problems import BankError, Problem

__all__ = ["BankError", "Problem", "load_bank"]
