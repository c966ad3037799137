#!/usr/bin/env python3
"""Seeds and a dictionary for fuzz_query: prepare_query.py KIT SEEDS OUT

The queries of openCypher's compatibility kit (KIT/features, where it is present) go to OUT/seeds, a file each; their words, and
those of our own seeds in SEEDS, go to OUT/dictionary in libFuzzer's format.
"""

import hashlib
import pathlib
import re
import sys


def kit_queries(kit):
    for feature in sorted(kit.glob("features/**/*.feature")):
        for text in re.findall(r'"""\n(.*?)"""', feature.read_text(encoding="utf-8"), re.DOTALL):
            yield "\n".join(line.strip() for line in text.splitlines()).strip()


def words(queries):
    found = set()
    for query in queries:
        query = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", " ", query)
        found.update(re.findall(r"[A-Za-z]{2,}\(|[A-Z]{2,}(?: [A-Z]{2,})*|<>|<=|>=|\+=|\.\.|<-\[|\]->|\]-|-->|<--", query))
    return sorted(found)


def quoted(word):
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    kit, seeds, out = map(pathlib.Path, sys.argv[1:])
    queries = set(kit_queries(kit)) if kit.is_dir() else set()
    (out / "seeds").mkdir(parents=True, exist_ok=True)
    for query in queries:
        (out / "seeds" / (hashlib.sha256(query.encode()).hexdigest()[:16] + ".cypher")).write_text(query, encoding="utf-8")
    own = [file.read_text(encoding="utf-8") for file in seeds.glob("*.cypher")]
    (out / "dictionary").write_text("".join(quoted(word) + "\n" for word in words(list(queries) + own)), encoding="utf-8")
    print(f"{len(queries)} queries of the kit, {len(own)} of our own")


if __name__ == "__main__":
    main()
