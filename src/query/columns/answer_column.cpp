#include "query/columns/answer_column.hpp"

#include <new>
#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

// All keys of rows that are there; false: one is not.
template <class Row>
bool take_keys(const std::vector<std::uint32_t>& rows, const Snapshot& snapshot, std::vector<std::int64_t>& out) {
  for (const auto row : rows) {
    if (row == kNoRow) return false;
    out.push_back(static_cast<std::int64_t>(snapshot.key(Row{row}).value));
  }
  return true;
}

// The bytes of a text that stood in a column so far.
std::size_t bytes_of(const Value& value, const Execution& execution, std::size_t bytes_before) {
  constexpr std::size_t kShort = 256;
  if (value.kind() != ValueKind::string) return 0;
  const auto bytes = value.as_string().size();
  if (bytes > kShort) execution.limits.check(bytes_before + bytes);
  return bytes;
}

}  // namespace

std::size_t put_values(const Vector& from, std::uint32_t size, const Execution& execution, Value* out, std::size_t stride, std::size_t bytes_before) {
  std::size_t bytes = 0;
  for (std::uint32_t row = 0; row < size; ++row, out += stride) {
    // Made where it stays: moving a value costs as much as making a number. A null has nothing to destroy.
    ::new (static_cast<void*>(out)) Value(from.at(row, execution.snapshot));
    if (from.kind == VectorKind::property) bytes += bytes_of(*out, execution, bytes_before + bytes);
  }
  return bytes;
}

std::size_t AnswerColumn::take(const Vector& from, std::uint32_t size_of_batch, Execution& execution, std::size_t bytes_before) {
  const auto before = size();
  if (kind != Kind::values && (take_wholes(from, size_of_batch, execution.snapshot) || take_property(from, execution))) return 0;
  to_values(before);
  values.resize(before + size_of_batch);
  return put_values(from, size_of_batch, execution, values.data() + before, 1, bytes_before);
}

bool AnswerColumn::take_wholes(const Vector& from, std::uint32_t size_of_batch, const Snapshot& snapshot) {
  const bool is_whole = from.kind == VectorKind::whole || from.kind == VectorKind::node_id || from.kind == VectorKind::edge_id;
  if (!is_whole || kind == Kind::reals) return false;
  kind = Kind::wholes;
  if (from.kind == VectorKind::node_id) return take_keys<NodeRow>(from.rows, snapshot, wholes);
  if (from.kind == VectorKind::edge_id) return take_keys<EdgeRow>(from.rows, snapshot, wholes);
  wholes.insert(wholes.end(), from.wholes.begin(), from.wholes.begin() + size_of_batch);
  return true;
}

// The values of a property where each row has one, and of the kind of the first.
bool AnswerColumn::take_property(const Vector& from, Execution& execution) {
  if (from.kind != VectorKind::property || from.rows.empty()) return false;
  ColumnCursor cursor(*from.source, execution.views_of(*from.source, from.rows.size()));
  if (kind == Kind::nothing) {
    if (!cursor.find(from.rows[0])) return false;
    if (cursor.kind() != ColumnKind::integer && cursor.kind() != ColumnKind::floating) return false;
    kind = cursor.kind() == ColumnKind::integer ? Kind::wholes : Kind::reals;
  }
  const auto wanted = kind == Kind::wholes ? ColumnKind::integer : ColumnKind::floating;
  for (const auto row : from.rows) {
    if (!cursor.find(row) || cursor.kind() != wanted) return false;
    if (kind == Kind::wholes) wholes.push_back(cursor.integer());
    else reals.push_back(cursor.floating());
  }
  return true;
}

// The first so many; what a batch has begun with is left out.
void AnswerColumn::to_values(std::size_t size_before) {
  if (kind == Kind::values) return;
  values.reserve(size_before);
  for (std::size_t row = 0; row < size_before; ++row) values.push_back(at(row));
  wholes = {};
  reals = {};
  kind = Kind::values;
}

void AnswerColumn::make_cells() const {
  std::vector<Value> made;
  made.reserve(size());
  for (std::size_t row = 0; row < size(); ++row) made.push_back(at(row));
  cells_ = std::move(made);
}

Value AnswerColumn::at(std::size_t row) const {
  if (kind == Kind::wholes) return Value(wholes[row]);
  return kind == Kind::reals ? Value(reals[row]) : values[row];
}

}  // namespace policygraph::inline v0::detail::query
