#pragma once

#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>

#include "policygraph/pipeline/ingest.hpp"
#include "support/slowness.hpp"

namespace policygraph::testing {

// The end of a test that took longer than `seconds` of processor time of the whole program is a failure.
class TimeBound {
 public:
  explicit TimeBound(double seconds) : seconds_(seconds * kSlowness), start_(std::clock()) {}
  TimeBound(const TimeBound&) = delete;
  TimeBound& operator=(const TimeBound&) = delete;
  ~TimeBound() { EXPECT_LT(static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC, seconds_) << "seconds of processor time"; }

 private:
  double seconds_;
  std::clock_t start_;
};

inline constexpr std::string_view kGood = "Presidential Decree No. PF-1001 dated October 1, 2020 was adopted.\n";

// A folder of its own with one good document in it; each test puts something bad beside it.
class BadInput : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::string write(const std::string& name, std::string_view bytes) const;
  // Ingests the folder: the good document is in the graph afterwards, `failed` documents are not, and where `words` are
  // given, a diagnostic of `name` has them.
  IngestResult ingest_beside_good(const std::string& name, std::string_view words, std::size_t failed = 0);
  // The text of the document of that name in the graph.
  std::string text_of(const std::string& name) const;

  std::filesystem::path folder_;
  Graph graph_ = open_in_memory();
};

// The diagnostics of a document, a line each.
std::string said_of(const IngestResult& result, std::string_view name);

}  // namespace policygraph::testing
