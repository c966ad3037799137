#include "trust/trust.hpp"

#include <algorithm>
#include <fstream>

namespace policygraph::testing {

namespace fs = std::filesystem;

void BadInput::SetUp() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  folder_ = fs::temp_directory_path() / ("policygraph-trust-" + std::string(test->name()));
  fs::remove_all(folder_);
  fs::create_directories(folder_);
  write("good.txt", kGood);
}

void BadInput::TearDown() {
  std::error_code trouble;
  fs::remove_all(folder_, trouble);
}

std::string BadInput::write(const std::string& name, std::string_view bytes) const {
  const auto path = folder_ / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

IngestResult BadInput::ingest_beside_good(const std::string& name, std::string_view words, std::size_t failed) {
  auto result = ingest(graph_, {folder_.string()});
  EXPECT_EQ(result.failed, failed) << said_of(result, name);
  EXPECT_EQ(text_of("good.txt"), kGood);
  const auto snapshot = graph_.snapshot();
  const auto acts = snapshot.nodes("Decree");
  const auto is_good = [&](NodeRow act) { return snapshot.value(act, "number") == Value("PF-1001"); };
  EXPECT_TRUE(std::any_of(acts.begin(), acts.end(), is_good)) << "the good document's act is missing";
  EXPECT_NE(said_of(result, name).find(words), std::string::npos) << said_of(result, name);
  return result;
}

std::string BadInput::text_of(const std::string& name) const {
  const auto snapshot = graph_.snapshot();
  for (const auto& document : snapshot.sources().documents()) {
    if (fs::path(document.uri).filename() != name) continue;
    const auto text = snapshot.sources().text(document.id);
    return text ? *text : std::string();
  }
  return "no such document";
}

std::string said_of(const IngestResult& result, std::string_view name) {
  std::string said;
  for (const auto& diagnostic : result.diagnostics) {
    if (diagnostic.document.find(name) == std::string::npos) continue;
    said += std::string(severity_name(diagnostic.severity)) + ": " + diagnostic.text + '\n';
  }
  return said;
}

}  // namespace policygraph::testing
