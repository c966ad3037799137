"""Kùzu and its successor LadybugDB, which share one interface: kuzu_engine.py FOLDER WORK QUERIES MODULE.

One node table a label, one relationship table a type; prepared statements; keys are the only indexes they have for properties,
and full text is their extension, where it can be loaded.
"""

from __future__ import annotations

import datetime
import importlib
import os
import shutil
import sys
from typing import Any

from worker import Engine, Rows, Runner, folder_bytes, query_texts, serve

NODES = {
    "documents": ("Document", "title STRING, language STRING, published DATE, text STRING"),
    "acts": ("Act", "number STRING, kind STRING, title STRING, jurisdiction STRING, date DATE, in_force_from DATE, in_force_to DATE"),
    "agencies": ("Agency", "name STRING, country STRING"),
    "fundings": ("Funding", "amount DECIMAL(18,2), currency STRING, kind STRING, year INT64"),
    "programmes": ("Programme", "name STRING, kind STRING"),
    "partners": ("Partner", "name STRING, country STRING"),
}
EDGES = {
    "mentions": ("MENTIONS", "FROM Document TO Act, begins INT32, ends INT32, confidence DOUBLE"),
    "cites": ("CITES", "FROM Act TO Act"),
    "amends": ("AMENDS", "FROM Act TO Act, date DATE"),
    "issued_by": ("ISSUED_BY", "FROM Act TO Agency"),
    "part_of": ("PART_OF", "FROM Agency TO Agency"),
    "authorises": ("AUTHORISES", "FROM Act TO Funding, document INT64, begins INT32, ends INT32"),
    "funds": ("FUNDS", "FROM Funding TO Programme"),
    "provides": ("PROVIDES", "FROM Partner TO Funding"),
    "partner_in": ("PARTNER_IN", "FROM Partner TO Programme"),
}


class Kuzu(Engine):
    def __init__(self, *places: str) -> None:
        super().__init__(*places)
        name = sys.argv[4]
        self.library = importlib.import_module(name)
        self.path = os.path.join(self.work, name + ".db")
        self.texts = query_texts(os.path.join(self.queries, "kuzu.cypher"))
        self.has_words = False
        self.next_document = 1 << 40
        self.database: Any = None
        self.connection: Any = None

    def version(self) -> str:
        return str(self.library.__version__)

    def load(self) -> None:
        for end in ("", ".wal", ".shadow", ".lock"):
            shutil.rmtree(self.path + end, ignore_errors=True)
            if os.path.exists(self.path + end):
                os.remove(self.path + end)
        self.connect()
        for file, (label, columns) in NODES.items():
            self.connection.execute(f"CREATE NODE TABLE {label} (id INT64 PRIMARY KEY, {columns})")
            self.copy(label, f"{file}.csv")
        for file, (kind, columns) in EDGES.items():
            self.connection.execute(f"CREATE REL TABLE {kind} ({columns})")
            self.copy(kind, f"{file}.csv")
        self.index_words()
        self.connection.execute("CHECKPOINT")

    def connect(self) -> None:
        self.database = self.library.Database(self.path)
        self.connection = self.library.Connection(self.database)

    def copy(self, name: str, file: str) -> None:
        self.connection.execute(f"COPY {name} FROM '{os.path.join(self.folder, file)}' (HEADER=true)")

    def index_words(self) -> None:
        try:
            self.connection.execute("LOAD EXTENSION fts")
            self.connection.execute("CALL CREATE_FTS_INDEX('Act', 'titles', ['title'], stemmer := 'none')")
            self.has_words = True
        except RuntimeError as trouble:
            print("no full text:", trouble, file=sys.stderr)

    def open(self) -> None:
        self.connection.close()
        self.database.close()
        self.connect()
        if self.has_words:
            self.connection.execute("LOAD EXTENSION fts")
        self.all("MATCH (a:Agency) RETURN count(*)", {})

    def more(self) -> bool:
        self.copy("Document", "increment/documents.csv")
        self.copy("MENTIONS", "increment/mentions.csv")
        return True

    def size(self) -> int:
        self.connection.execute("CHECKPOINT")
        return folder_bytes(self.path)

    def argument(self, kind: str, text: str) -> Any:
        return datetime.date.fromisoformat(text) if kind == "d" else super().argument(kind, text)

    def all(self, query: Any, parameters: dict[str, Any]) -> list[Any]:
        answer = self.connection.execute(query, parameters)
        rows = answer.get_all()
        answer.close()
        return rows

    def runner(self, query: str) -> Runner | None:
        if query == "write_mix":
            return self.write
        if query not in self.texts or (query == "full_text" and not self.has_words):
            return None
        plan = self.connection.prepare(self.texts[query])
        if not plan.is_success():
            raise RuntimeError(plan.get_error_message())
        if query == "full_text":
            return lambda arguments: self.all(plan, {"p1": " ".join(arguments)})
        return lambda arguments: self.all(plan, {f"p{i}": argument for i, argument in enumerate(arguments, 1)})

    def rows(self, query: str, answer: Any) -> Rows:
        return [tuple(row) for row in answer]

    def write(self, arguments: list[Any]) -> Any:
        """One durable write, and a question that sees it."""
        act, title = arguments
        self.next_document += 1
        self.all(
            "MATCH (a:Act {id: $act}) SET a.kind = 'other' "
            "CREATE (d:Document {id: $document, title: $title, language: 'en'})-[:MENTIONS {confidence: 0.5}]->(a)",
            {"act": act, "title": title, "document": self.next_document},
        )
        return self.all("MATCH (a:Act)<-[m:MENTIONS]-(:Document) WHERE a.id = $act RETURN count(*)", {"act": act})


if __name__ == "__main__":
    serve(Kuzu)
