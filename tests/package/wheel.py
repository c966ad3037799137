"""What a stranger does first with the installed wheel; run without the checkout on the path, with the sample documents or without."""

import sys

import policygraph as pg

graph = pg.open_in_memory()
graph.query("CREATE (:Decree {jurisdiction: 'GB', kind: 'decree', number: '7'})")
rows = graph.query("MATCH (a:LegalAct) RETURN a.number AS number").to_dicts()
assert rows == [{"number": "7"}], rows
if len(sys.argv) > 1:
    graph = pg.open_in_memory()
    read = graph.ingest(sys.argv[1])
    assert read.failed == 0 and graph.verify().is_sound, read
    answer = graph.ask("acts_that_fund", programme="Initiative Budget Programme")
    assert answer.has_evidence and "PQ-300" in answer.cite()
    assert graph.snapshot().to_svg().startswith("<svg")
print("policygraph", pg.__version__, "in", pg.__file__)
