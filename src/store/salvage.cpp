// Rows are gathered page by page into a file of our own; the digests of commits and texts then tell which are as they were
// written.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/access.hpp"
#include "store/commit_rows.hpp"
#include "store/layout.hpp"
#include "store/new_file.hpp"
#include "store/raw_pages.hpp"
#include "store/said_again.hpp"
#include "store/small_commits.hpp"

namespace policygraph::inline v0 {
namespace {

namespace store = detail::store;

constexpr std::size_t kMostLosses = 100;

struct Table {
  const char* name;
  std::string_view fields;  // n null, i integer, r real or integer, t text, b bytes; I, T, B: that or null
  std::uint64_t store::Ends::*last;
};
// As docs/store_format.md lists them.
constexpr std::array kTables = {
    Table{"commits", "nitiiiiiib", nullptr},
    Table{"documents", "niitttttttttiib", &store::Ends::document},
    Table{"texts", "nt", &store::Ends::document},
    Table{"finders", "ntr", nullptr},
    Table{"evidence", "niiii", &store::Ends::evidence},
    Table{"judgements", "nitiitrt", &store::Ends::judgement},
    Table{"runs", "nitt", &store::Ends::run},
    Table{"findings", "nittttt", &store::Ends::finding},
    Table{"batches", "nitib", &store::Ends::batch},
    Table{"graph", "ntTtb", nullptr},
    Table{"small_commits", "nITIIIIIIBIITTTTTTTTTIIBTIIIIIITIB", nullptr},
};

bool fits(const store::RawField& field, char kind) noexcept {
  using Kind = store::RawField::Kind;
  if (field.kind == Kind::null) return kind == 'n' || (kind >= 'A' && kind <= 'Z');
  switch (kind) {
    case 'i':
    case 'I':
      return field.kind == Kind::integer;
    case 'r':
      return field.kind == Kind::real || field.kind == Kind::integer;
    case 't':
    case 'T':
      return field.kind == Kind::text;
    case 'b':
    case 'B':
      return field.kind == Kind::blob;
    default:
      return false;
  }
}

bool fits(const store::RawRow& row, const Table& table) noexcept {
  return std::ranges::equal(row.fields, table.fields, [](const auto& field, char kind) { return fits(field, kind); });
}

void bind(store::Statement& statement, int place, const store::RawField& field) {
  using Kind = store::RawField::Kind;
  if (field.kind == Kind::integer) statement.bind(place, static_cast<std::uint64_t>(field.integer));
  else if (field.kind == Kind::real) statement.bind(place, field.real);
  else if (field.kind == Kind::text) statement.bind(place, field.bytes);
  else if (field.kind == Kind::blob) statement.bind_blob(place, field.bytes);
  else statement.bind_null(place);
}

/// Puts rows into the tables they are of; of several with one number the first stays.
class Gathered {
 public:
  explicit Gathered(const store::Database& database) {
    for (const auto& table : kTables) {
      std::string sql = "INSERT OR IGNORE INTO " + std::string(table.name) + " VALUES (?";
      for (std::size_t i = 1; i < table.fields.size(); ++i) sql += ", ?";
      inserts_.emplace_back(database, sql + ")");
    }
  }
  void add(const store::RawRow& row) {
    for (std::size_t i = 0; i < kTables.size(); ++i) {
      if (fits(row, kTables[i])) return insert(inserts_[i], row);
    }
  }

 private:
  static void insert(store::Statement& statement, const store::RawRow& row) {
    statement.bind(1, row.id);
    for (std::size_t i = 1; i < row.fields.size(); ++i) bind(statement, static_cast<int>(i + 1), row.fields[i]);
    statement.run();
  }
  std::vector<store::Statement> inserts_;
};

class Salvage {
 public:
  Salvage(const std::string& path, const std::string& to, const SalvageOptions& options)
      : path_(path), options_(options), found_(to, "found-"), made_(to, "made-") {}

  SalvageReport run() {
    gather();
    database_ = store::open_for_writing(found_.path());
    commits_.emplace(*database_);
    find_schema();
    find_intact();
    keep_first();
    if (first_lost_ <= newest_) say_rest();
    database_.reset();
    made_.give_name();
    return std::move(report_);
  }

 private:
  void lose(ErrorCode code, const std::string& text) {
    if (report_.lost.size() < kMostLosses) report_.lost.push_back({Severity::error, code, text, path_, std::nullopt});
  }
  void ask_stop() const {
    if (options_.stop.stop_requested()) throw Error(ErrorCode::interrupted, "salvaging was stopped; no file was made");
  }

  void gather() {
    store::RawPages pages(path_);
    report_.pages = pages.size();
    const auto database = store::create(found_.path(), options_.schema);
    database->run("PRAGMA synchronous = OFF");
    store::Changes changes(*database);
    database->run("DELETE FROM graph");
    std::uint64_t root = 0;
    {
      Gathered rows(*database);
      pages.visit([&](const store::RawRow& row) {
        ask_stop();
        if (row.id != 0) rows.add(row);
        if (root == 0) root = root_of_small_commits(row);
      });
    }
    if (root != 0) last_small_row_ = pages.last_row(root);
    else if (pages.user_version() != 1 || database->number("SELECT count(*) FROM small_commits") > 0)
      last_small_row_.reset();
    changes.commit();
    database->run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  // A row of sqlite_schema; 0: of something else.
  static std::uint64_t root_of_small_commits(const store::RawRow& row) noexcept {
    using Kind = store::RawField::Kind;
    const auto& fields = row.fields;
    if (fields.size() != 5 || fields[1].bytes != "small_commits" || fields[0].bytes != "table" ||
        fields[3].kind != Kind::integer)
      return 0;
    return static_cast<std::uint64_t>(fields[3].integer);
  }

  // Without one that is as it was written, that of the options.
  void find_schema() {
    database_->run("DELETE FROM graph WHERE id <> 1");
    try {
      store::read_schema(*database_);
    } catch (const Error& error) {
      lose(error.code(), "the schema: " + error.text());
      database_->run("DELETE FROM graph");
      store::insert_graph(*database_, options_.schema);
    }
  }

  void find_intact() {
    newest_ = newest();
    tell_of_last_commits();
    for (std::uint64_t id = 1; id <= newest_; ++id) {
      ask_stop();
      const bool is_whole = is_intact(id);
      if (is_whole) intact_.insert(id);
      if ((!is_whole || !has_texts(id)) && first_lost_ == 0) first_lost_ = id;
    }
    if (first_lost_ == 0) first_lost_ = newest_ + 1;
  }

  // A small commit stands in one table alone: where its last page is damaged, nothing tells how many the page had.
  void tell_of_last_commits() {
    if (last_small_row_ && *last_small_row_ / store::SmallCommit::kMostRows <= newest_) return;
    if (last_small_row_ && *last_small_row_ / store::SmallCommit::kMostRows <= newest_ + kMostGap) {
      newest_ = *last_small_row_ / store::SmallCommit::kMostRows;
      return;
    }
    ++report_.commits_lost;
    lose(ErrorCode::format, "small commits after commit " + std::to_string(newest_) +
                                ", if there were any: the page that held the last ones is damaged");
  }

  // Also of commits whose own row is lost. A damaged number would make the way there endless.
  std::uint64_t newest() {
    const auto most = std::to_string(database_->number("SELECT count(*) FROM commits") +
                                     database_->number("SELECT count(*) FROM batches") +
                                     database_->number("SELECT count(*) FROM small_commits") + kMostGap);
    std::uint64_t newest = 0;
    for (const auto* column :
         {"id FROM commits WHERE id", "\"commit\" FROM documents WHERE \"commit\"",
          "\"commit\" FROM batches WHERE \"commit\"", "\"commit\" FROM judgements WHERE \"commit\"",
          "id / 16 FROM small_commits WHERE id / 16"}) {
      newest = std::max(
          newest, database_->number("SELECT " + std::string(column) + " <= " + most + " ORDER BY 1 DESC LIMIT 1"));
    }
    return newest;
  }

  bool is_intact(std::uint64_t id) {
    try {
      commits_->read(commits_->row(id), commits_->row(id - 1), [](const Batch&) {});
      return true;
    } catch (const Error& error) {
      ++report_.commits_lost;
      lose(error.code(), "commit " + std::to_string(id) + ": " + error.text());
      return false;
    }
  }

  // Of versions that were not redacted since.
  bool has_texts(std::uint64_t id) {
    if (!intact_.contains(id)) return true;
    const std::string not_redacted =
        " AND has_text = 1 AND NOT EXISTS (SELECT 1 FROM documents AS r WHERE r.version > d.version AND r.document = "
        "d.document AND r.redacted = 1)";
    store::Statement versions(*database_, "SELECT version, document, 0 FROM documents AS d WHERE \"commit\" = ?1" +
                                              not_redacted +
                                              " UNION ALL SELECT version, document, id FROM small_commits AS d WHERE "
                                              "id >= ?1 * 16 AND id < (?1 + 1) * 16" +
                                              not_redacted);
    versions.bind(1, id);
    bool all = true;
    while (versions.step()) {
      if (text(versions.number(0), versions.number(2)) != nullptr) continue;
      ++report_.texts_lost;
      lose(ErrorCode::format, "the text of document " + std::to_string(versions.number(1)) + ", as of commit " + std::to_string(id));
      all = false;
    }
    return all;
  }

  std::shared_ptr<const std::string> text(std::uint64_t version, std::uint64_t small_row) {
    try {
      auto text = commits_->text(version, small_row);
      return text ? std::make_shared<const std::string>(*std::move(text)) : nullptr;
    } catch (const Error&) {
      return nullptr;
    }
  }

  // All before the first loss is kept as it was.
  void keep_first() {
    const auto last = commits_->row(first_lost_ - 1);
    report_.commits_kept = last.id;
    {
      const store::Database made(made_.path(), path_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
      store::copy_pages(*database_, made);
    }
    const auto made = store::open_for_writing(made_.path());
    store::Changes changes(*made);
    made->run("DELETE FROM commits WHERE id > " + std::to_string(last.id));
    made->run("DELETE FROM texts WHERE version NOT IN (SELECT version FROM documents WHERE has_text = 1)");
    made->run(
        "DELETE FROM texts WHERE version IN (SELECT d.version FROM documents AS d JOIN documents AS r ON r.document = "
        "d.document AND "
        "r.redacted = 1 AND r.version > d.version)");
    made->run("DELETE FROM small_commits WHERE id >= " + std::to_string((last.id + 1) * store::SmallCommit::kMostRows));
    made->run(
        "UPDATE small_commits SET text = NULL WHERE document IN (SELECT document FROM documents AS r WHERE redacted = "
        "1 AND r.version > small_commits.version)");
    for (const auto& table : kTables) {
      if (table.last == nullptr) continue;
      const auto* key = std::string_view(table.name) == "documents" || std::string_view(table.name) == "texts" ? "version" : "id";
      made->run("DELETE FROM " + std::string(table.name) + " WHERE " + key + " > " + std::to_string(last.ends.*table.last));
    }
    changes.commit();
    made->run("VACUUM");
  }

  // Every later commit that is whole.
  void say_rest() {
    auto graph = open(made_.path());
    const auto documents = [this](DocumentId document, const std::string& sha256) { return text_of(document, sha256); };
    store::SaidAgain again(graph, last_ids(), documents);
    for (auto id = first_lost_; id <= newest_; ++id) {
      ask_stop();
      if (!intact_.contains(id)) continue;
      const auto row = commits_->row(id);
      const auto before = commits_->row(id - 1);
      try {
        again.say([&](const Journal::Visit& visit) { commits_->read(row, before, visit); }, row.author);
        ++report_.commits_said_again;
      } catch (const Error& error) {
        if (error.code() == ErrorCode::io || error.code() == ErrorCode::busy) throw;
        ++report_.commits_lost;
        lose(error.code(), "commit " + std::to_string(id) + " rests on what is lost: " + error.text());
      }
    }
    report_.records_lost = again.lost();
    graph.close();
  }

  std::shared_ptr<const std::string> text_of(DocumentId document, const std::string& sha256) {
    store::Statement version(
        *database_,
        "SELECT version, 0 FROM documents WHERE document = ?1 AND sha256 = ?2 AND has_text = 1 UNION ALL "
        "SELECT version, id FROM small_commits WHERE document = ?1 AND sha256 = ?2 AND has_text = 1 ORDER BY 1 DESC "
        "LIMIT 1");
    version.bind(1, document.value).bind(2, sha256);
    if (!version.step()) return nullptr;
    const auto number = version.number(0), small_row = version.number(1);
    return text(number, small_row);
  }

  // The highest of each that the commits before the first loss gave.
  Batch last_ids() {
    Batch last;
    last.documents.emplace_back(), last.evidence.emplace_back(), last.mentions.emplace_back();
    last.assertions.emplace_back(), last.judgements.emplace_back();
    const auto raise = [](auto& id, auto other) { id = std::max(id, other); };
    for (std::uint64_t id = 1; id < first_lost_; ++id) {
      commits_->read(commits_->row(id), commits_->row(id - 1), [&](const Batch& batch) {
        for (const auto& item : batch.documents) raise(last.documents[0].document.id, item.document.id);
        for (const auto& item : batch.evidence) raise(last.evidence[0].id, item.id);
        for (const auto& mention : batch.mentions) raise(last.mentions[0].key, mention.key);
        for (const auto& judgement : batch.judgements) raise(last.judgements[0].id, judgement.id);
        for (const auto& claim : batch.assertions) {
          raise(last.assertions[0].id, claim.id);
          raise(last.assertions[0].edge, claim.edge);
        }
      });
    }
    return last;
  }

  static constexpr std::uint64_t kMostGap = 10'000;

  const std::string& path_;
  const SalvageOptions& options_;
  store::NewFile found_, made_;
  std::unique_ptr<store::Database> database_;
  std::optional<store::CommitReader> commits_;
  std::optional<std::uint64_t> last_small_row_ = 0;  // of the damaged file; empty: it is not known which that was
  std::uint64_t newest_ = 0, first_lost_ = 0;
  std::set<std::uint64_t> intact_;
  SalvageReport report_;
};

}  // namespace

SalvageReport salvage_file(const std::string& path, const std::string& to, const SalvageOptions& options) {
  return Salvage(path, to, options).run();
}

}  // namespace policygraph::inline v0
