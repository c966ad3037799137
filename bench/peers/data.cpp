#include "data.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bench::peers {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("cannot read " + path);
  std::string text(std::filesystem::file_size(path), '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(text.size()))) fail("cannot read all of " + path);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(mark, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Argument argument_of(std::string_view field) {
  const auto text = field.substr(2);
  if (field[0] == 'i') return {Argument::Kind::integer, number_of(text), {}};
  if (field[0] != 'd') return {Argument::Kind::text, 0, std::string(text)};
  return {Argument::Kind::day, number_of(text.substr(0, 4)) * 10'000 + number_of(text.substr(5, 2)) * 100 + number_of(text.substr(8, 2)), std::string(text)};
}

}  // namespace

void fail(const std::string& what) {
  std::fprintf(stderr, "policygraph-bench: %s\n", what.c_str());
  std::exit(1);
}

std::vector<Arguments> read_arguments(const std::string& folder, std::string_view query) {
  std::vector<Arguments> all;
  const auto text = read_file(folder + "/arguments.tsv");
  for (const auto line : split(text, '\n')) {
    const auto fields = split(line, '\t');
    if (fields[0] != query) continue;
    auto& list = all.emplace_back();
    for (std::size_t i = 1; i < fields.size(); ++i) list.push_back(argument_of(fields[i]));
  }
  if (all.empty()) fail("no arguments for " + std::string(query));
  return all;
}

std::vector<QueryText> read_queries(const std::string& path) {
  std::vector<QueryText> queries;
  const auto text = read_file(path);
  for (const auto line : split(text, '\n')) {
    if (line.starts_with("// ") || line.starts_with("-- "))
      queries.push_back({std::string(line.substr(3)), {}});
    else if (!queries.empty() && !line.empty())
      queries.back().text.append(queries.back().text.empty() ? "" : "\n").append(line);
  }
  return queries;
}

CsvFile::CsvFile(const std::string& path) : text_(read_file(path)), at_(text_.find('\n') + 1) {}

const std::vector<std::string_view>& CsvFile::next() {
  fields_.clear();
  if (at_ >= text_.size()) return fields_;
  const auto end = std::min(text_.find('\n', at_), text_.size());
  const std::string_view line(text_.data() + at_, end - at_);
  for (std::size_t from = 0; from <= line.size();) {
    const auto to = std::min(line.find(',', from), line.size());
    fields_.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  at_ = end + 1;
  return fields_;
}

std::int64_t number_of(std::string_view field) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (error != std::errc() || end != field.data() + field.size()) fail("not a number: " + std::string(field));
  return number;
}

std::int64_t cents_of(std::string_view field) {
  const auto point = field.find('.');
  return 100 * number_of(field.substr(0, point)) + number_of(field.substr(point + 1));
}

std::string money_text(std::int64_t cents) {
  const auto rest = std::to_string(cents % 100);
  return std::to_string(cents / 100) + (rest.size() == 1 ? ".0" : ".") + rest;
}

}  // namespace bench::peers
