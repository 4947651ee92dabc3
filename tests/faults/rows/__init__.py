"""The rows of the table, by what they break."""

from tests.faults.rows import broker, deaths, flower, mail, servers, workers
from tests.faults.trial import Row

ALL: tuple[Row, ...] = (
    *workers.ROWS,
    *broker.ROWS,
    *servers.ROWS,
    *mail.ROWS,
    *deaths.ROWS,
    *flower.ROWS,
)
