#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include "case_file.hpp"
#include "policygraph/query/query.hpp"
#include "random/compare.hpp"
#include "support/repository.hpp"

// tests/cases/query/*.case: graphs, queries, and what they answer. Headings:
//
//   graph [open]            CREATE patterns; the policy schema unless open
//   document TITLE          a text, in the language that is recognised; joins the graph
//   parameters              one Cypher map
//   query                   run on the graph; a write stays for the queries after it
//   columns, rows           the answer; rows are compared in order where the query says ORDER BY
//   error CODE LINE:COLUMN  instead of rows; below it the text
//   detail                  of that error: "SyntaxError UndefinedVariable"
//   syntax, bound, plan     how the query reads
//   counts, notes           what was written; notifications
//
// Every file runs under each of configurations(); all must agree. POLICYGRAPH_UPDATE in the environment rewrites the files.
namespace policygraph::testing {
namespace {

// What call.case calls.
std::shared_ptr<const Procedures> procedures() {
  const auto out = std::make_shared<Procedures>();
  out->add(Procedure("case.twice(in :: INTEGER?) :: (out :: INTEGER?)", [](std::span<const Value> a, const Snapshot&) {
    return ProcedureRows{{a[0].is_null() ? Value() : Value(2 * a[0].as_integer())}};
  }));
  out->add(Procedure("case.items(list :: LIST) :: (item :: ANY?, at :: INTEGER)", [](std::span<const Value> a, const Snapshot&) {
    ProcedureRows rows;
    for (const auto& item : a[0].as_list()) rows.push_back({item, Value(static_cast<std::int64_t>(rows.size()))});
    return rows;
  }));
  out->add(Procedure("case.nodes(label :: STRING) :: (node :: NODE)", [](std::span<const Value> a, const Snapshot& snapshot) {
    ProcedureRows rows;
    for (const auto row : snapshot.nodes(a[0].as_string())) rows.push_back({Value(snapshot.key(row))});
    return rows;
  }));
  out->add(Procedure("case.half(in :: FLOAT) :: (out :: FLOAT)", [](std::span<const Value> a, const Snapshot&) {
    return ProcedureRows{{Value(a[0].as_double() / 2)}};
  }));
  out->add(Procedure("case.nothing() :: ()", [](std::span<const Value>, const Snapshot&) { return ProcedureRows(); }));
  out->add(Procedure("case.short() :: (a :: INTEGER)", [](std::span<const Value>, const Snapshot&) { return ProcedureRows{{}}; }));
  out->add(Procedure("case.fails() :: (a :: INTEGER)", [](std::span<const Value>, const Snapshot&) -> ProcedureRows {
    throw Error(ErrorCode::not_found, "the table of rates has no year 1990");
  }));
  return out;
}

class Shown {
 public:
  explicit Shown(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string value(const Value& v) const {
    switch (v.kind()) {
      case ValueKind::node: return node(v.as_node());
      case ValueKind::edge: return edge(v.as_edge());
      case ValueKind::path: return path(v.as_path());
      case ValueKind::list: {
        std::string out;
        for (const auto& item : v.as_list()) out += (out.empty() ? "" : ", ") + value(item);
        return "[" + out + "]";
      }
      case ValueKind::map: {
        std::string out;
        for (const auto& [key, item] : v.as_map()) out += (out.empty() ? "" : ", ") + key + ": " + value(item);
        return "{" + out + "}";
      }
      default: return v.to_string();
    }
  }

 private:
  template <class Row>
  std::string properties(Row row) const {
    std::string out;
    for (const auto p : snapshot_.properties(row)) {
      out += (out.empty() ? "" : ", ") + std::string(snapshot_.name(p)) + ": " + snapshot_.value(row, p).to_string();
    }
    return out.empty() ? out : " {" + out + "}";
  }
  std::string node(NodeKey key) const {
    const auto row = snapshot_.find(key);
    if (!row) return "(gone)";
    std::string out;
    for (const auto label : snapshot_.label_names(*row)) out += ":" + std::string(label);
    out += properties(*row);
    return "(" + (out.starts_with(" ") ? out.substr(1) : out) + ")";
  }
  std::string edge(EdgeKey key) const {
    const auto row = snapshot_.find(key);
    return row ? "[:" + std::string(snapshot_.name(snapshot_.type(*row))) + properties(*row) + "]" : "[gone]";
  }
  std::string path(const Path& p) const {
    std::string out = "<" + node(p.nodes[0]);
    for (std::size_t i = 0; i < p.edges.size(); ++i) {
      const auto row = snapshot_.find(p.edges[i]);
      const bool is_out = row && snapshot_.key(snapshot_.source(*row)) == p.nodes[i];
      out += std::string(is_out ? "-" : "<-") + edge(p.edges[i]) + (is_out ? "->" : "-") + node(p.nodes[i + 1]);
    }
    return out + ">";
  }
  const Snapshot& snapshot_;
};

std::string joined(const std::vector<std::string>& lines, const char* between) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : between) + line;
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string read_text(const std::filesystem::path& file) {
  std::stringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

std::vector<std::string> lines_of_blocks(const std::string& page) {
  std::vector<std::string> out;
  bool is_inside = false;
  for (const auto& line : lines_of(page)) {
    if (line.starts_with("```")) {
      is_inside = line == "```case";
    } else if (is_inside) {
      out.push_back(line);
    }
  }
  return out;
}

// One run through a file under one configuration.
class CaseRun {
 public:
  CaseRun(const Configuration& configuration, std::vector<CaseSection>& sections, bool is_update)
      : configuration_(configuration), sections_(sections), is_update_(is_update) {}

  void run() {
    for (at_ = 0; at_ < sections_.size(); ++at_) {
      auto& section = sections_[at_];
      if (section.heading.empty() || section.heading[0] == '#') continue;
      if (section.heading.starts_with("graph")) {
        start_graph(section);
      } else if (section.heading.starts_with("document ")) {
        add_document(section);
      } else if (section.heading == "parameters") {
        read_parameters(section);
      } else if (section.heading == "query") {
        run_query(section);
      } else {
        check(section);
      }
    }
  }

 private:
  void start_graph(const CaseSection& section) {
    graph_ = open_in_memory(section.heading == "graph open" ? Schema::open() : Schema::policy());
    if (!section.lines.empty()) query(*graph_, "CREATE " + joined(section.lines, ",\n"));
  }

  void add_document(const CaseSection& section) {
    SourceDocument document;
    document.uri = document.title = section.heading.substr(std::string("document ").size());
    auto edit = graph_->begin();
    edit.add_document(document, std::make_shared<const std::string>(joined(section.lines, "\n")));
    edit.commit();
  }

  void read_parameters(const CaseSection& section) {
    const auto rows = query(open_in_memory(Schema::open()).snapshot(), "RETURN " + joined(section.lines, "\n"));
    parameters_.clear();
    for (const auto& [name, value] : rows[0][0].as_map()) parameters_[name] = value;
  }

  void run_query(const CaseSection& section) {
    if (!graph_) graph_ = open_in_memory(Schema::open());
    text_ = joined(section.lines, "\n");
    before_ = graph_->snapshot();
    rows_.reset();
    error_.reset();
    query_error_ = {};
    try {
      rows_ = query(*graph_, text_, parameters_, options());
    } catch (const QueryError& error) {
      error_ = error;
      query_error_ = std::string(type_name(error.type())) + " " + std::string(detail_name(error.detail()));
    } catch (const Error& error) {
      error_ = error;
    }
    parameters_.clear();
    const bool is_checked = at_ + 1 < sections_.size() && !sections_[at_ + 1].heading.empty() && sections_[at_ + 1].heading != "query";
    if (error_ && !is_checked) ADD_FAILURE() << configuration_.name << ": " << text_ << "\n" << error_->report();
  }

  void check(CaseSection& section) {
    const auto& heading = section.heading;
    if (heading == "rows" || heading.starts_with("error")) {
      check_answer(section);
    } else if (heading == "columns") {
      compare(section, heading, {rows_ ? joined(rows_->columns(), ", ") : ""});
    } else if (heading == "detail") {
      compare(section, heading, {query_error_});
    } else if (heading == "counts") {
      compare(section, heading, {rows_ ? counts() : ""});
    } else if (heading == "notes") {
      std::vector<std::string> notes;
      if (rows_) {
        for (const auto& note : rows_->notifications()) notes.push_back(note.text);
      }
      compare(section, heading, notes);
    } else if (configuration_.name == "default") {
      const auto phase = heading == "syntax" ? QueryPhase::syntax : heading == "bound" ? QueryPhase::bound : QueryPhase::plan;
      try {
        compare(section, heading, lines_of(explain(*before_, text_, phase, options())));
      } catch (const Error& error) {
        ADD_FAILURE() << text_ << "\n" << error.report();
      }
    }
  }

  void check_answer(CaseSection& section) {
    if (error_) {
      const auto& place = error_->place();
      auto heading = "error " + std::string(code_name(error_->code()));
      if (place) heading += " " + std::to_string(place->line) + ":" + std::to_string(place->column);
      return compare(section, heading, {error_->text()});
    }
    std::vector<std::string> found;
    const Shown shown(rows_->snapshot());
    for (const auto& row : *rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : ", ") + shown.value(row[i]);
      found.push_back(line);
    }
    if (!is_update_ && text_.find("ORDER BY") == std::string::npos) {
      std::sort(found.begin(), found.end());
      auto wanted = section;
      std::sort(wanted.lines.begin(), wanted.lines.end());
      return compare(wanted, "rows", found);
    }
    compare(section, "rows", found);
  }

  std::string counts() const {
    const auto& c = rows_->counts();
    const std::pair<const char*, std::size_t> all[] = {
        {"+nodes", c.nodes_created}, {"-nodes", c.nodes_deleted},          {"+edges", c.edges_created},  {"-edges", c.edges_deleted},
        {"+properties", c.properties_set}, {"-properties", c.properties_removed}, {"+labels", c.labels_added}, {"-labels", c.labels_removed}};
    std::string out;
    for (const auto& [name, count] : all) {
      if (count != 0) out += (out.empty() ? "" : " ") + std::string(name) + " " + std::to_string(count);
    }
    return out;
  }

  void compare(CaseSection& section, const std::string& heading, const std::vector<std::string>& lines) {
    if (is_update_) {
      section.heading = heading;
      section.lines = lines;
      return;
    }
    EXPECT_EQ(heading + "\n" + joined(lines, "\n"), section.heading + "\n" + joined(section.lines, "\n"))
        << "under '" << configuration_.name << "': " << text_;
  }

  QueryOptions options() const {
    auto out = configuration_.options;
    out.procedures = procedures_;
    return out;
  }

  const Configuration& configuration_;
  std::shared_ptr<const Procedures> procedures_ = procedures();
  std::vector<CaseSection>& sections_;
  bool is_update_;
  std::size_t at_ = 0;
  std::optional<Graph> graph_;
  std::optional<Snapshot> before_;
  Parameters parameters_;
  std::string text_;
  std::optional<Rows> rows_;
  std::optional<Error> error_;
  std::string query_error_;
};

TEST(QueryCases, AnswerAlikeUnderEveryConfiguration) {
  const bool is_update = std::getenv("POLICYGRAPH_UPDATE") != nullptr;
  const auto folder = repository() / "tests" / "cases" / "query";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".case") continue;
    ++count;
    SCOPED_TRACE(entry.path().filename().string());
    auto sections = read_case_file(entry.path());
    for (const auto& configuration : configurations()) {
      CaseRun(configuration, sections, is_update).run();
      if (is_update) break;
    }
    if (is_update) write_case_file(entry.path(), sections);
  }
  EXPECT_GT(count, 8U);
}

// The blocks of docs/cypher.md and docs/search.md marked `case`, those of a page together.
TEST(QueryCases, OfTheDocumentationHold) {
  for (const auto* name : {"cypher.md", "search.md"}) {
    SCOPED_TRACE(name);
    const auto page = read_text(repository() / "docs" / name);
    auto sections = read_case_lines(lines_of_blocks(page));
    ASSERT_GT(sections.size(), 10U);
    for (const auto& configuration : configurations()) CaseRun(configuration, sections, false).run();
  }
}

}  // namespace
}  // namespace policygraph::testing
