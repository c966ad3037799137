#include <algorithm>
#include <compare>
#include <utility>

#include "graph/label_run.hpp"
#include "query/run/block_asker.hpp"
#include "query/run/evaluator.hpp"
#include "query/run/number_test.hpp"
#include "query/syntax/comparison.hpp"
#include "query/syntax/trouble.hpp"

// Which rows of a batch a predicate is true for, or false: loops over typed values, with one dispatch a column and none a row. What no
// loop is made for is worked out row by row.
namespace policygraph::inline v0::detail::query {
namespace {

template <class Keep>
void narrow(std::vector<std::uint32_t>& selection, Keep keep) {
  std::size_t kept = 0;
  for (const auto row : selection) {
    const bool is_kept = keep(row);
    selection[kept] = row;
    kept += is_kept ? 1 : 0;
  }
  selection.resize(kept);
}

// Values of one kind; a NaN is unequal to all, and neither less nor greater.
template <class T>
Truth compared(Operation op, const T& a, const T& b) {
  switch (op) {
    case Operation::equal: return truth_of(a == b);
    case Operation::not_equal: return truth_of(!(a == b));
    case Operation::less: return truth_of(a < b);
    case Operation::less_equal: return truth_of(a <= b);
    case Operation::greater: return truth_of(a > b);
    default: return truth_of(a >= b);
  }
}

}  // namespace

void Evaluator::select(BoundId id, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  if (selection.empty()) return;
  if (selection.size() >= BlockAsker::kManyRows && BlockAsker(execution_, batch).select(id, selection, wanted)) return;
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::all_of:
    case BoundKind::any_of:
      if (select_chain(e, batch, selection, wanted)) return;
      break;
    case BoundKind::has_labels:
      if (wanted == Truth::yes && select_labels(e, batch, selection)) return;
      break;
    case BoundKind::slot:
      if (select_slot(e, batch, selection, wanted)) return;
      break;
    case BoundKind::unary:
      if (e.op == Operation::not_ && is_boolean(e.children[0])) return select(e.children[0], batch, selection, not_of(wanted));
      if (select_null(e, batch, selection, wanted)) return;
      break;
    case BoundKind::binary:
      if (is_comparison(e.op) && select_property(e, batch, selection, wanted)) return;
      if (e.op == Operation::equal && select_id(e, batch, selection, wanted)) return;
      if (e.op == Operation::in && select_in(e, batch, selection, wanted)) return;
      break;
    default: break;
  }
  narrow(selection, [&](std::uint32_t row) {
    execution_.limits.step();
    return truth(id, batch, row) == wanted;
  });
}

// What gives no value but a Boolean or null: the error for another names the NOT, not what it stands before.
bool Evaluator::is_boolean(BoundId id) const {
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::all_of:
    case BoundKind::any_of:
    case BoundKind::has_labels: return true;
    case BoundKind::slot: return e.type == Type::boolean;
    case BoundKind::unary: return e.op == Operation::not_ || e.op == Operation::is_null || e.op == Operation::is_not_null;
    case BoundKind::binary: return e.op > Operation::power && e.op != Operation::xor_;
    default: return false;
  }
}

// AND is true where all are, OR where one is; each is asked of the rows that those before leave open, as row by row. One that is false
// where another is unknown has to be asked for its errors too: that is left to the rows.
bool Evaluator::select_chain(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  if ((e.kind == BoundKind::all_of) == (wanted == Truth::yes)) {
    if (wanted == Truth::no && std::ranges::any_of(e.children, [this](BoundId child) { return may_fail(query_, child); })) return false;
    for (const auto child : e.children) select(child, batch, selection, wanted);
    return true;
  }
  std::vector<std::uint8_t> is_found(batch.size);
  std::vector<std::uint32_t> open = selection, here;
  for (std::size_t i = 0; i < e.children.size() && !open.empty(); ++i) {
    if (i > 0) narrow(open, [&](std::uint32_t row) { return is_found[row] == 0; });
    here = open;
    select(e.children[i], batch, here, wanted);
    for (const auto row : here) is_found[row] = 1;
  }
  narrow(selection, [&](std::uint32_t row) { return is_found[row] != 0; });
  return true;
}

bool Evaluator::select_labels(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection) {
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot || batch.columns[base.number].kind != VectorKind::node) return false;
  const auto& rows = batch.columns[base.number].rows;
  narrow(selection, [&](std::uint32_t row) { return rows[row] != kNoRow; });
  for (const auto name : e.names) {
    const auto label = execution_.names->labels[name];
    if (!label) return selection.clear(), true;
    // A compacted snapshot has the nodes of most labels in one run of rows; else the list of them is made once a snapshot.
    if (const auto run = graph::label_run(execution_.snapshot, *label)) {
      narrow(selection, [&](std::uint32_t row) { return run->has(rows[row]); });
      continue;
    }
    constexpr std::size_t kManyRows = 512;
    labels_asked_ += selection.size();
    const auto nodes = labels_asked_ < kManyRows || query_.is_write ? std::span<const NodeRow>() : execution_.snapshot.nodes(*label);
    if (!nodes.empty() && nodes.back().value - nodes.front().value + 1 == nodes.size()) {
      const auto first = nodes.front().value;
      narrow(selection, [&](std::uint32_t row) { return rows[row] - first < nodes.size(); });
    } else {
      narrow(selection, [&](std::uint32_t row) { return execution_.snapshot.has_label(NodeRow{rows[row]}, *label); });
    }
  }
  return true;
}

// Booleans that stand in a column.
bool Evaluator::select_slot(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  const auto& vector = batch.columns[e.number];
  if (e.type == Type::boolean && vector.kind == VectorKind::truth) {
    narrow(selection, [&, is_asked = wanted == Truth::yes ? 1U : 0U](std::uint32_t row) { return vector.rows[row] == is_asked; });
    return true;
  }
  if (e.type != Type::boolean || vector.kind != VectorKind::value) return false;
  const auto is_plain = [](const Value& value) { return value.kind() == ValueKind::boolean || value.is_null(); };
  if (!std::ranges::all_of(selection, [&](std::uint32_t row) { return is_plain(vector.values[row]); })) return false;
  narrow(selection, [&](std::uint32_t row) { return !vector.values[row].is_null() && vector.values[row].as_bool() == (wanted == Truth::yes); });
  return true;
}

// The column and the rows of variable.property, where the variable is a node or a relationship; no column: all are null.
std::optional<Evaluator::PropertyRows> Evaluator::property_rows(BoundId id, const Batch& batch) const {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::slot && batch.columns[e.number].kind == VectorKind::property) {
    return PropertyRows{batch.columns[e.number].source, batch.columns[e.number].rows};
  }
  if (e.kind != BoundKind::property) return std::nullopt;
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot) return std::nullopt;
  const auto& vector = batch.columns[base.number];
  if (vector.kind != VectorKind::node && vector.kind != VectorKind::edge) return std::nullopt;
  return PropertyRows{(vector.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns)[e.number], vector.rows};
}

bool Evaluator::select_null(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  if (e.op != Operation::is_null && e.op != Operation::is_not_null) return false;
  const auto from = property_rows(e.children[0], batch);
  if (!from) return false;
  const bool is_null_wanted = (e.op == Operation::is_null) == (wanted == Truth::yes);
  if (from->column == nullptr) {
    if (!is_null_wanted) selection.clear();
    return true;
  }
  ColumnCursor cursor(*from->column, execution_.views_of(*from->column, selection.size()));
  narrow(selection, [&](std::uint32_t row) {
    const auto at = from->rows[row];
    return (at == kNoRow || !cursor.find(at)) == is_null_wanted;
  });
  return true;
}

// Where a block of the column is of the kind compared with, no Value is made; many rows of one block are asked at once.
template <class Fast, class Slow>
void Evaluator::narrow_property(const PropertyRows& from, std::vector<std::uint32_t>& selection, Truth wanted, const NumberTest* test, Fast fast, Slow slow) {
  ColumnCursor cursor(*from.column, execution_.views_of(*from.column, selection.size()));
  const auto holds = [&](std::uint32_t row) {
    const auto at = from.rows[row];
    if (at == kNoRow || !cursor.find(at)) return false;
    if (const std::optional<Truth> known = fast(cursor)) return *known == wanted;
    execution_.limits.step();
    return slow(cursor.value()) == wanted;
  };
  const auto row_at = [&](std::size_t i) { return from.rows[selection[i]]; };
  if (test == nullptr || !lie_in_blocks(selection.size(), row_at)) return narrow(selection, holds);
  std::size_t kept = 0;
  visit_blocks(cursor, selection.size(), row_at, [&](std::size_t first, std::size_t end, const BlockView& view) {
    if (view.block == nullptr) return;
    if (end - first >= BlockNumbers::kManyRows && test->is_for(view)) {
      execution_.limits.step(end - first);
      if (const auto done = test->keep(view, from.rows, selection, first, end, kept)) return void(kept = *done);
    }
    for (auto i = first; i < end; ++i) {
      const auto row = selection[i];
      const bool is_kept = holds(row);
      selection[kept] = row;
      kept += is_kept ? 1 : 0;
    }
  });
  selection.resize(kept);
}

// variable.property compared with a constant.
bool Evaluator::select_property(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  const bool is_left = constant(e.children[1]) != nullptr;
  const auto* other = constant(e.children[is_left ? 1 : 0]);
  const auto from = property_rows(e.children[is_left ? 0 : 1], batch);
  if (other == nullptr || !from) return false;
  if (from->column == nullptr || other->is_null()) return selection.clear(), true;
  const auto op = is_left ? e.op : mirrored(e.op);
  const auto slow = [&](const Value& found) { return is_left ? compare(e, found, *other) : compare(e, *other, found); };
  const auto test = selection.size() < BlockNumbers::kManyRows ? std::nullopt : NumberTest::of(op, *other, *from->column, wanted);
  const auto by = [&](auto fast) {
    narrow_property(*from, selection, wanted, test ? &*test : nullptr, fast, slow);
    return true;
  };
  const bool is_equality = op == Operation::equal || op == Operation::not_equal;
  using Known = std::optional<Truth>;
  // A few texts are compared in less time than the number of one is found.
  constexpr std::size_t kFewRows = 8;
  if (other->kind() == ValueKind::string && is_equality && selection.size() <= kFewRows) {
    return by([op, text = std::string_view(other->as_string())](const ColumnCursor& cell) -> Known {
      if (cell.kind() != ColumnKind::string) return std::nullopt;
      return truth_of((cell.string() == text) == (op == Operation::equal));
    });
  }
  if (other->kind() == ValueKind::string && is_equality) {
    const auto number = from->column->find_string(other->as_string());
    return by([op, number](const ColumnCursor& cell) -> Known {
      if (cell.kind() != ColumnKind::string) return std::nullopt;
      return truth_of((number && cell.packed() == *number) == (op == Operation::equal));
    });
  }
  if (other->kind() == ValueKind::integer) {
    return by([op, whole = other->as_integer()](const ColumnCursor& cell) -> Known {
      return cell.kind() == ColumnKind::integer ? Known(compared(op, cell.integer(), whole)) : std::nullopt;
    });
  }
  if (other->kind() == ValueKind::floating) {
    return by([op, real = other->as_double()](const ColumnCursor& cell) -> Known {
      return cell.kind() == ColumnKind::floating ? Known(compared(op, cell.floating(), real)) : std::nullopt;
    });
  }
  if (other->kind() == ValueKind::decimal) {
    const auto& decimal = other->as_decimal();
    const bool is_small = graph::is_small(decimal);
    return by([op, is_small, decimal, small = static_cast<std::int64_t>(decimal.low())](const ColumnCursor& cell) -> Known {
      if (cell.kind() != ColumnKind::decimal) return std::nullopt;
      if (is_small && cell.is_packed() && cell.scale() == decimal.scale()) return compared(op, cell.small(), small);
      return compared(op, cell.decimal(), decimal);
    });
  }
  const auto bounds = DateBounds::of(*other);
  if (!bounds) return false;
  return by([op, is_equality, bounds = *bounds](const ColumnCursor& cell) -> Known {
    if (cell.kind() != ColumnKind::partial_date || !cell.is_packed()) return std::nullopt;
    const auto number = cell.packed();
    if (is_equality) return compared(op, number, bounds.number);
    return is_number_of_day(number) ? Known(bounds.compare(op, number)) : std::nullopt;
  });
}

// id(variable) = a whole number, where the variable is a node or a relationship.
bool Evaluator::select_id(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  const bool is_left = constant(e.children[1]) != nullptr;
  const auto* other = constant(e.children[is_left ? 1 : 0]);
  const auto& call = query_.expressions[e.children[is_left ? 0 : 1]];
  if (other == nullptr || other->kind() != ValueKind::integer || call.kind != BoundKind::call) return false;
  if (call.children.size() != 1 || call.function->name != "id") return false;
  const auto& base = query_.expressions[call.children[0]];
  if (base.kind != BoundKind::slot) return false;
  const auto& vector = batch.columns[base.number];
  if (vector.kind != VectorKind::node && vector.kind != VectorKind::edge) return false;
  const auto key = static_cast<std::uint64_t>(other->as_integer());
  const auto row_of = [](const auto& found) { return found ? found->value : kNoRow; };
  const auto sought = vector.kind == VectorKind::node ? row_of(execution_.snapshot.find(NodeKey{key})) : row_of(execution_.snapshot.find(EdgeKey{key}));
  narrow(selection, [&](std::uint32_t row) { return vector.rows[row] != kNoRow && (vector.rows[row] == sought) == (wanted == Truth::yes); });
  return true;
}

// variable.property IN a list that stays the same, all texts or all integers.
bool Evaluator::select_in(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted) {
  const auto* list = constant(e.children[1]);
  if (list == nullptr || list->kind() != ValueKind::list || list->as_list().empty()) return false;
  const auto from = property_rows(e.children[0], batch);
  if (!from || from->column == nullptr) return false;
  const auto kind = list->as_list().front().kind();
  if (kind != ValueKind::string && kind != ValueKind::integer) return false;
  if (!std::ranges::all_of(list->as_list(), [kind](const Value& item) { return item.kind() == kind; })) return false;
  const auto& wholes = numbers_in(e.children[1], list->as_list(), *from->column);
  const auto of_kind = kind == ValueKind::string ? ColumnKind::string : ColumnKind::integer;
  const auto fast = [&](const ColumnCursor& cell) -> std::optional<Truth> {
    if (cell.kind() != of_kind) return std::nullopt;
    return truth_of(std::ranges::binary_search(wholes, of_kind == ColumnKind::string ? std::int64_t{cell.packed()} : cell.integer()));
  };
  narrow_property(*from, selection, wanted, nullptr, fast, [&](const Value& found) {
    if (const auto known = is_in_constant(e, found, *list)) return *known;
    return compare(e, found, *list);
  });
  return true;
}

void Evaluator::forget_lists() {
  if (runs_ == execution_.runs) return;
  runs_ = execution_.runs;
  members_.clear();
  list_numbers_.clear();
}

// The integers of a list, or the numbers of its texts, sorted; made once.
const std::vector<std::int64_t>& Evaluator::numbers_in(BoundId id, const ValueList& list, const policygraph::Column& column) {
  forget_lists();
  const auto [found, is_new] = list_numbers_.try_emplace(id);
  auto& numbers = found->second;
  if (!is_new) return numbers;
  execution_.limits.charge(list.size() * sizeof(std::int64_t));
  numbers.reserve(list.size());
  for (const auto& item : list) {
    execution_.limits.step();
    if (item.kind() == ValueKind::integer) {
      numbers.push_back(item.as_integer());
    } else if (const auto number = column.find_string(item.as_string())) {
      numbers.push_back(*number);
    }
  }
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace policygraph::inline v0::detail::query
