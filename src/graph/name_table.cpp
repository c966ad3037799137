#include "graph/name_table.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "graph/naming.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "text/name_words.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kFirstCompared = 32;
constexpr double kSlack = 1e-5;  // bounds are kept as floats

std::uint32_t checked(std::size_t bytes) {
  if (bytes > 0xFFFFFFFFU) throw Error(ErrorCode::limit, "the names of the graph are more than 4 GiB; search a part of it");
  return static_cast<std::uint32_t>(bytes);
}

template <class Value>
std::size_t bytes_of(const std::vector<Value>& values) noexcept {
  return values.capacity() * sizeof(Value);
}

// The score of the last of the best; requires that there are as many.
double last_of_best(const std::unordered_map<std::uint32_t, double>& best, std::size_t limit) {
  std::vector<double> scores;
  scores.reserve(best.size());
  for (const auto& [row, score] : best) scores.push_back(score);
  const auto last = scores.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  std::ranges::nth_element(scores, last, std::ranges::greater());
  return *last;
}

}  // namespace

NameTable::NameTable(const Snapshot::Data& data) {
  Entries keys, folded;
  visit_indexed_nodes(data, [&](std::uint32_t row) {
    visit_names(data, NodeRow{row}, [&](std::string_view name, Claim) {
      keys.emplace_back(name_key(name.substr(0, text::kMostNameBytes)), row);
      folded.emplace_back(fold_name(name), row);
    });
  });
  put_keys(std::move(keys));
  put_words();
  put_folded(std::move(folded));
}

void NameTable::put_keys(Entries entries) {
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  rows_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [key, row] = entries[i];
    rows_.push_back(row);
    if (i + 1 < entries.size() && entries[i + 1].first == key) continue;
    keys_ += key;
    key_starts_.push_back(checked(keys_.size()));
    row_starts_.push_back(static_cast<std::uint32_t>(rows_.size()));
    double weight = 0;
    for (const auto word : text::name_words(key)) weight += text::word_weight(word);
    weights_.push_back(static_cast<float>(weight));
  }
}

void NameTable::put_words() {
  std::vector<std::pair<std::string_view, std::uint32_t>> entries;
  for (std::uint32_t k = 0; k < weights_.size(); ++k) {
    for (const auto word : text::name_words(key(k))) entries.emplace_back(word, k);
  }
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::vector<std::string> words;
  word_keys_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == 0 || entries[i - 1].first != entries[i].first) {
      words.emplace_back(entries[i].first);
      word_starts_.push_back(static_cast<std::uint32_t>(i));
    }
    word_keys_.push_back(entries[i].second);
  }
  word_starts_.push_back(static_cast<std::uint32_t>(entries.size()));
  words_ = AlikeWords(std::move(words));
}

void NameTable::put_folded(Entries entries) {
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  for (const auto& [name, row] : entries) {
    if (name.empty()) continue;
    folded_ += name;
    folded_starts_.push_back(checked(folded_.size()));
    folded_rows_.push_back(row);
  }
}

// What words_similarity can reach for each key: every word looked for has its best partner there.
std::vector<NameTable::Bounded> NameTable::bounds(const std::vector<std::string_view>& words) const {
  std::vector<float> sums(weights_.size());
  std::vector<std::uint8_t> taken(weights_.size());
  std::vector<std::uint32_t> touched;
  double total = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto weight = text::word_weight(words[i]);
    const auto turn = static_cast<std::uint8_t>(i + 1);
    total += weight;
    auto partners = words_.find(words[i]);
    for (auto& [word, alike] : partners) alike *= weight + text::word_weight(words_[word]);
    std::ranges::stable_sort(partners, std::ranges::greater(), &AlikeWords::Found::alike);
    for (const auto& [word, share] : partners) {
      for (auto at = word_starts_[word]; at < word_starts_[word + 1]; ++at) {
        const auto key = word_keys_[at];
        if (taken[key] == turn) continue;
        if (taken[key] == 0) touched.push_back(key);
        taken[key] = turn;
        sums[key] += static_cast<float>(share);
      }
    }
  }
  std::vector<Bounded> out;
  for (const auto key : touched) {
    const auto most = sums[key] / (total + double{weights_[key]});
    if (most >= kLeastNameScore - kSlack) out.push_back({most, key});
  }
  return out;
}

std::vector<NameTable::Scored> NameTable::similar(const std::vector<std::string_view>& words, std::size_t limit, const SeenNodes& is_seen) const {
  std::unordered_map<std::uint32_t, double> best;
  auto open = bounds(words);
  const auto compare = [&](std::uint32_t k) {
    const auto score = text::words_similarity(words, text::name_words(key(k)));
    if (score < kLeastNameScore) return;
    for (auto at = row_starts_[k]; at < row_starts_[k + 1]; ++at) {
      if (!is_seen(rows_[at])) continue;
      auto& known = best[rows_[at]];
      known = std::max(known, score);
    }
  };
  // The most promising first, in growing batches, until what is left cannot come among the best.
  std::size_t done = 0;
  for (auto count = std::max(limit, kFirstCompared); done < open.size(); count *= 2) {
    const auto end = done + std::min(count, open.size() - done);
    const auto begin = open.begin() + static_cast<std::ptrdiff_t>(done);
    const auto middle = open.begin() + static_cast<std::ptrdiff_t>(end);
    std::ranges::nth_element(begin, middle, open.end(), std::ranges::greater(), &Bounded::most);
    for (; done < end; ++done) compare(open[done].key);
    if (best.size() < limit || end == open.size()) continue;
    if (last_of_best(best, limit) > open[end].most + kSlack) break;
  }
  std::vector<Scored> out;
  for (const auto& [row, score] : best) out.push_back({row, score});
  return out;
}

std::vector<NameTable::Folded> NameTable::beginning(std::string_view folded, std::size_t limit, const SeenNodes& is_seen) const {
  const auto name = [&](std::size_t i) { return std::string_view(folded_).substr(folded_starts_[i], folded_starts_[i + 1] - folded_starts_[i]); };
  std::size_t first = 0;
  for (auto last = folded_rows_.size(); first < last;) {
    const auto middle = first + (last - first) / 2;
    if (name(middle) < folded) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  std::vector<Folded> out;
  std::unordered_set<std::uint32_t> met;
  for (; first < folded_rows_.size() && name(first).starts_with(folded) && out.size() < limit; ++first) {
    const auto row = folded_rows_[first];
    if (is_seen(row) && met.insert(row).second) out.push_back({name(first), row});
  }
  return out;
}

std::size_t NameTable::memory_bytes() const noexcept {
  return keys_.capacity() + folded_.capacity() + bytes_of(key_starts_) + bytes_of(weights_) + bytes_of(row_starts_) + bytes_of(rows_) +
         words_.memory_bytes() + bytes_of(word_starts_) + bytes_of(word_keys_) + bytes_of(folded_starts_) + bytes_of(folded_rows_);
}

}  // namespace policygraph::inline v0::detail::graph
