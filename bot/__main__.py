"""`python -m bot` is `simulacro`."""

import sys

from bot.cli import main

sys.exit(main())
