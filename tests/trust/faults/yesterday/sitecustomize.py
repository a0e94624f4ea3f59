"""Found by every Python that starts with this folder on its path: its clock is a day behind and goes on ticking."""

from datetime import UTC, datetime, timedelta

import time_machine

time_machine.travel(datetime.now(UTC) - timedelta(days=1), tick=True).start()
