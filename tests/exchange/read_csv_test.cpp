#include "policygraph/exchange/read_csv.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "exchange/csv_scanner.hpp"
#include "exchange/csv_values.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/arrow.hpp"
#include "policygraph/exchange/from_table.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph {
namespace {

using detail::exchange::CsvScanner;
using detail::exchange::FieldTypes;

class ReadCsv : public ::testing::Test {
 protected:
  ReadCsv() {
    auto pattern = (std::filesystem::temp_directory_path() / "policygraph-csv-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~ReadCsv() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) const {
    const auto path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  CsvCounts nodes(const std::string& path, const NodesFromCsv& how, const CsvOptions& options = {}) {
    auto edit = graph_.begin("by:anna");
    auto counts = CsvImport(edit).nodes(path, how, options);
    edit.commit();
    return counts;
  }
  CsvCounts edges(const std::string& path, const EdgesFromCsv& how, const CsvOptions& options = {}) {
    auto edit = graph_.begin("by:anna");
    auto counts = CsvImport(edit).edges(path, how, options);
    edit.commit();
    return counts;
  }
  std::string asked(const std::string& cypher) const {
    std::string out;
    const auto rows = query(graph_.snapshot(), cypher);
    for (const auto& row : rows)
      for (std::size_t i = 0; i < row.size(); ++i) out += row[i].to_string() + (i + 1 == row.size() ? "\n" : ", ");
    return out;
  }
  /// "line: text" of what reading the text as nodes says.
  std::string refusal(const std::string& text, const NodesFromCsv& how = {{"City"}}, const CsvOptions& options = {}) {
    const auto path = file("wrong.csv", text);
    try {
      auto edit = graph_.begin("by:anna");
      CsvImport(edit).nodes(path, how, options);
      return "no error";
    } catch (const Error& error) {
      if (!error.place()) return error.text();
      EXPECT_EQ(error.place()->document, path);
      return std::to_string(error.place()->line) + ": " + error.text();
    }
  }

  std::string folder_;
  Graph graph_ = open_in_memory(Schema::open());
};

TEST_F(ReadCsv, RowsAreNodesAndTypesAreTold) {
  const auto path = file("a.csv", "name,people,area,since,open,post,note,none\r\nNukus,312100,1.50,1932-01-02,true,007,x,\r\nKhiva,93000,2,1957-03,false,1,\"a, \"\"b\"\"\nc\",\r\n");
  const auto counts = nodes(path, {{"City"}});
  EXPECT_EQ(counts.rows, 2U);
  EXPECT_FALSE(counts.is_unchanged);
  std::string types;
  for (const auto& [name, type] : counts.types) types += name + " " + std::string(property_type_name(type)) + "; ";
  EXPECT_EQ(types, "area decimal; name string; none string; note string; open boolean; people integer; post string; since partial_date; ");
  EXPECT_EQ(asked("MATCH (c:City) RETURN c.name, c.people, c.area, c.since, c.open, c.post, c.note, c.none ORDER BY c.name"),
            "'Khiva', 93000, decimal('2'), partial_date('1957-03'), false, '1', 'a, \"b\"\\nc', null\n"
            "'Nukus', 312100, decimal('1.50'), partial_date('1932-01-02'), true, '007', 'x', null\n");
}

TEST_F(ReadCsv, EveryRowIsCited) {
  nodes(file("a.csv", "\xEF\xBB\xBFname,people\nNukus,5\n\"Khi\nva\",6\n"), {{"City"}});
  const auto rows = query(graph_.snapshot(), "MATCH (c:City) WHERE c.people > 5 RETURN c.people");
  ASSERT_EQ(rows.size(), 1U);
  const auto evidence = rows[0].evidence();
  ASSERT_EQ(evidence.size(), 1U);
  EXPECT_EQ(evidence[0].quote, "\"Khi\nva\",6");
  EXPECT_EQ(evidence[0].title, "a.csv");
  EXPECT_EQ(evidence[0].line, 3U);
  EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
}

TEST_F(ReadCsv, OrTheFileIs) {
  CsvOptions options;
  options.cite_rows = false;
  nodes(file("a.csv", "name\nNukus\nKhiva\n"), {{"City"}}, options);
  const auto rows = query(graph_.snapshot(), "MATCH (c:City) RETURN c.name");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].evidence()[0].title, "a.csv");
  EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
}

TEST_F(ReadCsv, DelimitersAreTold) {
  for (const std::string mark : {",", ";", "\t", "|"}) {
    const auto path = file("a.csv", "name" + mark + "people\nNukus" + mark + "\"5\"\n\n");
    auto graph = open_in_memory(Schema::open());
    auto edit = graph.begin("by:anna");
    EXPECT_EQ(CsvImport(edit).nodes(path, {{"City"}}).types.at("people"), PropertyType::integer) << mark;
  }
  CsvOptions options;
  options.delimiter = ':';
  nodes(file("b.csv", "name,x:y\n1:2"), {{"Odd"}}, options);
  EXPECT_EQ(asked("MATCH (o:Odd) RETURN o.`name,x` + o.y"), "3\n");
}

TEST_F(ReadCsv, TypesCanBeSaid) {
  CsvOptions options;
  options.types = {{"people", PropertyType::string}, {"area", PropertyType::floating}};
  options.left_out = {"note"};
  nodes(file("a.csv", "people,area,note\n5,1,x\n"), {{"City"}}, options);
  EXPECT_EQ(asked("MATCH (c:City) RETURN c.people, c.area, c.note"), "'5', 1.0, null\n");
}

TEST_F(ReadCsv, AKeyIsANode) {
  nodes(file("a.csv", "name,people\nNukus,5\nKhiva,6\nNukus,5\n"), {{"City"}, {"name"}});
  nodes(file("b.csv", "name,area\nKhiva,7\nUrgench,8\n"), {{"City"}, {"name"}});
  EXPECT_EQ(asked("MATCH (c:City) RETURN c.name, c.people, c.area ORDER BY c.name"), "'Khiva', 6, 7\n'Nukus', 5, null\n'Urgench', null, 8\n");
}

TEST_F(ReadCsv, EdgesFindTheirEnds) {
  const auto cities = file("cities.csv", "name,people\nNukus,5\nKhiva,6\n");
  const auto roads = file("roads.csv", "from,to,km\nNukus,Khiva,177\nKhiva,Nukus,177\n");
  const EdgesFromCsv how{"ROAD", {"from", "City", "name"}, {"to", "City", "name"}};
  auto edit = graph_.begin("by:anna");
  CsvImport csv(edit);
  csv.nodes(cities, {{"City"}, {"name"}});
  EXPECT_EQ(csv.edges(roads, how).rows, 2U);
  edit.commit();
  EXPECT_EQ(asked("MATCH (a)-[r:ROAD]->(b) RETURN a.name, b.name, r.km ORDER BY a.name"), "'Khiva', 'Nukus', 177\n'Nukus', 'Khiva', 177\n");
  EXPECT_EQ(edges(file("more.csv", "from,to\nKhiva,Khiva\n"), how).rows, 1U);  // nodes of the graph
  EXPECT_EQ(asked("MATCH (a)-[:ROAD]->(a) RETURN a.name"), "'Khiva'\n");
  try {
    edges(file("wrong.csv", "from,to\nKhiva,Nukus\nKhiva,Urgench\n"), how);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.text(), "no City has name 'Urgench', which column 'to' names");
    EXPECT_EQ(error.place()->line, 3U);
  }
}

TEST_F(ReadCsv, KeysOfNodesCanBeGiven) {
  auto edit = graph_.begin("by:anna");
  CsvImport csv(edit);
  csv.nodes(file("a.csv", "id,name\n10,Nukus\n7,Khiva\n"), {.labels = {"City"}, .id = "id"});
  csv.edges(file("b.csv", "a,b\n7,10\n"), {"ROAD", {"a"}, {"b"}});
  edit.commit();
  EXPECT_EQ(asked("MATCH (a)-[:ROAD]->(b) RETURN id(a), a.name, id(b), a.id"), "7, 'Khiva', 10, null\n");
  EXPECT_EQ(refusal("id\n7\n", {.labels = {"City"}, .id = "id"}),
            "2: no node can have the key 7: it is taken, below one of an earlier commit, or millions beyond those in use; read files in order of "
            "their keys or in one transaction, or leave `id` out and name nodes by a property");
  EXPECT_EQ(refusal("id\nx\n", {.labels = {"City"}, .id = "id"}), "2: 'x' in column 'id' is no key of a node: those are numbers from 1 on");
}

TEST_F(ReadCsv, AFileReadAgainReplacesWhatItSaid) {
  const NodesFromCsv how{{"City"}, {"name"}};
  const auto path = file("a.csv", "name,people\nNukus,5\nKhiva,6\n");
  nodes(path, how);
  const auto before = asked("MATCH (c:City {name: 'Khiva'}) RETURN id(c)");
  EXPECT_TRUE(nodes(path, how).is_unchanged);
  file("a.csv", "name,people\nKhiva,7\nUrgench,8\n");
  EXPECT_FALSE(nodes(path, how).is_unchanged);
  EXPECT_EQ(asked("MATCH (c:City) RETURN c.name, c.people ORDER BY c.name"), "'Khiva', 7\n'Urgench', 8\n");
  EXPECT_EQ(asked("MATCH (c:City {name: 'Khiva'}) RETURN id(c)"), before);
  EXPECT_FALSE(nodes(path, {{"Town"}}).is_unchanged);  // something else is made of it
}

TEST_F(ReadCsv, AFileReadInAnotherWayIsReadAgain) {
  const auto path = file("a.csv", "a,b,c\nx,y,z\n");
  for (const std::string name : {"x", "y", "z"}) nodes(file(name + ".csv", "name\n" + name + "\n"), {{"N"}, {"name"}});
  const auto how = [](const std::string& from, const std::string& to) { return EdgesFromCsv{"R", {from, "N", "name"}, {to, "N", "name"}}; };
  CsvOptions all_but_c, all_but_a;
  all_but_c.left_out = {"c"};
  all_but_a.left_out = {"a"};
  EXPECT_FALSE(edges(path, how("a", "b"), all_but_c).is_replaced);
  const auto again = edges(path, how("b", "c"), all_but_a);
  EXPECT_TRUE(again.is_replaced);
  EXPECT_FALSE(again.is_unchanged);
  EXPECT_EQ(asked("MATCH (a)-[:R]->(b) RETURN a.name, b.name"), "'y', 'z'\n");
  EXPECT_TRUE(edges(path, how("b", "c"), all_but_a).is_unchanged);
}

TEST_F(ReadCsv, KeyTypesColumnsAndDelimiterAreWaysToRead) {
  const auto path = file("a.csv", "name,v\nx,1\nx,1\n");
  const auto same = [&](const NodesFromCsv& how, const CsvOptions& options) { return nodes(path, how, options).is_unchanged; };
  const NodesFromCsv plain{{"N"}}, keyed{{"N"}, {"name"}};
  EXPECT_FALSE(same(plain, {}));
  EXPECT_FALSE(same(keyed, {}));
  EXPECT_EQ(asked("MATCH (n:N) RETURN count(*)"), "1\n");
  EXPECT_TRUE(same(keyed, {.delimiter = ','}));  // as it was told
  EXPECT_TRUE(same(keyed, {.types = {{"v", PropertyType::integer}}}));
  EXPECT_FALSE(same(keyed, {.types = {{"v", PropertyType::string}}}));
  EXPECT_EQ(asked("MATCH (n:N) RETURN n.v"), "'1'\n");
  EXPECT_FALSE(same(keyed, {.left_out = {"v"}}));
  EXPECT_EQ(asked("MATCH (n:N) RETURN n.v"), "null\n");
}

TEST_F(ReadCsv, TheLastRowAndTheLastFileSayAsInAddNodes) {
  const NodesFromCsv how{{"C"}, {"name"}};
  const auto read = [&] { return asked("MATCH (c:C) RETURN c.v"); };
  const auto first = file("a.csv", "name,v\na,2\na,1\n");
  nodes(first, how);
  EXPECT_EQ(read(), "1\n");
  nodes(file("b.csv", "name,v\na,5\n"), how);
  EXPECT_EQ(read(), "5\n");
  nodes(file("a.csv", "name,v\na,9\n"), how);
  EXPECT_EQ(read(), "9\n");
  EXPECT_TRUE(nodes(folder_ + "/b.csv", how).is_unchanged);
  EXPECT_EQ(read(), "9\n");
  nodes(file("c.csv", "name,v\na,5\n"), how);  // as b.csv says
  EXPECT_EQ(read(), "5\n");
  EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
}

// Beside a map in which the last value stays, over many files.
TEST_F(ReadCsv, TheLastSaysAsInAMap) {
  std::mt19937 random(11);
  for (int turn = 0; turn < 12; ++turn) {
    graph_ = open_in_memory(Schema::open());
    std::map<std::string, int> wanted;
    for (int step = 0; step < 6; ++step) {
      std::string text = "name,v\na,0\nb,0\nc,0\n";
      for (const auto* name : {"a", "b", "c"}) wanted[name] = 0;
      for (auto rows = random() % 5; rows > 0; --rows) {
        const std::string name(1, static_cast<char>('a' + random() % 3));
        const int value = static_cast<int>(random() % 3) + 1;
        text += name + "," + std::to_string(value) + "\n";
        wanted[name] = value;
      }
      nodes(file(std::to_string(turn) + "-" + std::to_string(step) + ".csv", text), {{"C"}, {"name"}});
      std::string shown;
      for (const auto& [name, last] : wanted) shown += "'" + name + "', " + std::to_string(last) + "\n";
      ASSERT_EQ(asked("MATCH (c:C) RETURN c.name, c.v ORDER BY c.name"), shown) << turn << " " << step;
    }
    EXPECT_TRUE(verify(graph_.snapshot()).is_sound());
  }
}

TEST_F(ReadCsv, AFileSaysOverWhatTablesSaid) {
  const std::vector<ValueColumn> table{{"name", {Value("a")}}, {"v", {Value(7)}}};
  auto edit = graph_.begin("by:anna");
  add_nodes(edit, table, {.labels = {"C"}, .key = {"name"}});
  edit.commit();
  nodes(file("a.csv", "name,v\na,2\n"), {{"C"}, {"name"}});
  EXPECT_EQ(asked("MATCH (c:C) RETURN c.v"), "2\n");
}

TEST_F(ReadCsv, WhatWasSetRightStandsWhereTheRowIsAsItWas) {
  const NodesFromCsv how{{"C"}, {"name"}};
  nodes(file("a.csv", "name,v\na,1\n"), how);
  auto edit = graph_.begin("by:anna");
  edit.set_property(edit.snapshot().key(edit.snapshot().find_nodes("C", "name", Value("a")).at(0)), "v", Value(100));
  edit.commit();
  nodes(file("a.csv", "name,v\na,1\nb,3\n"), how);
  EXPECT_EQ(asked("MATCH (c:C) RETURN c.name, c.v ORDER BY c.name"), "'a', 100\n'b', 3\n");
  nodes(file("a.csv", "name,v\na,2\nb,3\n"), how);
  EXPECT_EQ(asked("MATCH (c:C) RETURN c.name, c.v ORDER BY c.name"), "'a', 2\n'b', 3\n");
}

TEST_F(ReadCsv, ADeletedNodeStaysSoAndIsCounted) {
  const NodesFromCsv how{{"C"}, {"name"}};
  nodes(file("a.csv", "name,v\na,1\nb,2\n"), how);
  auto edit = graph_.begin("by:anna");
  edit.delete_node(edit.snapshot().key(edit.snapshot().find_nodes("C", "name", Value("a")).at(0)));
  edit.commit();
  const auto counts = nodes(file("a.csv", "name,v\na,2\nb,4\na,3\n"), how);
  EXPECT_EQ(counts.deleted, 2U);
  EXPECT_EQ(counts.rows, 3U);
  EXPECT_EQ(asked("MATCH (c:C) RETURN c.name, c.v"), "'b', 4\n");
}

TEST_F(ReadCsv, LinesThatEndWithReturnsAloneAreRefused) {
  const std::string said = "1: lines end with CR alone, as of old Macs; write the file with LF or CRLF at the ends of lines";
  EXPECT_EQ(refusal("name,n2\r\"a\",1\rb,2\r"), said);
  EXPECT_EQ(refusal("\"name\"\r\"a\"\r"), said);
  EXPECT_EQ(refusal("name\ra\rb"), said);
  EXPECT_EQ(refusal("\"a\r\nb\"\r\nx\r\n"), "no error");
}

TEST_F(ReadCsv, WhatIsWrongIsNamedWithItsLine) {
  EXPECT_EQ(refusal("a,b\n1,2\n1\n"), "3: 1 fields where the first line names 2 columns");
  EXPECT_EQ(refusal("a,b\n\"1\n2\",3,4\n"), "2: 3 fields where the first line names 2 columns");
  EXPECT_EQ(refusal("a,b\n1,\"2\n"), "2: a field in quotes is not closed");
  EXPECT_EQ(refusal("a,b\n1,\"2\"x\n"), "2: a field goes on behind its closing quote; quotes inside of quotes are doubled");
  EXPECT_EQ(refusal("a,a\n1,2\n"), "1: two columns are named 'a'");
  EXPECT_EQ(refusal("a,\n1,2\n"), "1: column 2 has no name");
  EXPECT_EQ(refusal(""), "0: no table: the first line names the columns");
  EXPECT_EQ(refusal("a\nx\n", {{"City"}}, {.types = {{"a", PropertyType::integer}}}),
            "2: 'x' in column 'a' is no integer; say another type for the column, for instance string");
  EXPECT_EQ(refusal("a\nx\n", {{"City"}}, {.types = {{"b", PropertyType::integer}}}), "no column 'b'; there are: a");
  EXPECT_EQ(refusal("a,b\n,x\n", {{"City"}, {"a"}}), "2: column 'a' is empty; it says which node is meant");
  EXPECT_EQ(refusal("a\nx\n", {}), "nodes need a label");
}

TEST_F(ReadCsv, EncodingsAreRefusedByName) {
  EXPECT_EQ(refusal("name\nNukus\n\xCD\xF3\xEA\xF3\xF1 \xE3\xEE\xF0\xEE\xE4\n"), "3: the file is not UTF-8, it seems to be windows-1251; write it as UTF-8");
  EXPECT_EQ(refusal(std::string("\xFF\xFEn\0a\0m\0e\0", 10)), "1: the file is not UTF-8, it seems to be utf-16le; write it as UTF-8");
}

TEST_F(ReadCsv, TheSchemaSaysTypesAndRefuses) {
  graph_ = open_in_memory(Schema::policy());
  nodes(file("a.csv", "jurisdiction,kind,number,title,date\nUZ,decree,17,X,2024\n"), {{"Decree"}});
  EXPECT_EQ(asked("MATCH (d:Decree) RETURN d.number, d.date"), "'17', partial_date('2024')\n");
  EXPECT_NE(refusal("titel\nX\n", {{"Decree"}}).find("2: "), std::string::npos);
  EXPECT_NE(refusal("titel\nX\n", {{"Decree"}}).find("did you mean 'title'"), std::string::npos);
}

// Over the ends of pieces, beside a reader that has all at once.
TEST_F(ReadCsv, RecordsAreWhatASlowReaderSees) {
  std::mt19937 random(7);
  for (int turn = 0; turn < 60; ++turn) {
    std::string text;
    std::vector<std::vector<std::string>> wanted;
    const auto rows = turn % 10 == 9 ? 60'000U : random() % 40;
    for (std::uint32_t i = 0; i < rows; ++i) {
      auto& record = wanted.emplace_back();
      for (std::uint32_t k = 0; k <= i % 3; ++k) {
        static constexpr std::array<std::string_view, 8> kPieces{"a", "\"", ",", "\n", "\r\n", "ў", "xyz", " "};
        std::string field = "v", quoted = "\"v";
        for (auto left = random() % 5; left > 0; --left) {
          const auto piece = kPieces[random() % kPieces.size()];
          field += piece;
          quoted += piece == "\"" ? "\"\"" : piece;
        }
        const bool is_plain = field.find_first_of("\",\r\n") == std::string::npos && random() % 2 == 0;
        text += (k == 0 ? "" : ",") + (is_plain ? field : quoted + "\"");
        record.push_back(std::move(field));
      }
      if (i + 1 < rows || random() % 2 == 0) text += random() % 2 == 0 ? "\n" : "\r\n";
      else if (random() % 2 == 0) text += "\r";
    }
    CsvScanner csv(file("r.csv", text), ',');
    std::size_t read = 0;
    for (; csv.next() && read < wanted.size(); ++read)
      ASSERT_EQ(std::vector<std::string>(csv.fields().begin(), csv.fields().end()), wanted[read]) << turn << " " << read;
    EXPECT_EQ(read, wanted.size()) << turn;
  }
}

TEST(CsvFields, TypesFitAllTheyHaveSeen) {
  const auto type = [](std::initializer_list<std::string_view> fields) {
    FieldTypes types;
    for (const auto field : fields) types.see(field);
    return property_type_name(types.type());
  };
  EXPECT_EQ(type({"1", "-20", "0"}), "integer");
  EXPECT_EQ(type({"1", "2.50"}), "decimal");
  EXPECT_EQ(type({"1", "2.50", "1e-3"}), "float");
  EXPECT_EQ(type({"99999999999999999999"}), "decimal");
  EXPECT_EQ(type({"2024", "2025"}), "integer");
  EXPECT_EQ(type({"2024-05", "2025-06-07", ""}), "partial_date");
  EXPECT_EQ(type({"2024-13"}), "string");
  EXPECT_EQ(type({"2024-05", "2025"}), "string");
  EXPECT_EQ(type({"true", "FALSE"}), "boolean");
  EXPECT_EQ(type({"true", "1"}), "string");
  EXPECT_EQ(type({"01"}), "string");
  EXPECT_EQ(type({"1."}), "string");
  EXPECT_EQ(type({"+1"}), "string");
  EXPECT_EQ(type({"nan"}), "string");
  EXPECT_EQ(type({"", ""}), "string");
}

}  // namespace
}  // namespace policygraph
