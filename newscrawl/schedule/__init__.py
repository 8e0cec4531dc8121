"""When to look at something again."""

from newscrawl.schedule.revisit import next_look, next_try

__all__ = ["next_look", "next_try"]
