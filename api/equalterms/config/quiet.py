"""Logging that cannot tell on anybody: the class of what failed and where in our code, nothing else."""

import logging
import os
import resource
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

log = logging.getLogger("equalterms")
PACKAGE = str(Path(__file__).resolve().parents[1]) + os.sep


class Bare(logging.Formatter):
    """Prints level, logger and place, and for an exception its class; never the message's arguments, nor
    what others' code wrote into a message: both may hold a path, an address or words of people."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0]:
            return f"{line}: {record.exc_info[0].__name__}{raised(record.exc_info[2])}"
        at = f" at {record.funcName}:{record.lineno}" if record.funcName else ""
        if record.name.startswith("equalterms"):
            return f"{line}: {record.msg}{at}"
        return f"{line}{at}"


def raised(trace: TracebackType | None) -> str:
    """Where it was raised, and, if that is not in our code, where that had got to."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return ""
    ours = [frame for frame in frames if frame.filename.startswith(PACKAGE)]
    place = f" at {frames[-1].name}:{frames[-1].lineno}"
    if not ours or ours[-1] is frames[-1]:
        return place
    module = Path(ours[-1].filename).relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    return f"{place} from {module}.{ours[-1].name}:{ours[-1].lineno}"


def keep_quiet() -> None:
    """For a process that serves: what nobody caught goes to the log as everything does, not as a traceback
    with its message; nothing in memory is dumped when it dies; no file it makes is for others to read."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    os.umask(0o077)


def _uncaught(kind: type[BaseException], value: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        # A thread may end without a value, and logging copes with that; its type does not say so.
        log.critical("Nobody caught this", exc_info=(kind, value, trace))  # type: ignore[arg-type]
