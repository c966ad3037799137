#include "query/columns/answer_column.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <span>
#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kAtOnce = 256;  // values that are put together before they go to a column

// For so many more, and where that takes new room, for as many again or as are expected.
template <class T>
void make_room(std::vector<T>& out, std::size_t more, std::size_t expected) {
  if (out.capacity() - out.size() >= more) return;
  out.reserve(std::max({out.size() + more, out.capacity() * 2, out.empty() ? 0 : expected}));
}

// All keys of rows that are there; false: one is not.
template <class Row>
bool take_few_keys(std::span<const std::uint32_t> rows, const Snapshot& snapshot, std::vector<std::int64_t>& out) {
  for (const auto row : rows) {
    if (row == kNoRow) return false;
    out.push_back(static_cast<std::int64_t>(snapshot.key(Row{row}).value));
  }
  return true;
}

template <class Row>
bool take_keys(std::span<const std::uint32_t> rows, KeysOfRows<Row>& keys, std::vector<std::int64_t>& out) {
  std::array<std::int64_t, kAtOnce> some;
  std::int64_t key = 0;
  for (auto before = kNoRow; !rows.empty(); rows = rows.subspan(std::min(rows.size(), kAtOnce))) {
    const auto count = std::min(rows.size(), kAtOnce);
    for (std::size_t i = 0; i < count; ++i) {
      if (rows[i] == kNoRow) return false;
      if (rows[i] != before) key = keys.of(Row{before = rows[i]});
      some[i] = key;
    }
    out.insert(out.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return true;
}

template <class Row>
KeysOfRows<Row>& made(std::unique_ptr<KeysOfRows<Row>>& keys, Execution& execution) {
  if (keys == nullptr) keys = std::make_unique<KeysOfRows<Row>>(execution);
  return *keys;
}

// Whether they stand one after another.
bool are_side_by_side(std::span<const std::uint32_t> rows) {
  bool out = rows.back() - rows.front() + 1 == rows.size();
  for (std::size_t i = 0; out && i < rows.size(); ++i) out = rows[i] == rows[0] + i;
  return out;
}

// The bytes of a text that stood in a column so far.
std::size_t counted(std::string_view text, const Execution& execution, std::size_t bytes_before) {
  constexpr std::size_t kShort = 256;
  if (text.size() > kShort) execution.limits.check(bytes_before + text.size());
  return text.size();
}

// How values of that kind are kept where all are of it.
AnswerColumn::Kind kept_as(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::integer:
      return AnswerColumn::Kind::wholes;
    case ColumnKind::floating:
      return AnswerColumn::Kind::reals;
    case ColumnKind::decimal:
      return AnswerColumn::Kind::decimals;
    case ColumnKind::string:
      return AnswerColumn::Kind::texts;
    default:
      return AnswerColumn::Kind::values;
  }
}

// Appends what read() gives for each of the rows; false: one has no value, or one of another kind. What is joined with
// many stands in many rows one after another, and is read once.
template <class T, class Read>
bool append(ColumnCursor& cursor, std::span<const std::uint32_t> rows, ColumnKind wanted, std::vector<T>& out,
            Read read) {
  T value{};
  for (std::uint32_t before = kNoRow; const auto row : rows) {
    if (row != before || row == kNoRow) {
      if (!cursor.find(row) || cursor.kind() != wanted) return false;
      value = read();
      before = row;
    }
    out.push_back(value);
  }
  return true;
}

}  // namespace

std::size_t put_values(const Vector& from, std::uint32_t size, const Execution& execution, Value* out,
                       std::size_t stride, std::size_t bytes_before) {
  std::size_t bytes = 0;
  for (std::uint32_t row = 0; row < size; ++row, out += stride) {
    // Made where it stays: moving a value costs as much as making a number. A null has nothing to destroy.
    ::new (static_cast<void*>(out)) Value(from.at(row, execution.snapshot));
    if (from.kind == VectorKind::property && out->kind() == ValueKind::string)
      bytes += counted(out->as_string(), execution, bytes_before + bytes);
  }
  return bytes;
}

std::size_t AnswerColumn::take(const Vector& from, std::uint32_t size_of_batch, Execution& execution,
                               std::size_t bytes_before) {
  const auto before = size();
  if (kind != Kind::values && take_wholes(from, size_of_batch, execution)) return 0;
  if (const auto bytes = take_property(from, execution, bytes_before)) return *bytes;
  to_values(before);
  values.resize(before + size_of_batch);
  return put_values(from, size_of_batch, execution, values.data() + before, 1, bytes_before);
}

bool AnswerColumn::take_wholes(const Vector& from, std::uint32_t size_of_batch, Execution& execution) {
  const bool is_whole =
      from.kind == VectorKind::whole || from.kind == VectorKind::node_id || from.kind == VectorKind::edge_id;
  if (!is_whole || (kind != Kind::nothing && kind != Kind::wholes)) return false;
  kind = Kind::wholes;
  query::make_room(wholes, size_of_batch, expected_);
  if (from.kind == VectorKind::node_id) return take_keys_of(node_keys_, from.rows, execution);
  if (from.kind == VectorKind::edge_id) return take_keys_of(edge_keys_, from.rows, execution);
  wholes.insert(wholes.end(), from.wholes.begin(), from.wholes.begin() + size_of_batch);
  return true;
}

// Those of few rows are looked up one by one: what finds the keys of many has to be made.
template <class Row>
bool AnswerColumn::take_keys_of(std::unique_ptr<KeysOfRows<Row>>& keys, std::span<const std::uint32_t> rows,
                                Execution& execution) {
  if (keys == nullptr && wholes.size() + rows.size() < KeysOfRows<Row>::kMany)
    return take_few_keys<Row>(rows, execution.snapshot, wholes);
  return take_keys(rows, made(keys, execution), wholes);
}

// The values of a property where each row has one, and of the kind of the first. Gives the bytes of texts among them,
// which count as if they were copied: the caller may ask for the values.
std::optional<std::size_t> AnswerColumn::take_property(const Vector& from, Execution& execution,
                                                       std::size_t bytes_before) {
  if (kind == Kind::values || from.kind != VectorKind::property || from.rows.empty()) return std::nullopt;
  ColumnCursor cursor(*from.source, execution.views_of(*from.source, from.rows.size()));
  if (!cursor.find(from.rows[0])) return std::nullopt;
  const auto wanted = cursor.kind();
  if (kept_as(wanted) == Kind::values || (kind != Kind::nothing && kind != kept_as(wanted))) return std::nullopt;
  kind = kept_as(wanted);
  const auto before = texts.size();
  bool is_taken = false;
  make_room(from.rows.size());
  switch (kind) {
    case Kind::wholes:
      is_taken = append(cursor, from.rows, wanted, wholes, [&] { return cursor.integer(); });
      break;
    case Kind::reals:
      is_taken =
          take_reals(from, cursor) || append(cursor, from.rows, wanted, reals, [&] { return cursor.floating(); });
      break;
    case Kind::decimals:
      is_taken = append(cursor, from.rows, wanted, decimals, [&] { return cursor.decimal(); });
      break;
    default:
      is_taken = append(cursor, from.rows, wanted, texts, [&] { return cursor.string(); });
      break;
  }
  if (!is_taken) return std::nullopt;
  std::size_t bytes = 0;
  for (auto at = before; at < texts.size(); ++at) bytes += counted(texts[at], execution, bytes_before + bytes);
  return bytes;
}

// Floats of rows that stand one after another, as those of relationships from node to node do, and so in blocks where
// each row has one. False where they are not, and nothing was taken.
bool AnswerColumn::take_reals(const Vector& from, ColumnCursor& cursor) {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  if (!are_side_by_side(from.rows)) return false;
  const auto before = reals.size();
  const auto end = from.rows.back() + 1;
  for (auto row = from.rows.front(); row != end;) {
    const auto slot = row % kBlockRows, some = std::min(end - row, kBlockRows - slot);
    const auto& view = cursor.block_of(row);
    const bool has_all = view.block != nullptr && view.kind == ColumnKind::floating && slot + some <= view.prefix;
    if (!has_all) return reals.resize(before), false;
    const auto first = std::get_if<std::vector<double>>(&view.block->values)->begin() + slot;
    reals.insert(reals.end(), first, first + some);
    row += some;
  }
  return true;
}

void AnswerColumn::make_room(std::size_t more) {
  switch (kind) {
    case Kind::wholes:
      return query::make_room(wholes, more, expected_);
    case Kind::reals:
      return query::make_room(reals, more, expected_);
    case Kind::decimals:
      return query::make_room(decimals, more, expected_);
    case Kind::texts:
      return query::make_room(texts, more, expected_);
    default:
      return;
  }
}

void AnswerColumn::finish() {
  node_keys_ = nullptr;
  edge_keys_ = nullptr;
  const auto give_back = [](auto& column) {
    constexpr std::size_t kMany = 65'536;
    if (column.capacity() > kMany && column.capacity() / 2 > column.size()) column.shrink_to_fit();
  };
  switch (kind) {
    case Kind::nothing:
      return;
    case Kind::wholes:
      return give_back(wholes);
    case Kind::reals:
      return give_back(reals);
    case Kind::decimals:
      return give_back(decimals);
    case Kind::texts:
      return give_back(texts);
    case Kind::values:
      return give_back(values);
  }
}

std::size_t AnswerColumn::size() const noexcept {
  switch (kind) {
    case Kind::wholes:
      return wholes.size();
    case Kind::reals:
      return reals.size();
    case Kind::decimals:
      return decimals.size();
    case Kind::texts:
      return texts.size();
    case Kind::values:
      return values.size();
    default:
      return 0;
  }
}

// The first so many; what a batch has begun with is left out.
void AnswerColumn::to_values(std::size_t size_before) {
  if (kind == Kind::values) return;
  values.reserve(size_before);
  for (std::size_t row = 0; row < size_before; ++row) values.push_back(at(row));
  wholes = {};
  reals = {};
  decimals = {};
  texts = {};
  kind = Kind::values;
}

void AnswerColumn::make_cells() const {
  std::call_once(is_made_, [this] {
    std::vector<Value> made;
    made.reserve(size());
    for (std::size_t row = 0; row < size(); ++row) made.push_back(at(row));
    cells_ = std::move(made);
    has_cells_.store(true, std::memory_order_release);
  });
}

Value AnswerColumn::at(std::size_t row) const {
  switch (kind) {
    case Kind::wholes:
      return Value(wholes[row]);
    case Kind::reals:
      return Value(reals[row]);
    case Kind::decimals:
      return Value(decimals[row]);
    case Kind::texts:
      return Value(texts[row]);
    default:
      return values[row];
  }
}

}  // namespace policygraph::inline v0::detail::query
