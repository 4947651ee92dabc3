"""What tells people from robots: a field that only robots see, a calculation, patience.

Nothing here asks another site, shows a puzzle or needs eyes, ears or a mouse.
"""

from applications.robots.patience import SECONDS, has_waited, waiting_since
from applications.robots.trap import is_caught
from applications.robots.work import challenge, is_solved

__all__ = ["SECONDS", "challenge", "has_waited", "is_caught", "is_solved", "waiting_since"]
