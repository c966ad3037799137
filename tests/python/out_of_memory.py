"""Run by test_memory.py: Python's n-th allocation fails, for every n of a call, and each call ends with an exception or is done."""

import datetime
import decimal
import sys
from collections.abc import Callable
from pathlib import Path

import _testcapi

import policygraph as pg

VALUES = {
    "all": [1, 2.5, "три", True, None, decimal.Decimal("4.90"), datetime.date(2024, 10, 5), pg.PartialDate("2024-10")],
    "map": {"a": [1, [2, {"b": "x" * 40}]], "c": datetime.datetime(2024, 1, 2, 3, 4, 5)},
    "duration": datetime.timedelta(days=2, seconds=3),
}


def calls(graph: pg.Graph) -> dict[str, Callable[[], object]]:
    answer = "MATCH (c:City)-[r]->(b) RETURN c, r, b.name AS name, c.names AS names, [c, {of: b}] AS both ORDER BY name"

    def write() -> None:
        with graph.begin("by:anna") as edit:
            key = edit.create_node("City", name="Urgench", names=["a", "b"], founded=pg.PartialDate("1646"))
            edit.set_property(key, "people", 150_110)

    return {
        "parameters": lambda: graph.query("RETURN $all AS a, $map AS m, $duration AS d", VALUES).one()["m"],
        "rows": lambda: [row.to_dict() for row in graph.query(answer)],
        "evidence": lambda: [[(c.quote, c.title, repr(c)) for c in row.evidence] for row in graph.query(answer)],
        "columns": lambda: graph.query("MATCH (c:City) RETURN c.name AS name, c.people AS people").to_dicts(),
        "nodes": lambda: [(node["name"], node.labels, repr(node)) for node in graph.snapshot().nodes("City")],
        "error": lambda: _refused(lambda: graph.query("MATCH (c RETURN c")),
        "write": write,
        # Not what is drawn: where the name of a keyword argument finds no memory, pybind11 (3.0) compares nothing with it.
        "shown": lambda: (repr(graph), str(graph.query(answer)), [repr(row) for row in graph.query(answer)]),
    }


def _refused(call: Callable[[], object]) -> None:
    try:
        call()
    except pg.QueryError:
        pass


def fails(call: Callable[[], object], number: int) -> bool:
    """Whether it ended with an exception where that allocation failed."""
    _testcapi.set_nomemory(number, number + 1)
    try:
        call()
        return False
    except Exception:  # mostly MemoryError; the interpreter itself takes some for others (a hash that is not found: TypeError)
        return True
    finally:
        _testcapi.remove_mem_hooks()


def main() -> None:
    path = Path(sys.argv[1]) / "cities.pgraph"
    graph = pg.open(path, schema="open")
    graph.query("UNWIND range(1, 5) AS i CREATE (:City {name: 'City ' + i, people: i, names: ['a', 'b']})-[:NEAR]->(:City {name: 'Near ' + i})")
    for name, call in calls(graph).items():
        call()
        failures = number = in_a_row = 0
        while in_a_row < 20 and number < 4000:  # past the last of them nothing fails
            failed = fails(call, number)
            failures += failed
            in_a_row = 0 if failed else in_a_row + 1
            number += 1
        call()
        print(name, failures, flush=True)
    assert graph.verify().is_sound
    graph.close()
    with pg.open(path, read_only=True) as again:
        assert again.query("MATCH (c:City {name: 'City 1'}) RETURN count(c)").scalar() == 1
    print("intact", flush=True)


main()
