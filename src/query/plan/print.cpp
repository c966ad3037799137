#include <algorithm>
#include <utility>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

class PlanPrinter {
 public:
  explicit PlanPrinter(const Plan& plan) : plan_(plan) {}

  std::vector<PlanLine> run() {
    std::string columns;
    for (const auto& column : plan_.columns) columns += (columns.empty() ? "return " : ", ") + column.name;
    lines_.push_back({columns.empty() ? "nothing" : columns, kNone});
    chain(plan_.root, "");
    for (std::size_t i = 0; i < plan_.inner.size(); ++i) {
      lines_.push_back({"subquery " + std::to_string(i), kNone});
      chain(plan_.inner[i], "  ");
    }
    return std::move(lines_);
  }

 private:
  // Top step first, each below the one that takes from it; inner plans are set in.
  void chain(StepId id, const std::string& indent) {
    for (; id != kNone; id = plan_.steps[id].input) {
      const auto& step = plan_.steps[id];
      lines_.push_back({indent + line(step), id});
      if (step.inner != kNone) chain(step.inner, indent + "  ");
      if (step.kind == StepKind::argument) break;
    }
  }

  std::string slot(Slot s) const { return slot_text(plan_.query, s); }
  std::string text(BoundId id) const { return to_text(plan_.query, id); }

  std::string line(const Step& step) const {
    switch (step.kind) {
      case StepKind::unit: return "unit";
      case StepKind::argument: return "argument";
      case StepKind::scan: return "scan " + slot(step.slot) + (step.labels.empty() ? "" : ":" + plan_.query.labels[step.labels[0]]);
      case StepKind::seek: return "seek " + slot(step.slot) + " by id " + text(step.value);
      case StepKind::seek_property:
        return "seek " + slot(step.slot) + (step.labels.empty() ? "" : ":" + plan_.query.labels[step.labels[0]]) + " by " +
               plan_.query.properties[step.property] + (step.is_one_of ? " in " : " = ") + text(step.value);
      case StepKind::seek_name:
        return "seek " + slot(step.slot) + (step.labels.empty() ? "" : ":" + plan_.query.labels[step.labels[0]]) + " by names with " + text(step.value) +
               (step.takes_all_of_null ? ", or all" : "");
      case StepKind::expand: return "expand " + edge(step);
      case StepKind::expand_into: return "expand into " + edge(step);
      case StepKind::expand_path: return "expand path " + edge(step);
      case StepKind::shortest_path: return shortest(step);
      case StepKind::weigh:
      case StepKind::weigh_triangles: return weigh(step);
      case StepKind::filter: return filter(step);
      case StepKind::project: return "project " + assignments(step);
      case StepKind::aggregate: return "aggregate" + slots(step.aggregates.empty() ? "" : " " + aggregates(step), step.keys, " by ");
      case StepKind::distinct: return "distinct" + slots("", step.keys, " ");
      case StepKind::sort: return "sort" + order(step);
      case StepKind::top: return "top " + text(step.limit) + (step.skip == kNone ? "" : " after " + text(step.skip)) + order(step);
      case StepKind::skip: return "skip " + text(step.skip);
      case StepKind::limit: return "limit " + text(step.limit);
      case StepKind::unwind: return "unwind " + assignments(step);
      case StepKind::recall: return slots("recall", step.slots, " ");
      case StepKind::call: return call(step);
      case StepKind::call_subquery: return "call subquery";
      case StepKind::call_once: return "call subquery once";
      case StepKind::call_writing: return "call writing subquery";
      case StepKind::optional: return "optional";
      case StepKind::subquery: {
        static constexpr std::string_view kModes[] = {"exists", "count", "collect"};
        return "subquery " + slot(step.slot) + " = " + std::string(kModes[static_cast<std::size_t>(step.mode)]) +
               (step.value == kNone ? "" : " " + text(step.value));
      }
      case StepKind::union_: return "union all";
      case StepKind::create: return "create";
      case StepKind::merge: return "merge";
      case StepKind::set: return "set";
      case StepKind::remove: return "remove";
      case StepKind::delete_: return "delete";
    }
    return "";
  }

  std::string filter(const Step& step) const {
    const auto again = step.late.empty() ? "" : "again " + joined(step.late, " and ");
    return "filter " + joined(step.predicates, " and ") + (step.predicates.empty() || again.empty() ? "" : ", ") + again;
  }

  std::string edge(const Step& step) const {
    std::string body = slot(step.edge);
    for (std::size_t i = 0; i < step.types.size(); ++i) body += (i == 0 ? ":" : "|") + plan_.query.types[step.types[i]];
    if (step.kind == StepKind::expand_path || step.kind == StepKind::shortest_path) body += "*" + std::to_string(step.least) + ".." + (step.most ? std::to_string(*step.most) : "");
    auto out = "(" + slot(step.from) + ")" + (step.direction == Direction::in ? "<-[" : "-[") + body + (step.direction == Direction::out ? "]->(" : "]-(") +
               slot(step.to) + ")";
    for (std::size_t i = 0; i < step.different.size(); ++i) out += (i == 0 ? " not " : ", ") + slot(step.different[i]);
    return out;
  }

  std::string weigh(const Step& step) const {
    auto out = std::string(step.kind == StepKind::weigh ? "weigh " : "weigh triangles ") + slot(step.slot) + " by";
    std::vector<bool> is_both(step.hops.size());
    const auto note = [&](const HopFactor& factor) {
      if (factor.both != kNone) is_both[factor.both] = true;
    };
    std::ranges::for_each(step.factors, note);
    for (const auto& hop : step.hops) std::ranges::for_each(hop.factors, note);
    bool is_first = true;
    for (std::size_t i = 0; i < step.hops.size(); ++i) {
      if (!is_both[i]) out += std::string(std::exchange(is_first, false) ? " " : ", ") + edge(drawn(step.hops[i])) + conditions(step.hops[i]);
    }
    if (!step.predicates.empty()) out += " where " + joined(step.predicates, " and ");
    return out;
  }

  static Step drawn(const CountedHop& hop) {
    Step out{StepKind::expand};
    out.from = hop.from;
    out.to = hop.slot;
    out.edge = hop.edge;
    out.types = hop.types;
    out.direction = hop.direction;
    out.different = hop.different;
    return out;
  }

  std::string conditions(const CountedHop& hop) const {
    const auto& ends = hop.end_predicates;
    auto out = joined(hop.predicates, " and ");
    if (!out.empty() && !ends.empty()) out += " and ";
    out += joined(ends, " and ");
    return out.empty() ? out : " where " + out;
  }

  std::string shortest(const Step& step) const {
    auto out = (step.search == PathPattern::Search::shortest ? "shortest path " : "all shortest paths ") + edge(step);
    if (step.lists_nothing && !step.is_known_end) out = "reach " + edge(step);
    if (step.inner == kNone) return out;
    for (const auto& test : step.tests) out += (test.is_none ? " without " : " with ") + text(test.quantifier);
    return out + (step.is_sure ? "" : ", by length");
  }

  std::string call(const Step& step) const {
    const auto& call = plan_.calls[step.call];
    auto out = "call " + call.procedure->name() + "(" + joined(call.arguments, ", ") + ")";
    for (std::size_t i = 0; i < step.slots.size(); ++i) out += (i == 0 ? " " : ", ") + slot(step.slots[i]);
    return out;
  }

  std::string assignments(const Step& step) const {
    std::string out;
    for (const auto& a : step.assignments) out += (out.empty() ? "" : ", ") + slot(a.slot) + " = " + text(a.expression);
    return out;
  }

  std::string aggregates(const Step& step) const {
    static constexpr std::string_view kNames[] = {"count", "sum", "avg", "min", "max", "collect", "stDev", "stDevP", "percentileDisc",
                                                  "percentileCont", "currencies"};
    std::string out;
    for (const auto& a : step.aggregates) {
      out += (out.empty() ? "" : ", ") + slot(a.slot) + " = " + std::string(kNames[static_cast<std::size_t>(a.aggregate)]) + "(" +
             (a.is_distinct ? "distinct " : "") + (a.argument == kNone ? "*" : text(a.argument)) + ")";
    }
    return out;
  }

  std::string slots(std::string before, const std::vector<Slot>& list, const char* first) const {
    for (std::size_t i = 0; i < list.size(); ++i) before += (i == 0 ? first : ", ") + slot(list[i]);
    return before;
  }

  std::string joined(const std::vector<BoundId>& ids, const char* between) const {
    std::string out;
    for (const auto id : ids) out += (out.empty() ? "" : between) + text(id);
    return out;
  }

  std::string order(const Step& step) const {
    std::string out;
    for (const auto& item : step.order) out += (out.empty() ? " by " : ", ") + text(item.expression) + (item.is_descending ? " desc" : "");
    return out;
  }

  const Plan& plan_;
  std::vector<PlanLine> lines_;
};

}  // namespace

std::vector<PlanLine> plan_lines(const Plan& plan) { return PlanPrinter(plan).run(); }

std::string to_text(const Plan& plan) {
  std::string out;
  for (const auto& line : plan_lines(plan)) out += line.text + "\n";
  return out;
}

}  // namespace policygraph::inline v0::detail::query
