"""The rows of the table, by what they break."""

from tests.faults.row import Row
from tests.faults.rows import broker, deaths, flower, mail, servers, workers

ALL: tuple[Row, ...] = (
    *workers.ROWS,
    *broker.ROWS,
    *servers.ROWS,
    *mail.ROWS,
    *deaths.ROWS,
    *flower.ROWS,
)
