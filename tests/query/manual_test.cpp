// The examples of docs/cypher-values.md: a line set in by four blanks is a query, the one below it, by six, its answer.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "policygraph/query/query.hpp"
#include "support/repository.hpp"

namespace policygraph::testing {
namespace {

std::string answer(const Snapshot& snapshot, const std::string& text) {
  std::string out;
  for (const auto& row : query(snapshot, text)) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + row[i].to_string();
  }
  return out;
}

TEST(Manual, AnswersAsItSays) {
  std::ifstream manual(repository() / "docs/cypher-values.md");
  ASSERT_TRUE(manual) << "no docs/cypher-values.md";
  const auto graph = open_in_memory();
  const std::string query_indent(4, ' ');
  const std::string answer_indent(6, ' ');
  std::string line, text;
  int examples = 0;
  while (std::getline(manual, line)) {
    if (!line.starts_with(query_indent)) continue;
    if (!line.starts_with(answer_indent)) {
      text = line.substr(query_indent.size());
      continue;
    }
    EXPECT_EQ(answer(graph.snapshot(), text), line.substr(answer_indent.size())) << text;
    ++examples;
  }
  EXPECT_GE(examples, 9);
}

}  // namespace
}  // namespace policygraph::testing
