"""DuckDB: a file with typed columns (DECIMAL money, DATE), indexes for the look-ups, statistics gathered."""

from __future__ import annotations

import datetime
import os
from typing import Any

import duckdb
from worker import Engine, Rows, Runner, folder_bytes, query_texts, serve

TABLES = {
    "documents": "id BIGINT PRIMARY KEY, title VARCHAR, language VARCHAR, published DATE, text VARCHAR",
    "acts": "id BIGINT PRIMARY KEY, number VARCHAR, kind VARCHAR, title VARCHAR, jurisdiction VARCHAR, date DATE, in_force_from DATE, in_force_to DATE",
    "agencies": "id BIGINT PRIMARY KEY, name VARCHAR, country VARCHAR",
    "fundings": "id BIGINT PRIMARY KEY, amount DECIMAL(18,2), currency VARCHAR, kind VARCHAR, year INTEGER",
    "programmes": "id BIGINT PRIMARY KEY, name VARCHAR, kind VARCHAR",
    "partners": "id BIGINT PRIMARY KEY, name VARCHAR, country VARCHAR",
    "mentions": "document BIGINT, act BIGINT, begins INTEGER, ends INTEGER, confidence DOUBLE",
    "cites": "source BIGINT, target BIGINT",
    "amends": "source BIGINT, target BIGINT, date DATE",
    "issued_by": "source BIGINT, target BIGINT",
    "part_of": "source BIGINT, target BIGINT",
    "authorises": "source BIGINT, target BIGINT, document BIGINT, begins INTEGER, ends INTEGER",
    "funds": "source BIGINT, target BIGINT",
    "provides": "source BIGINT, target BIGINT",
    "partner_in": "source BIGINT, target BIGINT",
}
INDEXES = ("programmes (name)", "cites (source)", "amends (source)", "authorises (source)", "funds (source)", "partner_in (target)")


class DuckDb(Engine):
    def __init__(self, *places: str) -> None:
        super().__init__(*places)
        self.path = os.path.join(self.work, "duckdb.db")
        self.texts = query_texts(os.path.join(self.queries, "duckdb.sql"))
        self.connection: Any = None

    def version(self) -> str:
        return str(duckdb.__version__)

    def load(self) -> None:
        for end in ("", ".wal"):
            if os.path.exists(self.path + end):
                os.remove(self.path + end)
        self.connection = duckdb.connect(self.path)
        for name, columns in TABLES.items():
            self.connection.execute(f"CREATE TABLE {name} ({columns})")
            self.copy(name, f"{name}.csv")
        for number, index in enumerate(INDEXES):
            self.connection.execute(f"CREATE INDEX index_{number} ON {index}")
        self.connection.execute("ANALYZE")
        self.connection.execute("CHECKPOINT")

    def copy(self, name: str, file: str) -> None:
        self.connection.execute(f"COPY {name} FROM '{os.path.join(self.folder, file)}' (HEADER, DELIMITER ',')")

    def open(self) -> None:
        self.connection.close()
        self.connection = duckdb.connect(self.path)
        self.connection.execute("SELECT count(*) FROM agencies").fetchall()

    def more(self) -> bool:
        self.connection.execute("BEGIN")
        for name in ("documents", "mentions"):
            self.copy(name, f"increment/{name}.csv")
        self.connection.execute("COMMIT")
        return True

    def size(self) -> int:
        self.connection.execute("CHECKPOINT")
        return folder_bytes(self.path)

    def argument(self, kind: str, text: str) -> Any:
        return datetime.date.fromisoformat(text) if kind == "d" else super().argument(kind, text)

    def runner(self, query: str) -> Runner | None:
        if query == "write_mix":
            return self.write
        if query == "mentions_arrow":
            return lambda _: self.connection.execute(self.texts["all_mentions"]).to_arrow_table()
        if query not in self.texts:
            return None
        text, execute = self.texts[query], self.connection.execute
        return lambda arguments: execute(text, arguments).fetchall()

    def rows(self, query: str, answer: Any) -> Rows:
        return zip(*(column.to_pylist() for column in answer.columns), strict=True) if query == "mentions_arrow" else answer

    def write(self, arguments: list[Any]) -> Any:
        """One durable write, and a question that sees it."""
        act, title = arguments
        execute = self.connection.execute
        execute("BEGIN")
        (document,) = execute("SELECT max(id) + 1 FROM documents").fetchone()
        execute("INSERT INTO documents (id, title, language) VALUES (?, ?, 'en')", [document, title])
        execute("INSERT INTO mentions (document, act, confidence) VALUES (?, ?, 0.5)", [document, act])
        execute("UPDATE acts SET kind = 'other' WHERE id = ?", [act])
        execute("COMMIT")
        return execute("SELECT count(*) FROM mentions WHERE act = ?", [act]).fetchall()


if __name__ == "__main__":
    serve(DuckDb)
