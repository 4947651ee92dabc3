"""What the domain keeps in the database."""

from applications.models.application import Answer, Application, ConsentText
from applications.models.document import Document, KeptFile, StagedContent
from applications.models.job import Job, Question
from applications.models.letter import Letter

__all__ = [
    "Answer",
    "Application",
    "ConsentText",
    "Document",
    "Job",
    "KeptFile",
    "Letter",
    "Question",
    "StagedContent",
]
