"""The pure part: what a session is and how it moves. Standard library only, no I/O, no clock."""
