// Memory runs out: the n-th allocation of a call fails, for many n, alone or with all that follow. Each call then throws
// std::bad_alloc (or says as an Error what it could not do), takes no memory along, and the graph is as before or as after it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>
#include <utility>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/graph_csv.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/policygraph.hpp"
#include "policygraph/store/file.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"
#include "trust/failing_memory.hpp"

namespace policygraph::testing {
namespace {

constexpr const char* kDecree =
    "Presidential Decree No. PF-1001 dated October 1, 2020 \"On water\" was adopted.\n"
    "The Ministry of Water Resources implements the Clean Water Programme, funded by the World Bank with USD 25 million.\n"
    "Decree No. PF-1001 amends Decree No. PF-900 dated May 3, 2018. Prof. Anna Karimova was appointed director in 2021.\n";

// What the calls are about: a graph in a file, one in memory, documents, an extractor.
struct World {
  World() {
    std::filesystem::create_directory(folder / "documents");
    std::ofstream(folder / "documents/decree.txt") << kDecree;
    std::ofstream(folder / "documents/page.html") << "<html><body><h1>Water</h1><p>" << kDecree << "</p></body></html>";
    one_thread.extractor = extractor, one_thread.threads = 1;
    two_threads.extractor = extractor, two_threads.threads = 2;
    ingest(memory, documents, one_thread);
    write_all_kinds(stored);
    write_waters(stored, 60);
    json = to_json(memory.snapshot());
    open(path, with_snapshots(true)).close();
  }
  Snapshot now() const { return memory.snapshot(); }
  // So that what is derived when it is first asked for is derived again.
  void renew() {
    auto transaction = memory.begin();
    transaction.create_node({"Place"}, {{"name", "Aral"}, {"kind", "city"}});
    transaction.commit();
  }
  NodeRow first() const { return *memory.snapshot().nodes().begin(); }

  const Folder folder;
  // One by one: libstdc++ 12 ends the process where a folder's listing finds no memory.
  const std::vector<std::string> documents = {folder / "documents/decree.txt", folder / "documents/page.html"};
  const std::string path = folder / "waters.pgraph";
  std::shared_ptr<const Extractor> extractor = std::make_shared<const Extractor>();
  IngestOptions one_thread, two_threads;
  Graph memory = open_in_memory();
  Graph stored = open(path, in_the_open_schema());
  std::string json;
};

struct Call {
  std::string name;
  std::function<void(World&)> run;
  bool is_of_new_snapshot = false;
};

template <class Write>
Call writing(std::string name, Write write) {
  return {std::move(name), [write](World& world) {
            auto transaction = world.stored.begin("by:anna");
            write(transaction);
            transaction.commit();
          }};
}

NodeKey some_lake(Transaction& transaction) { return transaction.create_node({"Lake"}, {{"name", "Sevan"}, {"depth", std::int64_t{79}}}); }

void remove_one(Graph& graph) {
  auto first = graph.begin();
  const auto id = Reading(first, "gone.txt", kDecree).id();
  first.commit();
  auto second = graph.begin();
  second.remove_document(id);
  second.commit();
}

std::vector<Call> writing_calls() {
  return {
      writing("create_node", [](Transaction& t) { some_lake(t); }),
      writing("create_edge", [](Transaction& t) { t.create_edge(some_lake(t), "FEEDS", some_lake(t), {{"since", PartialDate::year(2020)}}); }),
      writing("set_property", [](Transaction& t) { t.set_property(some_lake(t), "names", ValueList{"a", std::int64_t{1}}); }),
      writing("add_document", [](Transaction& t) { Reading(t, "news.txt", kDecree).node("Lake", "Water"); }),
      writing("replace_document", [](Transaction& t) { Reading(t, "news.txt", std::string(kDecree) + "again", DocumentId{1}).node("Lake", "Water"); }),
      {"remove_document", [](World& w) { remove_one(w.stored); }},
      writing("merge", [](Transaction& t) { t.merge(some_lake(t), some_lake(t), "one lake"); }),
      writing("unmerge", [](Transaction& t) { t.withdraw(t.merge(some_lake(t), some_lake(t), "one lake")); }),
      writing("separate", [](Transaction& t) { t.separate(some_lake(t), some_lake(t), "two lakes"); }),
      writing("delete_node", [](Transaction& t) { t.delete_node(some_lake(t)); }),
      {"rollback", [](World& w) { auto t = w.stored.begin(); some_lake(t); t.rollback(); }},
      {"compact", [](World& w) { w.stored.compact(); }},
      {"query that writes", [](World& w) { query(w.stored, "CREATE (a:Lake {name: 'Van'})-[:NEAR]->(b:Lake) RETURN a.name AS name"); }},
      {"query in a transaction", [](World& w) { auto t = w.stored.begin(); query(t, "MATCH (l:Lake) SET l.seen = true"); }},
  };
}

std::vector<Call> file_calls() {
  return {
      {"open", [](World& w) { open(w.path).close(); }},
      {"open a new file", [](World& w) { open(w.folder / "new.pgraph").close(); std::filesystem::remove(w.folder / "new.pgraph"); }},
      {"open to read", [](World& w) { open(w.path, to_read()).snapshot(); }},
      {"open with a snapshot file", [](World& w) { open(w.path, with_snapshots()).snapshot().nodes("Lake").size(); }},
      {"check_file", [](World& w) { check_file(w.path); }},
      {"backup_file", [](World& w) { std::filesystem::remove(w.folder / "copy.pgraph"); backup_file(w.path, w.folder / "copy.pgraph"); }},
      {"commits", [](World& w) { w.stored.commits(); }},
      {"known_at", [](World& w) { w.stored.known_at(CommitId{2}); }},
      {"history", [](World& w) { w.stored.history(NodeKey{1}); }},
      {"diff", [](World& w) { diff(w.stored.known_at(CommitId{1}), w.stored.known_at(CommitId{3})); }},
      {"text", [](World& w) { w.stored.snapshot().sources().text(DocumentId{1}); }},
  };
}

std::vector<Call> graph_calls() {
  return {
      {"open_in_memory", [](World&) { open_in_memory(); }},
      {"as_of", [](World& w) { as_of(w.now(), PartialDate::year(2021)).node_count(); }},
      {"with_labels", [](World& w) { with_labels(w.now(), {"LegalAct"}).node_count(); }},
      {"around", [](World& w) { const auto s = w.now(); const NodeRow start[] = {w.first()}; only(s, around(s, start, 2)); }},
      {"shortest_route", [](World& w) { const auto s = w.now(); const Walk walk(s); shortest_route(walk[NodeRow{0}], walk[NodeRow{1}]); }},
      {"routes", [](World& w) { const auto s = w.now(); const Walk walk(s); routes(walk[NodeRow{0}], walk[NodeRow{1}], 3); }},
      {"page_rank", [](World& w) { page_rank(w.now()); }, true},
      {"strong_components", [](World& w) { strong_components(w.now()); }, true},
      {"articulation_points", [](World& w) { const auto s = w.now(); articulation_points(undirected(s)); }, true},
      {"similar_names", [](World& w) { similar_names(w.now(), "clean watr"); }, true},
      {"search_documents", [](World& w) { search_documents(w.now(), "water"); }, true},
      {"search_nodes", [](World& w) { search_nodes(w.now(), "water"); }, true},
      {"find_nodes", [](World& w) { w.now().find_nodes("Place", "name", Value("Aral")); }, true},
      {"verify", [](World& w) { verify(w.now()); }},
  };
}

std::vector<Call> query_calls() {
  constexpr auto kPattern = "MATCH (a:LegalAct)-[r]->(b) WHERE a.number STARTS WITH 'P' RETURN a.number AS n, type(r), collect(b.name) AS names ORDER BY n";
  return {
      {"query", [](World& w) { to_table(query(w.memory, kPattern), 80, true); }, true},
      {"query of a path", [](World& w) { query(w.memory, "MATCH p = (a)-[*1..3]-(b) RETURN length(p) AS l, count(*) AS n ORDER BY l"); }},
      {"query of values", [](World& w) { query(w.memory, "UNWIND range(1, 50) AS i WITH i, toString(i) AS t RETURN collect({i: i, t: t, d: date('2020-01-01')}) AS all"); }},
      {"query with an error", [](World& w) { try { query(w.memory, "MATCH (a:LegalAkt) RETURN a"); } catch (const QueryError&) {} }},
      {"prepare", [](World& w) { prepare(w.now(), kPattern).run(); }},
      {"explain", [](World& w) { explain(w.now(), kPattern); }},
      {"ask", [](World& w) { ask(w.now(), "acts_that_fund"); }},
      {"why_not", [](World& w) { why_not(w.now(), kPattern, {{"n", "PF-1"}}); }},
      {"to_rows_json", [](World& w) { const auto rows = query(w.memory, kPattern); to_rows_json(rows, true); to_csv(rows); }},
  };
}

std::vector<Call> other_calls() {
  return {
      {"read_document", [](World&) { read_document_bytes("<html><body><p>" + std::string(kDecree) + "</p></body></html>", "a.html"); }},
      {"extract", [](World& w) { w.extractor->extract(read_document_bytes(kDecree, "a.txt")); }},
      {"ingest", [](World& w) { auto graph = open_in_memory(); ingest(graph, w.documents, w.one_thread); }},
      {"ingest with two threads", [](World& w) { auto graph = open_in_memory(); ingest(graph, w.documents, w.two_threads); }},
      {"to_json", [](World& w) { to_json(w.now()); }},
      {"read_json", [](World& w) { auto graph = open_in_memory(); read_json_text(graph, w.json); }},
      {"write_edges_csv", [](World& w) { std::ostringstream out; write_nodes_csv(w.now(), out); write_edges_csv(w.now(), out); }},
      {"to_svg", [](World& w) { to_svg(w.now()); }},
      {"write_page", [](World& w) { std::ostringstream out; write_page(w.now(), out); }},
      {"Schema::from_json", [](World& w) { const auto& schema = w.memory.schema(); to_markdown(Schema::from_json("copy", {{"schema.json", schema.to_json()}})); }},
  };
}

// It threw what stands for a lack of memory, or said as an error what it could not do.
bool is_done(const Call& call, World& world, std::size_t at, bool for_good) {
  const FailingMemory failing(at, for_good);
  try {
    call.run(world);
    return true;
  } catch (const std::bad_alloc&) {
  } catch (const Error&) {
  } catch (const std::ios_base::failure&) {
  }
  return false;
}

std::size_t allocations_of(const Call& call, World& world) {
  if (call.is_of_new_snapshot) world.renew();
  const FailingMemory none(~std::size_t{0});
  call.run(world);
  return none.count();
}

// The first of them, and then so many spread over the rest; all with POLICYGRAPH_ALLOCATIONS=1.
std::vector<std::size_t> chosen(std::size_t count) {
  const auto* wanted = std::getenv("POLICYGRAPH_ALLOCATIONS");
  const std::size_t step = wanted == nullptr ? 1 + count / 30 : std::stoul(wanted);
  std::vector<std::size_t> all;
  for (std::size_t at = 0; at < count; at += at < 20 ? 1 : step) all.push_back(at);
  return all;
}

void run_out(const Call& call, World& world) {
  SCOPED_TRACE(call.name);
  allocations_of(call, world);
  const auto count = allocations_of(call, world);
  for (const auto at : chosen(count)) {
    if (call.is_of_new_snapshot) world.renew();
    is_done(call, world, at, at % 2 == 1);
  }
  EXPECT_TRUE(is_done(call, world, ~std::size_t{0}, false)) << "not even with memory";
}

// What is kept on purpose (plans, what was derived of the newest snapshot, a memory of words for each thread that reads) is there after some
// rounds, whose number depends on when threads meet; what leaks stays behind in every one.
void expect_no_leak(const Call& call, World& world) {
  SCOPED_TRACE(call.name);
  const auto count = allocations_of(call, world);
  const auto round = [&] {
    for (const auto at : chosen(count)) is_done(call, world, at, false);
    allocations_of(call, world);
    return FailingMemory::living();
  };
  round();
  auto before = round();
  auto grown = std::numeric_limits<std::int64_t>::max();
  for (int i = 0; i < 4 && grown > 2; ++i) {
    const auto now = round();
    grown = now - std::exchange(before, now);
  }
  EXPECT_LE(grown, 2) << "pieces of memory stay behind";
}

void run_out_of_all(const std::vector<Call>& calls, bool changes = false) {
  World world;
  for (const auto& call : calls) run_out(call, world);
  for (const auto& call : calls)
    if (!changes && !call.is_of_new_snapshot) expect_no_leak(call, world);
  EXPECT_EQ(dump(world.stored.snapshot()), dump(open(world.path, to_read()).snapshot()));
  EXPECT_EQ(faults(world.stored.snapshot()), "");
  EXPECT_EQ(faults(world.memory.snapshot()), "");
  EXPECT_TRUE(check_file(world.path).is_sound());
}

TEST(MemoryRunsOut, WhileFilesAreOpened) { run_out_of_all(file_calls()); }
TEST(MemoryRunsOut, WhileGraphsAreWritten) { run_out_of_all(writing_calls(), true); }
TEST(MemoryRunsOut, WhileGraphsAreRead) { run_out_of_all(graph_calls()); }
TEST(MemoryRunsOut, WhileQueriesRun) { run_out_of_all(query_calls()); }
TEST(MemoryRunsOut, WhileDocumentsAreRead) { run_out_of_all(other_calls()); }

TEST(MemoryRunsOut, InMoreThanFortyCalls) {
  EXPECT_GE(file_calls().size() + writing_calls().size() + graph_calls().size() + query_calls().size() + other_calls().size(), 40U);
}

}  // namespace
}  // namespace policygraph::testing
