#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data.hpp"

namespace bench::peers {

/// The rows of an answer as text: fields joined by tabs, money with two digits after the point, nothing where there is
/// no value.
using AnswerLines = std::vector<std::string>;
/// Answers a query for one list of arguments, all rows taken in; how many there are. With lines, writes them too: that
/// is not timed.
using Runner = std::function<std::size_t(const Arguments& arguments, AnswerLines* lines)>;

/// What is compared: something that takes the CSV set in and answers queries.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;
  virtual std::string version() = 0;
  /// Reads the set into a file of its own (or memory), indexes included, as durable as it can be.
  virtual void import() = 0;
  /// Closes it and opens it again; what is in memory alone has nothing to do.
  virtual void open() {}
  /// Empty: it has no such query.
  virtual Runner runner(const std::string& query) = 0;
  /// Takes in increment/ on top, in one transaction. False: it cannot.
  virtual bool import_more() { return false; }
  /// Bytes of its file, or of memory; 0: not known.
  virtual std::uint64_t bytes() { return 0; }
};

/// `folder` holds the set, `work` what engines write; `queries` the folder of query texts.
struct Places {
  std::string folder, work, queries;
};
std::unique_ptr<Engine> make_limits(const Places& places);
std::unique_ptr<Engine> make_sqlite(const Places& places);
/// With evidence, each row of an answer knows what it rests on.
std::unique_ptr<Engine> make_policygraph(const Places& places, bool evidence);

/// Obeys commands on standard input, a line each, and answers each with a line: "ok VALUE", "none" or "error TEXT".
/// import; open; more; bytes; memory; version; quit; answer QUERY FILE; time QUERY RUNS LISTS: seconds a run, by turns
/// over the first so many lists of arguments; count QUERY: how often counted_run ran, for gate.py.
void serve(Engine& engine, const Places& places);

/// Joins the fields of a row.
template <class First, class... More>
std::string row_text(First first, More... more) {
  std::string text(std::move(first));
  ((text += '\t', text += more), ...);
  return text;
}

}  // namespace bench::peers
