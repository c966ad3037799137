#include "policygraph/query/columns.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace policygraph {
namespace {

Rows rows_of(std::string_view text, const Parameters& parameters = {}) { return query(open_in_memory(Schema::open()).snapshot(), text, parameters); }

std::string types(const Columns& columns) {
  std::string out;
  for (const auto& field : columns.fields()) out += (out.empty() ? "" : "; ") + field.name + ": " + type_text(field);
  return out;
}
std::string types(std::string_view text) { return types(Columns(rows_of(text))); }
/// The type of a column x of these values.
std::string type_of(const std::string& values, bool mixed_as_text = false) {
  ColumnOptions options;
  options.mixed_as_text = mixed_as_text;
  const Columns columns(rows_of("UNWIND [" + values + "] AS x RETURN x"), options);
  return type_text(columns.fields().at(0));
}
std::string refusal(const std::string& values) {
  try {
    return "no error: " + type_of(values);
  } catch (const Error& error) {
    return error.text();
  }
}

template <class T>
std::vector<T> read_as(const ColumnData& column) {
  std::vector<T> out(column.values.size() / sizeof(T));
  std::memcpy(out.data(), column.values.data(), column.values.size());
  return out;
}

TEST(Columns, HaveOneTypeEach) {
  EXPECT_EQ(types("RETURN 1 AS i, 1.5 AS f, true AS b, 'a' AS s, decimal('4.90') AS d, null AS n"),
            "i: int64; f: double; b: bool; s: string; d: decimal128(38, 2); n: null");
  EXPECT_EQ(types("RETURN [1, 2] AS l, {b: 'x', a: [null]} AS m, [] AS e, {} AS none"),
            "l: list<item: int64>; m: struct<a: list<item: null>, b: string>; e: list<item: null>; none: struct<>");
}

TEST(Columns, NullFitsEveryType) {
  EXPECT_EQ(type_of("null, 1, null"), "int64");
  EXPECT_EQ(type_of("[null], ['a'], null"), "list<item: string>");
  EXPECT_EQ(type_of("{a: 1}, {b: 'x'}, null"), "struct<a: int64, b: string>");
}

TEST(Columns, OfNumbersLoseNothing) {
  EXPECT_EQ(type_of("1, 2.5"), "double");
  EXPECT_EQ(type_of("9007199254740992, 0.5"), "double");
  EXPECT_EQ(refusal("9007199254740993, 0.5").substr(0, 52), "column 'x' mixes floats with integers past 2^53, whi");
  EXPECT_EQ(type_of("decimal('1.5'), decimal('1.25'), 7"), "decimal128(38, 2)");
  EXPECT_EQ(type_of("decimal('99999999999999999999999999999999999.5'), decimal('0.125')"), "decimal128(38, 3)");
  EXPECT_EQ(refusal("decimal('99999999999999999999999999999999999.5'), decimal('0.1255')").substr(0, 48), "column 'x' needs more than 38 digits at one scal");
  EXPECT_EQ(refusal("decimal('1.5'), 2.5").substr(0, 46), "column 'x' mixes Decimal (row 0), Float (row 1");
}

TEST(Columns, OfDatesAndTimes) {
  EXPECT_EQ(type_of("date('2024-05-06'), partial_date('2024-05-07')"), "date32[day]");
  EXPECT_EQ(type_of("partial_date('2024-05-06'), partial_date('2024')"), "string");
  EXPECT_EQ(type_of("partial_date('2024-05-06~')"), "string");
  EXPECT_EQ(type_of("date('+999999999-01-01')"), "string");
  EXPECT_EQ(type_of("localtime('10:11'), localtime('10:11:12.000001')"), "time64[us]");
  EXPECT_EQ(type_of("localtime('10:11:12.000000001')"), "time64[ns]");
  EXPECT_EQ(type_of("time('10:11+01:00')"), "string");
  EXPECT_EQ(type_of("localdatetime('2024-05-06T10:11')"), "timestamp[us]");
  EXPECT_EQ(type_of("localdatetime('2024-05-06T10:11:12.123456789')"), "timestamp[ns]");
  EXPECT_EQ(type_of("localdatetime('2624-05-06T10:11:12.123456789')"), "string");
  EXPECT_EQ(type_of("datetime('2024-05-06T10:11[Asia/Tashkent]')"), "timestamp[us, tz=Asia/Tashkent]");
  EXPECT_EQ(type_of("datetime('2024-05-06T10:11[Asia/Tashkent]'), datetime('2024-05-06T10:11+05:00')"), "timestamp[us, tz=UTC]");
  EXPECT_EQ(type_of("duration('PT5M')"), "duration[us]");
  EXPECT_EQ(type_of("duration('P1D'), duration('PT5M')"), "struct<months: int64, days: int64, seconds: int64, nanoseconds: int64>");
}

TEST(Columns, OfMixedKindsAreRefusedOrText) {
  EXPECT_EQ(refusal("1, 'a'"),
            "column 'x' mixes Integer (row 0), String (row 1); make it one kind in the query (toString, toFloat), or take mixed columns as text "
            "(ColumnOptions::mixed_as_text, in Python mixed='text')");
  EXPECT_EQ(refusal("[1], [2, 'a']").substr(0, 60), "an item of column 'x' mixes Integer (row 0), String (row 1);");
  EXPECT_EQ(refusal("{a: 1}, {a: true}").substr(0, 38), "'a' of column 'x' mixes Boolean (row 1");
  EXPECT_EQ(type_of("1, 'a'", true), "large_string");
  EXPECT_EQ(type_of("[1], ['a']", true), "list<item: large_string>");
}

TEST(Columns, AsTextSayWhatTheValuesSay) {
  ColumnOptions options;
  options.mixed_as_text = true;
  const Columns columns(rows_of("UNWIND ['a', 1, date('2024-05-06'), decimal('1.50'), [1, 'b'], null] AS x RETURN x"), options);
  const auto column = columns.read(0, 6).at(0);
  EXPECT_EQ(std::string(column.values.begin(), column.values.end()), "a12024-05-061.50[1, 'b']");
  EXPECT_EQ(column.large_offsets, (std::vector<std::int64_t>{0, 1, 2, 12, 16, 24, 24}));
  EXPECT_EQ(column.null_count, 1U);
  EXPECT_EQ(column.validity, std::vector<std::uint8_t>{0x1F});
}

TEST(Columns, HoldTheValues) {
  const Columns columns(rows_of("UNWIND [1, null, 3] AS x RETURN x, x / 2.0 AS f, x > 1 AS b, [i IN range(1, x) | i] AS l, "
                                "decimal('-1.5') AS d, datetime('1970-01-01T05:00+05:00') AS t, date('1969-12-31') AS day"));
  const auto all = columns.read(0, 100);
  EXPECT_EQ(all[0].length, 3U);
  EXPECT_EQ(read_as<std::int64_t>(all[0]), (std::vector<std::int64_t>{1, 0, 3}));
  EXPECT_EQ(all[0].validity, std::vector<std::uint8_t>{0x5});
  EXPECT_EQ(read_as<double>(all[1])[2], 1.5);
  EXPECT_EQ(all[2].values, std::vector<std::uint8_t>{0x4});
  EXPECT_EQ(all[2].validity, std::vector<std::uint8_t>{0x5});
  EXPECT_EQ(all[3].offsets, (std::vector<std::int32_t>{0, 1, 1, 4}));
  EXPECT_EQ(read_as<std::int64_t>(all[3].children[0]), (std::vector<std::int64_t>{1, 1, 2, 3}));
  EXPECT_EQ(read_as<std::int64_t>(all[4]), (std::vector<std::int64_t>{-15, -1, -15, -1, -15, -1}));
  EXPECT_TRUE(all[4].validity.empty());
  EXPECT_EQ(read_as<std::int64_t>(all[5])[0], 0);
  EXPECT_EQ(read_as<std::int32_t>(all[6])[0], -1);
}

TEST(Columns, OfNodesEdgesAndPaths) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:City {name: 'Nukus', people: 5})-[:ROAD {km: 7}]->(:City {name: 'Khiva'})");
  const Columns columns(query(graph.snapshot(), "MATCH p = (a)-[r]->(b) RETURN a, r, p"));
  const std::string node = "struct<key: int64, labels: list<item: string>, caption: large_string, properties: struct<";
  const std::string edge = "struct<key: int64, type: string, source: int64, target: int64, properties: struct<km: int64>>";
  EXPECT_EQ(types(columns), "a: " + node + "name: string, people: int64>>; r: " + edge + "; p: struct<nodes: list<item: " + node +
                                "name: string, people: int64>>>, edges: list<item: " + edge + ">>");
  const auto all = columns.read(0, 1);
  EXPECT_EQ(read_as<std::int64_t>(all[1].children[4].children[0]), std::vector<std::int64_t>{7});
  const auto& nodes = all[2].children[0].children[0];
  EXPECT_EQ(nodes.length, 2U);
  EXPECT_EQ(nodes.children[3].children[1].validity, std::vector<std::uint8_t>{0x1});
  EXPECT_EQ(read_as<std::int64_t>(nodes.children[0]), (std::vector<std::int64_t>{read_as<std::int64_t>(all[1].children[2])[0], read_as<std::int64_t>(all[1].children[3])[0]}));
}

TEST(Columns, OfANodeThatTheQueryDeletedHaveItsKey) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:City {name: 'Nukus'})");
  const Columns columns(query(graph, "MATCH (c:City) DETACH DELETE c RETURN c"));
  const auto node = columns.read(0, 1).at(0);
  EXPECT_EQ(node.null_count, 0U);
  EXPECT_EQ(read_as<std::int64_t>(node.children[0]).size(), 1U);
  EXPECT_EQ(node.children[2].null_count, 1U);
}

TEST(Columns, OfEvidenceOnRequest) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:City {name: 'Nukus'})");
  ColumnOptions options;
  options.evidence = true;
  const auto rows = query(graph.snapshot(), "MATCH (c:City) RETURN c.name AS name");
  const Columns columns(rows, options);
  EXPECT_EQ(columns.fields().at(1).name, "_evidence");
  const auto evidence = columns.read(0, 1).at(1);
  EXPECT_EQ(evidence.large_offsets, (std::vector<std::int64_t>{0, static_cast<std::int64_t>(rows[0].evidence().size())}));
  EXPECT_GT(evidence.children[0].length, 0U);
}

TEST(Columns, OfPartOfTheRowsHaveTheTypesOfAll) {
  ColumnOptions options;
  options.first = 8;
  options.count = 3;
  options.step = -3;
  const Columns columns(rows_of("UNWIND range(0, 9) AS n RETURN n, CASE n WHEN 0 THEN 0.5 ELSE n END AS x"), options);
  EXPECT_EQ(columns.size(), 3U);
  EXPECT_EQ(types(columns), "n: int64; x: double");
  EXPECT_EQ(read_as<std::int64_t>(columns.read(0, 9)[0]), (std::vector<std::int64_t>{8, 5, 2}));
  EXPECT_EQ(read_as<std::int64_t>(columns.read(1, 1)[0]), (std::vector<std::int64_t>{5}));
  EXPECT_EQ(columns.read(7, 1)[0].length, 0U);
}

TEST(Columns, StayWithinBounds) {
  ValueMap wide;
  for (int i = 0; i < 5'000; ++i) wide.emplace("k" + std::to_string(i), i);
  EXPECT_THROW(Columns(rows_of("RETURN $m AS m", {{"m", wide}})), Error);
  Value deep = 1;
  for (int i = 0; i < 70; ++i) deep = Value(ValueList(1, deep));
  EXPECT_THROW(Columns(rows_of("RETURN $d AS d", {{"d", deep}})), Error);
  wide.clear();
  for (int i = 0; i < 4'000; ++i) wide.emplace("k" + std::to_string(i), i);
  const Columns columns(rows_of("UNWIND range(1, 3) AS i RETURN $m AS m", {{"m", wide}}));
  EXPECT_LT(columns.batch_size(), 2'000U);
}

TEST(Columns, OfNoRowsAreWhatTheSchemaSays) {
  const auto graph = open_in_memory();
  const auto promised = [&](std::string_view text) { return types(Columns(query(graph.snapshot(), text))); };
  EXPECT_EQ(promised("MATCH (f:Funding) RETURN f.amount, f.currency AS c, id(f) AS key"), "f.amount: decimal128(38, 2); c: string; key: int64");
  EXPECT_EQ(promised("MATCH (a:LegalAct)-[r:AUTHORISES]->(f) WITH a AS act, f ORDER BY f.amount RETURN act.number AS number, f.amount AS amount"),
            "number: string; amount: decimal128(38, 2)");
  EXPECT_EQ(promised("MATCH (a:LegalAct) WITH a.number AS n, collect(a.title) AS titles, count(*) AS c RETURN n AS m, titles, c"),
            "m: string; titles: list<item: string>; c: int64");
  EXPECT_EQ(promised("MATCH (a:LegalAct) RETURN a, toUpper(a.title) AS t, a.title = 'x' AS b, size(a.title) AS s"), "a: null; t: string; b: bool; s: int64");
  EXPECT_EQ(promised("MATCH (a:LegalAct) RETURN a.title AS x UNION MATCH (a:LegalAct) RETURN a.number AS x"), "x: null");
  EXPECT_EQ(types("MATCH (a:Act) RETURN a.name AS name, count(*) AS c"), "name: null; c: int64");
}

TEST(Columns, OfNoRowsAndNoColumns) {
  const Columns none(rows_of("UNWIND [] AS x RETURN x"));
  EXPECT_EQ(types(none), "x: null");
  EXPECT_EQ(none.read(0, 10).at(0).length, 0U);
  auto graph = open_in_memory(Schema::open());
  EXPECT_TRUE(Columns(query(graph, "CREATE (:A)")).fields().empty());
}

}  // namespace
}  // namespace policygraph
