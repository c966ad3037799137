#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/steps.hpp"
#include "exchange/json_records.hpp"
#include "policygraph/base/diagnostic.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/judgement.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Where a record stands in the file, for faults found after it was read.
struct RecordPlace {
  std::string pointer;
  std::size_t offset = 0;
};

struct JsonDocument {
  std::uint64_t id = 0;
  SourceDocument document;
  std::shared_ptr<const std::string> text;
  RecordPlace place;
};
struct JsonEvidence {
  std::uint64_t document = 0;
  std::uint64_t start = 0, end = 0;  ///< code points
  std::string quote, extractor;
  float confidence = 1.0F;
  RecordPlace place;
};
struct JsonMention {
  std::uint64_t id = 0, entity = 0;
  std::optional<std::uint64_t> evidence;
  std::string type, surface;
  RecordPlace place;
};
struct JsonJudgement {
  Judgement judgement;       ///< its ends by the numbers of the file
  bool a_is_node = false, b_is_node = false;
  RecordPlace place;
};
struct JsonAssertion {
  Assertion assertion;       ///< ids by the numbers of the file; evidence by index
  std::uint64_t node = 0;    ///< "subject", used where no mention is named
  RecordPlace place;
};
struct JsonNode {
  std::uint64_t id = 0;
  std::vector<std::string> labels;
  ValueMap properties;
  std::vector<std::uint64_t> evidence;
  RecordPlace place;
};
struct JsonEdge {
  std::uint64_t id = 0, from = 0, to = 0;
  std::string type;
  ValueMap properties;
  std::vector<std::uint64_t> evidence;
  Modality modality = Modality::unknown;
  PartialDate valid_from, valid_to;
  RecordPlace place;
};
struct JsonFinding {
  std::string code, explanation;
  Severity severity = Severity::warning;
  std::vector<std::uint64_t> nodes, evidence;
  RecordPlace place;
};

/// A file as plain records, nothing looked up yet.
struct JsonTables {
  std::string schema = "policy";
  std::string rules;  ///< of a schema that is not built in, as Schema::to_json writes them; else empty
  std::vector<JsonDocument> documents;
  std::vector<JsonEvidence> evidence;
  std::vector<JsonMention> mentions;
  std::vector<JsonJudgement> judgements;
  std::vector<JsonAssertion> assertions;
  std::vector<JsonNode> nodes;
  std::vector<JsonEdge> edges;
  std::vector<JsonFinding> findings;
  std::vector<Run> runs;
  ValueMap unknown;  ///< JSON pointer to value: kept with the run that read them
};

/// Throws JsonFault for what breaks the format: wrong types, missing ids, ids that come twice, another version.
JsonTables read_tables(std::istream& in, base::Steps& steps);

}  // namespace policygraph::inline v0::detail::exchange
