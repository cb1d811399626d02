"""Logging that cannot tell on anybody: the class of what failed and where in our code, nothing else."""

import logging
import traceback


class Bare(logging.Formatter):
    """Prints level, logger and, for an exception, its class and the place it was raised; never the
    message's arguments, which may hold a path, an address or words of people."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
            return f"{line}: {record.exc_info[0].__name__}{place}"
        if record.name.startswith("equalterms"):
            return f"{line}: {record.msg}"
        return line
