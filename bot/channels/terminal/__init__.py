"""The terminal channel: an interview at the keyboard, or read from a pipe.

`chat.run_chat` is the way in. prompt_toolkit and rich are imported when a person sits at a
terminal, not before; a pipe does without them.
"""
