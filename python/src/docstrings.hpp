#pragma once

// What help() says of the classes that have no face of their own in python/policygraph: numpydoc, each with an example that the tests run.

namespace policygraph::python {

inline constexpr const char* kDiagnosticDoc = R"doc(Trouble in the content of one document, or a choice the reader should know of.

Attributes
----------
severity : str
    ``"note"``, ``"warning"`` or ``"error"``.
code : str
    What kind of trouble: ``"encoding"``, ``"limit"``, ``"format"`` ...
text : str
    What it is.
document : str
    Where: a path, or empty.

Examples
--------
>>> import policygraph as pg
>>> found = pg.open_in_memory("open").query("MATCH (c:City) RETURN c").notifications
>>> found[0].severity, found[0].text
('warning', "no node has the label 'City'")
)doc";

inline constexpr const char* kTuplesDoc = R"doc(tuples($self, /, *values, **named)
--

All rows as tuples: the quickest way from a question to Python's own values. They carry no evidence.

Parameters
----------
*values : Any
    Values of the query's parameters, in the order of `parameters`.
**named : Any
    Those by name.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:City {code: 1, name: 'Nukus'}), (:City {code: 2, name: 'Khiva'})")
>>> named = graph.snapshot().prepare("MATCH (c:City {code: $code}) RETURN c.name", evidence=False)
>>> named.tuples(2), named.tuples(code=1)
([('Khiva',)], [('Nukus',)])
)doc";

inline constexpr const char* kCitationDoc = R"doc(The words something rests on, and where they stand. Offsets count code points, as Python's strings do.

Attributes
----------
document : int
    The document's number; `Snapshot.text` has its text.
title, uri, published : str
    What is known of the document.
start, end : int
    The passage within the text, `end` exclusive.
line : int
    Its first line, from 1; 0: not known.
page : int
    Its page, from 1; 0: the document has no pages (a PDF file has).
quote : str
    The words.
extractor : str
    The rule that read them, with its version, or who said so.
confidence : float
    0 to 1.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> with graph.begin("by:anna") as edit:
...     edit.set_note("Nukus is a city.")
...     _ = edit.create_node("City", name="Nukus")
>>> citation = graph.snapshot().nodes("City")[0].evidence[0]
>>> citation.quote, citation.line, graph.snapshot().text(citation.document)[citation.start : citation.end]
('Nukus is a city.', 1, 'Nukus is a city.')
)doc";

inline constexpr const char* kQuotationDoc = R"doc(A passage within the sentence it stands in.

Attributes
----------
citation : Citation
    The passage.
before, after : str
    The rest of the sentence.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> graph = pg.open_in_memory()
>>> with tempfile.TemporaryDirectory() as folder:
...     note = pathlib.Path(folder, "note.txt")
...     _ = note.write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.")
...     _ = graph.ingest(note)
>>> one = graph.query("MATCH (a:LegalAct) RETURN a.number").why()[0]
>>> one.citation.quote, one.after
('Presidential Decree No. PF-6079 dated October 5, 2020', ' was signed.')
)doc";

inline constexpr const char* kSourceDocumentDoc = R"doc(What is known of a document beside its text.

Attributes
----------
id : int
    Its number in this graph.
title, uri, publisher, language : str
    As the document or a ``documents.csv`` beside it says; empty where unknown.
published : PartialDate
    Its date.
sha256 : str
    Of the bytes that were read.
tier : str
    How near to the source: ``"official"``, ``"partner"``, ``"media"`` ...
is_edit : bool
    Whether it stands for an edit by hand.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.add_nodes({"name": ["Nukus"]}, label="City", author="by:anna")
>>> [(source.id, source.title, source.is_edit) for source in graph.snapshot().documents]
[(1, 'by:anna', True)]
)doc";

inline constexpr const char* kNodeDoc = R"doc(A node as it stood in the snapshot that answered: properties by ``node["name"]``, neighbours by loops.

Attributes
----------
key : int
    Its number, never used again for another.
labels : list of str
    Its labels, those above included.
caption : str
    What to call it.
properties : dict
    Values by name.
modality : str
    How far along it is: ``"planned"``, ``"approved"`` ...; ``"unknown"`` where no words say.
evidence : list of Citation
    What it rests on.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD {km: 177}]->(:City {name: 'Khiva'})-[:ROAD {km: 30}]->(:City {name: 'Urgench'})")
>>> nukus, khiva, urgench = graph.snapshot().nodes("City")
>>> nukus["name"], nukus.get("people", 0), nukus.has_label("City")
('Nukus', 0, True)
>>> [city["name"] for city in nukus.out("ROAD")], [edge["km"] for edge in khiva.in_edges("ROAD")]
(['Khiva'], [177])
>>> [(node["name"], hops) for node, hops in nukus.reach(2)]
[('Khiva', 1), ('Urgench', 2)]
>>> len(nukus.shortest_route(urgench)), nukus.around(1)
(2, <Region: 2 nodes, 1 edges>)
)doc";

inline constexpr const char* kEdgeDoc = R"doc(An edge as it stood in the snapshot that answered: properties by ``edge["km"]``.

Attributes
----------
key : int
    Its number, never used again for another.
type : str
    Its type.
source, target : Node
    Its ends.
properties : dict
    Values by name.
modality : str
    How far along it is: ``"planned"``, ``"approved"`` ...; ``"unknown"`` where no words say.
evidence : list of Citation
    What it rests on.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD {km: 177}]->(:City {name: 'Khiva'})")
>>> road, = graph.snapshot().edges("ROAD")
>>> road.source["name"], road.type, road.target["name"], road["km"], road.get("lanes", 1)
('Nukus', 'ROAD', 'Khiva', 177, 1)
)doc";

inline constexpr const char* kPathDoc = R"doc(A path of a query's answer or of `Node.routes`: one node more than edges. Its length counts edges.

Attributes
----------
nodes : list of Node
    In order.
edges : list of Edge
    In order; one may be passed against its arrow.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})")
>>> path = graph.query("MATCH p = (:City)-[:ROAD]->(:City) RETURN p").scalar()
>>> len(path), [node["name"] for node in path.nodes], [edge.type for edge in path.edges]
(1, ['Nukus', 'Khiva'], ['ROAD'])
)doc";

inline constexpr const char* kRegionDoc = R"doc(Some nodes of a snapshot and the edges among them; in a notebook a picture.

Made by `Node.around` and `Results.to_region`.

Attributes
----------
nodes : list of Node
    In order of their keys.
edges : list of Edge
    Those that begin and end in it.
is_cut : bool
    Whether there was more than the bound allowed.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})")
>>> region = graph.snapshot().nodes("City")[0].around(1)
>>> len(region), len(region.edges), region.is_cut, region.to_svg()[:4]
(2, 1, False, '<svg')
)doc";

inline constexpr const char* kVerifyResultDoc = R"doc(What verification looked at, and what it found. It is true where all is sound.

Attributes
----------
documents, quotes, nodes, edges : int
    What was looked at.
without_text : int
    Documents whose text is not held: their quotes were not checked.
unchecked : int
    Quotes of those.
false_documents : int
    Texts that do not have the digest they should.
false_quotes : int
    Quotes that do not stand where they say.
without_evidence : int
    Nodes and edges that rest on nothing.
diagnostics : list of Diagnostic
    Each finding, the first of them.
is_sound : bool
    Nothing is false.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
>>> result = graph.verify()
>>> bool(result), result.nodes, result.false_quotes, result.diagnostics
(True, 1, 0, [])
)doc";

inline constexpr const char* kCheckReportDoc = R"doc(What the check of a .pgraph file looked at, and what it found. It is true where all is sound.

Attributes
----------
commits, documents, texts, evidence, mentions, assertions : int
    What was looked at.
bytes : int
    Of the database's pages.
problems : list of Diagnostic
    What is wrong, at most 100.
is_sound : bool
    Nothing is wrong.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "cities.pgraph")
...     with pg.open(path, schema="open") as graph:
...         _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
...     report = pg.check_file(path)
>>> report.is_sound, report.commits, report.problems
(True, 1, [])
)doc";

inline constexpr const char* kSalvageReportDoc = R"doc(What came out of a damaged .pgraph file, and what did not. It is true where nothing is lost.

Made by `salvage_file`.

Attributes
----------
pages : int
    Of the damaged file.
commits_kept, commits_said_again, commits_lost : int
    As they were; whole, but behind a loss, so made anew; gone.
texts_lost, records_lost : int
    Documents without their text; records that rested on something lost.
lost : list of Diagnostic
    Each loss, at most 100.
is_whole : bool
    Nothing is lost.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "cities.pgraph")
...     with pg.open(path, schema="open") as graph:
...         _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
...     report = pg.salvage_file(path, pathlib.Path(folder, "saved.pgraph"))
>>> report.is_whole, report.commits_kept, report.lost
(True, 1, [])
)doc";

inline constexpr const char* kIngestResultDoc = R"doc(What became of the documents that were read.

Attributes
----------
documents : int
    Read this time, `unchanged` and `replaced` among them.
unchanged : int
    As they were when last read: nothing was done.
replaced : int
    Read before in another version: what rested on that is gone.
failed : int
    Not read; a diagnostic says why.
mentions, assertions, judgements : int
    What was found, claimed, and decided to be one thing.
bytes : int
    Of the files.
diagnostics : list of Diagnostic
    Trouble with single documents.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> graph = pg.open_in_memory()
>>> with tempfile.TemporaryDirectory() as folder:
...     note = pathlib.Path(folder, "note.txt")
...     _ = note.write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.")
...     first, second = graph.ingest(note), graph.ingest(note)
>>> first.documents, second.unchanged, second.diagnostics
(1, 1, [])
)doc";

inline constexpr const char* kReadJsonResultDoc = R"doc(What a file brought into a graph.

Attributes
----------
documents, nodes, edges, assertions : int
    What was added.
diagnostics : list of Diagnostic
    What the reader should know.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> graph, other = pg.open_in_memory("open"), pg.open_in_memory("open")
>>> _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "graph.json")
...     graph.write_json(path)
...     other.read_json(path)
<ReadJsonResult: 1 documents, 1 nodes, 0 edges>
)doc";

inline constexpr const char* kQuestionDoc = R"doc(A question with a name: two queries and a sentence.

Attributes
----------
name, title : str
    What it is called, and what it asks.
parameters : list of QuestionParameter
    What it wants to know.
answer : str
    Cypher: the rows that the documents state.
candidates : str
    Cypher: what comes near, with a column that says why it does not suffice.
sentence : str
    A row as a sentence, with columns in braces.

Examples
--------
>>> import policygraph as pg
>>> question, = [one for one in pg.questions() if one.name == "who_implements"]
>>> [parameter.name for parameter in question.parameters]
['programme']
)doc";

inline constexpr const char* kQuestionParameterDoc = R"doc(A parameter of a question.

Attributes
----------
name, description : str
    What it is called, and what it means.
is_required : bool
    Whether it may be left out.

Examples
--------
>>> import policygraph as pg
>>> parameter = pg.questions()[0].parameters[0]
>>> parameter, parameter.is_required
(<QuestionParameter programme>, False)
)doc";

inline constexpr const char* kWhyNotDoc = R"doc(Why an answer lacks a row that one expected.

Made by `Graph.why_not`.

Attributes
----------
is_there : bool
    It does not lack it.
lost_at : str
    The clause or condition behind which no row fits.
line, column : int
    Where that stands in the query.
rows_before : int
    How many rows fitted before it.
text : str
    All of that as a sentence.

Examples
--------
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> _ = graph.query("CREATE (:Act {number: 'PF-1', year: 2020})")
>>> why = graph.why_not("MATCH (a:Act) WHERE a.year > 2021 RETURN a.number AS act", {"act": "PF-1"})
>>> why.is_there, why.lost_at, why.line, why.rows_before
(False, 'a.year > 2021', 1, 1)
)doc";

}  // namespace policygraph::python
