#include "random/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <regex>

#include "query/plan/plan.hpp"
#include "random/contents.hpp"
#include "random/procedures.hpp"
#include "reference/interpreter.hpp"

namespace policygraph::testing {

namespace engine = detail::query;

namespace {

template <class Values>
std::string row_text(const Values& row, std::size_t size, const RandomQuery& query, const Snapshot* contents = nullptr) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += (i == 0 ? "" : ", ") + value_text(row[i], i < query.is_bag.size() && query.is_bag[i], contents);
  return out;
}

std::string ids_text(std::vector<EvidenceId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::string out;
  for (const auto id : ids) out += " " + std::to_string(id.value);
  return out;
}

template <class Row>
void add_evidence(const Snapshot& snapshot, Row row, const std::string& property, std::vector<EvidenceId>& out) {
  if (property.empty()) {
    const auto ids = snapshot.evidence(row);
    out.insert(out.end(), ids.begin(), ids.end());
  } else if (const auto number = snapshot.property(property); number && !snapshot.value(row, *number).is_null()) {
    const auto ids = snapshot.evidence(row, *number);
    out.insert(out.end(), ids.begin(), ids.end());
  }
}

std::string evidence_text(const reference::Grounds& grounds, const Snapshot& snapshot) {
  std::vector<EvidenceId> ids;
  for (const auto& ground : grounds) {
    if (ground.is_edge) {
      add_evidence(snapshot, *snapshot.find(EdgeKey{ground.key}), ground.property, ids);
    } else {
      add_evidence(snapshot, *snapshot.find(NodeKey{ground.key}), ground.property, ids);
    }
  }
  return ids_text(std::move(ids));
}

Outcome failed(const Error& error) {
  Outcome out;
  out.is_error = true;
  out.error = error.report();
  return out;
}

std::string lines_text(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size() && i < 30; ++i) out += "    " + lines[i] + "\n";
  return out;
}

}  // namespace

std::vector<Configuration> configurations() {
  std::vector<Configuration> out = {{"default", {}}};
  out[0].options.procedures = test_procedures();
  const auto add = [&](std::string name, auto change) {
    out.push_back({std::move(name), out[0].options});
    change(out.back().options);
  };
  add("unoptimised", [](QueryOptions& o) { o.optimise = false; });
  for (const auto& rule : engine::rules()) add("without " + std::string(rule.name), [&](QueryOptions& o) { o.rules_off = {std::string(rule.name)}; });
  add("evidence at once", [](QueryOptions& o) { o.rules_off = {"late_evidence"}; });
  for (const std::uint32_t width : {1U, 2U, 3U, 64U}) add("vectors of " + std::to_string(width), [&](QueryOptions& o) { o.vector_size = width; });
  add("vectors of 2, unoptimised", [](QueryOptions& o) { o.vector_size = 2, o.optimise = false; });
  add("no evidence", [](QueryOptions& o) { o.evidence = false; });
  add("no evidence, one thread", [](QueryOptions& o) { o.evidence = false, o.threads = 1; });
  add("no evidence, vectors of 2", [](QueryOptions& o) { o.evidence = false, o.vector_size = 2; });
  add("no evidence, without weigh_triangles", [](QueryOptions& o) { o.evidence = false, o.rules_off = {"weigh_triangles"}; });
  add("no evidence, without choose_start and push_filters", [](QueryOptions& o) { o.evidence = false, o.rules_off = {"choose_start", "push_filters"}; });
  return out;
}

Outcome engine_outcome(const Snapshot& snapshot, const RandomQuery& query, const QueryOptions& options) {
  try {
    const auto rows = policygraph::query(snapshot, query.text, {}, options);
    Outcome out;
    for (const auto& row : rows) {
      const bool is_whole = row.evidence_left_out() == 0;
      out.lines.push_back({row_text(row, row.size(), query), is_whole ? ids_text(row.evidence_ids()) : "?"});
    }
    return out;
  } catch (const Error& error) {
    return failed(error);
  }
}

namespace {

// What the reference answers, or why it does not.
template <class Action>
std::optional<Outcome> told(Action action) {
  try {
    return action();
  } catch (const reference::Refused& refused) {
    Outcome out;
    out.is_error = true;
    out.error = refused.what();
    return out;
  } catch (const reference::Unsupported&) {
    return std::nullopt;
  } catch (const Error& error) {
    return failed(error);
  }
}

std::vector<std::string> sorted_lines(const Outcome& outcome) {
  std::vector<std::string> out;
  for (const auto& line : outcome.lines) out.push_back(line.values);
  std::sort(out.begin(), out.end());
  return out;
}

Outcome reference_write(Graph& graph, const RandomQuery& query, std::uint64_t order, std::size_t& most_rows) {
  auto transaction = graph.begin();  // dropped
  const auto bound = engine::bind(engine::parse(query.text), transaction.snapshot(), test_procedures());
  const auto answer = reference::interpret_write(bound, transaction, order);
  const auto after = transaction.snapshot();
  most_rows = std::max(most_rows, answer.most_rows);
  Outcome out;
  for (const auto& row : answer.rows) out.lines.push_back({row_text(row, row.size(), query, &after), ""});
  out.changes = counts_text(answer.counts) + contents_text(after);
  return out;
}

}  // namespace

Outcome engine_write(Graph& graph, const RandomQuery& query, const QueryOptions& options) {
  auto transaction = graph.begin();  // dropped
  try {
    const auto rows = policygraph::query(transaction, query.text, {}, options);
    const auto after = transaction.snapshot();
    Outcome out;
    for (const auto& row : rows) out.lines.push_back({row_text(row, row.size(), query, &after), ""});
    out.changes = counts_text(rows.counts()) + contents_text(after);
    return out;
  } catch (const Error& error) {
    return failed(error);
  }
}

std::optional<Outcome> reference_write(Graph& graph, const RandomQuery& query) {
  return told([&]() -> std::optional<Outcome> {
    std::size_t most_rows = 0;
    const auto first = reference_write(graph, query, 0, most_rows);
    for (std::uint64_t order = 1; order < 2 * most_rows; ++order) {
      const auto other = reference_write(graph, query, order, most_rows);
      if (other.changes != first.changes || sorted_lines(other) != sorted_lines(first)) return std::nullopt;
    }
    return first;
  });
}

std::optional<Outcome> reference_outcome(const Snapshot& snapshot, const RandomQuery& query) {
  return told([&]() -> std::optional<Outcome> {
    const auto bound = engine::bind(engine::parse(query.text), snapshot, test_procedures());
    const auto answer = reference::interpret(bound, snapshot);
    Outcome out;
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
      out.lines.push_back({row_text(answer.rows[i], answer.rows[i].size(), query), evidence_text(answer.grounds[i], snapshot)});
    }
    return out;
  });
}

namespace {

// decimal('0') for decimal('0.00').
std::string without_scales(const std::string& text) {
  static const std::regex kScale(R"((decimal\('-?\d+)(?:\.0+|(\.\d*[1-9])0+)('))");
  return std::regex_replace(text, kScale, "$1$2$3");
}

// Of equal values a group keeps the one it met first, and which that is Cypher leaves open.
bool is_alike(const std::vector<std::string>& a, const std::vector<std::string>& b, const RandomQuery& query) {
  static const std::regex kGroups(R"(\b(DISTINCT|UNION)\b|\b(count|sum|avg|min|max|collect|stDev|stDevP|percentile\w+)\()");
  if (a.size() != b.size() || !std::regex_search(query.text, kGroups)) return false;
  return std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) { return without_scales(x) == without_scales(y); });
}

}  // namespace

std::string difference(const Outcome& expected, const Outcome& found, const RandomQuery& query, bool with_evidence) {
  if (expected.is_error) return "";
  if (found.is_error) return "  rows expected, found the error\n    " + found.error + "\n";
  const bool is_whole = std::none_of(found.lines.begin(), found.lines.end(), [](const Line& line) { return line.evidence == "?"; });
  const auto texts = [&](const Outcome& outcome) {
    std::vector<std::string> out;
    for (const auto& line : outcome.lines) out.push_back(line.values + (with_evidence && is_whole ? "   rests on" + line.evidence : ""));
    if (!query.is_ordered) std::sort(out.begin(), out.end());
    return out;
  };
  const auto a = texts(expected);
  const auto b = texts(found);
  if (expected.changes != found.changes) return "  expected\n" + expected.changes + "  found\n" + found.changes;
  if (a == b || is_alike(a, b, query)) return "";
  // Equal rows may stand in either order.
  if (query.is_ordered && with_evidence) {
    auto x = a, y = b;
    std::sort(x.begin(), x.end());
    std::sort(y.begin(), y.end());
    if (x == y) return difference(expected, found, query, false);
  }
  return "  expected\n" + lines_text(a) + "  found\n" + lines_text(b);
}

namespace {

constexpr std::uint64_t kShuffles = 2'000;

// Whether some shuffle of the rows makes the reference write something else, too: asked only where the engine did.
bool depends_on_order(Graph& graph, const RandomQuery& query, const Outcome& expected) {
  std::size_t most_rows = 0;
  for (std::uint64_t i = 0; i < kShuffles; ++i) {
    const auto order = reference::kMostOrders + i;
    const auto other = told([&]() -> std::optional<Outcome> { return reference_write(graph, query, order, most_rows); });
    if (most_rows < 3) return false;
    if (!other || other->is_error || other->changes != expected.changes || sorted_lines(*other) != sorted_lines(expected)) return true;
  }
  return false;
}

}  // namespace

std::string check(Graph& graph, const RandomQuery& query, bool* is_compared) {
  const auto snapshot = graph.snapshot();
  const auto expected = query.is_write ? reference_write(graph, query) : reference_outcome(snapshot, query);
  if (is_compared != nullptr) *is_compared = expected && !expected->is_error;
  if (!expected) return "";
  static const auto kConfigurations = configurations();
  for (const auto& configuration : kConfigurations) {
    auto options = configuration.options;
    options.timeout = std::chrono::seconds(60);
    const auto found = query.is_write ? engine_write(graph, query, options) : engine_outcome(snapshot, query, options);
    const auto text = difference(*expected, found, query, options.evidence && query.has_one_lineage && !query.is_write);
    if (text.empty()) continue;
    return query.is_write && depends_on_order(graph, query, *expected) ? "" : "under '" + configuration.name + "'\n" + text;
  }
  return "";
}

}  // namespace policygraph::testing
