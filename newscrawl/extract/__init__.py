"""From the bytes of a page to an article."""

from newscrawl.extract.encoding import Decoded, decode

__all__ = ["Decoded", "decode"]
