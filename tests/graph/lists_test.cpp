#include <gtest/gtest.h>

#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

/// A document that calls one body by a name and by other names.
NodeKey add_body(Transaction& transaction, std::string uri, std::string name, const ValueList& aliases) {
  SourceDocument document;
  document.uri = uri;
  const auto id = transaction.add_document(document, std::make_shared<const std::string>(name + " is a body."));
  const auto evidence = transaction.add_evidence({id, {0, static_cast<std::uint32_t>(name.size())}, "test/1", 1.0F});
  const auto key = transaction.add_mention({{}, "Organization", name, evidence});
  const auto claim = [&](ClaimKind kind, std::string property, Value value) {
    Assertion assertion;
    assertion.kind = kind;
    assertion.subject = key;
    assertion.name = std::move(property);
    assertion.value = std::move(value);
    assertion.evidence = {evidence};
    transaction.add_assertion(std::move(assertion));
  };
  claim(ClaimKind::node, "Organization", {});
  claim(ClaimKind::property, "name", name);
  claim(ClaimKind::property, "kind", "other");
  if (!aliases.empty()) claim(ClaimKind::property, "aliases", aliases);
  return key;
}

TEST(Lists, ReadAsTheUnionOfWhatIsClaimed) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  const auto a = add_body(transaction, "a", "World Health Organization", {"WHO"});
  const auto b = add_body(transaction, "b", "Weltgesundheitsorganisation", {"WGO", "WHO"});
  transaction.merge(a, b, "one body");
  transaction.commit();
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.nodes("Organization").size(), 1U);
  const auto row = snapshot.nodes("Organization").front();
  EXPECT_EQ(snapshot.value(row, "name"), Value("World Health Organization"));
  EXPECT_EQ(snapshot.value(row, "aliases"), Value(ValueList{"WHO", "WGO", "Weltgesundheitsorganisation"}));
}

TEST(Lists, ANameNotReadIsAnAlias) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  const auto a = add_body(transaction, "a", "Ministry of Finance", {});
  const auto b = add_body(transaction, "b", "Finance Ministry", {});
  transaction.merge(a, b, "one body");
  transaction.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.value(*snapshot.find(a), "aliases"), Value(ValueList{"Finance Ministry"}));
}

TEST(Lists, ACorrectionByHandReadsAlone) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  const auto key = add_body(transaction, "a", "Ministry of Finanse", {"MF"});
  transaction.set_property(key, "name", "Ministry of Finance");
  transaction.set_property(key, "aliases", ValueList{"MoF"});
  transaction.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.value(*snapshot.find(key), "aliases"), Value(ValueList{"MoF"}));
}

TEST(Lists, TheOpenSchemaHasNoAliases) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  const auto key = transaction.create_node({"Body"}, {{"name", "a"}});
  transaction.set_property(key, "name", "b");
  transaction.commit();
  EXPECT_TRUE(graph.snapshot().value(*graph.snapshot().find(key), "aliases").is_null());
}

}  // namespace
}  // namespace policygraph
