// The tables are docs/store_format.md, "Tables".
#include "store/layout.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "policygraph/base/error.hpp"
#include "policygraph/base/version.hpp"
#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

/// As sqlite_schema keeps them, so that they can be compared. Those of the first format; the second has these tables
/// too.
constexpr std::array kFirst = {
    R"(CREATE TABLE graph (id INTEGER PRIMARY KEY, schema TEXT NOT NULL, rules TEXT, program TEXT NOT NULL, digest BLOB NOT NULL))",
    R"(CREATE TABLE commits (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, author TEXT NOT NULL, last_document INTEGER NOT NULL, last_evidence INTEGER NOT NULL, last_judgement INTEGER NOT NULL, last_run INTEGER NOT NULL, last_finding INTEGER NOT NULL, last_batch INTEGER NOT NULL, digest BLOB NOT NULL))",
    R"(CREATE TABLE documents (version INTEGER PRIMARY KEY, document INTEGER NOT NULL, "commit" INTEGER NOT NULL, state TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, uri TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, language TEXT NOT NULL, tier TEXT NOT NULL, sha256 TEXT NOT NULL, has_text INTEGER NOT NULL, redacted INTEGER NOT NULL, text_digest BLOB NOT NULL))",
    R"(CREATE TABLE texts (version INTEGER PRIMARY KEY, text TEXT NOT NULL))",
    R"(CREATE TABLE finders (id INTEGER PRIMARY KEY, extractor TEXT NOT NULL, confidence REAL NOT NULL))",
    R"(CREATE TABLE evidence (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, finder INTEGER NOT NULL))",
    R"(CREATE TABLE judgements (id INTEGER PRIMARY KEY, "commit" INTEGER NOT NULL, kind TEXT NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, "by" TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL))",
    R"(CREATE TABLE runs (id INTEGER PRIMARY KEY, "commit" INTEGER NOT NULL, program TEXT NOT NULL, options TEXT NOT NULL))",
    R"(CREATE TABLE findings (id INTEGER PRIMARY KEY, "commit" INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, explanation TEXT NOT NULL, nodes TEXT NOT NULL, evidence TEXT NOT NULL))",
    R"(CREATE TABLE batches (id INTEGER PRIMARY KEY, "commit" INTEGER NOT NULL, kind TEXT NOT NULL, rows INTEGER NOT NULL, data BLOB NOT NULL))",
    R"(CREATE VIEW current_documents AS SELECT document, title, uri, publisher, published, language, tier, sha256, redacted, text FROM documents LEFT JOIN texts USING (version) WHERE version IN (SELECT max(version) FROM documents GROUP BY document) AND state = 'present')",
    R"(CREATE VIEW quotes AS SELECT e.id AS evidence, e.document, d.title, CAST(substr(CAST(t.text AS BLOB), e.start + 1, e."end" - e.start) AS TEXT) AS quote, f.extractor, f.confidence FROM evidence AS e JOIN finders AS f ON f.id = e.finder JOIN documents AS d ON d.version = (SELECT max(version) FROM documents WHERE document = e.document AND version <= (SELECT last_document FROM commits WHERE last_evidence >= e.id ORDER BY id LIMIT 1)) LEFT JOIN texts AS t USING (version))",
};
constexpr std::size_t kTablesOfFirst = 10;
constexpr std::array kSecond = {
    R"(CREATE TABLE small_commits (id INTEGER PRIMARY KEY, time INTEGER, author TEXT, last_document INTEGER, last_evidence INTEGER, last_judgement INTEGER, last_run INTEGER, last_finding INTEGER, last_batch INTEGER, digest BLOB, version INTEGER, document INTEGER, state TEXT, kind TEXT, title TEXT, uri TEXT, publisher TEXT, published TEXT, language TEXT, tier TEXT, sha256 TEXT, has_text INTEGER, redacted INTEGER, text_digest BLOB, text TEXT, evidence INTEGER, evidence_document INTEGER, start INTEGER, "end" INTEGER, finder INTEGER, batch INTEGER, batch_kind TEXT, rows INTEGER, data BLOB))",
    R"(CREATE VIEW all_commits AS SELECT id, time, author, last_document, last_evidence, last_judgement, last_run, last_finding, last_batch, digest FROM commits UNION ALL SELECT id / 16, time, author, last_document, last_evidence, last_judgement, last_run, last_finding, last_batch, digest FROM small_commits WHERE time IS NOT NULL)",
    R"(CREATE VIEW all_documents AS SELECT version, document, "commit", state, kind, title, uri, publisher, published, language, tier, sha256, has_text, redacted, text_digest FROM documents UNION ALL SELECT version, document, id / 16, state, kind, title, uri, publisher, published, language, tier, sha256, has_text, redacted, text_digest FROM small_commits WHERE version IS NOT NULL)",
    R"(CREATE VIEW all_texts AS SELECT version, text FROM texts UNION ALL SELECT version, text FROM small_commits WHERE text IS NOT NULL)",
    R"(CREATE VIEW all_evidence AS SELECT id, document, start, "end", finder FROM evidence UNION ALL SELECT evidence, evidence_document, start, "end", finder FROM small_commits WHERE evidence IS NOT NULL)",
    R"(CREATE VIEW all_batches AS SELECT id, "commit", kind, rows, data FROM batches UNION ALL SELECT batch, id / 16, batch_kind, rows, data FROM small_commits WHERE batch IS NOT NULL)",
    R"(CREATE VIEW current_documents AS SELECT document, title, uri, publisher, published, language, tier, sha256, redacted, text FROM (SELECT version, document, state, title, uri, publisher, published, language, tier, sha256, redacted, (SELECT t.text FROM texts AS t WHERE t.version = d.version) AS text FROM documents AS d UNION ALL SELECT version, document, state, title, uri, publisher, published, language, tier, sha256, redacted, text FROM small_commits WHERE version IS NOT NULL) WHERE version IN (SELECT max(version) FROM all_documents GROUP BY document) AND state = 'present')",
    R"(CREATE VIEW quotes AS SELECT e.id AS evidence, e.document, v.title, CAST(substr(CAST(coalesce((SELECT t.text FROM texts AS t WHERE t.version = v.version), (SELECT s.text FROM small_commits AS s WHERE s.id = v.small)) AS BLOB), e.start + 1, e."end" - e.start) AS TEXT) AS quote, f.extractor, f.confidence FROM all_evidence AS e CROSS JOIN finders AS f ON f.id = e.finder CROSS JOIN (SELECT version, document, title, small, after, lead(after, 1, 9223372036854775807) OVER (PARTITION BY document ORDER BY version) AS until FROM (SELECT version, document, title, small, coalesce((SELECT c.last_evidence FROM commits AS c WHERE c.id = d."commit" - 1), (SELECT s.last_evidence FROM small_commits AS s WHERE s.id = (d."commit" - 1) * 16), 0) AS after FROM (SELECT version, document, title, "commit", NULL AS small FROM documents UNION ALL SELECT version, document, title, id / 16, id FROM small_commits WHERE version IS NOT NULL) AS d)) AS v ON v.document = e.document AND e.id > v.after AND e.id <= v.until)",
};

std::vector<std::string_view> objects_of(std::uint64_t format) {
  std::vector<std::string_view> all(kFirst.begin(), format == 1 ? kFirst.end() : kFirst.begin() + kTablesOfFirst);
  if (format > 1) all.insert(all.end(), kSecond.begin(), kSecond.end());
  return all;
}

Digest digest_of_graph(std::string_view schema, std::string_view rules, std::string_view program) {
  RowDigest digest;
  digest.number(1);
  digest.text(schema);
  digest.text(rules);
  digest.text(program);
  return digest.take();
}

/// Empty for the schemas that are compiled in.
std::string rules_of(const Schema& schema) {
  const auto rules = schema.to_json();
  const bool is_known = rules == Schema::policy().to_json() || rules == Schema::open().to_json();
  return is_known ? std::string() : rules;
}

[[noreturn]] void refuse(const Database& database, const std::string& fact) {
  throw Error(ErrorCode::format, "'" + database.name() + "' " + fact);
}

}  // namespace

void insert_graph(const Database& database, const Schema& schema) {
  const auto rules = rules_of(schema);
  const auto program = "policygraph " + std::string(kVersion);
  const auto digest = digest_of_graph(schema.name(), rules, program);
  Statement insert(database, "INSERT INTO graph VALUES (1, ?, ?, ?, ?)");
  insert.bind(1, schema.name()).bind(3, program).bind_blob(4, bytes_of(digest));
  if (rules.empty()) insert.bind_null(2);
  else insert.bind(2, rules);
  insert.run();
}

bool has_small_commits(const Database& database) { return database.number("PRAGMA user_version") > 1; }

std::string documents_after(bool has_small) {
  const std::string in_table =
      "SELECT version, document, sha256, has_text, redacted, 0 FROM documents WHERE version > ?1";
  if (!has_small) return in_table + " AND ?2 = 0 ORDER BY version";
  return in_table +
         " UNION ALL SELECT version, document, sha256, has_text, redacted, id FROM small_commits WHERE id > ?2 AND "
         "version > ?1 ORDER BY 1";
}

bool is_empty(const Database& database) { return database.number("SELECT count(*) FROM sqlite_schema") == 0; }

void create_tables(const Database& database, const Schema& schema) {
  if (database.number("PRAGMA application_id") != 0) return;
  Changes changes(database);
  if (!is_empty(database)) return;
  database.run("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.run("PRAGMA user_version = " + std::to_string(kFormat));
  for (const auto sql : objects_of(kFormat)) database.run(std::string(sql));
  insert_graph(database, schema);
  changes.commit();
}

void check_tables(const Database& database) {
  if (database.number("PRAGMA application_id") != kApplicationId) {
    if (is_empty(database)) refuse(database, "holds no graph yet; open it for writing to make one");
    refuse(database, "is a database of another program");
  }
  const auto format = database.number("PRAGMA user_version");
  if (format > kFormat) {
    refuse(database, "has format " + std::to_string(format) + " of a later version of policygraph; this one reads up to " +
                         std::to_string(kFormat));
  }
  if (format < 1) refuse(database, "is damaged: it says that it has format 0, and there is none");
  const auto wanted = objects_of(format);
  Statement objects(database, "SELECT sql FROM sqlite_schema ORDER BY rowid");
  std::size_t count = 0;
  while (objects.step()) {
    if (count == wanted.size() || objects.text(0) != wanted[count]) break;
    ++count;
  }
  objects.reset();
  if (count != wanted.size() || database.number("SELECT count(*) FROM sqlite_schema") != count)
    refuse(database, "is damaged: its tables are not those of format " + std::to_string(format));
}

Schema read_schema(const Database& database) {
  Statement row(database, "SELECT schema, rules, program, digest FROM graph WHERE id = 1");
  if (!row.step()) refuse(database, "is damaged: it does not say which schema it has");
  const std::string name(row.text(0)), rules(row.text(1));
  if (bytes_of(digest_of_graph(name, rules, row.text(2))) != row.blob(3)) refuse(database, "is damaged: its schema is not as it was written");
  if (!rules.empty()) return Schema::from_json(name, {{"schema.json", rules}});
  if (name == "policy") return Schema::policy();
  if (name == "open") return Schema::open();
  refuse(database, "has the schema '" + name + "' without its rules");
}

Digest graph_digest(const Database& database) {
  Statement row(database, "SELECT digest FROM graph WHERE id = 1");
  Digest digest{};
  if (row.step() && row.blob(0).size() == digest.size()) std::ranges::copy(row.blob(0), digest.begin());
  return digest;
}

}  // namespace policygraph::inline v0::detail::store
