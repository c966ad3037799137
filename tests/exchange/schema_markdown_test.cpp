#include "policygraph/exchange/schema_markdown.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/repository.hpp"

namespace policygraph {
namespace {

// POLICYGRAPH_UPDATE in the environment rewrites the page.
TEST(SchemaMarkdown, OfThePolicySchemaIsThePageInDocs) {
  const auto path = testing::repository() / "docs" / "schema.md";
  const auto page = to_markdown(Schema::policy());
  if (std::getenv("POLICYGRAPH_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << page;
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), page) << "docs/schema.md is not what `policygraph schema` prints";
}

TEST(SchemaMarkdown, SaysEveryRule) {
  const auto schema = Schema::from_json("roads", {{"a.json", R"({
    "labels": [{"label": "Road", "caption": "code", "description": "A way.", "from": "OSM",
                "properties": [{"name": "code", "required": true, "unique": true},
                               {"name": "kind", "key": true, "choices": ["big", "small"]},
                               {"name": "lengths", "type": "list", "items": "decimal"}]},
               {"label": "Bridge", "parent": "Road"}],
    "relations": [{"relation": "MEETS", "within": ["Road"], "ends": [{"from": ["*"], "to": ["Road", "Bridge"]}],
                   "properties": [{"name": "angle", "type": "float", "key": true}]}]})"}});
  const auto page = to_markdown(schema);
  for (const std::string line : {"# The roads schema", "- [Road](#road)\n  - [Bridge](#bridge)\n", "A way. From OSM. Shown by its `code`.",
                                 "| `code` | string | required, unique |  |  |", "| `kind` | string | key, one of `big` `small` |  |  |",
                                 "| `lengths` | list of decimal |  |  |  |", "A kind of [Road](#road). Shown by its `code`.",
                                 "| `MEETS` | within [Road](#road); any → [Road](#road), [Bridge](#bridge) |  |  |",
                                 "### MEETS\n", "| `angle` | float | key |  |  |"}) {
    EXPECT_NE(page.find(line), std::string::npos) << line << "\nin\n" << page;
  }
  EXPECT_NE(to_markdown(Schema::open()).find("Open: any label"), std::string::npos);
}

TEST(SchemaMarkdown, HostileTextMakesNoMarkup) {
  const auto schema = Schema::from_json("x", {{"a.json", R"({"label": "A", "description": "<b>`x`</b> | [y](http://z)\n# h",
    "properties": [{"name": "p", "choices": ["a`|b"]}]})"}});
  const auto page = to_markdown(schema);
  EXPECT_EQ(page.find("<b>"), std::string::npos);
  EXPECT_EQ(page.find("[y]"), std::string::npos);
  EXPECT_NE(page.find("\\[y\\](http"), std::string::npos) << page;
  EXPECT_EQ(page.find("\n# h"), std::string::npos);
  EXPECT_NE(page.find("`a \\|b`"), std::string::npos) << page;
}

}  // namespace
}  // namespace policygraph
