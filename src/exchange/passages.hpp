#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/model/evidence.hpp"
#include "policygraph/model/sources.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Without those that a longer passage of the same document holds, and without duplicates.
std::vector<Citation> uncovered(const std::vector<Citation>& citations);

/// What rows rest on, each passage once, numbered from 1 in the order rows call for it.
class Passages {
 public:
  std::vector<std::size_t> numbers(const Row& row);
  const std::vector<Citation>& all() const { return all_; }

 private:
  std::map<std::pair<DocumentId, Span>, std::size_t> numbers_;
  std::vector<Citation> all_;
};

/// Text around a span: up to so many code points before and after it.
std::pair<std::string_view, std::string_view> around(std::string_view text, Span span, std::size_t code_points);

/// An address that is safe within <>, quotes and braces: characters that no URI has are percent-encoded.
std::string encoded_uri(std::string_view uri);
bool is_web_address(std::string_view uri);

std::string to_markdown(const Rows& rows, const std::vector<std::size_t>& chosen);
std::string to_bibtex(const Snapshot& snapshot, const std::vector<Citation>& passages);
std::string to_csl_json(const Snapshot& snapshot, const std::vector<Citation>& passages);
std::string to_web_annotations(const Snapshot& snapshot, const std::vector<Citation>& passages);

}  // namespace policygraph::inline v0::detail::exchange
