#include "policygraph/picture/page.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "policygraph/base/error.hpp"
#include "policygraph/base/sha256.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/region.hpp"

namespace policygraph {
namespace {

constexpr const char* kHostile = "</title><script>alert(1)</script>\"' onload=x &";

Graph graph_named(const std::string& name) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("by:anna");
  transaction.set_note(name);
  const auto from = transaction.create_node({"City"}, {{"name", name}, {"note", name}, {"population", 319'600}});
  const auto to = transaction.create_node({"River"}, {{"name", "Amu"}});
  transaction.create_edge(from, "ON", to, {{"since", name}});
  transaction.commit();
  return graph;
}

std::string page_of(const Snapshot& snapshot, const PageOptions& options = {}) {
  std::ostringstream out;
  write_page(snapshot, out, options);
  return out.str();
}

std::size_t count(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

TEST(Page, EscapesHostileTextEverywhere) {
  PageOptions options;
  options.title = kHostile;
  const auto page = page_of(graph_named(kHostile).snapshot(), options);
  EXPECT_EQ(count(page, "<script"), 1U);
  EXPECT_EQ(count(page, "</script"), 1U);
  EXPECT_EQ(count(page, "</title>"), count(page, "<title"));
  EXPECT_GE(count(page, "&lt;script&gt;"), 5U);
  EXPECT_EQ(count(page, "\" onload"), 0U);
}

TEST(Page, NamesTheDigestOfItsOneScript) {
  const auto page = page_of(graph_named("Nukus").snapshot());
  const auto start = page.find("<script>") + 8;
  const auto digest = sha256(page.substr(start, page.find("</script>") - start));
  std::string first;  // 6 bits each
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  first += kLetters[digest[0] >> 2U];
  first += kLetters[(digest[0] & 3U) << 4U | digest[1] >> 4U];
  EXPECT_NE(page.find("script-src 'sha256-" + first), std::string::npos);
  EXPECT_EQ(count(page, "script-src"), 1U);
  const auto still = page_of(graph_named("Nukus").snapshot(), {.script = false});
  EXPECT_EQ(count(still, "<script") + count(still, "script-src"), 0U);
}

TEST(Page, HoldsWhatIsDrawnAloneWhenAskedTo) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  const auto hub = edit.create_node({"Hub"}, {{"name", "hub"}});
  for (int i = 0; i < 9; ++i) edit.create_edge(hub, "TO", edit.create_node({"Leaf"}, {{"name", "leaf " + std::to_string(i)}}));
  edit.create_node({"Leaf"}, {{"name", "alone"}});
  edit.commit();
  const auto page = page_of(graph.snapshot(), {.max_nodes = 4, .only_drawn = true});
  EXPECT_EQ(count(page, "<tr id=\"n"), 4U);
  EXPECT_EQ(count(page, "<tr id=\"e"), 3U);
  EXPECT_EQ(count(page, "data-edge=\""), 3U);
  EXPECT_NE(page.find("4 of 11 nodes"), std::string::npos);
  EXPECT_EQ(count(page, "alone"), 0U);
}

TEST(Page, SaysWhenThingsAreForItsFilter) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  const auto a = edit.create_node({"Plan"}, {{"name", "a"}, {"period_from", PartialDate::parse("2024")}, {"period_to", PartialDate::parse("2026-05")}});
  edit.create_edge(a, "NEAR", edit.create_node({"Plan"}, {{"name", "b"}}));
  edit.commit();
  const auto page = page_of(graph.snapshot());
  EXPECT_EQ(count(page, "data-from=\"2024-01-01\" data-to=\"2026-05-31\""), 1U);
  EXPECT_EQ(count(page, "data-from="), 1U);
}

TEST(Page, AsksNoHostForAnything) {
  const auto page = page_of(graph_named("Nukus").snapshot());
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const auto* piece : {" src=", "url(http", "@import", "<link", "<iframe", "<object", "<form"}) EXPECT_EQ(count(page, piece), 0U) << piece;
}

TEST(Page, RowsOpenToTheirQuotes) {
  const auto page = page_of(graph_named("Nukus").snapshot());
  EXPECT_NE(page.find("<q><mark>Nukus</mark></q>"), std::string::npos);
  EXPECT_EQ(count(page, "<details>"), 3U);
  EXPECT_EQ(count(page, "<th scope=\"row\">"), 3U);  // two nodes and the edit
}

TEST(Page, LinksOfThePictureLeadToRows) {
  const auto snapshot = graph_named("Nukus").snapshot();
  const auto page = page_of(snapshot);
  for (const auto row : snapshot.nodes()) {
    const auto key = std::to_string(snapshot.key(row).value);
    EXPECT_EQ(count(page, "id=\"n" + key + "\""), 1U);
    EXPECT_GE(count(page, "href=\"#n" + key + "\""), 2U);
  }
}

TEST(Picture, OfARegionShowsThatRegion) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  std::vector<NodeKey> keys;
  for (const auto* name : {"Nukus", "Amu", "Khiva"}) keys.push_back(edit.create_node({"Thing"}, {{"name", name}}));
  edit.create_edge(keys[0], "ON", keys[1]);
  edit.create_edge(keys[2], "NEAR", keys[0]);
  edit.commit();
  const auto snapshot = graph.snapshot();
  const auto start = *snapshot.find(keys[0]);
  const auto svg = to_svg(only(snapshot, around(snapshot, {&start, 1}, 1, {.types = {"ON"}})));
  EXPECT_EQ(count(svg, ">Nukus<"), 1U);
  EXPECT_EQ(count(svg, ">Amu<"), 1U);
  EXPECT_EQ(count(svg, "Khiva"), 0U);
  EXPECT_EQ(count(svg, "class=\"pg-link\""), 1U);
}

TEST(Picture, SaysWhatIsDenied) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin("by:anna");
  const auto bank = edit.create_node({"Bank"}, {{"name", "Bank"}}), loan = edit.create_node({"Loan"}, {{"name", "Loan"}});
  edit.edge(bank, "GIVES", loan).modality(Modality::denied).add();
  edit.commit();
  const auto svg = to_svg(graph.snapshot());
  EXPECT_EQ(count(svg, "class=\"pg-link pg-off\""), 1U);
  EXPECT_NE(svg.find("Bank GIVES (denied) Loan"), std::string::npos);
}

TEST(Page, OfAnEmptyGraphSaysSo) {
  EXPECT_NE(page_of(open_in_memory().snapshot()).find("The graph is empty."), std::string::npos);
}

TEST(Page, IsWrittenWholeOrNotAtAll) {
  const auto folder = std::filesystem::temp_directory_path() / "policygraph_page_test";
  std::filesystem::create_directories(folder);
  const auto path = (folder / "page.html").string();
  const auto snapshot = graph_named("Nukus").snapshot();
  write_page(snapshot, path);
  std::ifstream in(path, std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  EXPECT_EQ(read.str(), page_of(snapshot));
  EXPECT_THROW(write_page(snapshot, (folder / "absent" / "page.html").string()), Error);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  std::filesystem::remove_all(folder);
}

TEST(Page, StopsWhenAskedAndLeavesTheFile) {
  const auto path = (std::filesystem::temp_directory_path() / "policygraph_page_stop_test.html").string();
  std::ofstream(path) << "as it was";
  std::stop_source asked;
  asked.request_stop();
  const auto snapshot = graph_named("Nukus").snapshot();
  EXPECT_THROW(write_page(snapshot, path, {.stop = asked.get_token()}), Error);
  EXPECT_THROW(to_svg(snapshot, {.stop = asked.get_token()}), Error);
  std::string text;
  std::getline(std::ifstream(path), text);
  EXPECT_EQ(text, "as it was");
  EXPECT_FALSE(std::filesystem::exists(path + ".partial"));
  std::filesystem::remove(path);
}

TEST(Picture, DrawsTheMostLinkedNodesAlone) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  const auto hub = transaction.create_node({"Hub"}, {{"name", "hub"}});
  for (int i = 0; i < 20; ++i) transaction.create_edge(hub, "TO", transaction.create_node({"Leaf"}, {{"name", "leaf " + std::to_string(i)}}));
  transaction.create_node({"Leaf"}, {{"name", "alone"}});
  transaction.commit();
  PageOptions options;
  options.max_nodes = 6;
  const auto svg = to_svg(graph.snapshot(), options);
  EXPECT_EQ(count(svg, "class=\"pg-mark "), 6U);
  EXPECT_EQ(count(svg, "class=\"pg-link\""), 5U);
  EXPECT_NE(svg.find(">hub<"), std::string::npos);
  EXPECT_EQ(svg.find("alone"), std::string::npos);
  EXPECT_EQ(svg, to_svg(graph.snapshot(), options));
}

}  // namespace
}  // namespace policygraph
