"""What the doctor found, to be asked for by its sentence."""

from collections.abc import Iterable

from equalterms.config.cli.doctor.finding import Finding


def sentences(findings: Iterable[Finding]) -> dict[str, bool]:
    return {finding.sentence: finding.well for finding in findings}
