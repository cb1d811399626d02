"""Running the application: uvicorn, told to log nothing about anybody and to end its streams in time."""

from equalterms.config.server.listening import address_of, listen, why_not
from equalterms.config.server.protocol import Protocol
from equalterms.config.server.running import Server, serve, settings_of

__all__ = ["Protocol", "Server", "address_of", "listen", "serve", "settings_of", "why_not"]
