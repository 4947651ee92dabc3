"""What may stand in a log line."""

import logging
import re

_TOKEN = re.compile(r"(/applications/)[\w-]{20,}")


class WithoutTokens(logging.Filter):
    """Takes the secret out of the address of an applicant's page, wherever it is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _TOKEN.sub(r"\1***", record.getMessage())
        record.args = ()
        return True
