"""Knowledge graphs of policy documents, every answer with its sources.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory()
>>> with graph.begin("by:anna") as transaction:
...     _ = transaction.create_node("Programme", name="Clean Water", kind="programme")
>>> row = graph.query("MATCH (p:Programme) RETURN p.name AS name").one()
>>> row["name"], row.evidence[0].quote
('Clean Water', 'by:anna')
"""

from . import _interpreter  # first: refuses where the extension would never return
from ._core import (
    CheckReport,
    Citation,
    CsvCounts,
    Diagnostic,
    Duration,
    Edge,
    IngestResult,
    Node,
    Region,
    PartialDate,
    Path,
    Question,
    Quotation,
    QuestionParameter,
    ReadJsonResult,
    SalvageReport,
    SourceDocument,
    VerifyResult,
    WhyNot,
    __version__,
)
from .acts import find_acts
from .answer import Answer
from .audit import Audit, Finding
from .commit_group import CommitGroup
from .display_values import install as _install
from .draft import EdgeDraft, NodeDraft
from .errors import (
    ArgumentTypeError,
    BindError,
    BusyError,
    ClosedError,
    ConflictError,
    Error,
    FeatureNotBuiltError,
    FormatError,
    InputOutputError,
    InterruptedError,
    InvalidArgumentError,
    LimitError,
    NotFoundError,
    QueryConflictError,
    QueryError,
    QuerySchemaError,
    QuerySyntaxError,
    RunError,
    SchemaError,
    TextEncodingError,
)
from .graph import Graph
from .knowledge import Change, Claim, Commit, Event
from .opening import backup_file, check_file, open_in_memory, questions, read_json, redact_document, salvage_file
from .opening import open as open  # not in __all__: `import *` leaves Python's own alone
from .recognizer import DocumentText, Mention, Recognizer, Relation
from .prepared import PreparedQuery
from .results import Results, Row
from .review import Proposal, Review
from .snapshot import ExchangeRate, Snapshot
from .table import Table
from .transaction import Transaction
from .view import Picture, View
from .walking import install as _install_walking
from .why import Why


_install()
_install_walking()
del _install, _install_walking, _interpreter


def load_ipython_extension(shell: object) -> None:
    """What ``%load_ext policygraph`` does: cells that begin with ``%%cypher`` are queries (``%%cypher?`` says more)."""
    from .magic import load_ipython_extension as load

    load(shell)


__all__ = [
    "Answer",
    "Audit",
    "ArgumentTypeError",
    "BindError",
    "BusyError",
    "Change",
    "CheckReport",
    "Citation",
    "CommitGroup",
    "Claim",
    "ClosedError",
    "Commit",
    "ConflictError",
    "CsvCounts",
    "Diagnostic",
    "DocumentText",
    "Duration",
    "Edge",
    "EdgeDraft",
    "Error",
    "ExchangeRate",
    "Event",
    "FeatureNotBuiltError",
    "Finding",
    "FormatError",
    "Graph",
    "IngestResult",
    "InputOutputError",
    "InterruptedError",
    "InvalidArgumentError",
    "LimitError",
    "Mention",
    "Node",
    "NodeDraft",
    "NotFoundError",
    "Region",
    "PartialDate",
    "Path",
    "Picture",
    "QueryConflictError",
    "QueryError",
    "QuerySchemaError",
    "QuerySyntaxError",
    "PreparedQuery",
    "Proposal",
    "Question",
    "QuestionParameter",
    "Quotation",
    "ReadJsonResult",
    "Recognizer",
    "Relation",
    "Results",
    "Review",
    "Row",
    "RunError",
    "SalvageReport",
    "SchemaError",
    "Snapshot",
    "SourceDocument",
    "Table",
    "TextEncodingError",
    "Transaction",
    "VerifyResult",
    "View",
    "Why",
    "WhyNot",
    "__version__",
    "backup_file",
    "check_file",
    "find_acts",
    "open_in_memory",
    "questions",
    "read_json",
    "redact_document",
    "salvage_file",
]
