// Opening a .pgraph file of 1 M edges (or a number) and asking the first question, with its snapshot file and without, beside
// SQLite's own opening and a look-up by primary key in the same file. Warm, and with the files' pages dropped.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/query/query.hpp"
#include "policygraph/store/open.hpp"

namespace {

using namespace policygraph;
using namespace bench;

constexpr int kRepeats = 25;

void print(const char* name, double value, const char* unit) { std::printf("%-60s %10.3f %s\n", name, value, unit); }

void fail(const char* what) {
  std::printf("%s\n", what);
  std::exit(1);
}

Graph opened(const std::string& path, bool with_snapshot = true) {
  OpenOptions options;
  options.read_only = true;
  if (!with_snapshot) options.snapshot_from = ~std::uint64_t{0};
  return open(path, options);
}

std::string number_of(const Snapshot& snapshot, NodeKey key) { return snapshot.value(*snapshot.find(key), "number").to_string(); }

std::string asked(const Snapshot& snapshot, NodeKey key) {
  const auto rows = query(snapshot, "MATCH (a) WHERE id(a) = $key RETURN a.number", {{"key", static_cast<std::int64_t>(key.value)}});
  return (*rows.begin())[0].to_string();
}

NodeKey middle_act(const Snapshot& snapshot) {
  const auto acts = snapshot.nodes("Decree");
  const auto key = snapshot.key(acts[acts.size() / 2]);
  if (number_of(snapshot, key) != asked(snapshot, key)) fail("Cypher answers otherwise");
  return key;
}

std::size_t hop(const Snapshot& snapshot, NodeKey key) {
  return snapshot.out_edges(*snapshot.find(key), *snapshot.edge_type("AUTHORISES")).size();
}

std::string title_by_sqlite(const std::string& path) {
  sqlite3* database = nullptr;
  sqlite3_stmt* row = nullptr;
  std::string title;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database, "SELECT title FROM documents WHERE version = 500", -1, &row, nullptr) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW)
    title = reinterpret_cast<const char*>(sqlite3_column_text(row, 0));
  sqlite3_finalize(row);
  sqlite3_close(database);
  return title;
}

void drop_pages(const std::string& path) {
  for (const auto* ending : {"", "-snapshot"}) {
    const int file = ::open((path + ending).c_str(), O_RDONLY);
    if (file < 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0) fail("pages cannot be dropped");
    ::close(file);
  }
}

void print_opening(const char* when, const std::string& path, NodeKey key, const std::function<void()>& prepare) {
  std::size_t sink = 0;
  const auto timed = [&](auto act) {
    std::vector<double> times;
    for (int i = 0; i < kRepeats; ++i) {
      prepare();
      times.push_back(seconds(1, act));
    }
    return 1e3 * median(times);
  };
  std::printf("%s\n", when);
  print("  SQLite: opened, a row by primary key", timed([&] { sink += title_by_sqlite(path).size(); }), "ms");
  print("  opened", timed([&] { sink += opened(path).snapshot().node_count(); }), "ms");
  print("  opened, a property of a node by key", timed([&] { sink += number_of(opened(path).snapshot(), key).size(); }), "ms");
  print("  opened, the same in Cypher", timed([&] { sink += asked(opened(path).snapshot(), key).size(); }), "ms");
  print("  opened, a hop from a node by key", timed([&] { sink += hop(opened(path).snapshot(), key); }), "ms");
  if (sink == 0) fail("nothing was found");
}

// All claims of all nodes, and their values: everything there is.
std::size_t read_all(const Snapshot& snapshot) {
  std::size_t sum = 0;
  for (const auto row : snapshot.nodes()) {
    for (const auto property : snapshot.properties(row)) sum += snapshot.value(row, property).to_string().size();
    for (const auto& claim : snapshot.assertions(row)) sum += claim.id.value + claim.evidence.size();
    for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type)
      for (const auto end : snapshot.out_edges(row, static_cast<EdgeType>(type)).targets) sum += end.value;
  }
  return sum;
}

void print_reading(const Snapshot& mapped, const Snapshot& replayed) {
  std::size_t sums[2] = {};
  const auto timed = by_turns(5, [&] { sums[0] = read_all(replayed); }, [&] { sums[1] = read_all(mapped); });
  if (sums[0] != sums[1]) fail("the two graphs differ");
  print("all nodes, claims and edges read, replayed graph", timed[0].seconds, "s");
  print("  the same, mapped to replayed", timed[1].to_first, "times");
}

}  // namespace

int main(int argc, char** argv) {
  const auto edges = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1'000'000U;
  auto folder = (std::filesystem::temp_directory_path() / "bench-open-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) fail("no folder to write to");
  const auto path = folder + "/bench.pgraph";
  {
    auto built = build_graph_in(open(path), edges);
    std::printf("%zu nodes, %zu edges\n", built.graph.snapshot().node_count(), built.graph.snapshot().edge_count());
    built.graph.close();
  }
  print("opened with the snapshot file that its writer left", 1e3 * seconds(kRepeats, [&] { opened(path).close(); }), "ms");
  std::filesystem::remove(path + "-snapshot");
  print("opened without a snapshot file, all replayed", seconds(3, [&] { opened(path, false).close(); }), "s");
  print("the same, and the snapshot file written", seconds(1, [&] { opened(path).close(); }), "s");
  const auto mib = [](const std::string& name) { return static_cast<double>(std::filesystem::file_size(name)) / (1 << 20); };
  print("the file", mib(path), "MiB");
  print("the snapshot file", mib(path + "-snapshot"), "MiB");
  const auto key = middle_act(opened(path).snapshot());
  print_opening("warm", path, key, [] {});
  print_opening("pages dropped", path, key, [&] { drop_pages(path); });
  const auto mapped = opened(path).snapshot();
  std::filesystem::rename(path + "-snapshot", path + "-kept");
  const auto replayed = opened(path, false).snapshot();
  print_reading(mapped, replayed);
  std::filesystem::remove_all(folder);
}
