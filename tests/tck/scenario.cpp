#include "scenario.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "kit_value.hpp"
#include "policygraph/query/query.hpp"
#include "side_effects.hpp"

namespace policygraph::testing {
namespace {

// A step that does not hold.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string joined(const std::vector<std::string>& items, const char* between) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "" : between) + items[i];
  return out;
}

std::string text_of(const SideEffects& effects) {
  std::string out;
  for (const auto& [name, count] : effects) out += (out.empty() ? "" : ", ") + name + " " + std::to_string(count);
  return out.empty() ? "none" : out;
}

void expect_same(const std::string& what, const std::string& wanted, const std::string& found) {
  if (wanted != found) throw Failure(what + "\n  wanted  " + wanted + "\n  found   " + found);
}

// "a SyntaxError should be raised at compile time: UndefinedVariable".
struct ExpectedError {
  std::string type, phase, detail;
};

std::optional<ExpectedError> read_expected_error(std::string_view step) {
  constexpr std::string_view kMiddle = " should be raised at ";
  const auto middle = step.find(kMiddle);
  if (middle == std::string_view::npos) return std::nullopt;
  const auto phase = middle + kMiddle.size();
  const auto colon = step.find(": ", phase);
  const auto type = step.find(' ') + 1;
  return ExpectedError{std::string(step.substr(type, middle - type)), std::string(step.substr(phase, colon - phase)),
                       std::string(step.substr(colon + 2))};
}

class ScenarioRun {
 public:
  explicit ScenarioRun(const std::filesystem::path& graphs) : graphs_(graphs) {}

  void run(const KitScenario& scenario) {
    for (const auto& step : scenario.steps) run(step);
    if (error_ && !is_error_expected_) throw Failure("error " + error_->report());
  }

 private:
  void run(const KitStep& step) {
    const auto& text = step.text;
    if (text == "an empty graph" || text == "any graph") return;
    if (text.ends_with(" graph") && text.starts_with("the ")) return make_named_graph(text.substr(4, text.size() - 10));
    if (text == "having executed:") {
      query(graph_, step.docstring);
    } else if (text == "parameters are:") {
      for (const auto& row : step.table) parameters_[row.at(0)] = to_value(read_kit_value(row.at(1)));
    } else if (text == "executing query:" || text == "executing control query:") {
      execute(step.docstring);
    } else if (text.starts_with("there exists a procedure ")) {
      add_procedure(text.substr(25), step.table);
    } else if (const auto expected = read_expected_error(text)) {
      check_error(*expected);
    } else if (text.starts_with("the result should be")) {
      check_result(step);
    } else if (text == "no side effects" || text == "the side effects should be:") {
      check_side_effects(step.table);
    } else {
      throw Failure("unknown step '" + text + "'");
    }
  }

  void make_named_graph(const std::string& name) {
    const auto file = graphs_ / name / (name + ".cypher");
    std::ifstream in(file);
    if (!in) throw Failure("no " + file.string());
    std::stringstream text;
    text << in.rdbuf();
    query(graph_, text.str());
  }

  // The table has a row for each answer: the arguments it answers to, then the results.
  void add_procedure(std::string signature, const KitTable& table) {
    if (signature.back() == ':') signature.pop_back();
    std::vector<std::vector<Value>> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
      rows.emplace_back();
      for (const auto& cell : table[i]) rows.back().push_back(to_value(read_kit_value(cell)));
    }
    procedures_->add(Procedure(signature, [rows](std::span<const Value> arguments, const Snapshot&) {
      ProcedureRows out;
      for (const auto& row : rows) {
        const auto results = row.begin() + static_cast<std::ptrdiff_t>(arguments.size());
        const bool is_answer = std::equal(arguments.begin(), arguments.end(), row.begin(), results);
        if (is_answer) out.emplace_back(results, row.end());
      }
      return out;
    }));
  }

  void execute(const std::string& text) {
    if (error_ && !is_error_expected_) throw Failure("error " + error_->report());
    before_ = observe(graph_.snapshot());
    rows_.reset();
    error_.reset();
    query_error_.reset();
    is_error_expected_ = false;
    try {
      QueryOptions options;
      options.procedures = procedures_;
      options.evidence = std::getenv("POLICYGRAPH_NO_EVIDENCE") == nullptr;
      rows_ = query(graph_, text, parameters_, options);
    } catch (const QueryError& error) {
      error_ = query_error_ = error;
    } catch (const Error& error) {
      error_ = error;
    }
  }

  void check_error(const ExpectedError& expected) {
    if (!error_) throw Failure("no error, but " + std::to_string(rows_->size()) + " rows");
    if (!query_error_) throw Failure("an error without type and detail: " + error_->report());
    is_error_expected_ = true;
    const std::string phase(phase_name(query_error_->phase()));
    expect_same("type of " + error_->text(), expected.type, std::string(type_name(query_error_->type())));
    if (expected.phase != "any time") expect_same("phase of " + error_->text(), expected.phase, phase);
    if (expected.detail != "*") expect_same("detail of " + error_->text(), expected.detail, std::string(detail_name(query_error_->detail())));
    expect_same("side effects of an error", "none", text_of(side_effects(before_, observe(graph_.snapshot()))));
  }

  void check_result(const KitStep& step) {
    if (error_) throw Failure("error " + error_->report());
    if (step.text == "the result should be empty") return expect_same("rows", "0", std::to_string(rows_->size()));
    const bool is_ordered = step.text.find("in order") != std::string::npos;
    const bool is_bag = step.text.find("ignoring element order for lists") != std::string::npos;
    expect_same("columns", joined(step.table.at(0), " | "), joined(rows_->columns(), " | "));
    std::vector<std::string> wanted, found;
    for (std::size_t i = 1; i < step.table.size(); ++i) {
      std::vector<std::string> cells;
      for (const auto& cell : step.table[i]) cells.push_back(canonical(read_kit_value(cell), is_bag));
      wanted.push_back(joined(cells, " | "));
    }
    for (const auto& row : *rows_) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(canonical(row[i], rows_->snapshot(), is_bag));
      found.push_back(joined(cells, " | "));
    }
    if (!is_ordered) {
      std::sort(wanted.begin(), wanted.end());
      std::sort(found.begin(), found.end());
    }
    expect_same("rows", joined(wanted, "\n          "), joined(found, "\n          "));
  }

  void check_side_effects(const KitTable& table) {
    if (error_) throw Failure("error " + error_->report());
    SideEffects wanted;
    for (const auto& row : table) wanted[row.at(0)] = std::stoul(row.at(1));
    std::erase_if(wanted, [](const auto& effect) { return effect.second == 0; });
    expect_same("side effects", text_of(wanted), text_of(side_effects(before_, observe(graph_.snapshot()))));
  }

  const std::filesystem::path& graphs_;
  Graph graph_ = open_in_memory(Schema::open());
  Parameters parameters_;
  std::shared_ptr<Procedures> procedures_ = std::make_shared<Procedures>();
  Observation before_;
  std::optional<Rows> rows_;
  std::optional<Error> error_;
  std::optional<QueryError> query_error_;
  bool is_error_expected_ = false;
};

}  // namespace

std::string run_scenario(const KitScenario& scenario, const std::filesystem::path& graphs) {
  try {
    ScenarioRun(graphs).run(scenario);
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace policygraph::testing
