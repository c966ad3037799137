#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::document {

// The pages of a text in which a form feed ends each, without their form feeds; what follows the last is a page if it is not empty.
std::vector<std::string_view> split_pages(std::string_view text);

// A page set in two columns of running text, as gazettes and journals are: its lines, read straight across, go on in the other
// column. `page` keeps the places of its words by blanks. Two columns of a table are no such page: their cells are short.
bool has_two_columns(std::string_view page);

// Pages without a letter or a digit, from 1: pictures of text, most likely.
std::vector<std::size_t> pages_without_text(const std::vector<std::string_view>& pages);
// "2, 4-6 and 9".
std::string page_numbers(const std::vector<std::size_t>& numbers);

// Words that the end of a line tore: "infra-\n  structure" is joined, with its hyphen where the text has the word so elsewhere or a
// digit stands before it ("6079-\nson").
std::string join_torn_words(std::string_view text);

}  // namespace policygraph::inline v0::detail::document
