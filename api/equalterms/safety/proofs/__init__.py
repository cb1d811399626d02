"""Proof of work per act (ALTCHA v2): costs a phone half a second, tells nothing about it.

Challenges are stateless and signed. The signing key is derived from the installation's secret and the
current 20 minutes, so every worker knows it and nobody stores it (docs/decisions/0007-proof-key.md).
What waits in a session, and how often a network asked lately, make them up to eight times as hard;
nothing ever makes them a refusal. Spent proofs are kept until they expire, in memory or in a Redis that
keeps nothing on disk.
"""

from equalterms.safety.proofs.checking import claim, spending, unclaim, work_to_sign_in
from equalterms.safety.proofs.making import ACTS, COST, LIFETIME, challenge, fill_pool, sign_in_challenge
from equalterms.safety.proofs.pressure import turn_keys, weight
from equalterms.safety.proofs.spent import Spent

__all__ = [
    "ACTS",
    "COST",
    "LIFETIME",
    "Spent",
    "challenge",
    "claim",
    "fill_pool",
    "sign_in_challenge",
    "spending",
    "turn_keys",
    "unclaim",
    "weight",
    "work_to_sign_in",
]
