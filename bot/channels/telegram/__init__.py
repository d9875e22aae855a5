"""The Telegram channel, by long polling.

The way of an update: `polling` takes it off the Bot API and has it written to the inbox, `updates`
says what it means, `bodies` turns each answer into calls, `sending` carries them out. `run` puts
them together. Everything goes through `api`, which python-telegram-bot's classes stand behind.
"""
