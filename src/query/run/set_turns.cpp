#include "query/run/set_turns.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace policygraph::inline v0::detail::query {
namespace {

using Kind = SetItem::Kind;

// What the items of a SET read and write of a row.
struct Uses {
  std::vector<Slot> read, written;
  std::vector<std::uint32_t> parameters;  // read, which may be nodes too
  bool is_reading = false;     // what a node or an edge holds, not only which it is
  bool is_reading_ends = false;   // of edges: startNode(r).name
  bool is_anything = false;    // read: by a subquery; or written: by what is no variable
  bool is_one_item = true;
  bool is_written_twice = false;  // two items may write one property
};

void note_expression(const BoundQuery& query, BoundId id, Uses& out) {
  if (id == kNone) return;
  const auto& e = query.expressions[id];
  if (e.kind == BoundKind::slot) out.read.push_back(static_cast<Slot>(e.number));
  if (e.kind == BoundKind::parameter) out.parameters.push_back(e.number);
  for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) out.read.push_back(e.names[i]);
  out.is_reading_ends = out.is_reading_ends || (e.kind == BoundKind::call && e.function->result == Type::node);
  out.is_anything = out.is_anything || e.kind == BoundKind::subquery;
  if (e.kind == BoundKind::property || e.kind == BoundKind::index || e.kind == BoundKind::has_labels || e.kind == BoundKind::call) out.is_reading = true;
  for (const auto child : e.children) note_expression(query, child, out);
}

void note_target(const BoundQuery& query, const BoundSet& item, Uses& out) {
  const auto& target = query.expressions[item.target];
  if (target.kind != BoundKind::slot) {
    out.is_anything = true;
    return;
  }
  out.written.push_back(static_cast<Slot>(target.number));
  if (item.kind == Kind::replace) out.read.push_back(static_cast<Slot>(target.number));
}

Uses uses_of(const BoundQuery& query, const std::vector<BoundSet>& items) {
  Uses out;
  std::unordered_set<std::string_view> names;
  for (const auto& item : items) {
    note_target(query, item, out);
    note_expression(query, item.value, out);
    const bool is_map = item.kind == Kind::replace || item.kind == Kind::add;
    out.is_reading = out.is_reading || is_map || out.is_anything;
    out.is_written_twice = out.is_written_twice || (items.size() > 1 && is_map) || (item.kind == Kind::property && !names.insert(item.property).second);
  }
  out.is_one_item = items.size() == 1;
  for (auto* const slots : {&out.read, &out.written}) {
    std::ranges::sort(*slots);
    slots->erase(std::unique(slots->begin(), slots->end()), slots->end());
  }
  return out;
}

class Turns {
 public:
  Turns(Execution& execution, const Uses& uses) : execution_(execution), uses_(uses), room_(execution.limits) {
    for (const auto number : uses.parameters) gather(execution.parameters[number], given_);
  }

  std::uint32_t next(const Batch& batch, std::uint32_t row) {
    gather(uses_.read, batch, row, read_);
    read_.insert(read_.end(), given_.begin(), given_.end());
    gather(uses_.written, batch, row, written_);
    const auto turn = uses_.is_anything ? count_ : turn_of_things();
    count_ = std::max(count_, turn + 1);
    for (const auto thing : read_) last_[thing].read = turn + 1;
    for (const auto thing : written_) last_[thing].written = turn + 1;
    return turn;
  }

 private:
  // Of rows that read or wrote a thing: the turn of the last, and one; 0: there is none.
  struct Last {
    std::uint32_t read = 0, written = 0;
  };
  static constexpr std::size_t kBytes = sizeof(Last) + 5 * sizeof(void*);

  // Within a turn one item is worked out for all rows, then the next: rows stay in order where there is one item, or where they write
  // different properties.
  std::uint32_t turn_of_things() {
    std::uint32_t turn = 0;
    for (const auto thing : read_) turn = std::max(turn, of(thing).written);
    for (const auto thing : written_) {
      const auto& last = of(thing);
      turn = std::max({turn, after(last.written, uses_.is_written_twice), after(last.read, !uses_.is_one_item)});
    }
    return turn;
  }
  static std::uint32_t after(std::uint32_t last, bool is_behind) { return last == 0 || is_behind ? last : last - 1; }

  const Last& of(std::uint64_t thing) {
    const auto [at, is_new] = last_.try_emplace(thing);
    if (is_new) room_.take(kBytes);
    return at->second;
  }

  void gather(const std::vector<Slot>& slots, const Batch& batch, std::uint32_t row, std::vector<std::uint64_t>& out) {
    out.clear();
    for (const auto slot : slots) {
      const auto& column = batch.columns[slot];
      if (column.kind == VectorKind::value) gather(column.values[row], out);
      if (column.kind == VectorKind::node && column.rows[row] != kNoRow) put(NodeRow{column.rows[row]}, out);
      if (column.kind == VectorKind::edge && column.rows[row] != kNoRow) put(EdgeRow{column.rows[row]}, out);
    }
  }

  void gather(const Value& value, std::vector<std::uint64_t>& out) {
    std::vector<const Value*> ahead{&value};
    while (!ahead.empty()) {
      execution_.limits.step();
      const auto& one = *ahead.back();
      ahead.pop_back();
      if (one.kind() == ValueKind::node) put_found(one.as_node(), out);
      if (one.kind() == ValueKind::edge) put_found(one.as_edge(), out);
      if (one.kind() == ValueKind::path) {
        for (const auto node : one.as_path().nodes) put_found(node, out);
        for (const auto edge : one.as_path().edges) put_found(edge, out);
      }
      if (one.kind() == ValueKind::list) {
        for (const auto& item : one.as_list()) ahead.push_back(&item);
      }
      if (one.kind() == ValueKind::map) {
        for (const auto& [name, item] : one.as_map()) ahead.push_back(&item);
      }
    }
  }
  template <class Key>
  void put_found(Key key, std::vector<std::uint64_t>& out) const {
    if (const auto row = execution_.snapshot.find(key)) put(*row, out);
  }
  void put(NodeRow row, std::vector<std::uint64_t>& out) const { out.push_back(std::uint64_t{row.value} << 1U); }
  void put(EdgeRow row, std::vector<std::uint64_t>& out) const {
    out.push_back(std::uint64_t{row.value} << 1U | 1U);
    if (!uses_.is_reading_ends) return;
    put(execution_.snapshot.source(row), out);
    put(execution_.snapshot.target(row), out);
  }

  Execution& execution_;
  const Uses& uses_;
  Room room_;
  std::unordered_map<std::uint64_t, Last> last_;
  std::vector<std::uint64_t> given_;  // by parameters, to every row
  std::vector<std::uint64_t> read_, written_;
  std::uint32_t count_ = 0;
};

}  // namespace

std::vector<std::vector<RowAt>> turns_of(Execution& execution, const std::vector<BoundSet>& items, const std::vector<Batch>& batches) {
  const auto uses = uses_of(execution.plan.query, items);
  const bool may_meet = uses.is_reading || uses.is_written_twice;
  Turns turns(execution, uses);
  std::vector<std::vector<RowAt>> out;
  for (std::uint32_t batch = 0; batch < batches.size(); ++batch) {
    execution.limits.charge(batches[batch].size * sizeof(RowAt));
    for (std::uint32_t row = 0; row < batches[batch].size; ++row) {
      execution.limits.step();
      const auto turn = may_meet ? turns.next(batches[batch], row) : 0;
      if (turn >= out.size()) out.resize(turn + std::size_t{1});
      out[turn].push_back({batch, row});
    }
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
