"""Ways to talk to people: the terminal and Telegram."""
