#include <gtest/gtest.h>

#include <deque>
#include <random>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"
#include "graph/snapshot_data.hpp"
#include "graph/value_reader.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {
namespace {

using detail::graph::NameNumbers;
using detail::graph::ValueReader;

/// Writes bodies and what several documents say of them: names that compete, lists, the same again.
class Writer {
 public:
  explicit Writer(Graph& graph) : edit_(graph.begin("test")) {
    const auto text = std::make_shared<const std::string>(20, 'x');
    for (const auto* day : {"2019", "2021-05", "2020"}) {
      SourceDocument document;
      document.published = PartialDate::parse(day);
      shown_.push_back(edit_.add_evidence({edit_.add_document(document, text), {0, 4}, "test/1", 1.0F}));
    }
  }
  void write(std::size_t nodes, std::size_t claims) {
    for (std::size_t i = 0; i < nodes; ++i) {
      keys_.push_back(edit_.add_mention({{}, "Organization", "", shown_[0]}));
      say(ClaimKind::node, keys_.back(), "Organization", {});
      say(ClaimKind::property, keys_.back(), "name", "n0");
      say(ClaimKind::property, keys_.back(), "kind", "government");
    }
    for (std::size_t i = 0; i < claims; ++i) say_something(keys_[below(keys_.size())]);
    edit_.commit();
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  void say(ClaimKind kind, NodeKey node, const char* name, Value value) {
    Assertion claim;
    claim.kind = kind;
    claim.subject = node;
    claim.name = name;
    claim.value = std::move(value);
    claim.evidence = {shown_[below(shown_.size())]};
    if (below(9) == 0) claim.rank = Rank::preferred;
    edit_.add_assertion(claim);
  }
  void say_something(NodeKey node) {
    const auto text = "n" + std::to_string(below(5));
    switch (below(4)) {
      case 0: return say(ClaimKind::property, node, "name", text);
      case 1: return say(ClaimKind::property, node, "aliases", ValueList{text, "again"});
      case 2: return say(ClaimKind::property, node, "founded", PartialDate::parse(std::to_string(1900 + below(9))));
      default: return say(ClaimKind::property, node, "country", text + std::to_string(below(1000)));
    }
  }

  Transaction edit_;
  std::mt19937 random_{7};
  std::vector<EvidenceId> shown_;
  std::vector<NodeKey> keys_;
};

// What ValueReader reads of the claims of each row, and what the columns have.
void compare(const Snapshot& snapshot) {
  const auto& data = snapshot.data();
  NameNumbers names;
  std::deque<Value> made;
  ValueReader reader(data.history, names, made, [&](std::uint32_t row) { return detail::graph::may_have_aliases(data, row); });
  for (std::uint32_t row = 0; row < data.node_limit; ++row) reader.read_row(row, data.node_claims[row]);
  const auto read = reader.take();
  ASSERT_EQ(names.names().size(), data.properties.size());
  for (std::size_t number = 0; number < read.size(); ++number) {
    const auto property = snapshot.property(names.names()[number]);
    ASSERT_TRUE(property);
    const auto& column = *data.node_columns[static_cast<std::size_t>(*property)];
    EXPECT_EQ(column.data().value_count, read[number].size());
    for (const auto& [row, value] : read[number]) ASSERT_EQ(column.value(row), *value) << names.names()[number] << " of row " << row;
  }
}

TEST(DerivedValues, AreThoseOfEachRow) {
  for (const auto claims : {std::size_t{300}, std::size_t{3000}}) {
    auto graph = open_in_memory();
    Writer(graph).write(200, claims);
    compare(graph.snapshot());
  }
}

TEST(DerivedValues, OfLargeGraphsAreReadBesideOtherWork) {
  auto graph = open_in_memory();
  Writer(graph).write(9000, 60'000);
  compare(graph.snapshot());
}

}  // namespace
}  // namespace policygraph::testing
