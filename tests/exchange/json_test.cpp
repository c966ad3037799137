#include "policygraph/exchange/json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "policygraph/base/sha256.hpp"
#include "policygraph/exchange/graph_csv.hpp"
#include "policygraph/graph/region.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph {
namespace {

constexpr std::string_view kText = "Указ № 5 утвердил программу «Чистый воздух». The decree names Ann Example.";

Span find(std::string_view words) {
  const auto at = kText.find(words);
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

Assertion claim(ClaimKind kind, NodeKey subject, std::string name, Value value, EvidenceId evidence) {
  Assertion assertion;
  assertion.kind = kind;
  assertion.subject = subject;
  assertion.name = std::move(name);
  assertion.value = std::move(value);
  assertion.evidence = {evidence};
  return assertion;
}

/// A document, three mentions of which two are one, an edge, a rejected claim, a finding: a little of everything.
Graph sample() {
  auto graph = open_in_memory();
  auto transaction = graph.begin("ingest");
  SourceDocument document;
  document.title = "Sample \"quoted\"\t";
  document.uri = "a/sample.txt";
  document.language = "ru";
  document.published = PartialDate::parse("2024-05");
  document.tier = SourceTier::official;
  document.sha256 = sha256_hex(kText);
  const auto id = transaction.add_document(document, std::make_shared<const std::string>(kText));
  const auto evidence = [&](std::string_view words) { return transaction.add_evidence({id, find(words), "test/1", 0.75F}); };
  const auto act = transaction.add_mention({{}, "Decree", "Указ № 5", evidence("Указ № 5")});
  const auto programme = transaction.add_mention({{}, "Programme", "Чистый воздух", evidence("Чистый воздух")});
  const auto again = transaction.add_mention({{}, "Decree", "The decree", evidence("The decree")});
  transaction.add_assertion(claim(ClaimKind::node, act, "Decree", {}, evidence("Указ № 5")));
  transaction.add_assertion(claim(ClaimKind::property, act, "jurisdiction", "UZ", evidence("Указ № 5")));
  transaction.add_assertion(claim(ClaimKind::property, act, "kind", "decree", evidence("Указ № 5")));
  transaction.add_assertion(claim(ClaimKind::property, act, "number", "5", evidence("№ 5")));
  transaction.add_assertion(claim(ClaimKind::property, act, "date", PartialDate::parse("2024"), evidence("Указ № 5")));
  transaction.add_assertion(claim(ClaimKind::node, again, "Decree", {}, evidence("The decree")));
  transaction.add_assertion(claim(ClaimKind::node, programme, "Programme", {}, evidence("Чистый воздух")));
  transaction.add_assertion(claim(ClaimKind::property, programme, "name", "Чистый воздух", evidence("Чистый воздух")));
  transaction.add_assertion(claim(ClaimKind::property, programme, "kind", "programme", evidence("программу")));
  Assertion edge = claim(ClaimKind::edge, act, "APPROVES", {}, evidence("утвердил"));
  edge.object = programme;
  edge.edge = transaction.new_edge_key();
  edge.modality = Modality::approved;
  edge.valid_from = PartialDate::parse("2024-05-01");
  transaction.add_assertion(edge);
  Judgement same;
  same.a = act;
  same.b = again;
  same.by = "rule:definite/1";
  same.score = 0.9;
  same.reason = "the only decree before it";
  transaction.add_judgement(same);
  transaction.add_finding({"TYPE_CONFLICT", Severity::note, "only a test", {act}, {evidence("№ 5")}});
  transaction.add_run({{}, "policygraph test", "", {}});
  transaction.commit();
  return graph;
}

std::string refusal(std::string_view json, ErrorCode code = ErrorCode::format) {
  auto graph = open_in_memory();
  try {
    read_json_text(graph, json, "t.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.report();
    EXPECT_EQ(graph.snapshot().node_count(), 0U);
    return error.what();
  }
  ADD_FAILURE() << "read without an error";
  return {};
}

std::string with(std::string_view lists) {
  return R"({"format":"policygraph-json","version":1,"schema":"policy",)" + std::string(lists) + "}";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Json, ReadsBackTheSameBytes) {
  const auto written = to_json(sample().snapshot());
  auto graph = open_in_memory();
  const auto result = read_json_text(graph, written);
  EXPECT_TRUE(result.diagnostics.empty());
  EXPECT_EQ(to_json(graph.snapshot()), written);
}

TEST(GraphCsv, OfARegionHasItsRowsAlone) {
  const auto snapshot = sample().snapshot();
  const auto act = snapshot.nodes("LegalAct").front();
  const auto region = only(snapshot, around(snapshot, {&act, 1}, 0));
  std::ostringstream nodes, edges;
  write_nodes_csv(region, nodes);
  write_edges_csv(region, edges);
  EXPECT_EQ(std::ranges::count(nodes.str(), '\n'), 2);
  EXPECT_EQ(std::ranges::count(edges.str(), '\n'), 1);
}

/// What a graph shows, by key.
std::string shown(const Snapshot& snapshot) {
  std::string text;
  for (const auto row : snapshot.nodes()) {
    text += "n" + std::to_string(snapshot.key(row).value);
    for (const auto property : snapshot.properties(row)) text += " " + snapshot.value(row, property).to_string();
    text += " " + std::to_string(snapshot.assertions(row).size()) + " claims, " + std::to_string(snapshot.mentions(row).size()) + " mentions\n";
  }
  for (const auto row : snapshot.edges())
    text += "e" + std::to_string(snapshot.key(row).value) + " " + std::to_string(snapshot.key(snapshot.source(row)).value) + " " +
            std::to_string(snapshot.key(snapshot.target(row)).value) + " " + std::to_string(snapshot.assertions(row).size()) + " claims\n";
  return text;
}

TEST(Json, OfAViewHasWhatItShows) {
  const auto whole = sample().snapshot();
  const auto acts = with_labels(whole, {"Decree"});
  const auto written = to_json(acts);
  EXPECT_EQ(written.find("Programme"), std::string::npos) << written;
  EXPECT_EQ(written.find("APPROVES"), std::string::npos) << written;
  EXPECT_NE(written.find("rule:definite/1"), std::string::npos);
  EXPECT_NE(written.find("TYPE_CONFLICT"), std::string::npos);
  auto graph = open_in_memory();
  EXPECT_TRUE(read_json_text(graph, written).diagnostics.empty());
  EXPECT_EQ(shown(graph.snapshot()), shown(acts));
  const auto programmes = to_json(with_labels(whole, {"Programme"}));
  EXPECT_EQ(programmes.find("rule:definite/1"), std::string::npos);
  EXPECT_EQ(programmes.find("TYPE_CONFLICT"), std::string::npos);
  const auto nothing = to_json(with_labels(whole, {}));
  EXPECT_EQ(nothing.find("sample.txt"), std::string::npos) << "a document that nothing rests on";
}

TEST(Json, OfAViewAsOfADateLeavesTheOtherEdgesOut) {
  const auto whole = sample().snapshot();
  for (const bool is_lines : {false, true}) {
    const WriteJsonOptions options{true, is_lines};
    const auto before = as_of(whole, PartialDate::year(2023));
    const auto written = to_json(before, options);
    EXPECT_EQ(written.find("APPROVES"), std::string::npos) << written;
    auto graph = open_in_memory();
    read_json_text(graph, written);
    EXPECT_EQ(shown(graph.snapshot()), shown(before));
    EXPECT_EQ(to_json(as_of(whole, PartialDate::year(2025)), options), to_json(whole, options)) << "it hides nothing";
  }
}

TEST(Json, OfAViewForgetsASpeakerWhomItHides) {
  auto graph = sample();
  auto transaction = graph.begin("ingest");
  const auto documents = graph.snapshot().sources().documents();
  const auto words = transaction.add_evidence({documents.front().id, find("Ann Example"), "test/1", 1.0F});
  const auto speaker = transaction.add_mention({{}, "Person", "Ann Example", words});
  transaction.add_assertion(claim(ClaimKind::node, speaker, "Person", {}, words));
  transaction.add_assertion(claim(ClaimKind::property, speaker, "name", "Ann Example", words));
  const auto programme = graph.snapshot().key(graph.snapshot().nodes("Programme").front());
  auto said = claim(ClaimKind::property, programme, "name", "Clean Air", words);
  said.attributed_to = speaker;
  transaction.add_assertion(said);
  transaction.commit();
  const auto whole = graph.snapshot();
  const auto said_by = "\"attributed_to\":\"m" + std::to_string(speaker.value) + "\"";
  EXPECT_NE(to_json(whole).find(said_by), std::string::npos);
  const auto view = with_labels(whole, {"Programme"});
  EXPECT_EQ(to_json(view).find(said_by), std::string::npos);
  auto again = open_in_memory();
  read_json_text(again, to_json(view));
  EXPECT_EQ(shown(again.snapshot()), shown(view));
}

TEST(Json, ASchemaThatIsNotBuiltInGoesAlong) {
  const auto path = std::filesystem::temp_directory_path() / "policygraph_rules.json";
  auto graph = open_in_memory(Schema::policy().extended(
      {{"permit.json", R"({"label": "Permit", "parent": "LegalAct", "properties": [{"name": "fee", "type": "decimal"}]})"}}));
  auto transaction = graph.begin();
  transaction.create_node({"Permit"}, {{"jurisdiction", "GB"}, {"kind", "other"}, {"fee", Decimal::parse("4.90")}});
  transaction.commit();
  for (const bool is_lines : {false, true}) {
    const WriteJsonOptions options{true, is_lines};
    write_json(graph.snapshot(), path.string(), options);
    const auto read = open_json(path.string());
    EXPECT_EQ(read.schema().to_json(), graph.schema().to_json());
    EXPECT_EQ(to_json(read.snapshot(), options), to_json(graph.snapshot(), options));
    EXPECT_EQ(read.snapshot().value(NodeRow{0}, "fee"), Value(Decimal::parse("4.90")));
  }
  std::filesystem::remove(path);
  EXPECT_EQ(to_json(sample().snapshot()).find("\"rules\""), std::string::npos);
}

TEST(Json, LinesReadBackTheSameBytes) {
  const WriteJsonOptions lines{true, true};
  const auto snapshot = sample().snapshot();
  auto graph = open_in_memory();
  read_json_text(graph, to_json(snapshot, lines));
  EXPECT_EQ(to_json(graph.snapshot(), lines), to_json(snapshot, lines));
  EXPECT_EQ(to_json(graph.snapshot()), to_json(snapshot));
}

TEST(Json, CountsCodePoints) {
  const auto written = to_json(sample().snapshot());
  EXPECT_NE(written.find(R"("end":8,"extractor":"test/1","quote":"Указ № 5","start":0)"), std::string::npos) << written;
}

TEST(Json, MergedNodeKeepsItsSmallestKey) {
  const auto snapshot = sample().snapshot();
  EXPECT_EQ(snapshot.node_count(), 2U);
  const auto written = to_json(snapshot);
  EXPECT_NE(written.find(R"("entity":"n1","evidence":2,"id":"m3")"), std::string::npos) << written;
}

TEST(Json, SameDocumentIsMetAgain) {
  const auto written = to_json(sample().snapshot());
  auto graph = open_in_memory();
  read_json_text(graph, written);
  read_json_text(graph, written);
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(graph.snapshot().edge_count(), 1U);
  EXPECT_EQ(graph.snapshot().sources().documents().size(), 1U);
}

TEST(Json, WithoutTextsSaysThatQuotesCannotBeVerified) {
  auto graph = open_in_memory();
  const auto result = read_json_text(graph, to_json(sample().snapshot(), {false, false}));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_NE(result.diagnostics.front().text.find("cannot be verified"), std::string::npos);
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
}

TEST(Json, ReportsReferencesToNodesThatAreNotThere) {
  auto text = to_json(sample().snapshot());
  const auto replace = [&](std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << text;
    text.replace(at, from.size(), to);
  };
  replace(R"("subject":"n1")", R"("subject":"n77")");
  replace(R"("subject":"n1")", R"("subject":"n2")");
  const auto edges = text.find(R"("edges")");
  text.replace(text.find(R"("from":"n1")", edges), 11, R"("from":"n78")");
  auto graph = open_in_memory();
  const auto result = read_json_text(graph, text);
  ASSERT_EQ(result.diagnostics.size(), 3U);
  EXPECT_EQ(result.diagnostics[0].text, "'n77' is no node of the file at /assertions/0/subject; claims go by their mentions");
  EXPECT_EQ(result.diagnostics[1].text, "the mention belongs to 'n1', not to 'n2' at /assertions/1/subject; claims go by their mentions");
  EXPECT_EQ(result.diagnostics[2].text, "'n78' is no node of the file at /edges/0/from; claims go by their mentions");
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(graph.snapshot().edge_count(), 1U);
}

TEST(Json, ReadsAViewWrittenByHand) {
  auto graph = open_in_memory();
  read_json_text(graph, with(R"("nodes":[{"id":"n7","labels":["LegalAct","Decree"],"properties":{"jurisdiction":"GB","kind":"decree","date":"1956-07-05"}},
      {"id":"n9","labels":["Programme"],"properties":{"name":"Clean Air","kind":"programme"}}],
      "edges":[{"id":"e3","type":"APPROVES","from":"n7","to":"n9","modality":"approved"}])"));
  const auto snapshot = graph.snapshot();
  const auto act = snapshot.find(NodeKey{7});
  ASSERT_TRUE(act);
  EXPECT_EQ(snapshot.value(*act, "date"), Value(PartialDate::parse("1956-07-05")));
  ASSERT_EQ(snapshot.edge_count(), 1U);
  EXPECT_EQ(snapshot.key(EdgeRow{0}), EdgeKey{3});
  EXPECT_EQ(snapshot.modality(EdgeRow{0}), Modality::approved);
  EXPECT_FALSE(snapshot.evidence(EdgeRow{0}).empty());
}

TEST(Json, OpenSchemaKeepsTypes) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  transaction.create_node({"Thing"}, {{"cost", Decimal::parse("4.90")}, {"day", PartialDate::parse("2024/..")}, {"share", 2.0}, {"count", 2}});
  transaction.commit();
  auto copy = open_in_memory(Schema::open());
  const auto written = to_json(graph.snapshot());
  read_json_text(copy, written);
  EXPECT_EQ(to_json(copy.snapshot()), written);
  EXPECT_EQ(copy.snapshot().value(NodeRow{0}, "share"), Value(2.0));
  EXPECT_EQ(copy.snapshot().value(NodeRow{0}, "cost").as_decimal().to_string(), "4.90");
}

TEST(Json, FloatsWithoutANumberReadBack) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  const double infinite = std::numeric_limits<double>::infinity();
  transaction.create_node({"Thing"}, {{"none", std::numeric_limits<double>::quiet_NaN()}, {"most", infinite}, {"least", -infinite}});
  transaction.commit();
  auto copy = open_in_memory(Schema::open());
  const auto written = to_json(graph.snapshot());
  read_json_text(copy, written);
  EXPECT_EQ(to_json(copy.snapshot()), written);
  EXPECT_TRUE(std::isnan(copy.snapshot().value(NodeRow{0}, "none").as_double()));
  EXPECT_EQ(copy.snapshot().value(NodeRow{0}, "least"), Value(-infinite));
}

TEST(Json, UnknownKeysAreReportedAndKept) {
  auto graph = open_in_memory();
  const auto result = read_json_text(graph, with(R"("mood":"good","nodes":[{"id":"n1","labels":["Person"],"properties":{"name":"A B"},"colour":"red"}])"));
  EXPECT_EQ(result.diagnostics.size(), 2U);
  const auto written = to_json(graph.snapshot());
  EXPECT_NE(written.find("/nodes/0/colour"), std::string::npos);
  EXPECT_NE(written.find("red"), std::string::npos);
}

TEST(JsonRefuses, WhatIsNotJson) {
  EXPECT_NE(refusal("{\"format\":\"policygraph-json\",\n \"nodes\": [}").find("2:"), std::string::npos);
  EXPECT_NE(refusal("").find("empty"), std::string::npos);
  EXPECT_NE(refusal("[]").find("expected an object"), std::string::npos);
  EXPECT_NE(refusal("{\"format\":\"policygraph-json\"} x").find("after the end"), std::string::npos);
  EXPECT_NE(refusal("{}").find("format"), std::string::npos);
  EXPECT_NE(refusal("{\"nodes\":[{\"id\":\"\xFF\"}]}").find("/nodes/0"), std::string::npos);
}

TEST(JsonRefuses, DeepNesting) {
  EXPECT_NE(refusal(std::string(2'000'000, '[')).find("expected an object"), std::string::npos);
  EXPECT_NE(refusal("{\"nodes\":[{\"properties\":" + std::string(2'000'000, '[')).find("nested deeper"), std::string::npos);
}

TEST(JsonRefuses, KeysAndIdsThatComeTwice) {
  EXPECT_NE(refusal(with(R"("nodes":[{"id":"n1","id":"n2"}])")).find("comes twice at /nodes/0/id"), std::string::npos);
  EXPECT_NE(refusal(with(R"("nodes":[{"id":"n1"},{"id":"n1"}])")).find("'n1' comes twice"), std::string::npos);
  EXPECT_NE(refusal(with(R"("nodes":[],"nodes":[])")).find("comes twice"), std::string::npos);
}

TEST(JsonRefuses, NumbersThatDoNotFit) {
  EXPECT_NE(refusal(with(R"("nodes":[{"id":"n1","properties":{"x":123456789012345678901234567890}}])")).find("64 bits"), std::string::npos);
  EXPECT_FALSE(refusal(with(R"("nodes":[{"id":"n1","properties":{"x":1e999}}])")).empty());
}

TEST(JsonRefuses, WrongTypes) {
  EXPECT_NE(refusal(with(R"("nodes":[{"id":5}])")).find("/nodes/0/id"), std::string::npos);
  EXPECT_NE(refusal(with(R"("nodes":{"id":5})")).find("expected a list"), std::string::npos);
  EXPECT_NE(refusal(with(R"("nodes":[7])")).find("expected an object"), std::string::npos);
  EXPECT_NE(refusal(with(R"("nodes":[{"id":"x1"}])")).find("expected an id"), std::string::npos);
  EXPECT_NE(refusal(R"({"format":"policygraph-json","version":2})").find("version 2"), std::string::npos);
}

TEST(JsonRefuses, DanglingIds) {
  const auto written = to_json(sample().snapshot());
  EXPECT_NE(refusal(replaced(written, R"("document":"d1")", R"("document":"d9")")).find("'d9'"), std::string::npos);
  EXPECT_NE(refusal(replaced(written, R"("from":"m1")", R"("from":"m99")")).find("'m99'"), std::string::npos);
  EXPECT_NE(refusal(replaced(written, R"("evidence":[0])", R"("evidence":[77])")).find("77"), std::string::npos);
  EXPECT_NE(refusal(with(R"("edges":[{"id":"e1","type":"APPROVES","from":"n1","to":"n2"}])")).find("'n1'"), std::string::npos);
}

TEST(JsonRefuses, FalseQuotesAndEditedTexts) {
  const auto written = to_json(sample().snapshot());
  EXPECT_NE(refusal(replaced(written, R"("quote":"утвердил")", R"("quote":"отменил")")).find("not what stands there"), std::string::npos);
  EXPECT_NE(refusal(replaced(written, "Ann Example.\"", "Bob Example.\"")).find("digest"), std::string::npos);
}

TEST(JsonRefuses, WhatTheSchemaForbids) {
  EXPECT_NE(refusal(with(R"("nodes":[{"id":"n1","labels":["LegalAkt"]}])"), ErrorCode::schema).find("did you mean 'LegalAct'? at /nodes/0"), std::string::npos);
}

TEST(Json, TruncatedAnywhereIsAnError) {
  const auto written = to_json(sample().snapshot());
  for (std::size_t size = 0; size + 2 < written.size(); size += 37) {
    auto graph = open_in_memory();
    EXPECT_THROW(read_json_text(graph, std::string_view(written).substr(0, size)), Error) << size;
  }
}

TEST(Json, WritesAFileWholeOrNotAtAll) {
  const auto folder = std::filesystem::temp_directory_path() / "policygraph-json-test";
  std::filesystem::create_directories(folder);
  const auto path = (folder / "g.json").string();
  write_json(sample().snapshot(), path);
  EXPECT_EQ(to_json(open_json(path).snapshot()), to_json(sample().snapshot()));
  EXPECT_FALSE(std::filesystem::exists(path + ".partial"));
  EXPECT_THROW(write_json(sample().snapshot(), (folder / "none" / "g.json").string()), Error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace policygraph
