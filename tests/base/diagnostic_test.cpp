#include "policygraph/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

TEST(Diagnostic, NamesSeverities) {
  EXPECT_EQ(severity_name(Severity::note), "note");
  EXPECT_EQ(severity_name(Severity::warning), "warning");
  EXPECT_EQ(severity_name(Severity::error), "error");
  EXPECT_EQ(severity_name(static_cast<Severity>(77)), "unknown");
}

}  // namespace
}  // namespace policygraph
