#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "policygraph/exchange/arrow.hpp"
#include "policygraph/exchange/graphml.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/query/query.hpp"

// Whoever is asked to stop does so, and leaves graph and file as they were.
namespace policygraph {
namespace {

constexpr std::size_t kNodes = 1'000;

class Stopping : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph_, "UNWIND range(1, 1000) AS n CREATE (:Act {n: n})-[:CITES]->(:Act {n: -n})");
    asked_.request_stop();
  }
  static void expect_interrupted(const std::function<void()>& work) {
    try {
      work();
      ADD_FAILURE() << "it went on";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::interrupted) << error.text();
    }
  }

  Graph graph_ = open_in_memory(Schema::open());
  std::stop_source asked_;
};

TEST_F(Stopping, WritingJsonLeavesTheFile) {
  const auto path = std::filesystem::temp_directory_path() / "policygraph-stopping-test.json";
  std::ofstream(path) << "as it was";
  expect_interrupted([&] { write_json(graph_.snapshot(), path.string(), {.stop = asked_.get_token()}); });
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), "as it was");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
  std::filesystem::remove(path);
}

TEST_F(Stopping, ReadingJsonLeavesTheGraph) {
  const auto path = std::filesystem::temp_directory_path() / "policygraph-stopping-read-test.json";
  for (const bool lines : {false, true}) {
    write_json(graph_.snapshot(), path.string(), {.lines = lines});
    auto empty = open_in_memory(Schema::open());
    expect_interrupted([&] { read_json(empty, path.string(), {asked_.get_token()}); });
    expect_interrupted([&] { open_json(path.string(), nullptr, {asked_.get_token()}); });
    EXPECT_EQ(empty.snapshot().node_count(), 0U);
    EXPECT_EQ(read_json(empty, path.string()).nodes, 2 * kNodes);
  }
  std::filesystem::remove(path);
}

TEST_F(Stopping, OtherFormatsStopToo) {
  std::ostringstream out;
  expect_interrupted([&] { write_graphml(graph_.snapshot(), out, asked_.get_token()); });
  expect_interrupted([&] { write_dot(graph_.snapshot(), out, asked_.get_token()); });
  ArrowArrayStream stream;
  export_stream(Columns(query(graph_, "MATCH (a) RETURN a.n AS n")), &stream);
  expect_interrupted([&] { read_stream(&stream, "", asked_.get_token()); });
  EXPECT_EQ(stream.release, nullptr);
}

}  // namespace
}  // namespace policygraph
