"""`equalterms doctor`: says of each part of an installation whether it is well, and what to do if not."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from equalterms.config.cli.doctor.days import days_over
from equalterms.config.cli.doctor.finding import Finding
from equalterms.config.cli.doctor.home import addresses, app, copies, the_home
from equalterms.config.cli.doctor.machine import memory
from equalterms.config.cli.doctor.servers import bell, rows

CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    the_home, rows, days_over, bell, app, addresses, copies, memory,
)  # fmt: skip


def mark(finding: Finding) -> str:
    return "ok  " if finding.well else "note" if finding.advice else "MIND"


def run(wanted: Namespace) -> int:
    """Prints every finding; 1 if one of them is not well. Notes are for whoever runs the machine to weigh."""
    findings = [finding for check in CHECKS for finding in check()]
    for finding in findings:
        print(f"{mark(finding)}  {finding.sentence}")
    return 0 if all(finding.well or finding.advice for finding in findings) else 1
