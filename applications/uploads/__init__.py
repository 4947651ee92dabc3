"""Files as applicants upload them, judged by content as well as by name."""

from applications.uploads.judging import receive
from applications.uploads.refusal import Refused
from applications.uploads.rules import RULES, Rules
from applications.uploads.upload import Upload

__all__ = ["RULES", "Refused", "Rules", "Upload", "receive"]
