#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "extract_cases.hpp"

namespace policygraph {
namespace {

namespace fs = std::filesystem;

// A language of no country and a country of no language, from files alone: docs/packs.md tells the same story.
constexpr const char* kLanguage = R"({"code": "zz", "name": "Toy", "script": "latin", "stop_words": ["pe", "tu"], "frequent": ["pe", "tu"]})";

constexpr const char* kWords = R"({
  "case_grammar": [{"id": "head_last"}],
  "case_endings": [{"id": "recipient", "phrases": ["omi"]}, {"id": "object", "phrases": ["unu"]}],
  "cased_heads": [{"id": "government", "label": "Agency", "phrases": ["gaminto*"]}],
  "programme_heads": {"project": ["proyo*"]},
  "name_tails": ["proyo*"],
  "name_breaks": ["pe", "tu", "faras", "konfirmas"],
  "list_joints": ["kaj"],
  "role_after": [{"id": "with", "act": "agent", "phrases": ["pe"]}, {"id": "agent", "phrases": ["tu"]}],
  "act_nouns": [{"id": "decree", "phrases": ["dekru*"]}],
  "case_acts": [{"id": "APPROVES", "to": "programme", "voice": "passive", "phrases": ["konfirmas"]}],
  "case_works": [{"id": "IMPLEMENTED_BY", "voice": "passive", "phrases": ["faras"]}]
})";

constexpr const char* kCountry = R"({
  "jurisdiction_names": [{"id": "QZ", "phrases": ["Kvazio"]}],
  "act_series": [{"id": "KV", "phrases": ["KV"], "kind": "decree", "issuer": "president"}]
})";

void write(const fs::path& file, const char* text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

std::vector<std::string> read(std::string_view section, const std::string& text) {
  const fs::path folder = fs::temp_directory_path() / "policygraph_toy_language";
  write(folder / "languages" / "zz.json", kLanguage);
  write(folder / "packs" / "languages" / "zz" / "toy.json", kWords);
  write(folder / "packs" / "jurisdictions" / "qz.json", kCountry);
  const Extractor extractor(Packs::load((folder / "packs").string()), Languages::load((folder / "languages").string()));
  fs::remove_all(folder);
  DocumentOptions options;
  options.language = "zz";
  const Document document = read_document_bytes(text, "toy.txt", options);
  return testing::section_lines(section, extractor.extract(document), document.text());
}

TEST(ToyLanguage, NamesAreFoundByTheirHeads) {
  EXPECT_EQ(read("names", "Lumo flava gamintoomi."), (std::vector<std::string>{"Agency government Lumo flava gaminto"}));
}

TEST(ToyLanguage, ActsOfTheToyCountryAreRead) {
  EXPECT_EQ(read("acts", "Kvazio dekru KV-12."), (std::vector<std::string>{"Decree QZ KV-12 -"}));
}

TEST(ToyLanguage, RolesTellWhoDoesWhat) {
  EXPECT_EQ(read("relations", "Dekru KV-12 pe “Blua Akvo” proyo konfirmas."), (std::vector<std::string>{"Dekru KV-12 APPROVES Blua Akvo"}));
  EXPECT_EQ(read("relations", "“Blua Akvo” proyo Lumo gaminto tu faras."), (std::vector<std::string>{"Blua Akvo IMPLEMENTED_BY Lumo gaminto"}));
}

// Without the pack of the language nothing of it is known.
TEST(ToyLanguage, IsUnknownWithoutItsPack) {
  const Extractor plain;
  const Document document = read_document_bytes("“Blua Akvo” proyo Lumo gaminto tu faras.", "toy.txt");
  EXPECT_TRUE(testing::section_lines("relations", plain.extract(document), document.text()).empty());
}

}  // namespace
}  // namespace policygraph
