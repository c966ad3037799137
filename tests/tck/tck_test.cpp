#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>

#include "scenario.hpp"
#include "support/repository.hpp"

// The openCypher compatibility kit: each of its scenarios is a test of its own. It lies in $POLICYGRAPH_TCK or in
// ../shared/opencypher-tck. Without the kit one test says that it did not run.
//
//   tck_test [--gtest_filter=*Merge1*] ...   last line: N passed, M failed, K skipped
//
// A run of all compares its table with that of docs/cypher.md; POLICYGRAPH_UPDATE in the environment rewrites it there.
namespace policygraph::testing {
namespace {

std::optional<std::filesystem::path> kit() {
  if (const char* folder = std::getenv("POLICYGRAPH_TCK"); folder != nullptr && *folder != '\0') return folder;
  const auto shared = shared_folder();
  if (!shared || !std::filesystem::is_directory(*shared / "opencypher-tck" / "features")) return std::nullopt;
  return *shared / "opencypher-tck";
}

class Absent : public ::testing::Test {
 public:
  void TestBody() override { GTEST_SKIP() << "the openCypher kit did not run: no ../shared/opencypher-tck, and no POLICYGRAPH_TCK"; }
};

class Scenario : public ::testing::Test {
 public:
  Scenario(KitScenario scenario, std::filesystem::path graphs) : scenario_(std::move(scenario)), graphs_(std::move(graphs)) {}
  void TestBody() override {
    const auto trouble = run_scenario(scenario_, graphs_);
    if (trouble.empty()) return;
    std::string text;
    for (const auto& step : scenario_.steps) text += step.text + "\n" + step.docstring + (step.docstring.empty() ? "" : "\n");
    ADD_FAILURE() << text << trouble;
  }

 private:
  KitScenario scenario_;
  std::filesystem::path graphs_;
};

// Prints what failed by name, and the totals as the last line.
class Totals : public ::testing::EmptyTestEventListener {
 public:
  // "| clauses/match | 381 | 381 |": folder, scenarios, those that hold.
  std::string table() const {
    std::string out = "| scenarios of the kit | there are | hold |\n|---|---:|---:|\n";
    std::size_t all = 0, holding = 0;
    for (const auto& [folder, counts] : folders_) {
      out += "| " + folder + " | " + std::to_string(counts.all) + " | " + std::to_string(counts.passed) + " |\n";
      all += counts.all;
      holding += counts.passed;
    }
    return out + "| **all** | **" + std::to_string(all) + "** | **" + std::to_string(holding) + "** |\n";
  }

 private:
  struct Counts {
    std::size_t all = 0, passed = 0;
  };

  void OnTestEnd(const ::testing::TestInfo& test) override {
    const auto& result = *test.result();
    ++(result.Failed() ? failed_ : result.Skipped() ? skipped_ : passed_);
    const std::string feature = test.test_suite_name();
    auto& counts = folders_[feature.substr(0, feature.rfind('/'))];
    ++counts.all;
    if (result.Passed()) ++counts.passed;
    if (!result.Passed()) names_ += std::string(result.Failed() ? "failed: " : "skipped: ") + feature + " " + test.name() + "\n";
  }
  void OnTestProgramEnd(const ::testing::UnitTest&) override {
    std::cout << names_ << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped" << std::endl;
  }

  std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
  std::string names_;
  std::map<std::string, Counts> folders_;
};

// What docs/cypher.md says of the kit is what was measured.
bool is_documented(const std::string& table) {
  const auto path = repository() / "docs" / "cypher.md";
  std::stringstream read;
  read << std::ifstream(path).rdbuf();
  auto text = read.str();
  constexpr std::string_view kStart = "<!-- kit -->\n", kEnd = "<!-- /kit -->";
  const auto start = text.find(kStart) + kStart.size();
  const auto end = text.find(kEnd);
  if (text.substr(start, end - start) == table) return true;
  if (std::getenv("POLICYGRAPH_UPDATE") == nullptr) {
    std::cout << "docs/cypher.md has another table than\n" << table << std::flush;
    return false;
  }
  std::ofstream(path) << text.replace(start, end - start, table);
  return true;
}

void register_scenarios() {
  const auto folder = kit();
  if (!folder) {
    ::testing::RegisterTest("OpenCypherKit", "Runs", nullptr, nullptr, __FILE__, __LINE__, [] { return new Absent; });
    return;
  }
  for (const auto& scenario : read_features(*folder / "features")) {
    ::testing::RegisterTest(scenario.feature.c_str(), scenario.name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [scenario, graphs = *folder / "graphs"]() -> Scenario* { return new Scenario(scenario, graphs); });
  }
}

}  // namespace
}  // namespace policygraph::testing

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  policygraph::testing::register_scenarios();
  auto* const totals = new policygraph::testing::Totals;
  testing::UnitTest::GetInstance()->listeners().Append(totals);
  const auto status = RUN_ALL_TESTS();
  const bool is_all = testing::GTEST_FLAG(filter) == "*" && policygraph::testing::kit();
  return status == 0 && (!is_all || policygraph::testing::is_documented(totals->table())) ? 0 : 1;
}
