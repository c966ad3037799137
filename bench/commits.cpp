// What a durable commit costs, alone and in groups, and what a reader keeps of its throughput while commits are made: beside a
// plain overwrite of an allocated page and its sync, and a row committed by SQLite: bench_commits [EDGES [single|groups|readers|others]]
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/open.hpp"

extern char** environ;

namespace {

using namespace policygraph;
using namespace bench;

void fail(const char* what) {
  std::printf("%s\n", what);
  std::exit(1);
}

// ---- one commit

class Page {
 public:
  explicit Page(const std::string& path) : file_(::open(path.c_str(), O_RDWR | O_CREAT, 0600)) {
    const std::string zeros(kSize * kPages, '\0');
    if (file_ < 0 || ::pwrite(file_, zeros.data(), zeros.size(), 0) != static_cast<ssize_t>(zeros.size()) || ::fsync(file_) != 0) fail("no page to write");
  }
  ~Page() { ::close(file_); }
  void overwrite() {
    const std::string bytes(kSize, static_cast<char>(++count_));
    if (::pwrite(file_, bytes.data(), kSize, static_cast<off_t>(count_ % kPages * kSize)) < 0 || ::fdatasync(file_) != 0) fail("a page cannot be written");
  }

 private:
  static constexpr std::size_t kSize = 4096, kPages = 1024;
  int file_;
  std::size_t count_ = 0;
};

class Table {
 public:
  explicit Table(const std::string& path) {
    sqlite3_open(path.c_str(), &database_);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, name TEXT)");
    sqlite3_prepare_v2(database_, "INSERT INTO t (name) VALUES ('Sevan')", -1, &insert_, nullptr);
    sqlite3_prepare_v2(database_, "SELECT name FROM t WHERE id = ?", -1, &find_, nullptr);
    sqlite3_prepare_v2(database_, "SELECT max(id) FROM t", -1, &last_, nullptr);
  }
  ~Table() {
    for (auto* statement : {insert_, find_, last_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  void commit_row() {
    if (sqlite3_step(insert_) != SQLITE_DONE) fail("a row cannot be written");
    sqlite3_reset(insert_);
  }
  std::size_t read_row(std::uint64_t id) {
    sqlite3_bind_int64(find_, 1, static_cast<std::int64_t>(id));
    const auto size = sqlite3_step(find_) == SQLITE_ROW ? sqlite3_column_bytes(find_, 0) : 0;
    sqlite3_reset(find_);
    return static_cast<std::size_t>(size);
  }
  std::uint64_t last() {
    const auto id = sqlite3_step(last_) == SQLITE_ROW ? sqlite3_column_int64(last_, 0) : 0;
    sqlite3_reset(last_);
    return static_cast<std::uint64_t>(id);
  }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("no table to write to");
  }
  sqlite3* database_ = nullptr;
  sqlite3_stmt *insert_ = nullptr, *find_ = nullptr, *last_ = nullptr;
};

// One fact each: an act cites another, both anywhere in the graph. No pair comes twice.
class Facts {
 public:
  explicit Facts(const Snapshot& snapshot, std::uint64_t first = 0) : next_(first) {
    for (const auto row : snapshot.nodes("Decree")) acts_.push_back(snapshot.key(row));
  }
  void add(Transaction& transaction) {
    const auto from = next_ * 7919 % acts_.size(), round = next_ / acts_.size();
    transaction.create_edge(acts_[from], "CITES", acts_[(from * 31 + round + 1) % acts_.size()]);
    ++next_;
  }
  void commit(Graph& graph) {
    auto transaction = graph.begin("by:bench");
    add(transaction);
    transaction.commit();
  }

 private:
  std::vector<NodeKey> acts_;
  std::uint64_t next_;
};

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void print_single(const std::string& folder, Graph& graph, Facts& facts) {
  Page page(folder + "/page");
  Table table(folder + "/table.db");
  for (int i = 0; i < 300; ++i) table.commit_row(), facts.commit(graph);  // until the logs have their size
  const auto timed = by_turns(600, [&] { page.overwrite(); }, [&] { table.commit_row(); }, [&] { facts.commit(graph); });
  const char* names[] = {"a page overwritten and synced", "SQLite: a row committed", "policygraph: a fact committed"};
  for (std::size_t i = 0; i < timed.size(); ++i)
    std::printf("%-44s %8.1f us  %6.2f of the first\n", names[i], 1e6 * timed[i].seconds, timed[i].to_first);
  const auto before = processor_seconds();
  for (int i = 0; i < 500; ++i) facts.commit(graph);
  std::printf("%-44s %8.1f us\n", "  processor time of that", (processor_seconds() - before) / 500 * 1e6);
}

// ---- groups

template <class Write>
void print_groups(Graph& graph, const char* name, std::size_t facts, Write write) {
  constexpr std::size_t kCommits = 5000;
  const auto act = [&] {
    CommitGroup group(graph);
    for (std::size_t i = 0; i < kCommits; ++i) {
      auto transaction = group.begin("by:bench");
      write(transaction);
      transaction.commit();
    }
    group.flush();
  };
  const auto each = seconds(5, act) / kCommits;
  std::printf("%-44s %8.1f us a commit  %9.0f facts/s\n", name, 1e6 * each, static_cast<double>(facts) / each);
}

// ---- reading meanwhile

struct Rate {
  double per_second = 0, per_processor_second = 0;
};

// Look-ups for that long; `look_up(i)` gives something that is not 0.
template <class LookUp>
Rate read(double length, LookUp look_up) {
  timespec start{}, now{};
  const auto begun = std::chrono::steady_clock::now();
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
  std::size_t count = 0, sum = 0;
  double passed = 0;
  while (passed < length) {
    for (int i = 0; i < 200; ++i, ++count) sum += look_up(count);
    passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  if (sum == 0) fail("nothing was read");
  const auto used = static_cast<double>(now.tv_sec - start.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec - start.tv_nsec);
  return {static_cast<double>(count) / passed, static_cast<double>(count) / used};
}

// A property and a hop on the newest state.
std::size_t look_up(const Graph& graph, NodeKey key) {
  const auto snapshot = graph.snapshot();
  const auto row = *snapshot.find(key);
  std::size_t sum = snapshot.value(row, "number").as_string().size();
  for (const auto end : snapshot.out_edges(row, *snapshot.edge_type("AUTHORISES")).targets) sum += end.value;
  return sum;
}

// Writes small commits as fast as it can, or so many a second, until it is told to stop.
template <class Stop>
void write_on(Graph& graph, double a_second, Stop stop) {
  const auto snapshot = graph.snapshot();
  Facts facts(snapshot, 1000 * snapshot.commit().value);
  while (!stop()) {
    const auto next = std::chrono::steady_clock::now() + std::chrono::duration<double>(a_second > 0 ? 1 / a_second : 0);
    facts.commit(graph);
    std::this_thread::sleep_until(next);
  }
}

class WriterThread {
 public:
  WriterThread(Graph graph, double a_second) : thread_([this, graph, a_second]() mutable { write_on(graph, a_second, [this] { return stop_.load(); }); }) {}
  ~WriterThread() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

class WriterProcess {
 public:
  WriterProcess(const std::string& program, const char* what, const std::string& path, double a_second) {
    const auto rate = std::to_string(a_second);
    std::array<char*, 5> arguments = {const_cast<char*>(program.c_str()), const_cast<char*>(what), const_cast<char*>(path.c_str()),
                                      const_cast<char*>(rate.c_str()), nullptr};
    if (posix_spawn(&process_, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ) != 0) fail("no second process");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // until it has opened the file
  }
  ~WriterProcess() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }

 private:
  pid_t process_ = 0;
};

template <class LookUp, class Newest, class MakeWriter>
void print_reading(const char* name, LookUp look_up, Newest newest, MakeWriter make_writer) {
  std::vector<double> kept, kept_processor, rates, each;
  for (int turn = 0; turn < 7; ++turn) {
    const auto alone = read(0.5, look_up);
    const auto before = newest();
    Rate beside;
    {
      const auto writer = make_writer();
      beside = read(0.5, look_up);
    }
    each.push_back(1e9 / alone.per_processor_second);
    kept.push_back(beside.per_second / alone.per_second);
    kept_processor.push_back(beside.per_processor_second / alone.per_processor_second);
    rates.push_back(static_cast<double>(newest() - before));
  }
  std::printf("%-44s %6.2f of its look-ups a second, %6.2f a processor second (%.0f commits meanwhile; alone %.0f ns each)\n", name, median(kept),
              median(kept_processor), median(rates), median(each));
}

template <class MakeWriter>
void print_reading(const char* name, const Graph& graph, const std::vector<NodeKey>& keys, MakeWriter make_writer) {
  const auto one = [&](std::size_t i) { return look_up(graph, keys[i * 7919 % keys.size()]); };
  print_reading(name, one, [&] { return graph.snapshot().commit().value; }, make_writer);
}

std::vector<NodeKey> decrees(const Graph& graph) {
  std::vector<NodeKey> keys;
  const auto snapshot = graph.snapshot();
  for (const auto row : snapshot.nodes("Decree")) keys.push_back(snapshot.key(row));
  return keys;
}

void print_readers(Graph& graph) {
  const auto keys = decrees(graph);
  print_reading("read beside 100 commits a second", graph, keys, [&] { return std::make_unique<WriterThread>(graph, 100); });
  print_reading("read beside all commits there can be", graph, keys, [&] { return std::make_unique<WriterThread>(graph, 0); });
}

// The same with SQLite alone: a look-up by number beside a process that commits rows.
void print_readers_of_others(const std::string& program, const std::string& folder, const std::string& path, Graph& graph) {
  OpenOptions reading;
  reading.read_only = true;
  const auto other = open(path, reading);
  graph.close();
  const auto keys = decrees(other);
  const auto table_path = folder + "/read.db";
  Table table(table_path);
  for (int i = 0; i < 1000; ++i) table.commit_row();
  for (const double a_second : {100.0, 0.0}) {
    const bool is_paced = a_second > 0;
    print_reading(is_paced ? "100 a second by another process" : "all there can be by another process", other, keys,
                  [&] { return std::make_unique<WriterProcess>(program, "write", path, a_second); });
    print_reading(is_paced ? "  SQLite alone" : "  SQLite alone, all there can be", [&](std::size_t i) { return table.read_row(1 + i * 7919 % 1000); },
                  [&] { return table.last(); }, [&] { return std::make_unique<WriterProcess>(program, "write-rows", table_path, a_second); });
  }
}

volatile sig_atomic_t is_told_to_stop = 0;

int write_rows_for_others(const char* path, double a_second) {
  signal(SIGTERM, [](int) { is_told_to_stop = 1; });
  Table table(path);
  while (is_told_to_stop == 0) {
    const auto next = std::chrono::steady_clock::now() + std::chrono::duration<double>(a_second > 0 ? 1 / a_second : 0);
    table.commit_row();
    std::this_thread::sleep_until(next);
  }
  return 0;
}

int write_for_others(const char* path, const char* a_second) {
  signal(SIGTERM, [](int) { is_told_to_stop = 1; });
  auto graph = open(path);
  write_on(graph, std::strtod(a_second, nullptr), [] { return is_told_to_stop != 0; });
  graph.close();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "write") == 0) return write_for_others(argv[2], argv[3]);
  if (argc == 4 && std::strcmp(argv[1], "write-rows") == 0) return write_rows_for_others(argv[2], std::strtod(argv[3], nullptr));
  const auto edges = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1'000'000U;
  auto folder = (std::filesystem::temp_directory_path() / "bench-commits-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) fail("no folder to write to");
  const auto path = folder + "/bench.pgraph";
  auto built = build_graph_in(open(path), edges);
  std::printf("%zu nodes, %zu edges\n", built.graph.snapshot().node_count(), built.graph.snapshot().edge_count());
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Facts facts(built.graph.snapshot());
  const auto is_wanted = [&](const char* part) { return argc < 3 || std::strcmp(argv[2], part) == 0; };
  if (is_wanted("single")) print_single(folder, built.graph, facts);
  if (is_wanted("groups")) {
    print_groups(built.graph, "one fact a commit, in groups", 1, [&](Transaction& t) { facts.add(t); });
    print_groups(built.graph, "three facts a commit, in groups", 3, [](Transaction& t) { t.create_node({"Place"}, {{"name", "Sevan"}, {"kind", "city"}}); });
  }
  if (is_wanted("readers")) print_readers(built.graph);
  if (is_wanted("others")) print_readers_of_others(argv[0], folder, path, built.graph);
  std::filesystem::remove_all(folder);
}
