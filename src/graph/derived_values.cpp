#include <algorithm>
#include <deque>
#include <span>
#include <system_error>
#include <utility>

#include "graph/column_data.hpp"
#include "graph/counting_sort.hpp"
#include "graph/derivation.hpp"
#include "graph/value_reader.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// That a claim says something of a row.
struct Said {
  std::uint32_t row, claim;
};
using SaidByName = std::vector<std::vector<Said>>;  // by number of the property's name
using Columns = std::vector<std::shared_ptr<const Column>>;

void add(SaidByName& all, std::uint32_t number, Said said) {
  if (all.size() <= number) all.resize(number + std::size_t{1});
  all[number].push_back(said);
}

// By row, and for each by claim, as they come. Mostly they are: who writes goes from node to node.
void put_in_order(std::vector<Said>& said) {
  if (std::ranges::is_sorted(said, {}, &Said::row)) return;
  const auto [least, most] = std::ranges::minmax(said, {}, &Said::row);
  if ((most.row - least.row) / 4 > said.size()) {
    std::ranges::stable_sort(said, {}, &Said::row);
    return;
  }
  std::vector<Said> ordered(said.size());
  const auto row_of = [](const Said& one) { return one.row; };
  scatter(std::span<const Said>(said), std::span(ordered), counted_starts(said, row_of), row_of);
  said.swap(ordered);
}

/// `visit(row, claims)` for each row.
template <class Visit>
void by_row(std::span<const Said> said, Visit visit) {
  for (std::size_t first = 0; first < said.size();) {
    auto end = first + 1;
    while (end < said.size() && said[end].row == said[first].row) ++end;
    visit(said[first].row, said.subspan(first, end - first));
    first = end;
  }
}

/// A column of what claims say of rows that come in order.
class ColumnOfClaims {
 public:
  explicit ColumnOfClaims(const History& history) : history_(history), maker_(history.strings()) {}

  void take(std::uint32_t row, std::span<const Said> said) {
    if (!block_.empty() && block_.front().row / Column::kBlockRows != row / Column::kBlockRows) flush();  // first: it drops what was made
    claims_.clear();
    for (const auto& one : said) claims_.push_back(history_.claim(one.claim));
    const auto read = read_of(history_, claims_, made_);
    block_.push_back({row, read.claim, read.made});
  }
  std::shared_ptr<const Column> finish() {
    flush();
    return maker_.finish();
  }

 private:
  void flush() {
    if (!block_.empty()) maker_.add(block_);
    block_.clear();
    made_.clear();
  }

  const History& history_;
  ColumnMaker maker_;
  std::vector<Claim> claims_;
  std::vector<RowValue> block_;
  std::deque<Value> made_;
};

std::shared_ptr<const Column> column_of(const History& history, std::span<const Said> said) {
  ColumnOfClaims column(history);
  by_row(said, [&](std::uint32_t row, std::span<const Said> claims) { column.take(row, claims); });
  return column.finish();
}

Columns columns_of(const History& history, SaidByName& said) {
  Columns columns;
  for (auto& of_name : said) {
    put_in_order(of_name);
    columns.push_back(column_of(history, of_name));
  }
  return columns;
}

// Nodes of which more than one name is said.
std::vector<std::uint32_t> rows_with_names(const NameNumbers& names, const SaidByName& said) {
  std::vector<std::uint32_t> rows;
  for (std::size_t number = 0; number < said.size(); ++number) {
    if (std::ranges::find(kNamesOfNodes, names.names()[number]) == kNamesOfNodes.end()) continue;
    by_row(said[number], [&](std::uint32_t row, std::span<const Said> claims) {
      if (claims.size() > 1) rows.push_back(row);
    });
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

Columns placed(Columns columns, const NameNumbers& names, const std::vector<std::string>& sorted) {
  Columns result(sorted.size());
  for (std::size_t number = 0; number < columns.size(); ++number) {
    const auto place = std::ranges::lower_bound(sorted, names.names()[number]) - sorted.begin();
    result[static_cast<std::size_t>(place)] = std::move(columns[number]);
  }
  return result;
}

}  // namespace

struct DerivedValues::Read {
  NameNumbers names;
  Columns of_nodes, of_edges;  // by number of the name
  std::vector<std::uint32_t> rows_with_names;
};

std::shared_ptr<DerivedValues::Read> DerivedValues::read() const {
  const auto& history = derivation_.data.history;
  auto read = std::make_shared<Read>();
  SaidByName of_nodes, of_edges;
  derivation_.visit_claims([&](std::size_t number, Claim claim) {
    const auto row = derivation_.place[number];
    if (row == kNone || !is_value(claim)) return;
    add(claim.is_of_node() ? of_nodes : of_edges, read->names.number(claim), {row, static_cast<std::uint32_t>(claim.id().value)});
  });
  read->of_nodes = columns_of(history, of_nodes);
  read->rows_with_names = rows_with_names(read->names, of_nodes);
  of_nodes = {};
  read->of_edges = columns_of(history, of_edges);
  return read;
}

DerivedValues::DerivedValues(const Derivation& derivation) : derivation_(derivation) {
  constexpr std::size_t kWorthAThread = std::size_t{1} << 16U;
  if (derivation.place.size() < kWorthAThread) return;
  try {
    reading_ = std::async(std::launch::async, [this] { return read(); });
  } catch (const std::system_error&) {
    return;  // no thread is to be had
  }
}

// What has several names is read a row at a time: its aliases are what other names lost to.
void DerivedValues::finish(Snapshot::Data& data) {
  const auto held = reading_.valid() ? reading_.get() : this->read();
  auto& read = *held;
  std::deque<Value> made;
  ValueReader reader(data.history, read.names, made, [&](std::uint32_t row) { return may_have_aliases(data, row); });
  for (const auto row : read.rows_with_names) reader.read_row(row, data.node_claims[row]);
  const auto by_name = reader.take();
  const auto& names = read.names.names();
  const auto aliases = static_cast<std::size_t>(std::ranges::find(names, kAliases) - names.begin());
  if (aliases < by_name.size() && !by_name[aliases].empty()) {
    read.of_nodes.resize(std::max(read.of_nodes.size(), aliases + 1));
    auto& column = read.of_nodes[aliases];
    column = changed_column(column.get(), by_name[aliases], data.history.strings());
  }
  data.properties.assign(names.begin(), names.end());
  std::ranges::sort(data.properties);
  data.node_columns = placed(std::move(read.of_nodes), read.names, data.properties);
  data.edge_columns = placed(std::move(read.of_edges), read.names, data.properties);
}

}  // namespace policygraph::inline v0::detail::graph
