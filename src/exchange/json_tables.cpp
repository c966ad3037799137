#include "exchange/json_tables.hpp"

#include <array>
#include <limits>
#include <unordered_set>
#include <utility>

#include "exchange/json_fields.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

/// A value as its name in the file, through the table of names of its type.
template <class Lookup>
auto named(Fields& fields, std::string_view field, std::string_view otherwise, Lookup lookup) {
  const auto text = fields.text(field, otherwise);
  const auto value = lookup(text);
  if (!value) fields.fail(field, "'" + text.substr(0, 40) + "' is not a known " + std::string(field));
  return *value;
}

std::optional<Severity> severity_by_name(std::string_view name) {
  for (const auto severity : {Severity::note, Severity::warning, Severity::error})
    if (severity_name(severity) == name) return severity;
  return std::nullopt;
}

std::optional<JudgementKind> judgement_by_name(std::string_view name) {
  for (const auto kind : {JudgementKind::same, JudgementKind::different})
    if (judgement_name(kind) == name) return kind;
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(base::Steps& steps) : steps_(steps) {}

  JsonTables read(std::istream& in) {
    JsonVisitor visitor;
    visitor.record = [this](const JsonRecord& record) { take(record); };
    visitor.member = [this](std::string_view name, Value value, std::size_t offset) { take_member(name, std::move(value), offset); };
    read_records(in, visitor);
    if (!has_format_) throw JsonFault{"no \"format\": \"policygraph-json\"; is this another program's JSON?", "/format", 0};
    return std::move(tables_);
  }

 private:
  using Take = void (Reader::*)(Fields&);
  static constexpr std::array<std::pair<std::string_view, Take>, 10> sections();

  void take(const JsonRecord& record) {
    steps_.step();
    for (const auto& [name, take] : sections()) {
      if (record.section != name && record.section + "s" != name) continue;
      Fields fields(record);
      (this->*take)(fields);
      return fields.keep_unknown(tables_.unknown);
    }
    tables_.unknown.emplace("/" + record.section + "/" + std::to_string(record.index), record.fields);
  }

  void take_member(std::string_view name, Value value, std::size_t offset) {
    if (name == "format" || name == "version" || name == "schema" || name == "rules") return take_head(name, value, offset);
    for (const auto& [section, take] : sections())
      if (section == name) throw JsonFault{"expected a list of objects", "/" + std::string(name), offset};
    tables_.unknown.emplace("/" + std::string(name), std::move(value));
  }

  void take_head(std::string_view name, const Value& value, std::size_t offset) {
    const auto pointer = "/" + std::string(name);
    if (name == "version") {
      if (!(value == Value(1))) throw JsonFault{"version " + value.to_string() + " is not read here; this reads version 1", pointer, offset};
      return;
    }
    if (value.kind() != ValueKind::string) throw JsonFault{"expected a string, found " + value.to_string().substr(0, 40), pointer, offset};
    if (name == "schema" || name == "rules") {
      (name == "schema" ? tables_.schema : tables_.rules) = value.as_string();
      return;
    }
    if (value.as_string() != "policygraph-json")
      throw JsonFault{"format '" + value.as_string().substr(0, 40) + "' is not policygraph-json", pointer, offset};
    has_format_ = true;
  }

  /// The head of JSON Lines.
  void take_graph(Fields& fields) {
    for (const std::string_view name : {"format", "rules", "schema", "version"})
      if (const auto* value = fields.find(name)) take_head(name, *value, fields.place().offset);
  }

  void take_document(Fields& fields) {
    JsonDocument out;
    out.id = unique(fields, 'd');
    auto& document = out.document;
    document.kind = fields.text("kind") == "edit" ? SourceDocument::Kind::edit : SourceDocument::Kind::read;
    document.title = fields.text("title");
    document.uri = fields.text("uri");
    document.publisher = fields.text("publisher");
    document.published = fields.date("published");
    document.language = fields.text("language");
    document.tier = named(fields, "source_tier", "unknown", [](auto name) { return tier_by_name(name); });
    document.sha256 = fields.text("sha256");
    document.is_redacted = fields.boolean("redacted");
    if (const auto* text = fields.find("text"); text != nullptr) out.text = std::make_shared<const std::string>(fields.text("text"));
    document.has_text = out.text != nullptr;
    out.place = fields.place();
    tables_.documents.push_back(std::move(out));
  }

  void take_evidence(Fields& fields) {
    JsonEvidence out;
    out.document = fields.required_id("document", 'd');
    out.start = fields.required_index("start");
    out.end = fields.required_index("end");
    if (out.end < out.start) fields.fail("end", "the end lies before the start");
    out.quote = fields.text("quote");
    out.extractor = fields.text("extractor");
    out.confidence = confidence(fields);
    fields.find("page");
    out.place = fields.place();
    tables_.evidence.push_back(std::move(out));
  }

  void take_mention(Fields& fields) {
    JsonMention out;
    out.id = unique(fields, 'm');
    out.entity = fields.id("entity", 'n');
    out.evidence = fields.index("evidence");
    out.type = fields.text("type");
    out.surface = fields.text("surface");
    out.place = fields.place();
    tables_.mentions.push_back(std::move(out));
  }

  void take_judgement(Fields& fields) {
    JsonJudgement out;
    auto& judgement = out.judgement;
    judgement.kind = named(fields, "kind", "", judgement_by_name);
    judgement.a.value = fields.id_of_either("a", 'm', 'n', out.a_is_node);
    judgement.b.value = fields.id_of_either("b", 'm', 'n', out.b_is_node);
    judgement.by = fields.text("by");
    judgement.score = fields.real("score", 1.0);
    judgement.reason = fields.text("reason");
    out.place = fields.place();
    tables_.judgements.push_back(std::move(out));
  }

  void take_assertion(Fields& fields) {
    JsonAssertion out;
    auto& assertion = out.assertion;
    assertion.id.value = fields.id("id", 'a');
    assertion.edge.value = fields.id("edge", 'e');
    assertion.attributed_to.value = fields.id("attributed_to", 'm');
    out.node = fields.id("subject", 'n');
    assertion.modality = named(fields, "modality", "unknown", [](auto name) { return modality_by_name(name); });
    assertion.rank = named(fields, "rank", "normal", [](auto name) { return rank_by_name(name); });
    assertion.review = named(fields, "review", "proposed", [](auto name) { return review_by_name(name); });
    assertion.confidence = confidence(fields);
    assertion.valid_from = fields.date("valid_from");
    assertion.valid_to = fields.date("valid_to");
    for (const auto index : fields.indexes("evidence")) assertion.evidence.push_back({index});
    take_claim(fields, assertion);
    out.place = fields.place();
    tables_.assertions.push_back(std::move(out));
  }

  void take_claim(Fields& fields, Assertion& assertion) {
    const auto property = fields.text("property");
    if (!property.empty()) {
      assertion.kind = assertion.edge ? ClaimKind::edge_property : ClaimKind::property;
      assertion.name = property;
      if (const auto* value = fields.find("value")) assertion.value = typed(fields, *value);
      if (!assertion.edge) assertion.subject.value = fields.id("mention", 'm');
    } else if (assertion.edge) {
      assertion.kind = ClaimKind::edge;
      assertion.name = fields.required_text("type");
      assertion.subject.value = fields.required_id("from", 'm');
      assertion.object.value = fields.required_id("to", 'm');
    } else {
      assertion.kind = ClaimKind::node;
      assertion.name = fields.text("label");
      assertion.subject.value = fields.id("mention", 'm');
    }
  }

  /// {"$type": "Decimal", "$value": "4.9"} as that value; anything else as it is.
  static Value typed(Fields& fields, const Value& value) {
    if (value.kind() != ValueKind::map || !value.as_map().contains("$type")) return value;
    const auto& map = value.as_map();
    const auto type = map.at("$type").kind() == ValueKind::string ? map.at("$type").as_string() : std::string();
    const auto inner = map.contains("$value") ? map.at("$value") : Value();
    if (type == "Map") return inner;
    if (inner.kind() != ValueKind::string) return inner;
    try {
      return parse(type, inner.as_string());
    } catch (const Error& error) {
      fields.fail("value", error.text());
    }
  }

  static Value parse_float(const std::string& text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    throw Error(ErrorCode::format, "'" + text.substr(0, 40) + "' is none of 'NaN', 'Infinity', '-Infinity'; other floats are numbers");
  }

  static Value parse(const std::string& type, const std::string& text) {
    if (type == "Float") return parse_float(text);
    if (type == "Decimal") return Decimal::parse(text);
    if (type == "PartialDate") return PartialDate::parse(text);
    if (type == "Date") return parse_day(text);
    if (type == "LocalTime") return parse_local_time(text);
    if (type == "Time") return parse_zoned_time(text);
    if (type == "LocalDateTime") return parse_local_date_time(text);
    if (type == "DateTime") return parse_zoned_date_time(text);
    if (type == "Duration") return parse_duration(text);
    throw Error(ErrorCode::format, "'" + type.substr(0, 40) + "' is not a type of value");
  }

  void take_node(Fields& fields) {
    JsonNode out;
    out.id = unique(fields, 'n');
    out.labels = fields.texts("labels");
    out.properties = fields.map("properties");
    out.evidence = fields.indexes("evidence");
    out.place = fields.place();
    tables_.nodes.push_back(std::move(out));
  }

  void take_edge(Fields& fields) {
    JsonEdge out;
    out.id = unique(fields, 'e');
    out.from = fields.required_id("from", 'n');
    out.to = fields.required_id("to", 'n');
    out.type = fields.required_text("type");
    out.properties = fields.map("properties");
    out.evidence = fields.indexes("evidence");
    out.modality = named(fields, "modality", "unknown", [](auto name) { return modality_by_name(name); });
    out.valid_from = fields.date("valid_from");
    out.valid_to = fields.date("valid_to");
    out.place = fields.place();
    tables_.edges.push_back(std::move(out));
  }

  void take_finding(Fields& fields) {
    JsonFinding out;
    out.code = fields.required_text("code");
    out.explanation = fields.text("explanation");
    out.severity = named(fields, "severity", "warning", severity_by_name);
    out.nodes = fields.ids("nodes", 'm');
    out.evidence = fields.indexes("evidence");
    out.place = fields.place();
    tables_.findings.push_back(std::move(out));
  }

  void take_run(Fields& fields) { tables_.runs.push_back({{}, fields.text("program"), fields.text("options"), {}}); }

  static float confidence(Fields& fields) {
    const auto value = fields.real("confidence", 1.0);
    if (!(value >= 0 && value <= 1)) fields.fail("confidence", "expected a number from 0 to 1");
    return static_cast<float>(value);
  }

  std::uint64_t unique(Fields& fields, char letter) {
    const auto id = fields.required_id("id", letter);
    if (!ids_[static_cast<unsigned char>(letter)].insert(id).second)
      fields.fail("id", "'" + std::string(1, letter) + std::to_string(id) + "' comes twice");
    return id;
  }

  base::Steps& steps_;
  JsonTables tables_;
  std::array<std::unordered_set<std::uint64_t>, 128> ids_;
  bool has_format_ = false;
};

constexpr std::array<std::pair<std::string_view, Reader::Take>, 10> Reader::sections() {
  return {{{"graph", &Reader::take_graph},
           {"documents", &Reader::take_document},
           {"evidence", &Reader::take_evidence},
           {"mentions", &Reader::take_mention},
           {"judgements", &Reader::take_judgement},
           {"assertions", &Reader::take_assertion},
           {"nodes", &Reader::take_node},
           {"edges", &Reader::take_edge},
           {"findings", &Reader::take_finding},
           {"runs", &Reader::take_run}}};
}

}  // namespace

JsonTables read_tables(std::istream& in, base::Steps& steps) { return Reader(steps).read(in); }

}  // namespace policygraph::inline v0::detail::exchange
