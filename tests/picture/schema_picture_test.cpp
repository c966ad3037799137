#include "policygraph/picture/schema_picture.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

TEST(SchemaPicture, ShowsEveryLabelAndRelation) {
  const auto schema = Schema::policy();
  const auto svg = to_svg(schema);
  EXPECT_EQ(svg, to_svg(schema));
  for (const auto& rule : schema.labels()) EXPECT_NE(svg.find(">" + rule.name + "<"), std::string::npos) << rule.name;
  for (const auto& rule : schema.relations()) {
    EXPECT_EQ(svg.find(" " + rule.name + " ") == std::string::npos, rule.is_derived) << rule.name;
  }
  EXPECT_NE(svg.find("Decree IS_A LegalAct"), std::string::npos);
}

TEST(SchemaPicture, RefusesWhatNobodyCouldRead) {
  std::string labels;
  for (int i = 0; i < 301; ++i) labels += (i == 0 ? "{\"label\": \"L" : ", {\"label\": \"L") + std::to_string(i) + "\"}";
  const auto schema = Schema::from_json("x", {{"a.json", "{\"labels\": [" + labels + "]}"}});
  EXPECT_THROW(to_svg(schema), Error);
}

}  // namespace
}  // namespace policygraph
