#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0 {

/// What an argument takes and a result gives, as openCypher writes it in a signature: ANY, BOOLEAN, INTEGER, FLOAT,
/// NUMBER, STRING, LIST, MAP, NODE, RELATIONSHIP, PATH. NUMBER takes an integer, a float or a decimal; FLOAT takes an
/// integer too and makes it a float.
enum class ProcedureType : std::uint8_t { any, boolean, integer, floating, number, string, list, map, node, edge, path };

struct ProcedureField {
  std::string name;
  ProcedureType type = ProcedureType::any;
  bool is_nullable = false;        ///< written with a question mark: STRING?
  std::optional<Value> otherwise{};  ///< of an argument that may be left out: `limit = 10 :: INTEGER`; null, a truth, an integer, a 'text'
};

/// A row for each answer, a value for each result of the signature.
using ProcedureRows = std::vector<std::vector<Value>>;

/// Words of a document.
struct Passage {
  DocumentId document;
  Span words;
  friend auto operator<=>(const Passage&, const Passage&) = default;
};

/// What a row of a procedure rests on, beside its nodes and relationships, which bring their own: evidence of the graph, and words
/// that no claim rests on.
struct ProcedureEvidence {
  std::vector<EvidenceId> claims;
  std::vector<Passage> passages;
};

/// Rows, and for each what it rests on; or rows alone.
struct ProcedureAnswer {
  ProcedureAnswer() = default;
  ProcedureAnswer(ProcedureRows of_rows) : rows(std::move(of_rows)) {}
  ProcedureRows rows;
  std::vector<ProcedureEvidence> evidence{};  ///< none, or as many as rows
  std::vector<std::string> notes{};           ///< notifications of the answer: the call is right, and most likely not meant so
};

/// Called once for each row that reaches the CALL, with arguments that fit the signature, and the state the query sees.
/// May be called from any thread that runs a query. What it throws leaves the query; an Error without a place gets that
/// of the CALL. Nodes and relationships among its values bring their evidence to the rows.
using ProcedureBody = std::function<ProcedureAnswer(std::span<const Value> arguments, const Snapshot& snapshot)>;

/// A procedure of the caller's own, for CALL name(...) YIELD ...:
///
///     policygraph::Procedure rates("rates.of(currency :: STRING, year :: INTEGER?) :: (rate :: FLOAT, source :: STRING)",
///                                  [&](auto arguments, const auto&) { return table.rows(arguments[0].as_string()); });
///
/// One without results, `name(...) :: ()`, is called for its rows' sake and lets each pass. Arguments with another value to take,
/// `limit = 10 :: INTEGER`, come last and may be left out.
class POLICYGRAPH_EXPORT Procedure {
 public:
  /// Throws Error(format) with a place for text that is no signature, Error(invalid_argument) for an empty body.
  Procedure(std::string_view signature, ProcedureBody body);

  const std::string& name() const noexcept { return name_; }
  const std::vector<ProcedureField>& arguments() const noexcept { return arguments_; }
  const std::vector<ProcedureField>& results() const noexcept { return results_; }
  /// As openCypher writes it.
  std::string signature() const;
  ProcedureAnswer call(std::span<const Value> arguments, const Snapshot& snapshot) const { return body_(arguments, snapshot); }

 private:
  std::string name_;
  std::vector<ProcedureField> arguments_, results_;
  ProcedureBody body_;
};

/// The procedures a query may call, by name, beside those of the library (docs/search.md). Filled before it is handed to `QueryOptions::procedures`, which shares it
/// and never changes it.
class POLICYGRAPH_EXPORT Procedures {
 public:
  /// Throws Error(conflict) where the name is taken.
  void add(Procedure procedure);
  /// Null where there is none. Names are compared as written.
  const Procedure* find(std::string_view name) const noexcept;
  /// In order of name.
  std::vector<const Procedure*> all() const;
  std::size_t size() const noexcept { return by_name_.size(); }

 private:
  std::map<std::string, Procedure, std::less<>> by_name_;
};

/// Those of the library, which every query may call: names.similar, names.exact, names.prefix, text.search, text.nodes
/// (graph/search.hpp). One of the caller's of the same name comes first.
POLICYGRAPH_EXPORT const Procedures& built_in_procedures();

}  // namespace policygraph::inline v0
