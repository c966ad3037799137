#include "random/procedures.hpp"

namespace policygraph::testing {
namespace {

ProcedureRows upto(std::span<const Value> arguments, const Snapshot&) {
  ProcedureRows out;
  for (std::int64_t i = 0; !arguments[0].is_null() && i < arguments[0].as_integer() && i < 4; ++i) out.push_back({Value(i)});
  return out;
}

ProcedureRows nodes(std::span<const Value> arguments, const Snapshot& snapshot) {
  ProcedureRows out;
  for (const auto node : snapshot.nodes(arguments[0].as_string())) out.push_back({Value(snapshot.key(node)), snapshot.value(node, "k")});
  return out;
}

ProcedureRows half(std::span<const Value> arguments, const Snapshot&) {
  return {{arguments[0].is_null() ? Value() : Value(arguments[0].as_double() / 2)}};
}

}  // namespace

std::shared_ptr<const Procedures> test_procedures() {
  static const auto kAll = [] {
    auto out = std::make_shared<Procedures>();
    out->add(Procedure("test.upto(n :: INTEGER?) :: (i :: INTEGER)", upto));
    out->add(Procedure("test.nodes(label :: STRING) :: (n :: NODE, k :: INTEGER?)", nodes));
    out->add(Procedure("test.half(x :: FLOAT?) :: (half :: FLOAT?)", half));
    out->add(Procedure("test.nothing() :: ()", [](auto, const auto&) { return ProcedureRows(); }));
    return std::shared_ptr<const Procedures>(std::move(out));
  }();
  return kAll;
}

}  // namespace policygraph::testing
