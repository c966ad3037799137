"""Kùzu and its successor LadybugDB, which share one interface: kuzu_engine.py FOLDER WORK QUERIES MODULE.

Money is kept as cents, for their sum() takes no decimals. One node table a label, one relationship table a type; prepared statements; keys are the only indexes they have for properties,
and full text is their extension where it is at hand, else a scan: Kùzu 0.11.3 brings it, LadybugDB fetches it from its own site.
"""

from __future__ import annotations

import datetime
import decimal
import importlib
import os
import shutil
import sys
from typing import Any

from worker import Engine, Rows, Runner, folder_bytes, money, query_texts, serve

NODES = {
    "documents": ("Document", "title STRING, language STRING, published DATE, text STRING"),
    "acts": ("Act", "number STRING, kind STRING, title STRING, jurisdiction STRING, date DATE, in_force_from DATE, in_force_to DATE"),
    "agencies": ("Agency", "name STRING, country STRING"),
    "fundings": ("Funding", "amount INT64, currency STRING, kind STRING, year INT64"),
    "programmes": ("Programme", "name STRING, kind STRING"),
    "partners": ("Partner", "name STRING, country STRING"),
}
EDGES = {
    "mentions": ("MENTIONS", "FROM Document TO Act, begins INT32, `ends` INT32, confidence DOUBLE"),
    "cites": ("CITES", "FROM Act TO Act"),
    "amends": ("AMENDS", "FROM Act TO Act, date DATE"),
    "issued_by": ("ISSUED_BY", "FROM Act TO Agency"),
    "part_of": ("PART_OF", "FROM Agency TO Agency"),
    "authorises": ("AUTHORISES", "FROM Act TO Funding, document INT64, begins INT32, `ends` INT32"),
    "funds": ("FUNDS", "FROM Funding TO Programme"),
    "provides": ("PROVIDES", "FROM Partner TO Funding"),
    "partner_in": ("PARTNER_IN", "FROM Partner TO Programme"),
}


MONEY = {"money_path": 0, "money_by_year": 2, "optional_sum": 2}  # columns of cents


def plain(value: Any, is_money: bool) -> Any:
    """Sums come as decimals."""
    number = int(value) if isinstance(value, decimal.Decimal) else value
    return money(int(number or 0)) if is_money else number


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
            self.copy_sums() if label == "Funding" else self.copy(label, f"{file}.csv")
        for file, (kind, columns) in EDGES.items():
            self.connection.execute(f"CREATE REL TABLE {kind} ({columns})")
            self.copy(kind, f"{file}.csv")
        self.index_words()
        self.connection.execute("CHECKPOINT")

    def connect(self) -> None:
        self.database = self.library.Database(self.path)
        self.connection = self.library.Connection(self.database)
        self.connection.execute("CALL var_length_extend_max_depth = 100")

    def copy(self, name: str, file: str) -> None:
        self.connection.execute(f"COPY {name} FROM '{os.path.join(self.folder, file)}' (HEADER=true)")

    def copy_sums(self) -> None:
        path = os.path.join(self.folder, "fundings.csv")
        self.connection.execute(
            f"COPY Funding FROM (LOAD FROM '{path}' (HEADER=true) RETURN id, "
            "CAST(CAST(CAST(amount AS STRING) AS DECIMAL(18,2)) * 100 AS INT64), currency, kind, year)"
        )

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
        if query == "mentions_arrow":
            text = self.texts["all_mentions"]
            return lambda _: self.connection.execute(text).get_as_arrow()
        if query not in self.texts:
            return None
        is_indexed = query == "full_text" and self.has_words
        plan = self.connection.prepare(self.texts["full_text_indexed" if is_indexed else query])
        if not plan.is_success():
            raise RuntimeError(plan.get_error_message())
        if is_indexed:
            return lambda arguments: self.all(plan, {"p1": " ".join(arguments)})
        return lambda arguments: self.all(plan, {f"p{i}": argument for i, argument in enumerate(arguments, 1)})

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "mentions_arrow":
            return zip(*(column.to_pylist() for column in answer.columns), strict=True)
        return [tuple(plain(value, place == MONEY.get(query)) for place, value in enumerate(row)) for row in answer]

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
