#include "policygraph_import.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "data.hpp"
#include "policygraph/base/sha256.hpp"

namespace bench::peers {
namespace {

using namespace policygraph;

enum class Kind { text, integer, money, date };
struct Field {
  std::size_t column;
  const char* property;
  Kind kind;
};
struct NodeFile {
  const char* file;
  const char* label;
  std::vector<Field> fields;
};
const std::vector<NodeFile>& node_files() {
  static const std::vector<NodeFile> files = {
      {"acts.csv",
       "Act",
       {{1, "number", Kind::text},
        {2, "kind", Kind::text},
        {3, "title", Kind::text},
        {4, "jurisdiction", Kind::text},
        {5, "date", Kind::date},
        {6, "in_force_from", Kind::date},
        {7, "in_force_to", Kind::date}}},
      {"agencies.csv", "Agency", {{1, "name", Kind::text}, {2, "country", Kind::text}}},
      {"fundings.csv",
       "Funding",
       {{1, "amount", Kind::money}, {2, "currency", Kind::text}, {3, "kind", Kind::text}, {4, "year", Kind::integer}}},
      {"programmes.csv", "Programme", {{1, "name", Kind::text}, {2, "kind", Kind::text}}},
      {"partners.csv", "Partner", {{1, "name", Kind::text}, {2, "country", Kind::text}}}};
  return files;
}

Value value_of(std::string_view text, Kind kind) {
  switch (kind) {
    case Kind::text:
      return text;
    case Kind::integer:
      return number_of(text);
    case Kind::money:
      return Decimal::parse(text);
    case Kind::date:
      return PartialDate::parse(text);
  }
  return {};
}

class Importer {
 public:
  Importer(Graph& graph, std::string folder) : folder_(std::move(folder)), transaction_(graph.begin("bench")) {}

  void import() {
    documents("documents.csv");
    set_ = passage(add_document("the set", "bench/set", "Taken in by policygraph-bench."), 0, 30);
    for (const auto& file : node_files()) nodes(file);
    mentions("mentions.csv");
    authorisations();
    for (const auto& [file, type] : {std::pair("cites.csv", "CITES"),
                                     {"issued_by.csv", "ISSUED_BY"},
                                     {"part_of.csv", "PART_OF"},
                                     {"funds.csv", "FUNDS"},
                                     {"provides.csv", "PROVIDES"},
                                     {"partner_in.csv", "PARTNER_IN"}})
      edges(file, type);
    amendments();
    transaction_.commit();
  }
  void import_more() {
    documents("increment/documents.csv");
    mentions("increment/mentions.csv");
    transaction_.commit();
  }

 private:
  DocumentId add_document(std::string_view title, std::string uri, std::string_view words,
                          std::string_view published = {}) {
    auto text = std::make_shared<const std::string>(words);
    SourceDocument document;
    document.uri = std::move(uri);
    document.title = title;
    document.sha256 = sha256_hex(*text);
    document.published = PartialDate::parse(published);
    return transaction_.add_document(document, std::move(text));
  }
  EvidenceId passage(DocumentId document, std::uint32_t begins, std::uint32_t ends) {
    return transaction_.add_evidence({document, {begins, ends}, "bench/1", 1.0F});
  }
  void node(NodeKey key, const char* label, EvidenceId evidence) {
    const auto given = transaction_.add_mention({key, label, "", evidence});
    if (given != key) fail("a node's id was not kept");
    claim_.subject = key;
    claim_.object = {};
    claim_.edge = {};
    say(ClaimKind::node, label, {}, evidence);
  }
  void property(NodeKey key, const char* name, Value value, EvidenceId evidence) {
    claim_.subject = key;
    claim_.object = {};
    claim_.edge = {};
    say(ClaimKind::property, name, std::move(value), evidence);
  }
  EdgeKey edge(NodeKey from, const char* type, NodeKey to, EvidenceId evidence) {
    claim_.subject = from;
    claim_.object = to;
    claim_.edge = transaction_.new_edge_key();
    say(ClaimKind::edge, type, {}, evidence);
    return claim_.edge;
  }
  void edge_property(EdgeKey key, const char* name, Value value, EvidenceId evidence) {
    claim_.subject = claim_.object = {};
    claim_.edge = key;
    say(ClaimKind::edge_property, name, std::move(value), evidence);
  }
  // One record for all claims: adding takes nothing out of it.
  void say(ClaimKind kind, const char* name, Value value, EvidenceId evidence) {
    claim_.id = {};
    claim_.kind = kind;
    claim_.name = name;
    claim_.value = std::move(value);
    claim_.evidence.assign(1, evidence);
    transaction_.add_assertion(std::move(claim_));
  }
  static NodeKey key_of(std::string_view field) { return NodeKey{static_cast<std::uint64_t>(number_of(field))}; }
  EvidenceId stated(DocumentId document, std::string_view begins, std::string_view ends) {
    return passage(document, static_cast<std::uint32_t>(number_of(begins)),
                   static_cast<std::uint32_t>(number_of(ends)));
  }

  void documents(const char* file) {
    CsvFile in(folder_ + "/" + file);
    for (auto row = in.next(); !row.empty(); row = in.next()) {
      const auto key = key_of(row[0]);
      if (document_of_.empty()) first_document_ = key.value;
      document_of_.push_back(add_document(row[1], "bench/" + std::string(row[0]), row[4], row[3]));
      const auto shown = passage(document_of_.back(), 0, static_cast<std::uint32_t>(row[4].size()));
      node(key, "Document", shown);
      property(key, "title", row[1], shown);
      property(key, "language", row[2], shown);
    }
  }
  DocumentId document_of(std::string_view field) const {
    return document_of_[static_cast<std::size_t>(key_of(field).value - first_document_)];
  }

  void nodes(const NodeFile& file) {
    CsvFile in(folder_ + "/" + file.file);
    for (auto row = in.next(); !row.empty(); row = in.next()) {
      node(key_of(row[0]), file.label, set_);
      for (const auto& field : file.fields)
        if (!row[field.column].empty())
          property(key_of(row[0]), field.property, value_of(row[field.column], field.kind), set_);
    }
  }
  void mentions(const char* file) {
    CsvFile in(folder_ + "/" + file);
    for (auto row = in.next(); !row.empty(); row = in.next()) {
      const auto shown = stated(document_of(row[0]), row[2], row[3]);
      const auto key = edge(key_of(row[0]), "MENTIONS", key_of(row[1]), shown);
      edge_property(key, "confidence", static_cast<double>(number_of(row[4].substr(2))) / 100, shown);
    }
  }
  void authorisations() {
    CsvFile in(folder_ + "/authorises.csv");
    for (auto row = in.next(); !row.empty(); row = in.next())
      edge(key_of(row[0]), "AUTHORISES", key_of(row[1]), stated(document_of(row[2]), row[3], row[4]));
  }
  void amendments() {
    CsvFile in(folder_ + "/amends.csv");
    for (auto row = in.next(); !row.empty(); row = in.next())
      edge_property(edge(key_of(row[0]), "AMENDS", key_of(row[1]), set_), "date", PartialDate::parse(row[2]), set_);
  }
  void edges(const char* file, const char* type) {
    CsvFile in(folder_ + "/" + file);
    for (auto row = in.next(); !row.empty(); row = in.next()) edge(key_of(row[0]), type, key_of(row[1]), set_);
  }

  std::string folder_;
  Transaction transaction_;
  Assertion claim_;
  std::vector<DocumentId> document_of_;
  std::uint64_t first_document_ = 0;
  EvidenceId set_;
};

}  // namespace

void import_into(Graph& graph, const std::string& folder) { Importer(graph, folder).import(); }
void import_more_into(Graph& graph, const std::string& folder) { Importer(graph, folder).import_more(); }

}  // namespace bench::peers
