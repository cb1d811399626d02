"""The product's own settings on a throw-away home, and on PostgreSQL and Redis where they are given.

TEST_DATABASE_URL and TEST_REDIS_URL name servers made for the run; without them the suite is on SQLite.
"""

import os
import tempfile

os.environ["EQUALTERMS_HOME"] = os.environ.get("TEST_HOME") or tempfile.mkdtemp(prefix="equalterms-test-")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL", "")

from equalterms.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not DATABASE_URL:
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
