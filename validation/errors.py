"""An error that nobody foresaw: readers are shown an id, and what happened stands in the log beside it.

Why: a traceback tells readers nothing and strangers too much, yet who keeps the server must find it. Here: the id and its line
in the log, for the pages, the API, the files and the reading of the tables alike. Not here: the sentence, which each of them says.
"""

import logging
import secrets

LOG = logging.getLogger("dashboard")


def log_error(error: Exception) -> str:
    """Write an error with its traceback to the log; give the id (eight hexadecimal digits) that stands there."""
    error_id = secrets.token_hex(4)
    LOG.error("error %s", error_id, exc_info=error)
    return error_id
