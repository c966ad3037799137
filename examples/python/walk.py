"""Without Cypher: nodes and edges said piece by piece, loops that read as sentences, what lies around a node, paths."""

from decimal import Decimal

import policygraph as pg

graph = pg.open_in_memory()
with graph.begin("by:anna") as edit:
    decree = edit.node("Decree").set(jurisdiction="UZ", kind="decree", number="PF-1").add()
    law = edit.node("Law").set(jurisdiction="UZ", kind="law", number="ZRU-2").add()
    water = edit.node("Programme").set(name="Clean Water", kind="programme").add()
    for amount in (4_900_000, 250_000):
        sum_ = edit.node("Funding").set(kind="grant", amount=Decimal(amount), currency="EUR").add()
        edit.edge(decree, "AUTHORISES", sum_).quote(f"The decree sets aside {amount} euro.").add()
        edit.edge(sum_, "FUNDS", water).add()
    edit.edge(law, "AMENDS", decree).valid("2025").add()

now = graph.snapshot()
for act in now.nodes("LegalAct"):
    for grant in act.out_edges("AUTHORISES"):
        for programme in grant.target.out("FUNDS"):
            if grant.target["amount"] > 1_000_000:
                quote = grant.evidence[0].quote
                print(f"{act['number']} gives {grant.target['amount']} EUR to {programme['name']}: “{quote}”")

(act,) = now.find_nodes("LegalAct", "number", "PF-1")
for amendment in act.in_edges("AMENDS"):
    print(amendment.source["number"], "amends it")
print(len(act.around(1)), "nodes within one step,", len(act.around(2)), "within two")

(programme,) = now.find_name("Programme", "clean water")
start = now.node(law)
assert start is not None
route = start.shortest_route(programme)
assert route is not None
for edge in route.edges:
    print(edge.source.caption, edge.type, edge.target.caption)

try:
    act.out("AUTHORIZES")
except pg.Error as error:
    print(error.text)
