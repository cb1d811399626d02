"""A schedule file that an organiser sends: what it would change in their day, and doing so."""

from equalterms.programme.imports.upload.bringing import Brought, bring
from equalterms.programme.imports.upload.lines import Changes, changes_in

__all__ = ["Brought", "Changes", "bring", "changes_in"]
