"""Reads the claims of a .pgraph file without the library: docs/store_format.md in code.

    python read_pgraph.py uz.pgraph
"""

import sqlite3
import struct
import sys
from collections.abc import Iterator
from typing import Any

KINDS = ["node", "property", "edge", "edge_property"]
SUBJECT, OBJECT, EDGE, LIST, VALIDITY, SPEAKER = 1, 2, 4, 8, 16, 32


class Bytes:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def signed(self) -> int:
        return unzigzag(self.varint())

    def text(self) -> str:
        return self.take(self.varint()).decode()


def unzigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def packed(data: Bytes) -> list[int]:
    numbers: list[int] = []
    count = data.varint()
    while len(numbers) < count:
        size = min(1024, count - len(numbers))
        form, width, least = data.byte(), data.byte(), data.varint()
        block = [data.varint()] if form == 1 else []
        size -= len(block)
        bits = int.from_bytes(data.take((size * width + 7) // 8), "little")
        for i in range(size):
            number = least + (bits >> (i * width) & ((1 << width) - 1))
            block.append((block[-1] + unzigzag(number)) % 2**64 if form == 1 else number)
        numbers += block
    return numbers


def dictionary(data: Bytes) -> list[str]:
    return [data.take(size).decode() for size in packed(data)]


def columns(blob: bytes) -> tuple[int, dict[int, Bytes]]:
    magic, _, count, _, rows = struct.unpack_from("<4sBBHI", blob)
    assert magic == b"PGB1"
    at, found = 12 + 5 * count, {}
    for i in range(count):
        number, size = struct.unpack_from("<BI", blob, 12 + 5 * i)
        found[number] = Bytes(blob[at : at + size])
        at += size
    return rows, found


def decimal_text(coefficient: int, scale: int) -> str:
    digits = str(abs(coefficient)).rjust(scale + 1, "0")
    return ("-" if coefficient < 0 else "") + (digits[:-scale] + "." + digits[-scale:] if scale else digits)


def date_text(number: int) -> str:
    year, month, day = number >> 9, number >> 5 & 15, number & 31
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def value(data: Bytes) -> Any:
    """A value of column 15; of the kinds that policy documents have."""
    tag = data.byte()
    if tag in (0, 1, 2):
        return [None, False, True][tag]
    if tag == 3:
        return data.signed()
    if tag == 5:
        return struct.unpack("<d", data.take(8))[0]
    if tag in (6, 7):
        return data.text()
    if tag == 14:
        return [value(data) for _ in range(data.varint())]
    return f"(a value of kind {tag})"


def shape(data: Bytes) -> tuple[int, ...]:
    kind, name, modality, rank, review = data.byte(), data.varint(), data.byte(), data.byte(), data.byte()
    return kind, name, modality, rank, review, data.varint(), data.byte(), data.byte(), data.byte()


def claims(blob: bytes) -> Iterator[dict[str, Any]]:
    rows, found = columns(blob)
    strings = dictionary(found[1])
    shapes: list[tuple[int, ...]] = []
    while found[2].at < len(found[2].data):
        shapes.append(shape(found[2]))
    lists: dict[int, Iterator[int]] = {number: iter(packed(found[number])) for number in (3, 4, 5, 6, 7, 8, 9, 10, 13, 14) if number in found}
    for _ in range(rows):
        kind, name, _, _, _, _, form, scale, flags = shapes[next(lists[4])]
        claim: dict[str, Any] = {"id": next(lists[3]), "kind": KINDS[kind], "name": strings[name]}
        for flag, column, key in ((SUBJECT, 5, "subject"), (OBJECT, 6, "object"), (EDGE, 7, "edge")):
            if flags & flag:
                claim[key] = next(lists[column])
        claim["evidence"] = [next(lists[10]) for _ in range(next(lists[9]) if flags & LIST else 1)]
        if flags & VALIDITY:
            claim["valid_from"], claim["valid_to"] = strings[next(lists[13])], strings[next(lists[13])]
        if flags & SPEAKER:
            claim["attributed_to"] = next(lists[14])
        if form == 1:
            claim["value"] = next(lists[8]) != 0
        elif form == 2:
            claim["value"] = unzigzag(next(lists[8]))
        elif form == 3:
            claim["value"] = decimal_text(unzigzag(next(lists[8])), scale)
        elif form == 4:
            high, low = struct.unpack("<qQ", found[12].take(16))
            claim["value"] = decimal_text((high << 64) + low, scale)
        elif form == 5:
            claim["value"] = struct.unpack("<d", found[11].take(8))[0]
        elif form == 6:
            claim["value"] = strings[next(lists[8])]
        elif form == 7:
            claim["value"] = date_text(next(lists[8]))
        elif form == 8:
            claim["value"] = value(Bytes(found[15].take(found[15].varint())))
        yield claim


def read(path: str) -> list[dict[str, Any]]:
    """The claims in force, in order of id."""
    database = sqlite3.connect(path)
    held: dict[int, dict[str, Any]] = {}
    (form,) = database.execute("PRAGMA user_version").fetchone()
    table = "batches" if form == 1 else "all_batches"
    for kind, blob in database.execute(f"SELECT kind, data FROM {table} ORDER BY id"):
        if kind == "assertions":
            held.update((claim["id"], claim) for claim in claims(blob))
        elif kind == "withdrawn assertions":
            for number in packed(columns(blob)[1][1]):
                held.pop(number, None)
    database.close()
    return [held[number] for number in sorted(held)]


if __name__ == "__main__":
    for claim in read(sys.argv[1] if len(sys.argv) > 1 else "tests/data/format-1.pgraph"):
        print(claim)
