"""`python -m portfolio`."""

import io
import os
import sys

from portfolio.cli import main

for stream in (sys.stdout, sys.stderr):
    # Windows consoles may use an encoding that lacks the letters of half of our partners.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
try:
    code = main()
    sys.stdout.flush()
except BrokenPipeError:
    # The reader has gone (`... | head`): nothing is left to tell anybody.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    code = 0
sys.exit(code)
