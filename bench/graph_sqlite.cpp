#include "graph_sqlite.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>

namespace bench {
namespace {

using namespace policygraph;

class Database {
 public:
  explicit Database(std::string path) : path_(std::move(path)) {
    std::filesystem::remove(path_);
    check(sqlite3_open(path_.c_str(), &held_));
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close(held_); }

  void run(const char* text) { check(sqlite3_exec(held_, text, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* text) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(held_, text, -1, &statement, nullptr));
    return statement;
  }
  void check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(held_));
    std::exit(1);
  }
  std::size_t finish() {
    run("COMMIT; VACUUM");
    const auto size = std::filesystem::file_size(path_);
    std::filesystem::remove(path_);
    return size;
  }

 private:
  std::string path_;
  sqlite3* held_ = nullptr;
};

/// One row after another.
class Insert {
 public:
  Insert(Database& database, const char* text) : database_(database), statement_(database.prepare(text)) {}
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;
  ~Insert() { sqlite3_finalize(statement_); }

  Insert& operator<<(std::uint64_t number) {
    database_.check(sqlite3_bind_int64(statement_, ++column_, static_cast<std::int64_t>(number)));
    return *this;
  }
  Insert& operator<<(std::nullptr_t) {
    database_.check(sqlite3_bind_null(statement_, ++column_));
    return *this;
  }
  Insert& operator<<(std::string_view text) {
    database_.check(sqlite3_bind_text(statement_, ++column_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
    return *this;
  }
  Insert& operator<<(const Value& value) {
    if (value.is_null()) return *this << nullptr;
    if (value.kind() == ValueKind::string) return *this << std::string_view(value.as_string());
    if (value.kind() == ValueKind::integer) return whole(value.as_integer());
    if (value.kind() == ValueKind::partial_date) return *this << std::string_view(value.as_partial_date().to_string());
    if (value.kind() == ValueKind::decimal) {
      if (const auto number = value.as_decimal().to_int64()) return whole(*number);
    }
    return *this << std::string_view(value.to_string());
  }
  void row() {
    database_.check(sqlite3_step(statement_));
    sqlite3_reset(statement_);
    column_ = 0;
  }

 private:
  Insert& whole(std::int64_t number) {
    database_.check(sqlite3_bind_int64(statement_, ++column_, number));
    return *this;
  }
  Database& database_;
  sqlite3_stmt* statement_;
  int column_ = 0;
};

class Names {
 public:
  std::uint64_t operator[](std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    return numbers_.emplace(name, numbers_.size() + 1).first->second;
  }
  void write(Database& database) {
    Insert names(database, "INSERT INTO name VALUES (?, ?)");
    for (const auto& [name, number] : numbers_) (names << number << std::string_view(name)).row();
  }

 private:
  std::map<std::string, std::uint64_t, std::less<>> numbers_;
};

void write_graph(Database& database, const Snapshot& snapshot, Names& names) {
  database.run("CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT);"
               "CREATE TABLE node (key INTEGER PRIMARY KEY, label INTEGER);"
               "CREATE TABLE edge (key INTEGER PRIMARY KEY, type INTEGER, source INTEGER, target INTEGER)");
  Insert nodes(database, "INSERT INTO node VALUES (?, ?)");
  for (const auto row : snapshot.nodes()) (nodes << snapshot.key(row).value << names[snapshot.label_names(row).back()]).row();
  Insert edges(database, "INSERT INTO edge VALUES (?, ?, ?, ?)");
  for (const auto row : snapshot.edges()) {
    edges << snapshot.key(row).value << names[snapshot.name(snapshot.type(row))] << snapshot.key(snapshot.source(row)).value
          << snapshot.key(snapshot.target(row)).value;
    edges.row();
  }
  database.run("CREATE INDEX node_label ON node (label);"
               "CREATE INDEX edge_source ON edge (source, type, target);"
               "CREATE INDEX edge_target ON edge (target, type, source)");
}

void write_properties(Database& database, const Snapshot& snapshot, Names& names) {
  database.run("CREATE TABLE property (node INTEGER, name INTEGER, value, PRIMARY KEY (node, name)) WITHOUT ROWID");
  Insert properties(database, "INSERT INTO property VALUES (?, ?, ?)");
  for (const auto row : snapshot.nodes())
    for (const auto property : snapshot.properties(row))
      (properties << snapshot.key(row).value << names[snapshot.name(property)] << snapshot.value(row, property)).row();
}

void write_claims(Database& database, const Snapshot& snapshot, Names& names) {
  database.run("CREATE TABLE mention (key INTEGER PRIMARY KEY, type INTEGER, surface TEXT, evidence INTEGER);"
               "CREATE TABLE claim (id INTEGER PRIMARY KEY, kind INTEGER, about INTEGER, name INTEGER, value, evidence INTEGER,"
               " modality INTEGER, rank INTEGER, review INTEGER, confidence REAL);"
               "CREATE TABLE more_evidence (claim INTEGER, evidence INTEGER, PRIMARY KEY (claim, evidence)) WITHOUT ROWID;"
               "CREATE TABLE evidence (id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, length INTEGER, extractor INTEGER,"
               " confidence REAL)");
  Insert mentions(database, "INSERT INTO mention VALUES (?, ?, ?, ?)");
  for (const auto& mention : snapshot.mentions())
    (mentions << mention.key.value << names[mention.type] << std::string_view(mention.surface) << mention.evidence.value).row();
  Insert claims(database, "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  Insert more(database, "INSERT INTO more_evidence VALUES (?, ?)");
  std::uint64_t last = 0;
  for (const auto& claim : snapshot.assertions()) {
    claims << claim.id.value << static_cast<std::uint64_t>(claim.kind) << (claim.edge ? claim.edge.value : claim.subject.value)
           << names[claim.name] << claim.value << claim.evidence.front().value << static_cast<std::uint64_t>(claim.modality)
           << static_cast<std::uint64_t>(claim.rank) << static_cast<std::uint64_t>(claim.review);
    claims.row();
    for (std::size_t i = 1; i < claim.evidence.size(); ++i) (more << claim.id.value << claim.evidence[i].value).row();
    last = std::max(last, claim.evidence.back().value);
  }
  Insert evidence(database, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, 1)");
  for (std::uint64_t id = 1; id <= last; ++id) {
    const auto found = snapshot.evidence(EvidenceId{id});
    evidence << id << found.document.value << std::uint64_t{found.span.start} << std::uint64_t{found.span.end - found.span.start}
             << names[found.extractor];
    evidence.row();
  }
  database.run("CREATE INDEX claim_about ON claim (about, kind)");
}

}  // namespace

SqliteSizes sqlite_sizes(const Snapshot& snapshot, const std::string& folder) {
  SqliteSizes sizes;
  for (const bool with_claims : {false, true}) {
    Database database(folder + "/policygraph-bench.sqlite");
    Names names;
    write_graph(database, snapshot, names);
    with_claims ? write_claims(database, snapshot, names) : write_properties(database, snapshot, names);
    names.write(database);
    (with_claims ? sizes.with_claims : sizes.graph) = database.finish();
  }
  return sizes;
}

}  // namespace bench
