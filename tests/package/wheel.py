"""What a stranger does first with the installed wheel; run without the checkout on the path."""

import policygraph as pg

graph = pg.open_in_memory()
graph.query("CREATE (:Decree {jurisdiction: 'GB', kind: 'decree', number: '7'})")
rows = graph.query("MATCH (a:LegalAct) RETURN a.number AS number").to_dicts()
assert rows == [{"number": "7"}], rows
print("policygraph", pg.__version__, "in", pg.__file__)
