#include <algorithm>

#include "query/plan/plan.hpp"
#include "query/syntax/comparison.hpp"

// What WHERE asks of a path of shortestPath: `all` and `none` over its nodes or relationships prune the search, comparisons of its length
// bound it, and all else is asked of whole paths.
namespace policygraph::inline v0::detail::query {
namespace {

bool has_any(const std::vector<Slot>& slots, Slot path, Slot edges) {
  return std::ranges::any_of(slots, [&](Slot slot) { return slot == path || slot == edges; });
}

class PathConditions {
 public:
  PathConditions(const BoundQuery& query, const std::vector<BoundSubquery>& early, Slot path, Slot edges)
      : query_(query), early_(early), path_(path), edges_(edges) {}

  bool reads(BoundId id) const {
    if (id == kNone) return false;
    const auto& e = query_.expressions[id];
    if (e.kind == BoundKind::slot) return is_read(e.number);
    if (e.kind == BoundKind::subquery && has_any(query_.inner[e.number].reads, path_, edges_)) return true;
    for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) {
      if (is_read(e.names[i])) return true;
    }
    return std::ranges::any_of(e.children, [&](BoundId child) { return reads(child); });
  }

  // all(n IN nodes(p) WHERE ...), none(...), NOT any(...).
  bool add_test(BoundId condition, Step& step) const {
    const auto* e = &query_.expressions[condition];
    const bool is_not = e->kind == BoundKind::unary && e->op == Operation::not_;
    if (is_not) condition = e->children[0], e = &query_.expressions[condition];
    if (e->kind != BoundKind::quantifier || reads(e->children[1])) return false;
    const bool is_none = is_not ? e->op == Operation::any : e->op == Operation::none_of;
    if (!is_none && (is_not || e->op != Operation::all)) return false;
    const bool is_of_nodes = is_part(e->children[0], "nodes");
    if (!is_of_nodes && !is_edges(e->children[0])) return false;
    step.tests.push_back({condition, is_of_nodes, is_none});
    return true;
  }

  // length(p) <= value, and the other way about.
  bool add_bound(BoundId condition, Step& step) const {
    const auto& e = query_.expressions[condition];
    const bool is_one = e.op == Operation::equal || (e.op >= Operation::less && e.op <= Operation::greater_equal);
    if (e.kind != BoundKind::binary || !is_one) return false;
    for (std::size_t side = 0; side < 2; ++side) {
      const auto more = more_than_length(e.children[side]);
      if (!more || reads(e.children[1 - side])) continue;
      step.bounds.push_back({side == 0 ? e.op : mirrored(e.op), e.children[1 - side], *more});
      return true;
    }
    return false;
  }

 private:
  bool is_read(Slot slot) const {
    if (slot == path_ || slot == edges_) return true;
    return std::ranges::any_of(early_, [&](const BoundSubquery& subquery) {
      return (subquery.slot == slot || subquery.money_slot == slot) && has_any(subquery.reads, path_, edges_);
    });
  }

  bool is_slot(BoundId id, Slot slot) const {
    const auto& e = query_.expressions[id];
    return slot != kNone && e.kind == BoundKind::slot && e.number == slot;
  }

  // nodes(p) and the like.
  bool is_part(BoundId id, std::string_view function) const {
    const auto& e = query_.expressions[id];
    return e.kind == BoundKind::call && e.function->name == function && is_slot(e.children[0], path_);
  }

  bool is_edges(BoundId id) const { return is_slot(id, edges_) || is_part(id, "relationships") || is_part(id, "rels"); }

  std::optional<std::int64_t> more_than_length(BoundId id) const {
    if (is_part(id, "length")) return 0;
    const auto& e = query_.expressions[id];
    if (e.kind != BoundKind::call || e.function->name != "size") return std::nullopt;
    if (is_edges(e.children[0])) return 0;
    return is_part(e.children[0], "nodes") ? std::optional<std::int64_t>(1) : std::nullopt;
  }

  const BoundQuery& query_;
  const std::vector<BoundSubquery>& early_;
  Slot path_, edges_;
};

}  // namespace

bool reads_path(const BoundQuery& query, BoundId expression, const std::vector<BoundSubquery>& early, Slot path, Slot edges) {
  return PathConditions(query, early, path, edges).reads(expression);
}

void add_path_condition(const BoundQuery& query, BoundId condition, const std::vector<BoundSubquery>& early, Slot path, Step& step) {
  const PathConditions conditions(query, early, path, step.edge);
  if (!conditions.add_test(condition, step) && !conditions.add_bound(condition, step)) step.is_sure = false;
}

}  // namespace policygraph::inline v0::detail::query
