#include "generator.hpp"

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "policygraph/base/sha256.hpp"

namespace bench {
namespace {

using namespace policygraph;

/// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }
  /// Skewed: low numbers come often.
  std::uint32_t skewed(std::uint32_t bound) {
    const double u = static_cast<double>(next() >> 11U) * 0x1.0p-53;
    return static_cast<std::uint32_t>(std::floor(u * u * u * static_cast<double>(bound)));
  }

 private:
  std::uint64_t state_;
};

constexpr std::uint32_t kDocuments = 1000;
constexpr std::uint32_t kDocumentSize = 4000;

class Maker {
 public:
  Maker(Graph graph, std::uint32_t edges, std::uint64_t seed, bool is_dated)
      : random_(seed), is_dated_(is_dated), sums_(edges / 5), graph_(std::move(graph)), transaction_(graph_.begin("bench")) {}

  BuiltGraph make() {
    const double writing = seconds(1, [this] {
      add_documents();
      add_nodes();
      add_edges();
    });
    const double committing = seconds(1, [this] { transaction_.commit(); });
    return {graph_, writing, committing};
  }

 private:
  void add_documents() {
    for (std::uint32_t i = 0; i < kDocuments; ++i) {
      auto text = std::make_shared<const std::string>(std::to_string(i) + std::string(kDocumentSize, 'x'));
      SourceDocument document;
      document.uri = "bench/" + std::to_string(i);
      document.title = "Document " + std::to_string(i);
      document.sha256 = sha256_hex(*text);
      documents_.push_back(transaction_.add_document(document, text));
    }
  }

  EvidenceId evidence() {
    const auto start = random_.below(kDocumentSize - 50);
    return transaction_.add_evidence({documents_[random_.below(kDocuments)], {start, start + 40}, "bench/1", 1.0F});
  }

  NodeKey node(std::string_view label, const PropertyList& properties) {
    const auto shown = evidence();
    const auto key = transaction_.add_mention({{}, std::string(label), "x", shown});
    Assertion existence;
    existence.subject = key;
    existence.name = label;
    existence.evidence = {shown};
    transaction_.add_assertion(existence);
    for (const auto& [name, value] : properties) {
      Assertion property = existence;
      property.kind = ClaimKind::property;
      property.name = name;
      property.value = value;
      transaction_.add_assertion(std::move(property));
    }
    return key;
  }

  void edge(NodeKey from, std::string_view type, NodeKey to) {
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.subject = from;
    claim.object = to;
    claim.name = type;
    claim.edge = transaction_.new_edge_key();
    claim.evidence = {evidence()};
    if (is_dated_) date(claim);
    Assertion weight = claim;
    transaction_.add_assertion(std::move(claim));
    if (!is_dated_) return;
    weight.kind = ClaimKind::edge_property;
    weight.subject = weight.object = {};
    weight.name = "weight";
    weight.value = static_cast<double>(random_.below(1000)) / 8;
    transaction_.add_assertion(std::move(weight));
  }

  void date(Assertion& claim) {
    if (random_.below(4) != 0) claim.valid_from = PartialDate::year(2000 + static_cast<int>(random_.below(20)));
    if (random_.below(2) == 0) claim.valid_to = PartialDate::year(2005 + static_cast<int>(random_.below(20)));
  }

  void add_nodes() {
    static constexpr std::string_view kCurrencies[] = {"UZS", "USD", "EUR", "KZT"};
    for (std::uint32_t i = 0; i < sums_ / 2; ++i)
      acts_.push_back(node("Decree", {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-" + std::to_string(i)},
                                      {"date", PartialDate::day(2000 + static_cast<int>(random_.below(25)), 1 + static_cast<int>(random_.below(12)), 1)}}));
    for (std::uint32_t i = 0; i < sums_ / 4; ++i)
      programmes_.push_back(node("Programme", {{"name", "Programme " + std::to_string(i)}, {"kind", "programme"}}));
    for (std::uint32_t i = 0; i < sums_ / 20; ++i)
      partners_.push_back(node("Organization", {{"name", "Partner " + std::to_string(i)}, {"kind", "multilateral"}}));
    for (std::uint32_t i = 0; i < sums_; ++i)
      fundings_.push_back(node("Funding", {{"kind", "grant"}, {"amount", Decimal(1000 + static_cast<std::int64_t>(random_.below(10'000'000)))},
                                           {"currency", kCurrencies[random_.below(4)]}}));
  }

  template <class Keys>
  NodeKey pick(const Keys& keys) {
    return keys[random_.skewed(static_cast<std::uint32_t>(keys.size()))];
  }

  void add_edges() {
    for (const auto funding : fundings_) {
      edge(pick(acts_), "AUTHORISES", funding);
      edge(funding, "FUNDS", pick(programmes_));
      edge(pick(partners_), "PROVIDES", funding);
      edge(acts_[random_.below(static_cast<std::uint32_t>(acts_.size()))], "CITES", pick(acts_));
      edge(acts_[random_.below(static_cast<std::uint32_t>(acts_.size()))], "AMENDS", pick(acts_));
    }
  }

  Random random_;
  bool is_dated_;
  std::uint32_t sums_;
  Graph graph_;
  Transaction transaction_;
  std::vector<DocumentId> documents_;
  std::vector<NodeKey> acts_, programmes_, partners_, fundings_;
};

}  // namespace

BuiltGraph build_graph(std::uint32_t edges, std::uint64_t seed) { return build_graph_in(open_in_memory(), edges, seed); }
BuiltGraph build_graph_in(policygraph::Graph graph, std::uint32_t edges, std::uint64_t seed) {
  return Maker(std::move(graph), edges, seed, false).make();
}
policygraph::Graph make_graph(std::uint32_t edges, std::uint64_t seed, bool is_dated) {
  return Maker(open_in_memory(is_dated ? Schema::open() : Schema::policy()), edges, seed, is_dated).make().graph;
}

}  // namespace bench
