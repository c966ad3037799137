#pragma once

#include <memory>
#include <string>

#include "graph/records.hpp"
#include "policygraph/store/open.hpp"

namespace policygraph::testing {

inline OpenOptions in_the_open_schema() {
  OpenOptions options;
  options.schema = Schema::open();
  return options;
}
inline OpenOptions to_read() {
  OpenOptions options;
  options.share_for_news = 1;
  options.read_only = true;
  return options;
}

// With a snapshot file however small the graph is.
inline OpenOptions with_snapshots(bool read_only = false) {
  OpenOptions options;
  options.read_only = read_only;
  options.share_for_news = 1;
  options.snapshot_from = 1;
  return options;
}

inline void write_lake(Graph& graph, const std::string& name) {
  auto transaction = graph.begin("by:anna");
  transaction.create_node({"Lake"}, {{"name", name}});
  transaction.commit();
}

inline std::size_t lakes(const Graph& graph) { return graph.snapshot().nodes("Lake").size(); }

// Lakes and rivers that say all kinds of things, enough for a snapshot file of several chunks.
inline void write_waters(Graph& graph, int count) {
  auto transaction = graph.begin("by:anna");
  std::vector<NodeKey> lakes;
  for (int i = 0; i < count; ++i) {
    const auto name = "Lake " + std::to_string(i * 7919);
    PropertyList values = {{"name", name}, {"depth", std::int64_t{i} * 1'000'003}};
    if (i % 3 == 0) values.emplace_back("area", Decimal::parse(std::to_string(i) + ".25"));
    if (i % 5 == 0) values.emplace_back("since", PartialDate::parse(std::to_string(1000 + i % 900)));
    if (i % 7 == 0) values.emplace_back("names", ValueList{name, "L" + std::to_string(i)});
    if (i % 11 == 0) values.emplace_back("height", 0.5 * i);
    lakes.push_back(transaction.create_node({i % 4 == 0 ? "Pond" : "Lake"}, values));
  }
  for (int i = 1; i < count; ++i) {
    const auto to = lakes[static_cast<std::size_t>(i) * 31 % lakes.size()];
    transaction.create_edge(lakes[static_cast<std::size_t>(i)], i % 2 == 0 ? "FEEDS" : "NEAR", to, {{"weight", std::int64_t{i % 50}}});
  }
  transaction.commit();
}

// A commit of documents, a second that replaces one, removes one, withdraws, judges, notes and edits.
inline void write_all_kinds(Graph& graph) {
  DocumentId news, note;
  NodeKey como, ladoga;
  AssertionId depth;
  {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "news.txt", "Lake Como is 425 m deep. Como feeds the Adda.");
    news = reading.id();
    como = reading.node("Lake", "Lake Como");
    const auto adda = reading.node("River", "Adda");
    depth = reading.property(como, "depth", std::int64_t{425}, "425 m");
    reading.property(como, "area", Decimal::parse("146.90"), "Como");
    const auto edge = reading.edge(como, "FEEDS", adda, "Como feeds the Adda");
    reading.edge_property(edge, "since", PartialDate::parse("1018-03"), "Adda");
    Reading other(transaction, "note.txt", "Ladoga lies in the north");
    note = other.id();
    ladoga = other.node("Lake", "Ladoga");
    reading.same(como, ladoga, 0.25);
    transaction.add_finding({"DATE_CONFLICT", Severity::warning, "two \"dates\"", {como, ladoga}, {}});
    transaction.add_run({{}, "reader 1", "fast", {}});
    transaction.commit();
  }
  auto transaction = graph.begin("by:anna");
  transaction.withdraw(depth);
  transaction.remove_document(note);
  transaction.set_note("seen on the map");
  const auto onega = transaction.create_node({"Lake"}, {{"name", "Onega"}, {"names", ValueList{"Onega", "Oniegu"}}});
  transaction.separate(como, onega, "other shores");
  transaction.commit();
  auto third = graph.begin("ingest");
  Reading again(third, "news.txt", "Lake Como is 410 m deep", news);
  again.property(again.node("Lake", "Lake Como"), "depth", std::int64_t{410}, "410 m");
  third.commit();
}

}  // namespace policygraph::testing
