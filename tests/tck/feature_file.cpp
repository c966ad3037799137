#include "feature_file.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string_view>

namespace policygraph::testing {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// "| a | b \| c |": in a cell, \| is a bar, \\ a backslash and \n a line feed; other backslashes stay.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '|') {
      out.emplace_back(trimmed(cell));
      cell.clear();
    } else if (line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '|' || line[i + 1] == '\\' || line[i + 1] == 'n')) {
      cell += line[++i] == 'n' ? '\n' : line[i];
    } else {
      cell += line[i];
    }
  }
  return out;
}

using Example = std::map<std::string, std::string>;

std::string filled(std::string text, const Example& example) {
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at)) {
    const auto end = text.find('>', at);
    const auto found = end == std::string::npos ? example.end() : example.find(text.substr(at + 1, end - at - 1));
    if (found == example.end()) {
      ++at;
      continue;
    }
    text.replace(at, end - at + 1, found->second);
    at += found->second.size();
  }
  return text;
}

KitStep filled(KitStep step, const Example& example) {
  step.text = filled(step.text, example);
  step.docstring = filled(step.docstring, example);
  for (auto& row : step.table) {
    for (auto& cell : row) cell = filled(cell, example);
  }
  return step;
}

class FeatureReader {
 public:
  FeatureReader(const std::filesystem::path& file, std::string name, std::vector<KitScenario>& out) : in_(file), out_(out) {
    scenario_.feature = std::move(name);
    if (!in_) throw std::runtime_error("cannot read " + file.string());
  }

  void run() {
    for (std::string line; std::getline(in_, line);) read(line);
    finish();
  }

 private:
  void read(const std::string& raw) {
    const auto line = trimmed(raw);
    if (line.empty() || line[0] == '#') return;
    if (line[0] == '@') return read_tags(line);
    if (line[0] == '|') return rows().push_back(cells_of(line));
    if (line.starts_with("\"\"\"")) return read_docstring(raw.find('"'));
    if (line == "Background:") return start(true, "");
    for (const std::string_view keyword : {"Scenario Outline:", "Scenario:"}) {
      if (line.starts_with(keyword)) return start(false, trimmed(line.substr(keyword.size())));
    }
    if (line.starts_with("Examples:")) {
      examples_.emplace_back();
      return;
    }
    for (const std::string_view keyword : {"Given ", "When ", "Then ", "And ", "But "}) {
      if (line.starts_with(keyword)) return add_step(trimmed(line.substr(keyword.size())));
    }
    if (is_open_) throw std::runtime_error(scenario_.feature + ": cannot read '" + std::string(line) + "'");
  }

  void read_tags(std::string_view line) {
    for (std::size_t at = 0; at < line.size();) {
      const auto end = std::min(line.find_first_of(kBlanks, at), line.size());
      if (end > at) next_tags_.emplace_back(line.substr(at, end - at));
      at = end + 1;
    }
  }

  void read_docstring(std::size_t indent) {
    std::string text;
    for (std::string line; std::getline(in_, line);) {
      if (trimmed(line) == "\"\"\"") break;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      const auto blanks = std::min(line.find_first_not_of(" \t"), line.size());
      text += (text.empty() ? "" : "\n") + line.substr(std::min(indent, blanks));
    }
    steps().back().docstring = std::move(text);
  }

  void start(bool is_background, std::string_view name) {
    finish();
    is_background_ = is_background;
    is_open_ = true;
    scenario_.name = name;
    scenario_.tags = std::exchange(next_tags_, {});
  }

  void add_step(std::string_view text) { steps().push_back({std::string(text), {}, {}}); }
  std::vector<KitStep>& steps() { return is_background_ ? background_ : scenario_.steps; }
  KitTable& rows() { return examples_.empty() ? steps().back().table : examples_.back(); }

  void finish() {
    if (is_open_ && !is_background_) {
      scenario_.steps.insert(scenario_.steps.begin(), background_.begin(), background_.end());
      if (examples_.empty()) out_.push_back(scenario_);
      expand();
    }
    scenario_.steps.clear();
    examples_.clear();
    is_open_ = false;
  }

  void expand() {
    std::size_t number = 0;
    for (const auto& table : examples_) {
      for (std::size_t row = 1; row < table.size(); ++row) {
        Example example;
        for (std::size_t i = 0; i < table[0].size(); ++i) example[table[0][i]] = table[row].at(i);
        auto scenario = scenario_;
        scenario.name = filled(scenario.name, example) + " #" + std::to_string(++number);
        for (auto& step : scenario.steps) step = filled(std::move(step), example);
        out_.push_back(std::move(scenario));
      }
    }
  }

  std::ifstream in_;
  std::vector<KitScenario>& out_;
  KitScenario scenario_;
  std::vector<KitStep> background_;
  std::vector<KitTable> examples_;
  std::vector<std::string> next_tags_;
  bool is_background_ = false;
  bool is_open_ = false;
};

}  // namespace

std::vector<KitScenario> read_features(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".feature") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<KitScenario> out;
  for (const auto& file : files) {
    FeatureReader(file, std::filesystem::relative(file, folder).replace_extension().generic_string(), out).run();
  }
  return out;
}

}  // namespace policygraph::testing
