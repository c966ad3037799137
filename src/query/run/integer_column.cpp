#include "query/run/integer_column.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

using Integers = std::vector<std::int64_t>;

bool read(const Vector& column, std::uint32_t size, Integers& out) {
  if (column.kind == VectorKind::whole) return out = column.wholes, true;
  if (column.kind != VectorKind::value) return false;
  out.clear();
  out.reserve(size);
  for (std::uint32_t row = 0; row < size; ++row) {
    const auto& value = column.values[row];
    if (value.kind() != ValueKind::integer) return false;
    out.push_back(value.as_integer());
  }
  return true;
}

// In place; whether no result was too large.
template <class Calculate>
bool each(Integers& left, const Integers& right, Calculate calculate) {
  bool is_cut = false;
  for (std::size_t i = 0; i < left.size(); ++i) is_cut |= calculate(left[i], right[i], &left[i]);
  return !is_cut;
}

bool calculate(Operation op, Integers& left, const Integers& right) {
  switch (op) {
    case Operation::add: return each(left, right, [](auto a, auto b, auto* out) { return __builtin_add_overflow(a, b, out); });
    case Operation::subtract: return each(left, right, [](auto a, auto b, auto* out) { return __builtin_sub_overflow(a, b, out); });
    case Operation::multiply: return each(left, right, [](auto a, auto b, auto* out) { return __builtin_mul_overflow(a, b, out); });
    default: return false;
  }
}

}  // namespace

// As deep as the expression, which is bounded.
bool add_up_integers(const BoundQuery& query, BoundId id, const Batch& batch, Integers& out) {
  const auto& e = query.expressions[id];
  if (e.kind == BoundKind::slot) return read(batch.columns[e.number], batch.size, out);
  if (e.kind == BoundKind::literal && e.value.kind() == ValueKind::integer) return out.assign(batch.size, e.value.as_integer()), true;
  const bool is_known = e.op == Operation::add || e.op == Operation::subtract || e.op == Operation::multiply;
  if (e.kind != BoundKind::binary || !is_known || e.is_money) return false;
  Integers right;
  return add_up_integers(query, e.children[0], batch, out) && add_up_integers(query, e.children[1], batch, right) && calculate(e.op, out, right);
}

}  // namespace policygraph::inline v0::detail::query
