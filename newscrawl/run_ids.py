"""What runs are called."""

from __future__ import annotations

import secrets
from datetime import datetime


def new_run_id(at: datetime) -> str:
    """A run's name: sortable by time, unique over machines."""
    return f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
