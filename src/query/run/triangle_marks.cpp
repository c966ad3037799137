#include "query/run/triangle_marks.hpp"

#include <algorithm>

#include "graph/label_run.hpp"

namespace policygraph::inline v0::detail::query {

TriangleMarks::TriangleMarks(Execution& execution, const Step& step, const std::array<Hop, 3>& hops, bool are_apart)
    : execution_(execution), step_(step), hops_(hops) {
  const auto &first = step.hops[0], &last = step.hops[2];
  is_fork_ = first.types == last.types && first.direction == last.direction;
  least_ = is_fork_ && are_apart ? 2 : 1;
}

// To clear a mark for each node costs as much as to walk from one in some hundreds.
bool TriangleMarks::is_worth_it(std::size_t rows) {
  constexpr std::size_t kShare = 256;
  if (!marks_.empty()) return true;
  if (!may_mark_) may_mark_ = read_labels();
  const std::size_t all = execution_.snapshot.node_row_limit();
  row_count_ += rows;
  if (!*may_mark_ || row_count_ < all / kShare || all >= execution_.limits.max_bytes() / 8) return false;
  execution_.limits.charge(all);
  marks_.assign(all, 0);
  put_by_.resize(kRows);
  return true;
}

bool TriangleMarks::read_labels() {
  return std::ranges::all_of(step_.predicates, [this](BoundId predicate) { return read_label(predicate); });
}

bool TriangleMarks::read_label(BoundId predicate) {
  const auto& expressions = execution_.plan.query.expressions;
  const auto& test = expressions[predicate];
  if (test.kind != BoundKind::has_labels || expressions[test.children[0]].kind != BoundKind::slot) return false;
  const auto slot = expressions[test.children[0]].number;
  if (slot != step_.hops[0].slot && slot != step_.hops[1].slot) return false;
  auto& sieve = slot == step_.hops[0].slot ? is_second_ : is_third_;
  for (const auto name : test.names) {
    const auto label = execution_.names->labels[name];
    const auto run = label ? graph::label_run(execution_.snapshot, *label) : graph::LabelRun();
    if (!run) return false;
    sieve.keep(run->first, run->count);
  }
  return true;
}

void TriangleMarks::Sieve::keep(std::uint32_t other_first, std::uint32_t other_count) noexcept {
  const auto end = std::min(std::uint64_t{first} + count, std::uint64_t{other_first} + other_count);
  first = std::max(first, other_first);
  count = end > first ? static_cast<std::uint32_t>(end - first) : 0;
}

// One that is in no triangle is overwritten by the next.
void TriangleMarks::put_by(NodeRow first, std::uint32_t row) {
  auto& put = put_by_[count_];
  put.first = first;
  put.row = row;
  put.seconds = hops_[0].ends(first);
  put.thirds = is_fork_ ? put.seconds : hops_[2].ends(first);
  count_ += static_cast<std::size_t>(put.seconds.size() >= least_) & static_cast<std::size_t>(!put.thirds.empty());
}

std::size_t TriangleMarks::look_ahead(std::size_t at) {
  const auto hop = hops_[1];
  const auto sieve = is_second_;
  std::size_t nodes = 0;
  others_.clear();
  for (; at < count_ && others_.size() < kManyLists && nodes < kManyNodes; ++at) {
    const auto& put = put_by_[at];
    nodes += put.thirds.size();
    if (is_long(put)) continue;
    const auto before = others_.size();
    others_.resize(before + put.seconds.size());
    auto* other = others_.data() + before;
    for (const auto second : put.seconds) {
      *other = sieve.has(second) ? hop.ends(second) : Ends();
      __builtin_prefetch(other->begin());
      nodes += (other++)->size();
    }
  }
  execution_.limits.step(nodes / 16 + others_.size());
  return at;
}

namespace {

// The first few are read whatever there are: of one that is not there, a node that is, and nothing of it counts.
struct Few {
  static constexpr std::uint32_t kCount = 4;
  static constexpr NodeRow kNone{0};
  const NodeRow* nodes;
  std::uint32_t size;

  explicit Few(const std::ranges::subrange<const NodeRow*>& list) noexcept
      : nodes(list.empty() ? &kNone : list.begin()),
        size(static_cast<std::uint32_t>(std::min<std::size_t>(list.size(), kCount))) {}
  std::uint32_t mask(std::uint32_t i) const noexcept { return 0U - static_cast<std::uint32_t>(i < size); }
  NodeRow at(std::uint32_t i) const noexcept { return nodes[i & mask(i)]; }
};

}  // namespace

std::optional<std::int64_t> TriangleMarks::ways_of(const PutBy& put, const Ends* others) {
  auto* const marks = marks_.data();
  std::uint32_t is_odd = 0;
  for (const auto third : put.thirds) {
    const auto is_kept = static_cast<std::uint8_t>(is_third_.has(third));
    const auto mark = static_cast<std::uint8_t>(marks[third.value] + is_kept);
    is_odd |= static_cast<std::uint32_t>(mark < is_kept);
    marks[third.value] = mark;
  }
  is_odd |= marks[put.first.value];
  std::int64_t out = 0;
  for (const auto second : put.seconds) {
    const auto& list = *others++;
    const Few few(list);
    std::uint32_t found = 0, is_loop = static_cast<std::uint32_t>(second == put.first);
    for (std::uint32_t i = 0; i < Few::kCount; ++i) {
      const auto other = few.at(i);
      found += marks[other.value] & few.mask(i);
      is_loop |= static_cast<std::uint32_t>(other == second) & few.mask(i);
    }
    out += found;
    is_odd |= is_loop;
    if (list.size() <= Few::kCount) [[likely]]
      continue;
    for (const auto other : list | std::views::drop(Few::kCount)) {
      out += marks[other.value];
      is_odd |= static_cast<std::uint32_t>(other == second);
    }
  }
  for (const auto third : put.thirds) marks[third.value] = 0;
  return is_odd != 0 ? std::nullopt : std::optional(out);
}

}  // namespace policygraph::inline v0::detail::query
