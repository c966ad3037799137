#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>

#include "scenario.hpp"
#include "support/repository.hpp"

// The openCypher compatibility kit: each of its scenarios is a test of its own. It lies in $POLICYGRAPH_TCK or in
// ../shared/opencypher-tck. Without the kit one test says that it did not run.
//
//   tck_test [--gtest_filter=*Merge1*] ...   last line: N passed, M failed, K skipped
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
    // Until all hold, a run of all of them only has to reach the count that is committed; what does not hold counts as skipped.
    if (::testing::GTEST_FLAG(filter) == "*") GTEST_SKIP() << trouble;
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
  void OnTestEnd(const ::testing::TestInfo& test) override {
    const auto& result = *test.result();
    ++(result.Failed() ? failed_ : result.Skipped() ? skipped_ : passed_);
    if (!result.Passed()) names_ += std::string(result.Failed() ? "failed: " : "skipped: ") + test.test_suite_name() + " " + test.name() + "\n";
  }
  void OnTestProgramEnd(const ::testing::UnitTest&) override {
    std::cout << names_ << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped" << std::endl;
  }
  std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
  std::string names_;
};

// The count of scenarios that hold: it may only rise.
int check_least_passed() {
  std::size_t least = 0;
  std::ifstream(repository() / "tests" / "tck" / "least_passed.txt") >> least;
  const auto passed = static_cast<std::size_t>(::testing::UnitTest::GetInstance()->successful_test_count());
  const bool is_all = ::testing::GTEST_FLAG(filter) == "*" && kit();
  if (!is_all || passed == least) return 0;
  std::cout << (passed < least ? "fewer" : "more") << " scenarios hold than tests/tck/least_passed.txt says: " << passed << std::endl;
  return passed < least ? 1 : 0;
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
  testing::UnitTest::GetInstance()->listeners().Append(new policygraph::testing::Totals);
  const auto status = RUN_ALL_TESTS();
  return policygraph::testing::check_least_passed() + status == 0 ? 0 : 1;
}
