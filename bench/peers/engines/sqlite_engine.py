"""SQLite from Python: the same texts as from C, on the file that policygraph-bench has written."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from worker import Engine, Runner, folder_bytes, query_texts, serve


class Sqlite(Engine):
    def __init__(self, *places: str) -> None:
        super().__init__(*places)
        self.path = os.path.join(self.work, "sqlite.db")
        self.texts = query_texts(os.path.join(self.queries, "sqlite.sql"))
        self.connection: Any = None

    def version(self) -> str:
        return sqlite3.sqlite_version

    def load(self) -> bool:
        """The set is taken in from C; here it is opened."""
        self.open()
        return False

    def open(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA mmap_size = 1000000000")
        self.connection.execute("PRAGMA cache_size = -1000000")

    def size(self) -> int:
        return folder_bytes(self.path)

    def runner(self, query: str) -> Runner | None:
        if query not in self.texts:
            return None
        text, execute = self.texts[query], self.connection.execute
        return lambda arguments: execute(text, arguments).fetchall()


if __name__ == "__main__":
    serve(Sqlite)
