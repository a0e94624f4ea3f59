"""`python -m opora.config.cli` is the same as `opora`."""

import sys

from . import main

sys.exit(main())
