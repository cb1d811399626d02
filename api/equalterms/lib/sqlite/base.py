"""Django's SQLite backend, but every table whose key is not a counter is made WITHOUT ROWID.

An ordinary SQLite table numbers its rows as they arrive, whatever its primary key says. Without
that number, rows lie in the order of their (random) keys, so the file does not tell who asked first.
"""

from typing import Any

from django.db import models
from django.db.backends.sqlite3 import base, schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def table_sql(self, model: type[models.Model]) -> tuple[str, list[Any]]:
        sql, params = super().table_sql(model)
        if isinstance(model._meta.pk, models.AutoField):
            return sql, params
        return sql + " WITHOUT ROWID", params


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
