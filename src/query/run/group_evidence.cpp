#include "query/run/group_evidence.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "policygraph/base/error.hpp"
#include "query/run/group_table.hpp"
#include "query/run/lineage.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::uint32_t kFewGroups = 1'024;  // more of them are not looked for lower down

// Of the rows below, those of which a value is one of those wanted.
class WantedRows : public Operator {
 public:
  WantedRows(Execution& execution, const Execution::Wanted& wanted, OperatorPtr input)
      : execution_(execution), wanted_(wanted), input_(std::move(input)), evaluator_(execution), codes_(execution) {
    codes_.read(*wanted.values, wanted.size, sought_);
    std::ranges::sort(sought_);
    for (const auto code : sought_) word_of(code) |= bit_of(code);
  }

  bool next(Batch& out) override {
    while (input_->next(out)) {
      execution_.limits.tick();
      found_.clear();
      codes_.read(values_of(out), out.size, found_);
      selection_.clear();
      for (std::uint32_t row = 0; row < out.size; ++row) {
        if (is_sought(found_[row])) selection_.push_back(row);
      }
      if (selection_.empty()) continue;
      if (selection_.size() < out.size) out.keep(selection_);
      return true;
    }
    return false;
  }
  void reset() override { input_->reset(); }

 private:
  const Vector& values_of(const Batch& rows) {
    return wanted_.expression == kNone ? rows.columns[wanted_.slot]
                                       : evaluator_.seen_column(wanted_.expression, rows, made_);
  }
  static std::uint64_t mixed(std::uint64_t code) { return (code ^ code >> 32U) * 0x9E3779B97F4A7C15U; }
  static std::uint64_t bit_of(std::uint64_t code) { return std::uint64_t{1} << (mixed(code) >> 58U); }
  std::uint64_t& word_of(std::uint64_t code) { return bits_[(mixed(code) >> 40U) % bits_.size()]; }
  bool is_sought(std::uint64_t code) {
    return (word_of(code) & bit_of(code)) != 0 && std::ranges::binary_search(sought_, code);
  }

  Execution& execution_;
  const Execution::Wanted wanted_;
  OperatorPtr input_;
  Evaluator evaluator_;
  GroupCodes codes_;
  Vector made_;
  std::vector<std::uint64_t> sought_, found_;
  std::array<std::uint64_t, 256> bits_{};  // most that are not sought are told by them
  std::vector<std::uint32_t> selection_;
};

// What a row may pass sooner or later: it gives rows of each row, whatever rows are beside it.
bool is_of_each_row(const Step& step) {
  switch (step.kind) {
    case StepKind::scan:
    case StepKind::seek:
    case StepKind::seek_property:
    case StepKind::seek_name:
    case StepKind::expand:
    case StepKind::expand_into:
    case StepKind::expand_path:
    case StepKind::shortest_path:
    case StepKind::filter:
    case StepKind::project:
    case StepKind::optional:
    case StepKind::subquery:
    case StepKind::unwind:
      return true;
    default:
      return false;
  }
}

StepId giver_of(const Plan& plan, StepId at, Slot slot) {
  std::vector<bool> slots(plan.query.slots.size());
  slots[slot] = true;
  while (is_of_each_row(plan.steps[at]) && !binds_any(plan, plan.steps[at], slots)) at = plan.steps[at].input;
  return at;
}

// A node, a relationship, or its key or a property of it; kNone: something else, that may fail or take long.
Slot element_of(const BoundQuery& query, BoundId id) {
  const auto* e = &query.expressions[id];
  const bool is_of_one = e->kind == BoundKind::property ||
                         (e->kind == BoundKind::call && e->children.size() == 1 && e->function->name == "id");
  if (is_of_one) e = &query.expressions[e->children[0]];
  const bool is_element = e->kind == BoundKind::slot && (e->type == Type::node || e->type == Type::edge);
  return is_element ? static_cast<Slot>(e->number) : kNone;
}

// The lowest step above which the key's value is known.
std::optional<Execution::Wanted> wanted_below(const Plan& plan, const Step& grouping, Slot key) {
  Execution::Wanted out;
  out.slot = key;
  out.above = giver_of(plan, grouping.input, key);
  const auto& giver = plan.steps[out.above];
  if (giver.kind == StepKind::project) {
    const auto is_it = [key](const Assignment& assignment) { return assignment.slot == key; };
    const auto found = std::ranges::find_if(giver.assignments, is_it);
    const auto element = found == giver.assignments.end() ? kNone : element_of(plan.query, found->expression);
    if (element == kNone) return std::nullopt;
    out.expression = found->expression;
    out.above = giver_of(plan, giver.input, element);
  }
  return out.above == grouping.input ? std::nullopt : std::optional(out);
}

class GroupEvidence {
 public:
  GroupEvidence(Execution& execution, const Step& grouping, const Batch& groups)
      : execution_(execution), groups_(groups), lineage_(execution), table_(execution, grouping.keys) {
    table_.find(groups, group_of_row_, firsts_);
    gatherers_.resize(table_.size());
    execution.limits.charge(gatherers_.size() * sizeof(LineageGatherer));
    is_met_.resize(table_.size());
    if (groups.size <= kFewGroups) want_keys(grouping);
    input_ = make_operator(execution, grouping.input, nullptr);
  }

  std::vector<std::shared_ptr<const LineageSet>> run() {
    Batch rows;
    while (input_->next(rows)) {
      execution_.limits.tick();
      table_.find(rows, group_of_, firsts_);
      for (std::uint32_t row = 0; row < rows.size; ++row) {
        if (group_of_[row] < gatherers_.size()) gather(rows, row, group_of_[row]);
      }
    }
    refuse_lost_groups();
    return finished();
  }

 private:
  void want_keys(const Step& grouping) {
    for (const auto key : grouping.keys) {
      auto wanted = wanted_below(execution_.plan, grouping, key);
      if (!wanted) continue;
      wanted->values = &groups_.columns[key];
      wanted->size = groups_.size;
      execution_.wanted.push_back(*wanted);
    }
  }

  // Without keys there is a group of no rows too.
  void refuse_lost_groups() const {
    if (groups_.columns.size() == 0 || std::ranges::find(is_met_, false) == is_met_.end()) return;
    throw Error(ErrorCode::run, "the evidence of a group cannot be gathered, its rows did not come again; leave out the rule 'late_evidence'");
  }

  void gather(const Batch& rows, std::uint32_t row, std::uint32_t group) {
    execution_.limits.step();
    marks_.clear();
    const auto left_out = lineage_.of_row(rows, row, marks_);
    auto& gatherer = gatherers_[group];
    const auto before = gatherer.memory_bytes();
    gatherer.add(marks_, left_out);
    execution_.limits.charge(gatherer.memory_bytes() - before);
    is_met_[group] = true;
  }

  std::vector<std::shared_ptr<const LineageSet>> finished() {
    std::vector<std::shared_ptr<const LineageSet>> of_group, out;
    for (auto& gatherer : gatherers_) {
      of_group.push_back(gatherer.is_empty() ? nullptr : gatherer.finish());
      execution_.limits.release(gatherer.memory_bytes());
      gatherer = {};
      if (of_group.back() != nullptr) execution_.limits.charge(of_group.back()->marks.size() * sizeof(Mark));
    }
    for (const auto group : group_of_row_) out.push_back(of_group[group]);
    return out;
  }

  Execution& execution_;
  const Batch& groups_;
  Lineage lineage_;
  GroupTable table_;
  OperatorPtr input_;
  std::vector<LineageGatherer> gatherers_;
  std::vector<bool> is_met_;
  std::vector<std::uint32_t> group_of_row_, group_of_, firsts_;
  std::vector<Mark> marks_;
};

}  // namespace

std::vector<std::shared_ptr<const LineageSet>> gather_evidence(Execution& execution, const Step& grouping,
                                                               const Batch& groups) {
  return GroupEvidence(execution, grouping, groups).run();
}

OperatorPtr make_wanted(Execution& execution, const Execution::Wanted& wanted, OperatorPtr input) {
  return std::make_unique<WantedRows>(execution, wanted, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
