"""The question bank: what its files may hold, loading, linting, showing."""

from bot.bank.loading import load_bank
from bot.bank.opening import Opened, is_whole, open_bank
from bot.bank.problems import BankError, Problem

__all__ = ["BankError", "Opened", "Problem", "is_whole", "load_bank", "open_bank"]
