// Files of ours that were cut, damaged or made to do harm: an Error that says where, in little time, and the graph with
// what it held before.
#include "policygraph/exchange/json.hpp"

#include "policygraph/query/query.hpp"
#include "trust/trust.hpp"

namespace policygraph::testing {
namespace {

constexpr std::size_t kMany = 2'000'000;

std::string with(std::string_view lists) {
  return R"({"format":"policygraph-json","version":1,"schema":"policy",)" + std::string(lists) + "}";
}

std::string node_with(std::string_view properties) {
  return with(R"("nodes":[{"id":"n7","labels":["Person"],"properties":{)" + std::string(properties) + "}}]");
}

std::string repeated(std::string_view unit, std::size_t times) {
  std::string all;
  all.reserve(unit.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += unit;
  return all;
}

// Reads into a graph that holds something; the refusal has `words` and the graph is byte for byte what it was.
void expect_refused(std::string_view json, std::string_view words) {
  const TimeBound bound(10);
  auto graph = open_in_memory();
  query(graph, "CREATE (:Person {name: 'Ann Example'})");
  const auto before = to_json(graph.snapshot());
  try {
    read_json_text(graph, json, "bad.json");
    ADD_FAILURE() << "read without an error";
  } catch (const Error& error) {
    EXPECT_TRUE(error.code() == ErrorCode::format || error.code() == ErrorCode::schema || error.code() == ErrorCode::limit) << error.report();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.report();
    EXPECT_LT(error.report().size(), 6000U);
  }
  EXPECT_EQ(to_json(graph.snapshot()), before);
  EXPECT_NO_THROW(graph.begin("after", std::chrono::milliseconds(0))) << "the writer's lock was kept";
}

TEST(BadJson, Brackets) {
  expect_refused(std::string(kMany, '['), "expected an object");
  expect_refused(repeated("{\"nodes\":", kMany), "");
  expect_refused(with("\"nodes\":" + std::string(kMany, '[') + std::string(kMany, ']')), "nested deeper");
  expect_refused(node_with("\"name\":" + std::string(kMany, '[') + std::string(kMany, ']')), "nested deeper");
  expect_refused(node_with("\"name\":" + repeated("{\"a\":", kMany)), "nested deeper");
  expect_refused(with("\"unknown\":" + std::string(kMany, '[')), "nested deeper");
  expect_refused(std::string(kMany, '}'), "not JSON");
}

TEST(BadJson, DuplicateKeys) {
  expect_refused(node_with(R"("name":"A B","name":"C D")"), "twice");
  expect_refused(with(R"("nodes":[],"nodes":[])"), "twice");
  expect_refused(with(R"("nodes":[{"id":"n7","labels":["Person"],"properties":{"name":"A"}},{"id":"n7","labels":["Person"],"properties":{"name":"B"}}])"), "'n7' comes twice");
}

TEST(BadJson, HugeNumbers) {
  expect_refused(node_with("\"name\":" + std::string(kMany, '9')), "");
  expect_refused(node_with("\"name\":1e999999999"), "");
  expect_refused(node_with("\"name\":-1e-999999999" + std::string(kMany, '9')), "");
  expect_refused(node_with("\"name\":0." + std::string(kMany, '0') + "1"), "");
  expect_refused(with(R"("nodes":[{"id":"n99999999999999999999999"}])"), "expected an id");
  expect_refused(with(R"("evidence":[{"id":0,"document":"d1","start":-1,"end":1e30}])"), "/evidence/0");
  expect_refused(R"({"format":"policygraph-json","version":99999999999999999999})", "");
}

TEST(BadJson, WrongTypes) {
  expect_refused("null", "expected an object");
  expect_refused("\"policygraph-json\"", "expected an object");
  expect_refused(R"({"format":7})", "format");
  expect_refused(with(R"("nodes":"n1")"), "expected a list");
  expect_refused(with(R"("nodes":[[]])"), "expected an object");
  expect_refused(with(R"("nodes":[{"id":"n7","labels":"Person"}])"), "/nodes/0/labels");
  expect_refused(with(R"("nodes":[{"id":"n7","labels":[7]}])"), "/nodes/0/labels");
  expect_refused(with(R"("nodes":[{"id":"n7","labels":["Person"],"properties":[]}])"), "/nodes/0/properties");
  expect_refused(node_with(R"("name":{"a":1})"), "/nodes/0");
  expect_refused(node_with(R"("name":true)"), "name");
  expect_refused(with(R"("documents":[{"id":"d1","text":5}])"), "/documents/0/text");
}

TEST(BadJson, DanglingIds) {
  expect_refused(with(R"("edges":[{"id":"e1","type":"APPROVES","from":"n7","to":"n8"}])"), "'n7'");
  expect_refused(with(R"("evidence":[{"id":0,"document":"d9","start":0,"end":1,"quote":"x","extractor":"t/1","confidence":1}])"), "'d9'");
}

TEST(BadJson, Strings) {
  expect_refused(node_with("\"name\":\"" + std::string(5 * kMany, 'x')), "");
  expect_refused(node_with("\"name\":\"\\ud800\""), "");
  expect_refused(node_with("\"name\":\"\xC0\x80\""), "");
  expect_refused(node_with("\"name\":\"\\q\""), "");
  expect_refused(node_with(std::string("\"na\0me\":1", 9)), "");
  expect_refused(with("\"nodes\":[{\"" + std::string(kMany, 'k') + "\":[}]"), "");
}

TEST(BadJson, NotJson) {
  expect_refused("", "empty");
  expect_refused(std::string(kMany, ' '), "");
  expect_refused(std::string(100, '\0'), "");
  expect_refused("<!doctype html><p>Law</p>", "not JSON");
  expect_refused("\xFF\xFE{\0}\0", "");
  expect_refused(with(R"("nodes":[])") + std::string(kMany, 'x'), "after the end");
  expect_refused("{\"format\":\"policygraph-json\"", "");
}

// Every prefix of a real file, in both forms, is refused, or is a whole file of lines.
TEST(BadJson, CutAnywhere) {
  const TimeBound bound(20);
  auto source = open_in_memory();
  query(source, "CREATE (a:Decree {jurisdiction: 'GB', kind: 'decree', number: '7'})-[:APPROVES]->(:Programme {name: 'Clean Air', kind: 'programme'})");
  const auto whole = to_json(source.snapshot());
  const auto lines = to_json(source.snapshot(), {true, true});
  for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
    auto graph = open_in_memory();
    EXPECT_THROW(read_json_text(graph, std::string_view(whole).substr(0, size)), Error) << size;
    EXPECT_EQ(graph.snapshot().commit(), CommitId{}) << size;
  }
  for (std::size_t size = 0; size < lines.size(); ++size) {
    if (size == 0 || lines[size - 1] == '\n' || lines[size] == '\n') continue;
    auto graph = open_in_memory();
    EXPECT_THROW(read_json_text(graph, std::string_view(lines).substr(0, size)), Error) << size;
  }
}

// Any byte of a real file made another: read, or refused with an Error; never anything else.
TEST(BadJson, AnyByteChanged) {
  const TimeBound bound(30);
  auto source = open_in_memory();
  query(source, "CREATE (a:Decree {jurisdiction: 'GB', kind: 'decree', number: '7'})-[:APPROVES]->(:Programme {name: 'Clean Air', kind: 'programme'})");
  const auto whole = to_json(source.snapshot());
  constexpr std::string_view kOthers = "\"{}[],:0-\\\xFF";
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] = kOthers[at % kOthers.size()];
    auto graph = open_in_memory();
    try {
      read_json_text(graph, changed);
    } catch (const Error& error) {
      EXPECT_EQ(graph.snapshot().commit(), CommitId{}) << error.report();
    }
  }
}

}  // namespace
}  // namespace policygraph::testing
