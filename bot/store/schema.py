"""What tells a database of ours, of which age, without loading the migrations."""

APPLICATION_ID = 0x53494D55  # "SIMU" in the file's header: this is no other program's database

LATEST = 2
"""How many migrations there are; a database keeps its number in `PRAGMA user_version`."""
