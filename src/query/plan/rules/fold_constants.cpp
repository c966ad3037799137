#include <algorithm>
#include <optional>

#include "policygraph/base/error.hpp"
#include "query/plan/plan.hpp"
#include "query/run/evaluator.hpp"
#include "query/run/value_bytes.hpp"

// What is made of literals alone is worked out once, by the engine's own evaluator. What fails stays as it is written, and fails when a row
// comes to it, or never. So does what would be long: a plan is kept, and grows with its text alone.
namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostBytes = 16'384;     // of what a function or an operation gives
constexpr std::size_t kWorkBytes = 65'536;     // that it may take on its way
constexpr std::size_t kBytesAByteOfText = 64;  // a list of numbers is so much larger than its text, and no more

bool is_of(std::span<const Function> subject, const Function* function) {
  return function >= subject.data() && function < subject.data() + subject.size();
}

// From a text, or from plain fields: a zone without a day, or nothing at all, asks the clock.
bool is_plain_time(const Value& value) {
  if (value.kind() == ValueKind::string) return true;
  return value.kind() == ValueKind::map && !value.as_map().empty() &&
         std::ranges::all_of(value.as_map(), [](const auto& entry) { return entry.second.kind() == ValueKind::integer; });
}

class Folding {
 public:
  Folding(Plan& plan, const Snapshot& snapshot)
      : query_(plan.query), names_(resolve_names({}, snapshot)), execution_(plan, bounds(options_), snapshot, names_), evaluator_(execution_),
        left_(kMostBytes + kBytesAByteOfText * plan.query.text.size()) {}

  // Children stand before what they are children of, but for a few: those need another pass.
  void run(Limits& limits) {
    for (bool is_any = true; is_any;) {
      is_any = false;
      for (BoundId id = 0; id < query_.expressions.size(); ++id) {
        limits.step();
        is_any = fold(id) || is_any;
      }
    }
  }

 private:
  static const QueryOptions& bounds(QueryOptions& options) {
    options.max_memory = kWorkBytes;
    return options;
  }

  bool fold(BoundId id) {
    const auto& e = query_.expressions[id];
    if (e.kind == BoundKind::all_of || e.kind == BoundKind::any_of) shorten(id);
    if (!is_foldable(e)) return false;
    auto made = work_out(e, id);
    if (!made) return false;
    left_ -= value_bytes(*made);
    BoundExpression literal;
    literal.type = type_of(*made, e.type);
    literal.span = e.span;
    literal.value = *std::move(made);
    query_.expressions[id] = std::move(literal);
    return true;
  }

  // true AND x, false OR x: what is beside it decides. What comes behind a literal that decides is never asked.
  void shorten(BoundId id) {
    auto& e = query_.expressions[id];
    const bool decisive = e.kind == BoundKind::any_of;
    const auto is_truth = [this](BoundId child, bool truth) {
      const auto& c = query_.expressions[child];
      return c.kind == BoundKind::literal && c.value.kind() == ValueKind::boolean && c.value.as_bool() == truth;
    };
    const auto last = std::ranges::find_if(e.children, [&](BoundId child) { return is_truth(child, decisive); });
    if (last != e.children.end()) e.children.erase(last + 1, e.children.end());
    if (e.children.size() > 1) std::erase_if(e.children, [&](BoundId child) { return e.children.size() > 1 && is_truth(child, !decisive); });
    if (e.children.size() == 1 && query_.expressions[e.children[0]].type == Type::boolean) {
      auto only = query_.expressions[e.children[0]];
      e = std::move(only);
    }
  }

  bool is_foldable(const BoundExpression& e) const {
    switch (e.kind) {
      case BoundKind::list:
      case BoundKind::map:
      case BoundKind::unary:
      case BoundKind::all_of:
      case BoundKind::any_of:
      case BoundKind::slice:
      case BoundKind::case_of: return are_literal(e);
      // What is read from a map may be an amount, whose currency stands beside it.
      case BoundKind::index:
      case BoundKind::property: return are_literal(e) && argument(e, 0).kind() != ValueKind::map;
      case BoundKind::binary: return !e.is_money && are_literal(e);
      case BoundKind::call: return are_literal(e) && is_steady(e);
      default: return false;
    }
  }

  bool are_literal(const BoundExpression& e) const {
    return std::ranges::all_of(e.children, [this](BoundId child) { return child == kNone || query_.expressions[child].kind == BoundKind::literal; });
  }

  const Value& argument(const BoundExpression& e, std::size_t i) const { return query_.expressions[e.children[i]].value; }

  // Whether a function answers the same whenever it is asked, and reads nothing of the graph.
  bool is_steady(const BoundExpression& e) const {
    const auto* const function = e.function;
    if (is_of(graph_functions(), function) || function->name == "rand") return false;
    if (is_of(temporal_functions(), function)) return is_steady_time(e);
    if (is_of(truncate_functions(), function)) return e.children.size() == 2;
    if (is_of(duration_functions(), function)) return function->name == "duration";
    return true;
  }

  bool is_steady_time(const BoundExpression& e) const {
    const bool is_clock = e.function->name.find('.') != std::string_view::npos;
    return !is_clock && e.children.size() == 1 && is_plain_time(argument(e, 0));
  }

  // Lists and maps as written are as long as their text; all else is bounded.
  std::optional<Value> work_out(const BoundExpression& e, BoundId id) {
    if (e.kind == BoundKind::list) return list_of(e);
    try {
      auto made = evaluator_.value(id, none_, 0);
      if (value_bytes(made, kMostBytes) > std::min(kMostBytes, left_)) return std::nullopt;
      return made;
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  std::optional<Value> list_of(const BoundExpression& e) const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      bytes += value_bytes(argument(e, i), left_);
      if (bytes > left_) return std::nullopt;
    }
    ValueList out;
    out.reserve(e.children.size());
    for (std::size_t i = 0; i < e.children.size(); ++i) out.push_back(argument(e, i));
    return Value(std::move(out));
  }

  static Type type_of(const Value& value, Type known) {
    switch (value.kind()) {
      case ValueKind::null: return known;
      case ValueKind::boolean: return Type::boolean;
      case ValueKind::integer: return Type::integer;
      case ValueKind::floating: return Type::floating;
      case ValueKind::decimal: return Type::decimal;
      case ValueKind::string: return Type::string;
      case ValueKind::list: return Type::list;
      case ValueKind::map: return Type::map;
      default: return Type::temporal;
    }
  }

  BoundQuery& query_;
  QueryOptions options_;
  Names names_;
  Execution execution_;
  Evaluator evaluator_;
  Batch none_;
  std::size_t left_;  // bytes that may be folded still
};

}  // namespace

void fold_constants(Plan& plan, const Snapshot& snapshot, Limits& limits) {
  Folding(plan, snapshot).run(limits);
  const auto holds = [&](BoundId id) {
    const auto& e = plan.query.expressions[id];
    return e.kind == BoundKind::literal && e.value.kind() == ValueKind::boolean && e.value.as_bool();
  };
  for (auto& step : plan.steps) std::erase_if(step.predicates, holds);
}

}  // namespace policygraph::inline v0::detail::query
