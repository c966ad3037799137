// docs/cypher-functions.md names every function and every aggregate once, with as many arguments as it takes, and its examples hold.
// With POLICYGRAPH_UPDATE in the environment what they answer is rewritten.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "policygraph/query/query.hpp"
#include "query/functions/function.hpp"
#include "support/repository.hpp"

namespace policygraph::testing {
namespace {

namespace engine = detail::query;

struct Line {
  std::string call, help, example, answer;
};

std::optional<Line> read_line(const std::string& text) {
  if (!text.starts_with("| `")) return std::nullopt;
  std::vector<std::string> cells;
  for (std::size_t at = 2; at < text.size();) {
    const auto end = std::min(text.find(" | ", at), text.size() - 2);
    cells.push_back(text.substr(at, end - at));
    at = end + 3;
  }
  if (cells.size() != 4) return std::nullopt;
  const auto plain = [](const std::string& cell) { return cell.substr(1, cell.size() - 2); };
  return Line{plain(cells[0]), cells[1], plain(cells[2]), plain(cells[3])};
}

std::string name_of(const std::string& call) { return call.substr(0, call.find('(')); }

// "start, end [, step]": 2 to 3.
std::pair<std::size_t, std::size_t> arguments_of(const std::string& call) {
  auto inner = call.substr(call.find('(') + 1);
  inner.pop_back();
  const auto optional = static_cast<std::size_t>(std::ranges::count(inner, '['));
  const bool is_any = inner.ends_with("...");
  const auto plain = inner.substr(0, inner.find('['));
  const auto least = plain.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(plain, ',')) + 1;
  return {least, is_any ? 255 : least + optional};
}

std::map<std::string, std::pair<std::size_t, std::size_t>> there_are() {
  std::map<std::string, std::pair<std::size_t, std::size_t>> out;
  for (const auto subject : {engine::string_functions(), engine::numeric_functions(), engine::list_functions(), engine::graph_functions(),
                             engine::temporal_functions(), engine::truncate_functions(), engine::duration_functions(),
                             engine::partial_date_functions(), engine::decimal_functions(), engine::conversion_functions()}) {
    for (const auto& function : subject) out[std::string(function.name)] = {function.least_arguments, function.most_arguments};
  }
  return out;
}

std::string answer(const Snapshot& snapshot, const Line& line) {
  const bool is_aggregate = engine::find_aggregate(name_of(line.call)) != nullptr;
  try {
    return query(snapshot, (is_aggregate ? "UNWIND [1, 2, 4] AS x RETURN " : "MATCH way = (a:Act)-[f:FUNDS]->(p) RETURN ") + line.example)[0][0].to_string();
  } catch (const Error& error) {
    return error.text();
  }
}

TEST(Functions, AreAllInTheManualAndAnswerAsItSays) {
  const auto path = repository() / "docs" / "cypher-functions.md";
  std::ifstream in(path);
  ASSERT_TRUE(in) << "no docs/cypher-functions.md";
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:Act {number: 'PF-1', year: 2020})-[:FUNDS]->(:Programme {name: 'Water'})");
  const auto functions = there_are();
  std::map<std::string, int> met;
  std::ostringstream page;
  for (std::string text; std::getline(in, text);) {
    const auto line = read_line(text);
    if (!line) {
      page << text << '\n';
      continue;
    }
    const auto name = name_of(line->call);
    const auto found = answer(graph.snapshot(), *line);
    page << "| `" << line->call << "` | " << line->help << " | `" << line->example << "` | `" << found << "` |\n";
    EXPECT_TRUE(found == line->answer || std::getenv("POLICYGRAPH_UPDATE") != nullptr) << line->example << " gives " << found;
    EXPECT_EQ(++met[name], 1) << name << " stands twice";
    if (engine::find_aggregate(name) != nullptr) continue;
    ASSERT_TRUE(functions.contains(name)) << name << " is no function";
    EXPECT_EQ(arguments_of(line->call), functions.at(name)) << line->call;
  }
  for (const auto& [name, arguments] : functions) EXPECT_TRUE(met.contains(name)) << name << " is not in the manual";
  EXPECT_EQ(met.size(), functions.size() + 10);  // the aggregates
  if (std::getenv("POLICYGRAPH_UPDATE") != nullptr) std::ofstream(path) << page.str();
}

}  // namespace
}  // namespace policygraph::testing
