#include "query/run/block_asker.hpp"

#include <algorithm>
#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "query/syntax/comparison.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr auto kBlockRows = policygraph::Column::kBlockRows;

bool rise_by_one(std::span<const std::uint32_t> rows) {
  const auto first = rows.front();
  std::uint32_t i = 0, odd = 0;
#ifdef __SSE2__
  const auto four_of = [](std::uint32_t number) { return _mm_set1_epi32(static_cast<int>(number)); };
  auto wanted = _mm_add_epi32(four_of(first), _mm_setr_epi32(0, 1, 2, 3)), odds = _mm_setzero_si128();
  for (; i + 4 <= rows.size(); i += 4, wanted = _mm_add_epi32(wanted, four_of(4))) {
    const auto four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rows.data() + i));
    odds = _mm_or_si128(odds, _mm_xor_si128(four, wanted));
  }
  if (_mm_movemask_epi8(_mm_cmpeq_epi32(odds, _mm_setzero_si128())) != 0xFFFF) return false;
#endif
  for (; i < rows.size(); ++i) odd |= rows[i] ^ (first + i);
  return odd == 0;
}

std::size_t count_of(const BlockBits& bits) {
  std::size_t out = 0;
  for (const auto word : bits) out += graph::count_below(word, 63) + (word >> 63U);
  return out;
}

}  // namespace

const Batch BlockAsker::kNothing;

void set_range(std::uint32_t first, std::uint32_t end, BlockBits& out) {
  for (std::uint32_t word = 0; word < out.size(); ++word) {
    const auto from = std::clamp(first, word * 64, word * 64 + 64) - word * 64, to = std::clamp(end, word * 64, word * 64 + 64) - word * 64;
    const auto below = [](std::uint32_t bit) { return bit == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bit) - 1; };
    out[word] = below(to) & ~below(from);
  }
}

bool BlockAsker::select(BoundId id, std::vector<std::uint32_t>& selection, Truth wanted) {
  BlockBits bits;
  if (query_.is_write || !ask(id, wanted, kDeepest, bits)) return false;
  execution_.limits.step(batch_.size);
  keep(bits, selection);
  return true;
}

std::size_t BlockAsker::select_first(std::span<const BoundId> predicates, std::vector<std::uint32_t>& selection) {
  BlockBits bits, next;
  std::size_t done = 0;
  if (query_.is_write) return 0;
  for (; done < predicates.size() && (done == 0 || count_of(bits) >= kManyRows); ++done) {
    if (!ask(predicates[done], Truth::yes, kDeepest, done == 0 ? bits : next)) break;
    for (std::size_t word = 0; done > 0 && word < bits.size(); ++word) bits[word] &= next[word];
  }
  if (done == 0) return 0;
  execution_.limits.step(batch_.size);
  selection.resize(batch_.size);
  keep(bits, selection);
  return done;
}

bool BlockAsker::ask(BoundId id, Truth wanted, unsigned depth, BlockBits& out) {
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::all_of:
    case BoundKind::any_of: return depth > 0 && ask_chain(e, wanted, depth - 1, out);
    case BoundKind::has_labels: return ask_labels(e, wanted, out);
    case BoundKind::unary:
      if (e.op == Operation::not_) return depth > 0 && ask(e.children[0], not_of(wanted), depth - 1, out);
      return (e.op == Operation::is_null || e.op == Operation::is_not_null) && ask_null(e, wanted, out);
    case BoundKind::binary: return is_comparison(e.op) && !e.is_money && ask_property(e, wanted, out);
    default: return false;
  }
}

// AND is true where all are and false where one is, OR the other way round; none of them can fail.
bool BlockAsker::ask_chain(const BoundExpression& e, Truth wanted, unsigned depth, BlockBits& out) {
  const bool are_all = (e.kind == BoundKind::all_of) == (wanted == Truth::yes);
  BlockBits next;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    if (!ask(e.children[i], wanted, depth, i == 0 ? out : next)) return false;
    for (std::size_t word = 0; i > 0 && word < out.size(); ++word) out[word] = are_all ? out[word] & next[word] : out[word] | next[word];
  }
  return !e.children.empty();
}

// Of nodes whose label has all its nodes in one run of rows, as most have after a compaction.
bool BlockAsker::ask_labels(const BoundExpression& e, Truth wanted, BlockBits& out) {
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot || batch_.columns[base.number].kind != VectorKind::node) return false;
  const auto& rows = batch_.columns[base.number].rows;
  if (!is_run(rows)) return false;
  const auto begin = rows.front() / kBlockRows * kBlockRows;
  out.fill(~std::uint64_t{0});
  BlockBits some;
  for (const auto name : e.names) {
    const auto label = execution_.names->labels[name];
    const auto nodes = label ? execution_.snapshot.nodes(*label) : std::span<const NodeRow>();
    if (!nodes.empty() && nodes.back().value - nodes.front().value + 1 != nodes.size()) return false;
    const auto first = nodes.empty() ? 0 : std::max(nodes.front().value, begin), end = nodes.empty() ? 0 : std::min(nodes.back().value + 1, begin + kBlockRows);
    set_range(first < end ? first - begin : 0, first < end ? end - begin : 0, some);
    for (std::size_t word = 0; word < out.size(); ++word) out[word] &= some[word];
  }
  for (std::size_t word = 0; wanted == Truth::no && word < out.size(); ++word) out[word] = ~out[word];
  return true;
}

bool BlockAsker::ask_null(const BoundExpression& e, Truth wanted, BlockBits& out) {
  const policygraph::Column* column = nullptr;
  std::uint32_t first = 0;
  if (!find_rows(e.children[0], column, first)) return false;
  out.fill(0);
  const auto* const block = column == nullptr ? nullptr : column->data().block(first);
  if (block != nullptr) out = block->present;
  const bool is_null_wanted = (e.op == Operation::is_null) == (wanted == Truth::yes);
  for (std::size_t word = 0; is_null_wanted && word < out.size(); ++word) out[word] = ~out[word];
  return true;
}

bool BlockAsker::ask_property(const BoundExpression& e, Truth wanted, BlockBits& out) {
  const bool is_left = constant(e.children[1]) != nullptr;
  const auto* const other = constant(e.children[is_left ? 1 : 0]);
  const policygraph::Column* column = nullptr;
  std::uint32_t first = 0;
  if (other == nullptr || !find_rows(e.children[is_left ? 0 : 1], column, first)) return false;
  out.fill(0);
  if (column == nullptr || other->is_null()) return true;
  ColumnCursor cursor(*column, execution_.views_of(*column, size_));
  const auto& view = cursor.block_of(first);
  if (view.block == nullptr) return true;
  const auto test = NumberTest::of(is_left ? e.op : mirrored(e.op), *other, *column, wanted);
  return test && test->is_for(view) && test->ask(view, out);
}

const Value* BlockAsker::constant(BoundId id) const {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::literal) return &e.value;
  return e.kind == BoundKind::parameter ? &execution_.parameters[e.number] : nullptr;
}

bool BlockAsker::find_rows(BoundId id, const policygraph::Column*& column, std::uint32_t& first) {
  const auto& e = query_.expressions[id];
  if (e.kind != BoundKind::property || query_.expressions[e.children[0]].kind != BoundKind::slot) return false;
  if (query_.expressions[e.children[0]].number == edges_) {
    column = execution_.names->edge_columns[e.number];
    first = first_edge_;
    return true;
  }
  const auto& vector = batch_.columns[query_.expressions[e.children[0]].number];
  const bool is_node = vector.kind == VectorKind::node;
  if ((!is_node && vector.kind != VectorKind::edge) || !is_run(vector.rows)) return false;
  column = (is_node ? execution_.names->node_columns : execution_.names->edge_columns)[e.number];
  first = vector.rows.front();
  return true;
}

// Whether they lie one after another in one block, and where in it those do that were asked before.
bool BlockAsker::is_run(std::span<const std::uint32_t> rows) {
  if (rows.empty() || rows.data() == run_) return !rows.empty();
  const auto first = rows.front();
  if (rows.back() - first != rows.size() - 1 || first / kBlockRows != rows.back() / kBlockRows) return false;
  if (first_ != kNoRow && first % kBlockRows != first_) return false;
  if (!rise_by_one(rows)) return false;
  run_ = rows.data();
  first_ = first % kBlockRows;
  return true;
}

void BlockAsker::keep(const BlockBits& bits, std::vector<std::uint32_t>& selection) const {
  std::size_t kept = 0;
  if (selection.size() != batch_.size) {
    for (const auto row : selection) {
      const auto slot = first_ + row;
      selection[kept] = row;
      kept += bits[slot / 64] >> (slot % 64) & 1U;
    }
    return selection.resize(kept);
  }
  const auto end = first_ + batch_.size;
  for (auto word = first_ / 64; word * 64 < end; ++word) {
    auto some = bits[word];
    if (word == first_ / 64) some &= ~std::uint64_t{0} << (first_ % 64);
    if (end - word * 64 < 64) some &= (std::uint64_t{1} << (end - word * 64)) - 1;
    for (; some != 0; some &= some - 1) selection[kept++] = word * 64 + static_cast<std::uint32_t>(std::countr_zero(some)) - first_;
  }
  selection.resize(kept);
}

}  // namespace policygraph::inline v0::detail::query
