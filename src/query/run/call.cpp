#include "query/procedures/built_in.hpp"
#include "query/run/operator.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool is_of(const Value& value, ProcedureType type) {
  const auto kind = value.kind();
  switch (type) {
    case ProcedureType::any: return true;
    case ProcedureType::boolean: return kind == ValueKind::boolean;
    case ProcedureType::integer: return kind == ValueKind::integer;
    case ProcedureType::floating: return kind == ValueKind::floating;
    case ProcedureType::number: return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
    case ProcedureType::string: return kind == ValueKind::string;
    case ProcedureType::list: return kind == ValueKind::list;
    case ProcedureType::map: return kind == ValueKind::map;
    case ProcedureType::node: return kind == ValueKind::node;
    case ProcedureType::edge: return kind == ValueKind::edge;
    case ProcedureType::path: return kind == ValueKind::path;
  }
  return false;
}

// CALL: a row for each answer of the procedure, whose values go to the slots that YIELD names; one without results lets rows pass.
class Call : public Operator {
 public:
  Call(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), call_(execution.plan.calls[step.call]), lineage_(step.lineage), input_(std::move(input)), evaluator_(execution) {
    wanted_.evidence = lineage_ != kNone;
    wanted_.results.resize(call_.procedure->results().size());
    for (const auto& yield : call_.yields) wanted_.results[yield.result] = true;
  }

  bool next(Batch& out) override {
    parents_.clear();
    for (auto& values : yielded_) values.clear();
    lineages_.clear();
    while (parents_.size() < execution_.options.vector_size) {
      if (answer_ < answers_.rows.size()) {
        take(answer_++);
      } else if (!next_answers()) {
        break;
      }
    }
    if (parents_.empty()) return false;
    out.gather(rows_, parents_, &execution_.limits);
    for (std::size_t i = 0; i < call_.yields.size(); ++i) {
      auto& column = out.columns.fresh(call_.yields[i].slot, VectorKind::value);
      column.values = std::move(yielded_[i]);
      yielded_[i] = {};
    }
    if (lineage_ == kNone) return true;
    out.columns.fresh(lineage_, VectorKind::lineage).lineages = std::move(lineages_);
    lineages_ = {};
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    answers_ = {};
    row_ = 0;
    answer_ = 0;
  }

 private:
  // Answers for the next row of the input. A batch of rows is left only once what it gave has gone out.
  bool next_answers() {
    if (row_ >= rows_.size) {
      if (!parents_.empty() || !input_->next(rows_)) return false;
      row_ = 0;
    }
    execution_.limits.tick();
    arguments_.clear();
    const auto& fields = call_.procedure->arguments();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      arguments_.push_back(fitted(evaluator_.value(call_.arguments[i], rows_, row_), fields[i], span_of(i)));
    }
    answers_ = call();
    if (call_.procedure->results().empty()) answers_ = ProcedureAnswer(ProcedureRows(1));
    if (!answers_.evidence.empty() && answers_.evidence.size() != answers_.rows.size()) {
      fail(call_.span, "procedure '" + call_.procedure->name() + "' gave evidence for " + std::to_string(answers_.evidence.size()) + " of " +
                           std::to_string(answers_.rows.size()) + " rows");
    }
    answer_ = 0;
    parent_ = row_++;
    return true;
  }

  ProcedureAnswer call() {
    try {
      auto answer = call_for(*call_.procedure, arguments_, execution_.snapshot, wanted_);
      for (auto& note : answer.notes) execution_.notify(call_.span, std::move(note));
      return answer;
    } catch (const Error& error) {
      if (error.place()) throw;
      if (error.code() == ErrorCode::schema) {
        fail_run(execution_.plan.query.text, call_.span.start, ErrorType::argument_error, Trouble::unknown_label, error.text());
      }
      throw error.at(place_in(execution_.plan.query.text, call_.span.start));
    }
  }

  void take(std::size_t number) {
    const auto& answer = answers_.rows[number];
    const auto& results = call_.procedure->results();
    if (answer.size() != results.size()) {
      fail(call_.span, "procedure '" + call_.procedure->name() + "' gave a row of " + std::to_string(answer.size()) + " values; its signature says " +
                           std::to_string(results.size()));
    }
    yielded_.resize(call_.yields.size());
    for (std::size_t i = 0; i < call_.yields.size(); ++i) {
      const auto result = call_.yields[i].result;
      yielded_[i].push_back(fitted(answer[result], results[result], call_.span));
    }
    parents_.push_back(parent_);
    if (lineage_ != kNone) lineages_.push_back(answers_.evidence.empty() ? nullptr : lineage_of(answers_.evidence[number]));
  }

  std::shared_ptr<const LineageSet> lineage_of(const ProcedureEvidence& evidence) {
    std::vector<Mark> marks;
    for (const auto id : evidence.claims) marks.emplace_back(Mark::Kind::evidence, static_cast<std::uint32_t>(id.value));
    for (const auto& passage : evidence.passages) marks.emplace_back(Mark::Kind::passage, execution_.passage(passage));
    execution_.limits.charge(marks.size() * sizeof(Mark) + sizeof(LineageSet));
    LineageGatherer gatherer;
    gatherer.add(marks, 0);
    return gatherer.finish();
  }

  Value fitted(Value value, const ProcedureField& field, Span span) const {
    if (value.is_null() ? field.is_nullable : is_of(value, field.type)) return value;
    if (field.type == ProcedureType::floating && value.kind() == ValueKind::integer) return Value(static_cast<double>(value.as_integer()));
    fail(span, "'" + field.name + "' of " + call_.procedure->signature() + " cannot be " + excerpt(value));
  }

  [[noreturn]] void fail(Span span, std::string text) const {
    fail_run(execution_.plan.query.text, span.start, ErrorType::type_error, Trouble::invalid_argument_type, std::move(text));
  }
  Span span_of(std::size_t argument) const { return execution_.plan.query.expressions[call_.arguments[argument]].span; }

  Execution& execution_;
  const BoundCall& call_;
  Slot lineage_;
  OperatorPtr input_;
  Evaluator evaluator_;
  WantedAnswer wanted_;
  Batch rows_;
  std::uint32_t row_ = 0, parent_ = 0;
  std::vector<Value> arguments_;
  ProcedureAnswer answers_;
  std::size_t answer_ = 0;
  std::vector<std::uint32_t> parents_;
  std::vector<std::vector<Value>> yielded_;
  std::vector<std::shared_ptr<const LineageSet>> lineages_;
};

}  // namespace

OperatorPtr make_call(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Call>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
