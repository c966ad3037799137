#include "graph/node_preview.hpp"

#include <gtest/gtest.h>

#include "graph/records.hpp"

namespace policygraph::testing {
namespace {

using detail::graph::preview_nodes;
using detail::graph::WantedValues;

const WantedValues kWanted = {{"Organization", "Programme"}, {"name", "aliases", "kind"}};

// Two documents that name bodies and projects, some of them one thing; the key of the first body.
NodeKey write(Transaction& transaction) {
  Reading first(transaction, "a.txt", "The ministry, MoT, approves the harbour project of 5 May.");
  const auto ministry = first.node("Agency", "ministry");
  first.property(ministry, "name", "ministry", "ministry");
  first.property(ministry, "kind", "government", "ministry");
  const auto short_name = first.node("Agency", "MoT");
  first.property(short_name, "name", "MoT", "MoT");
  first.property(short_name, "aliases", ValueList{"Transport"}, "MoT");
  const auto project = first.node("Project", "harbour project");
  first.property(project, "name", "harbour", "harbour");
  first.property(project, "kind", "project", "harbour");
  first.edge(project, "IMPLEMENTED_BY", ministry, "approves");
  Judgement judgement;
  judgement.a = ministry;
  judgement.b = short_name;
  judgement.by = "rule:acronym/1";
  transaction.add_judgement(judgement);
  Reading second(transaction, "b.txt", "The bank paid for an event.");
  second.property(second.node("Organization", "bank"), "name", "bank", "bank");
  second.node("Event", "event");
  return ministry;
}

// What the nodes of the wanted labels are called and have.
std::string told(const Snapshot& snapshot) {
  std::string out;
  for (const auto label : kWanted.labels) {
    for (const auto row : snapshot.nodes(label)) {
      out += std::to_string(snapshot.key(row).value) + " " + std::string(snapshot.label_names(row).back());
      for (const auto property : kWanted.properties) out += " " + snapshot.value(row, property).to_string();
      out += "\n";
    }
  }
  return out;
}

TEST(NodePreview, TellsWhatTheSnapshotTells) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("test");
  write(transaction);
  const auto preview = told(preview_nodes(transaction, kWanted));
  EXPECT_NE(preview.find("['Transport', 'MoT']"), std::string::npos) << preview;
  EXPECT_EQ(preview, told(transaction.snapshot()));
}

TEST(NodePreview, LeavesTheTransactionAsItWas) {
  auto graph = open_in_memory();
  auto other = open_in_memory();
  auto looked = graph.begin("test");
  auto plain = other.begin("test");
  const auto ministry = write(looked);
  write(plain);
  for (int i = 0; i < 2; ++i) preview_nodes(looked, kWanted);
  for (auto* transaction : {&looked, &plain}) {
    Reading third(*transaction, "c.txt", "A port.");
    const auto port = third.node("Organization", "port");
    third.property(port, "name", "port", "port");
    third.property(port, "kind", "other", "port");
    Judgement judgement;
    judgement.a = ministry;
    judgement.b = port;
    judgement.by = "by:ann";
    transaction->add_judgement(judgement);
  }
  const auto one = looked.snapshot();
  const auto two = plain.snapshot();
  EXPECT_EQ(told(one), told(two));
  EXPECT_EQ(one.edge_count(), 1U);
  EXPECT_EQ(one.node_count(), two.node_count());
  EXPECT_EQ(one.assertions().size(), two.assertions().size());
}

TEST(NodePreview, OnAGraphThatStandsIsItsSnapshot) {
  auto graph = open_in_memory();
  auto first = graph.begin("test");
  const auto ministry = write(first);
  for (const auto row : first.snapshot().nodes("Organization")) first.set_property(first.snapshot().key(row), "kind", "other");
  first.commit();
  auto second = graph.begin("test");
  Reading reading(second, "d.txt", "The ministry, MoT, again.");
  const auto again = reading.node("Agency", "ministry");
  reading.property(again, "name", "the ministry", "ministry");
  Judgement judgement;
  judgement.a = ministry;
  judgement.b = again;
  judgement.by = "rule:same-name/1";
  second.add_judgement(judgement);
  const auto preview = preview_nodes(second, kWanted);
  EXPECT_EQ(told(preview), told(second.snapshot()));
  EXPECT_EQ(preview.edge_count(), second.snapshot().edge_count());
}

}  // namespace
}  // namespace policygraph::testing
