#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <span>

#include "engine.hpp"
#include "policygraph/base/version.hpp"
#include "policygraph/graph/measures.hpp"
#include "policygraph/query/columns.hpp"
#include "policygraph/query/query.hpp"
#include "policygraph/store/open.hpp"
#include "policygraph_import.hpp"

namespace bench::peers {
namespace {

using namespace policygraph;

std::string text_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
      return {};
    case ValueKind::string:
      return value.as_string();
    case ValueKind::decimal:
      return value.as_decimal().rescaled(2).to_string();
    case ValueKind::node:
      return std::to_string(value.as_node().value);
    default:
      return value.to_string();
  }
}

void write_rows(const Rows& rows, AnswerLines& lines) {
  for (const auto row : rows) {
    auto text = text_of(row[0]);
    for (std::size_t i = 1; i < row.size(); ++i) text.append("\t").append(text_of(row[i]));
    lines.push_back(std::move(text));
  }
}

Value value_of(const Argument& argument) {
  if (argument.kind == Argument::Kind::integer) return argument.number;
  if (argument.kind == Argument::Kind::text) return argument.text;
  const auto day = static_cast<int>(argument.number);
  return PartialDate::day(day / 10'000, day / 100 % 100, day % 100);
}

class Policygraph : public Engine {
 public:
  Policygraph(const Places& places, bool evidence) : places_(places), path_(places.work + "/graph.pgraph") {
    options_.evidence = evidence;
    queries_ = read_queries(places.queries + "/policygraph.cypher");
  }

  std::string version() override { return std::string(kVersion); }
  void import() override {
    if (options_.evidence) return open();  // the other has written it
    graph_.reset();
    for (const auto* ending : {"", "-snapshot", "-wal", "-shm"}) std::filesystem::remove(path_ + ending);
    {
      auto graph = create();
      import_into(graph, places_.folder);
      graph.close();
    }
    open();
  }
  void open() override {
    if (graph_) graph_->close();
    graph_.reset();
    snapshot_.reset();
    graph_.emplace(policygraph::open(path_));
    snapshot_.emplace(graph_->snapshot());
  }
  bool import_more() override {
    if (options_.evidence) return false;
    import_more_into(*graph_, places_.folder);
    snapshot_.emplace(graph_->snapshot());
    return true;
  }
  std::uint64_t bytes() override {
    std::uint64_t sum = 0;
    for (const auto* ending : {"", "-snapshot"})
      sum += std::filesystem::exists(path_ + ending) ? std::filesystem::file_size(path_ + ending) : 0;
    return sum;
  }
  Runner runner(const std::string& query) override {
    if (query == "page_rank") return [this](const Arguments&, AnswerLines* lines) { return rank(lines); };
    if (query == "components") return [this](const Arguments&, AnswerLines* lines) { return part(lines); };
    const auto found = std::ranges::find(queries_, query, &QueryText::name);
    if (found == queries_.end()) return {};
    if (query == "write_mix" && options_.evidence) return {};
    if (query == "write_mix")
      return [this, text = found->text](const Arguments& a, AnswerLines* lines) { return write(text, a, lines); };
    if (query == "provenance")
      return [this, plan = prepare(*snapshot_, found->text, options_)](const Arguments& a, AnswerLines* lines) {
        return cite_edge(plan, a, lines);
      };
    return [this, plan = prepare(*snapshot_, found->text, options_)](const Arguments& a, AnswerLines* lines) {
      const auto rows = plan.run_in_order(in_order(a), options_);
      if (lines != nullptr) write_rows(rows, *lines);
      else read_all(rows), read_evidence(rows);
      return rows.size();
    };
  }

 private:
  Graph create() const {
    OpenOptions options;
    options.schema = Schema::open();
    return policygraph::open(path_, options);
  }
  // One map for all runs of as many arguments: names stay, values change.
  const Parameters& bound(const Arguments& arguments) {
    auto& parameters = parameters_.at(arguments.size());
    auto next = parameters.begin();
    for (const auto& argument : arguments) (next++)->second = value_of(argument);
    return parameters;
  }
  // As a prepared query takes them; its texts name $p1 before $p2.
  std::span<const Value> in_order(const Arguments& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) values_.at(i) = value_of(arguments[i]);
    return std::span(values_).first(arguments.size());
  }
  // Every value is looked at, as any caller would.
  void read_all(const Rows& rows) {
    const auto width = rows.columns().size();
    for (std::size_t column = 0; column < width; ++column) {
      const auto [wholes, floats, decimals] = numbers_of_rows(rows, column);
      const auto texts = texts_of_rows(rows, column);
      for (const auto number : wholes) seen_ += number;
      for (const double number : floats) seen_ += number > 0 ? 1 : 0;
      for (const auto& number : decimals) seen_ += static_cast<std::int64_t>(number.low());
      for (const auto text : texts) seen_ += text.empty() ? 0 : text[0];
      if (!wholes.empty() || !floats.empty() || !decimals.empty() || !texts.empty()) continue;
      for (const auto row : rows) seen_ += static_cast<std::int64_t>(row[column].kind());
    }
  }
  // Of as many rows as one looks at.
  void read_evidence(const Rows& rows) {
    if (!options_.evidence) return;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 10); ++i) seen_ += static_cast<std::int64_t>(rows[i].evidence_ids().size());
  }
  std::size_t cite_edge(const PreparedQuery& plan, const Arguments& arguments, AnswerLines* lines) {
    std::size_t count = 0;
    const auto rows = plan.run_in_order(in_order(arguments), options_);
    for (const auto row : rows)
      for (const auto id : snapshot_->evidence(*snapshot_->find(row[0].as_edge()))) {
        const auto shown = snapshot_->cite(id);
        if (lines != nullptr)
          lines->push_back(row_text(shown.title, std::to_string(shown.start), std::to_string(shown.end), shown.quote));
        ++count;
      }
    return count;
  }
  // One durable write, and a question that sees it.
  std::size_t write(const std::string& text, const Arguments& arguments, AnswerLines* lines) {
    query(*graph_, text, bound(arguments), options_);
    const auto seen = query(graph_->snapshot(), "MATCH (a)<-[m:MENTIONS]-() WHERE id(a) = $p1 RETURN count(m)",
                            bound({arguments[0]}), options_);
    if (lines != nullptr) write_rows(seen, *lines);
    return seen.size();
  }
  std::size_t rank(AnswerLines* lines) {
    PageRankOptions options;
    options.tolerance = 1e-8 / static_cast<double>(snapshot_->node_count());
    options.max_iterations = 1000;
    const auto ranks = page_rank(*snapshot_, options);
    if (lines == nullptr) return 10;
    std::vector<NodeRow> rows;
    for (const auto row : snapshot_->nodes()) rows.push_back(row);
    const auto before = [&](NodeRow a, NodeRow b) { return ranks.of_row[a.value] > ranks.of_row[b.value]; };
    std::ranges::partial_sort(rows, rows.begin() + 10, before);
    for (std::size_t i = 0; i < 10; ++i) {
      char score[32];
      std::snprintf(score, sizeof score, "%.2e", ranks.of_row[rows[i].value]);
      lines->push_back(row_text(std::to_string(snapshot_->key(rows[i]).value), std::string(score)));
    }
    return 10;
  }
  std::size_t part(AnswerLines* lines) {
    const auto parts = weak_components(*snapshot_);
    if (lines == nullptr) return 1;
    std::vector<std::uint32_t> sizes(parts.count);
    for (const auto number : parts.of_row)
      if (number != kNowhere) ++sizes[number];
    lines->push_back(row_text(std::to_string(parts.count), std::to_string(std::ranges::max(sizes))));
    return 1;
  }

  Places places_;
  std::string path_;
  QueryOptions options_;
  std::vector<QueryText> queries_;
  std::optional<Graph> graph_;
  std::optional<Snapshot> snapshot_;
  std::int64_t seen_ = 0;
  std::array<Value, 2> values_;
  std::array<Parameters, 3> parameters_ = {Parameters(), Parameters{{"p1", Value()}},
                                           Parameters{{"p1", Value()}, {"p2", Value()}}};
};

}  // namespace

std::unique_ptr<Engine> make_policygraph(const Places& places, bool evidence) {
  return std::make_unique<Policygraph>(places, evidence);
}

}  // namespace bench::peers
