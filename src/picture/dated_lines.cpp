#include "picture/dated_lines.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "picture/called_off.hpp"
#include "picture/dates.hpp"
#include "picture/markup.hpp"
#include "policygraph/graph/region.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

/// Two properties of the schema that are the ends of one period.
struct Ends {
  std::string_view from, to, what;
};
constexpr std::array kPeriods{
    Ends{"planned_start", "planned_end", "planned"}, Ends{"actual_start", "actual_end", ""},
    Ends{"period_from", "period_to", ""},            Ends{"date_from", "date_to", ""},
    Ends{"date_entry_in_force", "date_no_longer_in_force", "in force"},
};

std::string worded(std::string_view property) {
  std::string out(property);
  std::ranges::replace(out, '_', ' ');
  return out;
}

bool is_end_of_a_period(std::string_view property) {
  return std::ranges::any_of(kPeriods, [&](const Ends& ends) { return property == ends.from || property == ends.to; });
}

class Gathering {
 public:
  Gathering(const Snapshot& snapshot, NodeRow thing) : snapshot_(snapshot), thing_(thing) {}

  std::vector<DatedLine> lines(std::uint32_t hops) {
    HopOptions options;
    options.types = types();
    Region region{{thing_}, {}, false};
    if (!options.types.empty()) region = around(snapshot_, {&thing_, 1}, hops, options);
    for (const auto row : region.nodes) add(row, region);
    for (const auto row : acts_behind(region)) add(row, "AUTHORISES");
    for (const auto edge : region.edges)
      if (snapshot_.source(edge) == thing_ || snapshot_.target(edge) == thing_) add(edge);
    std::ranges::stable_sort(lines_, [](const DatedLine& a, const DatedLine& b) {
      return std::tuple(a.first(), a.last(), a.caption, a.what) < std::tuple(b.first(), b.last(), b.caption, b.what);
    });
    return std::move(lines_);
  }

 private:
  /// Those that are not derived: a document that mentions a thing is no event of it.
  std::vector<std::string> types() const {
    std::vector<std::string> out;
    for (std::uint32_t type = 0; type < snapshot_.edge_type_count(); ++type) {
      const auto name = snapshot_.name(EdgeType{type});
      const auto* rule = snapshot_.schema().relation(name);
      if (rule == nullptr || !rule->is_derived) out.emplace_back(name);
    }
    return out;
  }

  /// Types of the edges between the node and the thing in the middle, joined.
  std::string relation(NodeRow row, const Region& region) const {
    std::set<std::string> names;
    for (const auto edge : region.edges) {
      const auto from = snapshot_.source(edge), to = snapshot_.target(edge);
      if ((from == row && to == thing_) || (from == thing_ && to == row)) names.insert(type_words(snapshot_, edge));
    }
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return row == thing_ ? std::string() : out;
  }

  /// Acts that authorise sums for the thing are part of its story, though they lie a step further.
  std::vector<NodeRow> acts_behind(const Region& region) const {
    const auto type = snapshot_.edge_type("AUTHORISES");
    std::set<NodeRow> acts;
    for (const auto row : region.nodes) {
      if (!type || row == thing_ || relation(row, region).find("FUNDS") == std::string::npos) continue;
      for (const auto act : snapshot_.in_edges(row, *type).sources)
        if (!region.has(act)) acts.insert(act);
    }
    return {acts.begin(), acts.end()};
  }

  void add(NodeRow row, const Region& region) { add(row, relation(row, region)); }

  void add(NodeRow row, const std::string& relation_to) {
    for (const auto& ends : kPeriods) add_period(row, ends, relation_to);
    for (const auto property : snapshot_.properties(row)) {
      const auto name = snapshot_.name(property);
      if (is_end_of_a_period(name)) continue;
      const auto date = date_in(snapshot_.value(row, property));
      add_line(row, joined(relation_to, worded(name)), date.is_interval() ? date.first() : date, date.is_interval() ? date.last() : PartialDate(),
               date.is_interval());
    }
  }

  void add_period(NodeRow row, const Ends& ends, const std::string& relation_to) {
    const auto from = date_in(snapshot_.value(row, ends.from)), to = date_in(snapshot_.value(row, ends.to));
    add_line(row, joined(relation_to, std::string(ends.what)), from.is_interval() ? from.first() : from, to.is_interval() ? to.last() : to, true);
  }

  void add(EdgeRow edge) {
    const auto other = snapshot_.source(edge) == thing_ ? snapshot_.target(edge) : snapshot_.source(edge);
    add_line(other, std::string(snapshot_.name(snapshot_.type(edge))) + " holds", snapshot_.valid_from(edge), snapshot_.valid_to(edge), true);
  }

  void add_line(NodeRow row, std::string what, const PartialDate& from, const PartialDate& to, bool is_period) {
    DatedLine line{row, grouped(snapshot_.caption(row)), std::move(what), from, to, is_period};
    const bool has_from = !from.is_unknown() && from.earliest() != kFirstDay, has_to = !to.is_unknown() && to.latest() != kLastDay;
    if (has_from || (is_period && has_to)) lines_.push_back(std::move(line));
  }

  static std::string joined(const std::string& a, const std::string& b) { return a + (a.empty() || b.empty() ? "" : ", ") + b; }

  const Snapshot& snapshot_;
  NodeRow thing_;
  std::vector<DatedLine> lines_;
};

}  // namespace

Day DatedLine::first() const noexcept { return from.is_unknown() || from.earliest() == kFirstDay ? to.earliest() : from.earliest(); }

Day DatedLine::last() const noexcept { return !is_period || to.is_unknown() || to.latest() == kLastDay ? from.latest() : to.latest(); }

std::string DatedLine::dates() const {
  if (!is_period || from == to) return from.to_string();
  if (to.is_unknown()) return "from " + from.to_string();
  return from.is_unknown() ? "until " + to.to_string() : from.to_string() + " – " + to.to_string();
}

std::vector<DatedLine> dated_lines(const Snapshot& snapshot, NodeRow thing, std::uint32_t hops) { return Gathering(snapshot, thing).lines(hops); }

}  // namespace policygraph::inline v0::detail::picture
