"""Django's SQLite backend with tables that keep no arrival order."""
