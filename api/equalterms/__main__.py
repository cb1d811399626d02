"""`python -m equalterms` is the `equalterms` command."""

import sys

from equalterms.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
