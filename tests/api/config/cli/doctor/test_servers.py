"""What the doctor finds in a database and a Redis."""

from contextlib import closing

import redis
from tests.api.config.cli.doctor.findings import sentences

from equalterms.config.cli.doctor import servers


def test_a_redis_that_does_not_answer_is_no_disaster_but_said(settings: object) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert [finding.well for finding in servers.bell()] == [False]


def test_a_redis_that_keeps_nothing_is_well(settings: object, redis_url: str) -> None:
    settings.REDIS_URL = redis_url

    assert sentences(servers.bell()) == {"Redis keeps nothing on disk.": True}


def test_a_redis_that_writes_to_disk_is_said(settings: object, redis_url: str) -> None:
    settings.REDIS_URL = redis_url
    with closing(redis.Redis.from_url(redis_url)) as client:
        client.config_set("save", "3600 1")
        try:
            found = sentences(servers.bell())
        finally:
            client.config_set("save", "")

    assert found == {"Redis writes to disk (save 3600 1, appendonly no).": False}
