"""The followers of this process: one set a topic, one encoding of a change for all of them.

Nobody waits for anybody. A frame is handed to each follower's connection without waiting; what one cannot
take now lies in their connection's own buffer, and one whose buffer is full, or does not empty for long, is
let go: they come back with the last id they saw.
"""

from equalterms.live.hub.channels import Gone, Hub
from equalterms.live.hub.followers import Follower

__all__ = ["Follower", "Gone", "Hub"]
