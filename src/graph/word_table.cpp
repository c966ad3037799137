#include "graph/word_table.hpp"

#include <algorithm>
#include <utility>

#include "graph/word_table_builder.hpp"
#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void put_number(std::uint64_t number, std::string& out) {
  for (; number >= 0x80; number >>= 7U) out.push_back(static_cast<char>(number | 0x80U));
  out.push_back(static_cast<char>(number));
}

std::uint64_t take_number(std::string_view bytes, std::size_t& at) noexcept {
  std::uint64_t number = static_cast<std::uint8_t>(bytes[at++]);
  if (number < 0x80) return number;  // mostly
  number &= 0x7FU;
  for (unsigned shift = 7;; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes[at++]);
    number |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return number;
  }
}

}  // namespace

std::string_view WordTable::term(std::size_t number) const noexcept {
  return std::string_view(terms_).substr(term_starts_[number], term_starts_[number + 1] - term_starts_[number]);
}

std::size_t WordTable::lower_bound(std::string_view wanted) const noexcept {
  std::size_t first = 0;
  for (auto last = term_starts_.size() - 1; first < last;) {
    const auto middle = first + (last - first) / 2;
    if (term(middle) < wanted) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

void WordTable::decode(std::size_t number, WordPlaces& out) const {
  WordPlace place{0, 0};
  const auto end = place_starts_[number + 1];
  out.reserve(out.size() + (end - place_starts_[number]) / 2);
  for (std::size_t at = place_starts_[number]; at < end;) {
    const auto step = take_number(places_, at);
    if ((step & 1U) != 0) {
      place = {place.unit + static_cast<std::uint32_t>(step >> 1U), 0};
    } else {
      place.word += static_cast<std::uint32_t>(step >> 1U);
      out.push_back(place);
    }
  }
}

void WordTable::add_places(std::string_view wanted, WordPlaces& out) const {
  const auto number = lower_bound(wanted);
  if (number + 1 < term_starts_.size() && term(number) == wanted) decode(number, out);
}

std::size_t WordTable::count_beginning(std::string_view start) const noexcept {
  const auto first = lower_bound(start);
  auto last = first;
  for (auto end = term_starts_.size() - 1; last < end;) {
    const auto middle = last + (end - last) / 2;
    if (term(middle).starts_with(start)) {
      last = middle + 1;
    } else {
      end = middle;
    }
  }
  return last - first;
}

void WordTable::add_places_beginning(std::string_view start, WordPlaces& out) const {
  const auto first = lower_bound(start);
  const auto count = count_beginning(start);
  for (std::size_t i = 0; i < count; ++i) decode(first + i, out);
}

std::size_t WordTable::memory_bytes() const noexcept {
  return terms_.capacity() + places_.capacity() + (term_starts_.capacity() + place_starts_.capacity()) * sizeof(std::uint64_t) +
         lengths_.capacity() * sizeof(std::uint32_t);
}

void WordTableBuilder::set_language(std::string_view code) {
  const std::string key(code);
  language_ = &languages_.try_emplace(key, key).first->second;
}

const WordTableBuilder::Numbers& WordTableBuilder::terms_of(std::string_view word, TokenKind kind) {
  const auto [known, is_new] = language_->known.try_emplace(std::string(word));
  if (!is_new) return known->second;
  std::vector<std::string> terms;
  language_->words.add_terms(word, kind, terms);
  for (auto& term : terms) {
    const auto [found, is_first] = numbers_.try_emplace(std::move(term), static_cast<std::uint32_t>(postings_.size()));
    if (is_first) postings_.emplace_back();
    known->second.push_back(found->second);
  }
  return known->second;
}

void WordTableBuilder::put(Posting& posting, std::uint32_t unit, std::uint32_t word) {
  if (!posting.has_any || posting.unit != unit) {
    put_number(std::uint64_t{unit - posting.unit} << 1U | 1U, posting.bytes);
    posting.word = 0;
  }
  put_number(std::uint64_t{word - posting.word} << 1U, posting.bytes);
  posting.unit = unit;
  posting.word = word;
  posting.has_any = true;
}

std::uint32_t WordTableBuilder::add(std::uint32_t unit, std::string_view text, std::uint32_t first_word) {
  if (language_ == nullptr) set_language({});
  if (lengths_.size() <= unit) lengths_.resize(std::size_t{unit} + 1);
  auto word = first_word;
  for (const auto& token : tokenize(text)) {
    if (!text::is_search_word(token)) continue;
    for (const auto number : terms_of(text.substr(token.span.start, token.span.size()), token.kind)) put(postings_[number], unit, word);
    ++word;
    ++lengths_[unit];
  }
  return word;
}

WordTable WordTableBuilder::finish() {
  WordTable out;
  std::vector<std::pair<std::string_view, std::uint32_t>> order(numbers_.begin(), numbers_.end());
  std::ranges::sort(order);
  for (const auto& [term, number] : order) {
    out.terms_ += term;
    out.term_starts_.push_back(out.terms_.size());
    out.places_ += postings_[number].bytes;
    out.place_starts_.push_back(out.places_.size());
    postings_[number].bytes = {};
  }
  out.lengths_ = std::move(lengths_);
  return out;
}

}  // namespace policygraph::inline v0::detail::graph
