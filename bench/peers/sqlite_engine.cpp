#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "engine.hpp"

namespace bench::peers {
namespace {

struct Table {
  const char* file;
  const char* definition;
  const char* insert;
  int money = -1;  // the column that holds exact money, kept as cents: SQLite has no decimals
};
constexpr std::array kTables = {
    Table{"documents.csv", "documents (id INTEGER PRIMARY KEY, title TEXT, language TEXT, published TEXT, text TEXT)",
          "documents VALUES (?,?,?,?,?)"},
    Table{"acts.csv",
          "acts (id INTEGER PRIMARY KEY, number TEXT, kind TEXT, title TEXT, jurisdiction TEXT, date TEXT, "
          "in_force_from TEXT, in_force_to TEXT)",
          "acts VALUES (?,?,?,?,?,?,?,nullif(?,''))"},
    Table{"agencies.csv", "agencies (id INTEGER PRIMARY KEY, name TEXT, country TEXT)", "agencies VALUES (?,?,?)"},
    Table{"fundings.csv", "fundings (id INTEGER PRIMARY KEY, amount INTEGER, currency TEXT, kind TEXT, year INTEGER)",
          "fundings VALUES (?,?,?,?,?)", 1},
    Table{"programmes.csv", "programmes (id INTEGER PRIMARY KEY, name TEXT, kind TEXT)", "programmes VALUES (?,?,?)"},
    Table{"partners.csv", "partners (id INTEGER PRIMARY KEY, name TEXT, country TEXT)", "partners VALUES (?,?,?)"},
    Table{"mentions.csv", "mentions (document INTEGER, act INTEGER, begins INTEGER, ends INTEGER, confidence REAL)",
          "mentions VALUES (?,?,?,?,?)"},
    Table{"cites.csv", "cites (source INTEGER, target INTEGER)", "cites VALUES (?,?)"},
    Table{"amends.csv", "amends (source INTEGER, target INTEGER, date TEXT)", "amends VALUES (?,?,?)"},
    Table{"issued_by.csv", "issued_by (source INTEGER, target INTEGER)", "issued_by VALUES (?,?)"},
    Table{"part_of.csv", "part_of (source INTEGER, target INTEGER)", "part_of VALUES (?,?)"},
    Table{"authorises.csv",
          "authorises (source INTEGER, target INTEGER, document INTEGER, begins INTEGER, ends INTEGER)",
          "authorises VALUES (?,?,?,?,?)"},
    Table{"funds.csv", "funds (source INTEGER, target INTEGER)", "funds VALUES (?,?)"},
    Table{"provides.csv", "provides (source INTEGER, target INTEGER)", "provides VALUES (?,?)"},
    Table{"partner_in.csv", "partner_in (source INTEGER, target INTEGER)", "partner_in VALUES (?,?)"}};

// Covering indexes both ways where a query goes that way, one for each property that is looked up, and words by FTS5.
constexpr const char* kIndexes =
    "CREATE INDEX mentions_out ON mentions (document, act); CREATE INDEX mentions_in ON mentions (act, confidence);"
    "CREATE INDEX cites_out ON cites (source, target); CREATE INDEX cites_in ON cites (target);"
    "CREATE INDEX amends_out ON amends (source, target); CREATE INDEX issued_out ON issued_by (source, target);"
    "CREATE INDEX authorises_out ON authorises (source, target); CREATE INDEX funds_out ON funds (source, target);"
    "CREATE INDEX funds_in ON funds (target, source); CREATE INDEX provides_in ON provides (target, source);"
    "CREATE INDEX partner_in_in ON partner_in (target, source); CREATE INDEX programmes_name ON programmes (name);"
    "CREATE INDEX acts_force ON acts (in_force_from, in_force_to, jurisdiction); CREATE INDEX acts_kind ON acts (kind);"
    "CREATE INDEX fundings_money ON fundings (currency, id, year, amount);"
    "CREATE VIRTUAL TABLE titles USING fts5(title, content='acts', content_rowid='id');"
    "INSERT INTO titles(titles) VALUES ('rebuild'); ANALYZE";

class Statement {
 public:
  Statement(sqlite3* held, const std::string& text) : held_(held) {
    if (sqlite3_prepare_v2(held, text.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
      fail(std::string("SQLite: ") + sqlite3_errmsg(held));
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  void bind(int place, std::int64_t number) { sqlite3_bind_int64(statement_, place, number); }
  void bind(int place, std::string_view text) {
    sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void bind(const Arguments& arguments) {
    const int wanted = std::min(static_cast<int>(arguments.size()), sqlite3_bind_parameter_count(statement_));
    for (int i = 0; i < wanted; ++i) {
      const auto& argument = arguments[static_cast<std::size_t>(i)];
      argument.kind == Argument::Kind::integer ? bind(i + 1, argument.number)
                                               : bind(i + 1, std::string_view(argument.text));
    }
  }
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(std::string("SQLite: ") + sqlite3_errmsg(held_));
    sqlite3_reset(statement_);
    return false;
  }
  // All columns are read, as any caller would.
  std::size_t run(const Arguments& arguments, AnswerLines* lines) {
    bind(arguments);
    std::size_t rows = 0;
    for (const int columns = sqlite3_column_count(statement_); step(); ++rows) {
      std::string line;
      for (int i = 0; i < columns; ++i) {
        if (lines == nullptr && sqlite3_column_type(statement_, i) == SQLITE_INTEGER) {
          sum_ += sqlite3_column_int64(statement_, i);
          continue;
        }
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, i));
        if (lines == nullptr)
          sum_ += text == nullptr ? 0 : text[0];
        else
          line.append(i == 0 ? "" : "\t").append(text == nullptr ? "" : text);
      }
      if (lines != nullptr) lines->push_back(std::move(line));
    }
    return rows;
  }

 private:
  sqlite3* held_;
  sqlite3_stmt* statement_ = nullptr;
  std::int64_t sum_ = 0;
};

class Sqlite : public Engine {
 public:
  explicit Sqlite(const Places& places)
      : places_(places), path_(places.work + "/sqlite.db"), queries_(read_queries(places.queries + "/sqlite.sql")) {}
  ~Sqlite() override { sqlite3_close_v2(held_); }

  std::string version() override { return sqlite3_libversion(); }
  void import() override {
    sqlite3_close_v2(std::exchange(held_, nullptr));
    for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + ending);
    connect("PRAGMA synchronous = FULL; BEGIN");  // one transaction under the rollback journal, then WAL
    for (const auto& table : kTables) {
      run(std::string("CREATE TABLE ") + table.definition);
      load(table, places_.folder + "/" + table.file);
    }
    run(kIndexes);
    run("COMMIT; PRAGMA journal_mode = WAL");
    open();
  }
  void open() override {
    sqlite3_close_v2(std::exchange(held_, nullptr));
    connect(
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -1000000; PRAGMA mmap_size = 1000000000; SELECT count(*) FROM "
        "sqlite_schema");
  }
  bool import_more() override {
    run("BEGIN IMMEDIATE");
    load(kTables[0], places_.folder + "/increment/documents.csv");
    load(kTables[6], places_.folder + "/increment/mentions.csv");
    run("COMMIT");
    return true;
  }
  std::uint64_t bytes() override { return std::filesystem::file_size(path_); }
  Runner runner(const std::string& query) override {
    if (query == "write_mix") return writer();
    const auto found = std::ranges::find(queries_, query, &QueryText::name);
    if (found == queries_.end()) return {};
    return [statement = std::make_shared<Statement>(held_, found->text)](const Arguments& a, AnswerLines* lines) {
      return statement->run(a, lines);
    };
  }

 private:
  void connect(const char* settings) {
    if (sqlite3_open(path_.c_str(), &held_) != SQLITE_OK) fail("SQLite cannot open " + path_);
    run(settings);
  }
  void run(const std::string& text) {
    if (sqlite3_exec(held_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(std::string("SQLite: ") + sqlite3_errmsg(held_));
  }
  void load(const Table& table, const std::string& path) {
    Statement insert(held_, std::string("INSERT INTO ") + table.insert);
    CsvFile in(path);
    for (auto row = in.next(); !row.empty(); row = in.next()) {
      for (std::size_t i = 0; i < row.size(); ++i)
        static_cast<int>(i) == table.money ? insert.bind(static_cast<int>(i) + 1, cents_of(row[i]))
                                           : insert.bind(static_cast<int>(i) + 1, row[i]);
      insert.step();
    }
  }
  // One durable write, and a question that sees it.
  Runner writer() {
    const auto made = [this](const char* text) { return std::make_shared<Statement>(held_, text); };
    return
        [begin = made("BEGIN IMMEDIATE"), document = made("INSERT INTO documents (title, language) VALUES (?2, 'en')"),
         mention = made("INSERT INTO mentions (document, act, confidence) VALUES (last_insert_rowid(), ?1, 0.5)"),
         act = made("UPDATE acts SET kind = 'other' WHERE id = ?1"), commit = made("COMMIT"),
         seen = made("SELECT count(*) FROM mentions WHERE act = ?1")](const Arguments& a, AnswerLines* lines) {
          for (const auto* statement : {&begin, &document, &mention, &act, &commit}) (*statement)->run(a, nullptr);
          return seen->run(a, lines);
        };
  }

  Places places_;
  std::string path_;
  std::vector<QueryText> queries_;
  sqlite3* held_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> make_sqlite(const Places& places) { return std::make_unique<Sqlite>(places); }

}  // namespace bench::peers
