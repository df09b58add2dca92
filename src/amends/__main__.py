"""`python -m amends` is `amends`."""

import sys

from amends.cli.main import main

sys.exit(main())
