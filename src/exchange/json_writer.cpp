// Writing policygraph-json 1; docs/json.md gives the format.
#include <algorithm>
#include <sstream>
#include <utility>

#include "base/steps.hpp"
#include "exchange/json_format.hpp"
#include "exchange/json_out.hpp"
#include "exchange/json_selection.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::JsonOut;
using detail::exchange::Quotes;
using detail::exchange::reads_back;
using detail::exchange::Selection;

std::string name_of(char letter, std::uint64_t number) { return letter + std::to_string(number); }

class Writer {
 public:
  Writer(const Snapshot& snapshot, std::ostream& out, const WriteJsonOptions& options)
      : snapshot_(snapshot), options_(options), steps_(options.stop, "writing JSON"), json_(out), selection_(snapshot, steps_), quotes_(snapshot.sources()) {}

  void write() {
    options_.lines ? write_lines() : write_document();
    json_.flush();
  }

 private:
  void write_document() {
    json_.begin_object();
    section("assertions", [this] { write_assertions(); });
    section("documents", [this] { write_documents(); });
    section("edges", [this] { write_edges(); });
    section("evidence", [this] { write_evidence(); });
    if (has_findings()) section("findings", [this] { write_findings(); });
    field("format", "policygraph-json");
    section("judgements", [this] { write_judgements(); });
    section("mentions", [this] { write_mentions(); });
    section("nodes", [this] { write_nodes(); });
    field_unless_empty("rules", detail::exchange::rules_to_write(snapshot_.schema()));
    if (!snapshot_.runs().empty()) section("runs", [this] { write_runs(); });
    end_head();
    json_.raw_line();
  }

  void end_head() {
    field("schema", snapshot_.schema().name());
    json_.key("version"), json_.number(1);
    json_.end_object();
  }

  /// One record a line, each saying what it is; what others refer to comes first.
  void write_lines() {
    json_.begin_object();
    field("format", "policygraph-json");
    field("record", "graph");
    field_unless_empty("rules", detail::exchange::rules_to_write(snapshot_.schema()));
    end_head();
    write_documents();
    write_evidence();
    write_mentions();
    write_judgements();
    write_assertions();
    write_findings();
    write_runs();
    write_nodes();
    write_edges();
    json_.raw_line();
  }

  template <class Write>
  void section(std::string_view name, Write write) {
    json_.key(name);
    json_.list(write);
  }

  /// Opens a record; in lines each stands alone and names itself, at its place in the order of keys.
  void begin() {
    steps_.step();
    options_.lines ? json_.raw_line() : json_.new_line();
    json_.begin_object();
  }
  void record(std::string_view name) {
    if (options_.lines) field("record", name);
  }
  void end() { json_.end_object(); }

  void field(std::string_view key, std::string_view text) {
    json_.key(key);
    json_.text(text);
  }
  void field_unless_empty(std::string_view key, std::string_view text) {
    if (!text.empty()) field(key, text);
  }
  void date_field(std::string_view key, const PartialDate& date) {
    json_.key(key);
    date.is_unknown() ? json_.null() : json_.text(date.to_string());
  }
  bool has_findings() const {
    return std::ranges::any_of(snapshot_.findings(), [this](const Finding* finding) { return selection_.has(*finding); });
  }
  template <class Ids>
  void evidence_field(const Ids& ids) {
    json_.key("evidence");
    json_.list([&] {
      for (const auto id : ids) json_.number(selection_.evidence().index(id));
    });
  }
  std::string node_name(NodeKey mention) const {
    const auto row = snapshot_.find(mention);
    return name_of('n', row ? snapshot_.key(*row).value : mention.value);
  }

  // ---- tables, each with its keys in sorted order

  void write_documents() {
    for (const auto& document : snapshot_.sources().documents()) {
      if (!selection_.has(document)) continue;
      begin();
      field("id", name_of('d', document.id.value));
      if (document.kind == SourceDocument::Kind::edit) field("kind", "edit");
      field_unless_empty("language", document.language);
      if (!document.published.is_unknown()) date_field("published", document.published);
      field_unless_empty("publisher", document.publisher);
      record("document");
      if (document.is_redacted) json_.key("redacted"), json_.boolean(true);
      field("sha256", document.sha256);
      if (document.tier != SourceTier::unknown) field("source_tier", tier_name(document.tier));
      write_text(document);
      field("title", document.title);
      field_unless_empty("uri", document.uri);
      end();
    }
  }

  void write_text(const SourceDocument& document) {
    if (!options_.texts) return;
    if (const auto text = snapshot_.sources().text(document.id)) field("text", *text);
  }

  void write_evidence() {
    for (const auto id : selection_.evidence().ids()) {
      const auto& evidence = snapshot_.evidence(id);
      const auto place = quotes_.place(evidence);
      begin();
      json_.key("confidence");
      json_.real(evidence.confidence);
      field("document", name_of('d', evidence.document.value));
      json_.key("end");
      json_.number(place.end);
      field("extractor", evidence.extractor);
      if (place.page != 0) {
        json_.key("page");
        json_.number(place.page);
      }
      field("quote", place.quote);
      record("evidence");
      json_.key("start");
      json_.number(place.start);
      end();
    }
  }

  void write_mentions() {
    for (const auto& mention : snapshot_.mentions()) {
      if (!selection_.has(mention)) continue;
      begin();
      field("entity", node_name(mention.key));
      json_.key("evidence");
      json_.number(selection_.evidence().index(mention.evidence));
      field("id", name_of('m', mention.key.value));
      record("mention");
      field("surface", mention.surface);
      field("type", mention.type);
      end();
    }
  }

  void write_judgements() {
    for (const auto* judgement : snapshot_.judgements()) {
      if (!selection_.has(*judgement)) continue;
      begin();
      field("a", name_of('m', judgement->a.value));
      field("b", name_of('m', judgement->b.value));
      field("by", judgement->by);
      field("kind", judgement_name(judgement->kind));
      field("reason", judgement->reason);
      record("judgement");
      json_.key("score");
      json_.real(judgement->score);
      end();
    }
  }

  void write_assertions() {
    for (const auto& assertion : snapshot_.assertions())
      if (selection_.has(assertion)) write_assertion(assertion);
  }

  void write_assertion(const Assertion& assertion) {
    const bool is_edge = assertion.edge && assertion.kind != ClaimKind::node && assertion.kind != ClaimKind::property;
    begin();
    json_.key("attributed_to");
    selection_.has_mention(assertion.attributed_to) ? json_.text(name_of('m', assertion.attributed_to.value)) : json_.null();
    json_.key("confidence");
    json_.real(assertion.confidence);
    if (is_edge) field("edge", name_of('e', assertion.edge.value));
    evidence_field(assertion.evidence);
    if (assertion.kind == ClaimKind::edge) field("from", name_of('m', assertion.subject.value));
    field("id", name_of('a', assertion.id.value));
    if (assertion.kind == ClaimKind::node && !assertion.name.empty()) field("label", assertion.name);
    if (!is_edge) field("mention", name_of('m', assertion.subject.value));
    field("modality", modality_name(assertion.modality));
    if (assertion.kind == ClaimKind::property || assertion.kind == ClaimKind::edge_property) field("property", assertion.name);
    field("rank", rank_name(assertion.rank));
    record("assertion");
    field("review", review_name(assertion.review));
    if (!is_edge) field("subject", node_name(assertion.subject));
    if (assertion.kind == ClaimKind::edge) {
      field("to", name_of('m', assertion.object.value));
      field("type", assertion.name);
    }
    date_field("valid_from", assertion.valid_from);
    date_field("valid_to", assertion.valid_to);
    if (assertion.kind == ClaimKind::property || assertion.kind == ClaimKind::edge_property) write_value(assertion);
    end();
  }

  /// As JSON's own where that reads back as the same value, else with its type beside it.
  void write_value(const Assertion& assertion) {
    json_.key("value");
    const bool is_node = assertion.kind == ClaimKind::property;
    if (reads_back(snapshot_, assertion, is_node)) return json_.value(assertion.value);
    json_.begin_object();
    field("$type", kind_name(assertion.value.kind()));
    json_.key("$value");
    // A plain float reads back: here is NaN or an infinity, for which JSON has no word.
    if (assertion.value.kind() == ValueKind::floating) json_.text(assertion.value.to_string());
    else json_.value(assertion.value);
    json_.end_object();
  }

  void write_findings() {
    for (const auto* finding : snapshot_.findings()) {
      if (!selection_.has(*finding)) continue;
      begin();
      field("code", finding->code);
      evidence_field(finding->evidence);
      field("explanation", finding->explanation);
      json_.key("nodes");
      json_.list([&] {
        for (const auto node : finding->nodes) json_.text(name_of('m', node.value));
      });
      record("finding");
      field("severity", severity_name(finding->severity));
      end();
    }
  }

  void write_runs() {
    for (const auto* run : snapshot_.runs()) {
      begin();
      field("options", run->options);
      field("program", run->program);
      record("run");
      end();
    }
  }

  // ---- the readable view

  void write_nodes() {
    for (const auto row : by_key(snapshot_.nodes())) {
      begin();
      evidence_field(snapshot_.evidence(row));
      field("id", name_of('n', snapshot_.key(row).value));
      json_.key("labels");
      json_.list([&] {
        for (const auto label : snapshot_.label_names(row)) json_.text(label);
      });
      write_properties(row);
      record("node");
      end();
    }
  }

  void write_edges() {
    for (const auto row : by_key(snapshot_.edges())) {
      begin();
      evidence_field(snapshot_.evidence(row));
      field("from", name_of('n', snapshot_.key(snapshot_.source(row)).value));
      field("id", name_of('e', snapshot_.key(row).value));
      field("modality", modality_name(snapshot_.modality(row)));
      write_properties(row);
      record("edge");
      field("to", name_of('n', snapshot_.key(snapshot_.target(row)).value));
      field("type", snapshot_.name(snapshot_.type(row)));
      date_field("valid_from", snapshot_.valid_from(row));
      date_field("valid_to", snapshot_.valid_to(row));
      end();
    }
  }

  template <class Row>
  void write_properties(Row row) {
    json_.key("properties");
    json_.begin_object();
    for (const auto property : snapshot_.properties(row)) {
      json_.key(snapshot_.name(property));
      json_.value(snapshot_.value(row, property));
    }
    json_.end_object();
  }

  template <class Rows>
  std::vector<std::ranges::range_value_t<Rows>> by_key(Rows rows) const {
    std::vector<std::ranges::range_value_t<Rows>> sorted(rows.begin(), rows.end());
    std::ranges::sort(sorted, {}, [this](auto row) { return snapshot_.key(row); });
    return sorted;
  }

  const Snapshot& snapshot_;
  const WriteJsonOptions& options_;
  detail::base::Steps steps_;
  JsonOut json_;
  Selection selection_;
  Quotes quotes_;
};

}  // namespace

void write_json(const Snapshot& snapshot, std::ostream& out, const WriteJsonOptions& options) {
  Writer(snapshot, out, options).write();
  out.flush();
  if (!out) throw Error(ErrorCode::io, "the stream refused the JSON text");
}

void write_json(const Snapshot& snapshot, const std::string& path, const WriteJsonOptions& options) {
  detail::exchange::write_whole(path, [&](std::ostream& out) { write_json(snapshot, out, options); });
}

std::string to_json(const Snapshot& snapshot, const WriteJsonOptions& options) {
  std::ostringstream out;
  write_json(snapshot, out, options);
  return std::move(out).str();
}

}  // namespace policygraph::inline v0
