#include "policygraph/exchange/from_table.hpp"

#include <algorithm>
#include <unordered_map>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kStopEvery = 256;

[[noreturn]] void refuse(std::string text) { throw Error(ErrorCode::invalid_argument, std::move(text)); }

/// A table that was looked at: columns of one length, names that differ.
class Table {
 public:
  explicit Table(std::span<const ValueColumn> columns) : columns_(columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name.empty()) refuse("column " + std::to_string(i) + " has no name; a property needs one");
      if (columns[i].values.size() != columns[0].values.size()) {
        refuse("column '" + columns[i].name + "' has " + rows_of(columns[i]) + ", column '" + columns[0].name + "' has " + rows_of(columns[0]));
      }
      if (std::any_of(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i), [&](const auto& other) { return other.name == columns[i].name; }))
        refuse("two columns are named '" + columns[i].name + "'");
    }
  }
  std::size_t size() const { return columns_.empty() ? 0 : columns_[0].values.size(); }
  std::size_t find(const std::string& name) const {
    const auto found = std::ranges::find(columns_, name, &ValueColumn::name);
    if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
    std::string names;
    for (const auto& column : columns_) names += (names.empty() ? "" : ", ") + column.name;
    refuse("no column '" + name + "'; there are: " + names);
  }
  const Value& value(std::size_t column, std::size_t row) const { return columns_[column].values[row]; }
  const Value& there(std::size_t column, std::size_t row) const {
    const auto& found = value(column, row);
    if (found.is_null()) refuse("column '" + columns_[column].name + "' is null in row " + std::to_string(row) + "; it says which node is meant");
    return found;
  }
  /// Of the columns not in `taken`.
  PropertyList properties(std::size_t row, const std::vector<std::size_t>& taken) const {
    PropertyList out;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (!value(i, row).is_null() && std::ranges::find(taken, i) == taken.end()) out.emplace_back(columns_[i].name, value(i, row));
    return out;
  }

 private:
  static std::string rows_of(const ValueColumn& column) { return std::to_string(column.values.size()) + " rows"; }
  std::span<const ValueColumn> columns_;
};

/// Does it for every row, and says in which one it went wrong.
template <class Key, class Work>
std::vector<Key> each_row(const Table& table, const std::stop_token& stop, Work work) {
  std::vector<Key> out;
  out.reserve(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (row % kStopEvery == 0 && stop.stop_requested()) throw Error(ErrorCode::interrupted, "stopped after " + std::to_string(row) + " rows of the table");
    try {
      out.push_back(work(row));
    } catch (const Error& error) {
      throw Error(error.code(), "row " + std::to_string(row) + " of the table: " + error.text());
    }
  }
  return out;
}

struct ValuesHash {
  std::size_t operator()(const ValueList& values) const noexcept {
    std::size_t out = 0;
    for (const auto& value : values) out = out * 31 + value.hash();
    return out;
  }
};
using Found = std::unordered_map<ValueList, NodeKey, ValuesHash>;

NodeKey only(const Snapshot& snapshot, const std::vector<NodeRow>& rows, const std::string& which) {
  if (rows.size() == 1) return snapshot.key(rows[0]);
  throw Error(ErrorCode::conflict, std::to_string(rows.size()) + " nodes have " + which + "; merge them first, or name them by another property");
}

/// Nodes by the values of key columns.
class Keyed {
 public:
  Keyed(Transaction& transaction, const Table& table, const NodesFromTable& how)
      : transaction_(transaction), table_(table), how_(how), before_(transaction.snapshot()) {
    for (const auto& name : how.key) {
      const auto column = table.find(name);
      if (std::ranges::find(columns_, column) != columns_.end()) refuse("the key names column '" + name + "' twice");
      columns_.push_back(column);
    }
  }

  NodeKey add(std::size_t row) {
    if (columns_.empty()) return transaction_.create_node(how_.labels, table_.properties(row, {}));
    ValueList values;
    for (const auto column : columns_) values.push_back(table_.there(column, row));
    const auto known = made_.find(values);
    if (known != made_.end()) return set(known->second, row, {});
    const auto old = find(values);
    const auto key = old ? set(*old, row, before_.find(*old)) : transaction_.create_node(how_.labels, table_.properties(row, {}));
    made_.emplace(std::move(values), key);
    return key;
  }

 private:
  std::optional<NodeKey> find(const ValueList& values) const {
    auto rows = before_.find_nodes(how_.labels.front(), how_.key.front(), values.front());
    for (std::size_t i = 1; i < values.size() && !rows.empty(); ++i) {
      const auto others = before_.find_nodes(how_.labels.front(), how_.key[i], values[i]);
      std::erase_if(rows, [&](NodeRow one) { return !std::ranges::binary_search(others, one); });
    }
    if (rows.empty()) return std::nullopt;
    return only(before_, rows, "the key " + Value(values).to_string());
  }
  // `old` is the node where no row above has said anything of it.
  NodeKey set(NodeKey key, std::size_t row, std::optional<NodeRow> old) {
    for (auto& [name, value] : table_.properties(row, columns_))
      if (!old || before_.value(*old, name) != value) transaction_.set_property(key, name, value);
    return key;
  }

  Transaction& transaction_;
  const Table& table_;
  const NodesFromTable& how_;
  Snapshot before_;
  std::vector<std::size_t> columns_;
  Found made_;
};

/// The nodes that one end of edges names.
class Ends {
 public:
  Ends(const Snapshot& snapshot, const Table& table, const EdgeEnd& end) : snapshot_(snapshot), table_(table), end_(end), column_(table.find(end.column)) {
    if (end.label.empty() != end.property.empty()) refuse("nodes are found by a label and a property; one of them is missing for column '" + end.column + "'");
  }
  std::size_t column() const { return column_; }
  NodeKey node(std::size_t row) {
    const auto& value = table_.there(column_, row);
    if (end_.label.empty()) return keyed(value);
    const auto known = found_.find(ValueList(1, value));
    if (known != found_.end()) return known->second;
    const auto rows = snapshot_.find_nodes(end_.label, end_.property, value);
    if (rows.empty()) {
      throw Error(ErrorCode::not_found, "no " + end_.label + " has " + end_.property + " " + value.to_string() + ", which column '" + end_.column + "' names");
    }
    const auto key = only(snapshot_, rows, end_.property + " " + value.to_string());
    found_.emplace(ValueList(1, value), key);
    return key;
  }

 private:
  NodeKey keyed(const Value& value) const {
    if (value.kind() != ValueKind::integer) {
      refuse("column '" + end_.column + "' holds " + std::string(kind_name(value.kind())) +
             ", not keys of nodes (whole numbers); say by which label and property it names them");
    }
    const NodeKey key{static_cast<std::uint64_t>(value.as_integer())};
    if (snapshot_.find(key)) return key;
    throw Error(ErrorCode::not_found, "no node has the key " + value.to_string() + ", which column '" + end_.column + "' names");
  }

  const Snapshot& snapshot_;
  const Table& table_;
  const EdgeEnd& end_;
  std::size_t column_;
  Found found_;
};

}  // namespace

std::vector<NodeKey> add_nodes(Transaction& transaction, std::span<const ValueColumn> columns, const NodesFromTable& how) {
  if (how.labels.empty() || std::ranges::any_of(how.labels, &std::string::empty)) refuse("nodes need a label");
  const Table table(columns);
  Keyed keyed(transaction, table, how);
  return each_row<NodeKey>(table, how.stop, [&](std::size_t row) { return keyed.add(row); });
}

std::vector<EdgeKey> add_edges(Transaction& transaction, std::span<const ValueColumn> columns, const EdgesFromTable& how) {
  if (how.type.empty()) refuse("edges need a type");
  const Table table(columns);
  const auto snapshot = transaction.snapshot();
  Ends sources(snapshot, table, how.source), targets(snapshot, table, how.target);
  const std::vector taken{sources.column(), targets.column()};
  return each_row<EdgeKey>(table, how.stop, [&](std::size_t row) {
    const auto source = sources.node(row), target = targets.node(row);
    return transaction.create_edge(source, how.type, target, table.properties(row, taken));
  });
}

}  // namespace policygraph::inline v0
