"""`python -m portfolio`."""

import io
import sys

from portfolio.cli import main

for stream in (sys.stdout, sys.stderr):
    # Windows consoles may use an encoding that lacks the letters of half of our partners.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
sys.exit(main())
