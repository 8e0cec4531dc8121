"""When to look at something again."""

from newscrawl.schedule.catchup import window_start
from newscrawl.schedule.polling import Poll, after_answer, after_failure, is_sampled, is_time
from newscrawl.schedule.revisit import next_look, next_try

__all__ = [
    "Poll",
    "after_answer",
    "after_failure",
    "is_sampled",
    "is_time",
    "next_look",
    "next_try",
    "window_start",
]
