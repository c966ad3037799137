"""Writes algorithms.txt: small graphs and what NetworkX and igraph say of them.

    python tests/graph/algorithms.py > tests/graph/algorithms.txt

Where both can answer, both are asked and must agree. Python and igraph number nodes from 0; partitions are numbered in
order of their first node. Needs networkx and igraph; the tests in C++ read the file and need neither.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import igraph
import networkx as nx

Edge = tuple[int, int, float]


def parts(sets: Iterable[Iterable[int]], count: int) -> list[int]:
    """A partition as the number of each node's part."""
    leader = {node: min(members) for members in map(list, sets) for node in members}
    numbers = {first: i for i, first in enumerate(sorted(set(leader.values())))}
    return [numbers[leader[node]] for node in range(count)]


def agree(a: Sequence[float], b: Sequence[float]) -> list[float]:
    assert len(a) == len(b) and all(x == y or abs(x - y) < 1e-9 for x, y in zip(a, b)), (a, b)
    return list(a)


def show(name: str, values: Iterable[float]) -> None:
    print(name, *(f"{value:.12g}" for value in values))


def by_node(values: dict[int, float], count: int, missing: float) -> list[float]:
    return [values.get(node, missing) for node in range(count)]


def edge_parts(graph: nx.Graph, edges: list[Edge]) -> list[int]:
    """The biconnected part of each edge; parts numbered by their first edge."""
    part: dict[frozenset[int], int] = {}
    for number, component in enumerate(nx.biconnected_component_edges(graph)):
        for a, b in component:
            part[frozenset((a, b))] = number
    order: dict[int, int] = {}
    return [order.setdefault(part[frozenset((a, b))], len(order)) for a, b, _ in edges]


def describe(name: str, count: int, edges: list[Edge]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    plain = nx.Graph(graph.to_undirected())
    twin = igraph.Graph(n=count, edges=[(a, b) for a, b, _ in edges], directed=True)
    weights = [w for _, _, w in edges]
    is_simple = len({frozenset((a, b)) for a, b, _ in edges}) == len(edges) and all(a != b for a, b, _ in edges)

    print("graph", name, count)
    for a, b, weight in edges:
        print("edge", a, b, f"{weight:g}")
    ranks = nx.pagerank(unweighted(graph), tol=1e-13, max_iter=1000)
    show("page_rank", agree(by_node(ranks, count, 0), twin.pagerank(damping=0.85)))
    show("weak", agree(parts(nx.weakly_connected_components(graph), count), parts(twin.connected_components("weak"), count)))
    show("strong", agree(parts(nx.strongly_connected_components(graph), count), parts(twin.connected_components("strong"), count)))
    infinity = float("inf")
    show("levels", agree(by_node(nx.single_source_shortest_path_length(graph, 0), count, infinity), twin.distances(0)[0]))
    show("levels_undirected", agree(by_node(nx.single_source_shortest_path_length(plain, 0), count, infinity), twin.distances(0, mode="all")[0]))
    show("distances", agree(by_node(nx.single_source_dijkstra_path_length(graph, 0), count, infinity), twin.distances(0, weights=weights)[0]))
    dominators = nx.immediate_dominators(graph, 0)
    show("dominators", [count if node == 0 or dominators.get(node) is None else dominators[node] for node in range(count)])
    show("cuts", agree(sorted(nx.articulation_points(plain)), sorted(twin.as_undirected(mode="each").articulation_points())))
    print("is_acyclic", int(nx.is_directed_acyclic_graph(graph)))
    if not is_simple and all(a != b for a, b, _ in edges):
        show("core", twin.as_undirected(mode="each").coreness())
    if is_simple:
        show("core", agree(by_node(nx.core_number(plain), count, 0), twin.coreness(mode="all")))
        simple = nx.DiGraph(graph)
        show("betweenness", agree(by_node(nx.betweenness_centrality(simple, normalized=False), count, 0), twin.betweenness()))
        show("betweenness_undirected", agree(by_node(nx.betweenness_centrality(plain, normalized=False), count, 0), twin.betweenness(directed=False)))
        show("biconnected", edge_parts(plain, edges))
        permuted = shuffled(count, edges)
        flipped = [(b, a, w) if i == 0 else (a, b, w) for i, (a, b, w) in enumerate(permuted)]
        for other in (permuted, flipped):
            show("other", [end for a, b, _ in other for end in (a, b)])
            print("is_isomorphic", int(is_isomorphic(count, edges, other)))
    print("end")


def shuffled(count: int, edges: list[Edge]) -> list[Edge]:
    names = list(range(count))
    random.Random(7).shuffle(names)
    return [(names[a], names[b], w) for a, b, w in reversed(edges)]


def is_isomorphic(count: int, edges: list[Edge], others: list[Edge]) -> bool:
    graphs = []
    for some in (edges, others):
        graph = nx.DiGraph()
        graph.add_nodes_from(range(count))
        graph.add_edges_from((a, b) for a, b, _ in some)
        graphs.append(graph)
    says = nx.is_isomorphic(*graphs)
    twins = [igraph.Graph(n=count, edges=[(a, b) for a, b, _ in some], directed=True) for some in (edges, others)]
    assert says == twins[0].isomorphic(twins[1])
    return says


def unweighted(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    bare = nx.MultiDiGraph()
    bare.add_nodes_from(graph.nodes)
    bare.add_edges_from((a, b) for a, b in graph.edges())
    return bare


def weight(random_: random.Random) -> float:
    return random_.randrange(0, 40) / 4


def simple(random_: random.Random, count: int, wanted: int) -> list[Edge]:
    pairs: set[frozenset[int]] = set()
    edges: list[Edge] = []
    while len(edges) < wanted:
        a, b = random_.sample(range(count), 2)
        if frozenset((a, b)) not in pairs:
            pairs.add(frozenset((a, b)))
            edges.append((a, b, weight(random_)))
    return edges


def main() -> None:
    random_ = random.Random(2022)
    describe("one", 1, [])
    describe("path", 6, [(i, i + 1, 1.0) for i in range(5)])
    describe("ring", 7, [(i, (i + 1) % 7, 0.5 * i) for i in range(7)])
    describe("diamond", 5, [(0, 1, 1.0), (0, 2, 4.0), (1, 3, 5.0), (2, 3, 0.0), (3, 4, 2.0)])
    describe("random", 40, simple(random_, 40, 90))
    describe("sparse", 60, simple(random_, 60, 50))
    describe("dag", 30, [(min(a, b), max(a, b), w) for a, b, w in simple(random_, 30, 70)])
    many = [(random_.randrange(25), random_.randrange(25), weight(random_)) for _ in range(120)]
    describe("loops_and_parallels", 25, many)
    describe("parallels", 25, [(a, b, w) for a, b, w in many if a != b])
    ring = [(i, (i + 1) % 20, weight(random_)) for i in range(20)]
    describe("no_dead_end", 20, ring + [(a, b, w) for a, b, w in simple(random_, 20, 30) if abs(a - b) not in (1, 19)])


if __name__ == "__main__":
    main()
