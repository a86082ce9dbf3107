"""``python -m termlab``."""

import sys

from termlab.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
