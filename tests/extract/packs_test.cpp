#include "extract/packs.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

std::string fault(const std::map<std::string, std::string>& files) {
  try {
    Packs::from_json(files);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(Packs, BuiltInHaveEveryJurisdiction) {
  const auto names = Packs::built_in().names();
  for (const char* code : {"eu", "kg", "kr", "kz", "tj", "un", "uz"}) {
    EXPECT_NE(std::ranges::find(names, "jurisdictions/" + std::string(code) + ".json"), names.end()) << code;
  }
}

TEST(Packs, ACategoryNeedsNoCode) {
  const Packs packs = Packs::from_json({{"languages/en/x.json", R"({"colours": ["red", {"id": "b", "phrases": ["blue", "navy"], "hue": 240}]})"}});
  const auto words = packs.data().words("en", "colours");
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0]->id, "red");
  EXPECT_EQ(words[1]->phrases, (std::vector<std::string>{"blue", "navy"}));
  EXPECT_EQ(words[1]->field("hue"), "240");
  EXPECT_TRUE(packs.data().words("ru", "colours").empty());
}

TEST(Packs, EverywhereAndJurisdictionsHoldInAnyLanguage) {
  const Packs packs = Packs::from_json({{"languages/ru/x.json", R"({"everywhere": true, "a": ["один"]})"}, {"jurisdictions/uz.json", R"({"b": ["two"]})"}});
  EXPECT_EQ(packs.data().words("kk", "a").size(), 1U);
  ASSERT_EQ(packs.data().words("kk", "b").size(), 1U);
  EXPECT_EQ(packs.data().words("kk", "b")[0]->field("jurisdiction"), "UZ");
}

TEST(Packs, FaultsNameFileLineAndColumn) {
  EXPECT_EQ(fault({{"languages/en/x.json", "{\n  \"a\": 5\n}"}}).substr(0, 4), "2:8:");
  EXPECT_NE(fault({{"languages/en/x.json", "{\n  \"a\": 5\n}"}}).find("languages/en/x.json"), std::string::npos);
  EXPECT_NE(fault({{"languages/en/x.json", "{\"a\": [\"x {9} y\"]}"}}).find("{9}"), std::string::npos);
  EXPECT_NE(fault({{"languages/en/x.json", "{\"a\": [\"{2} y\"]}"}}), "none");
  EXPECT_NE(fault({{"languages/en/x.json", "{\"a\": [\"\"]}"}}), "none");
  EXPECT_NE(fault({{"languages/en/x.json", "{\"a\": "}}), "none");
  EXPECT_NE(fault({{"other/x.json", "{}"}}).find("jurisdictions/"), std::string::npos);
}

TEST(Packs, DeepNestingIsRefused) { EXPECT_NE(fault({{"languages/en/x.json", std::string(100000, '[')}}), "none"); }

TEST(Packs, AFolderAddsAndReplaces) {
  const auto folder = std::filesystem::temp_directory_path() / "policygraph_packs_test";
  std::filesystem::create_directories(folder / "jurisdictions");
  std::ofstream(folder / "jurisdictions" / "xx.json") << R"({"act_series": [{"id": "XX", "phrases": ["XX"], "kind": "decree"}]})";
  const Packs packs = Packs::load(folder.string());
  std::filesystem::remove_all(folder);
  EXPECT_EQ(packs.names().size(), Packs::built_in().names().size() + 1);
  const Extractor extractor(packs, Languages::built_in());
  const Extraction found = extractor.extract(read_document_bytes("Decree No. XX-77 dated 5 May 2020", "a.txt"));
  EXPECT_NE(to_text(found, "Decree No. XX-77 dated 5 May 2020").find("jurisdiction: 'XX', number: 'XX-77'"), std::string::npos);
  EXPECT_THROW(Packs::load((folder / "absent").string()), Error);
}

}  // namespace
}  // namespace policygraph
