#include "extract/phrases.hpp"

#include <algorithm>
#include <array>

#include "extract/folding.hpp"
#include "extract/word_memory.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMaxWords = 16;
constexpr std::uint8_t kMaxGap = 6;
constexpr int kMaxGaps = 2;

using Case = PhraseStep::Case;

Case letters_of(const Token& token) {
  if (token.kind != TokenKind::word || !token.is_capitalised) return Case::any;
  return token.is_upper ? Case::upper : Case::capitalised;
}

// "FAOning": an acronym with the ending of a case, for a stem in capitals.
bool begins_in_capitals(std::string_view word) {
  const CodePoint first = code_point_at(word, 0);
  return is_upper(first.value) && first.size < word.size() && is_upper(code_point_at(word, first.size).value);
}

bool fits(Case wanted, const DocumentView& view, std::uint32_t at) {
  const Token& token = view.tokens()[at];
  if (wanted == Case::any) return true;
  if (wanted == Case::capitalised) return token.is_capitalised;
  return is_in_capitals(view.text(token), token) || begins_in_capitals(view.text(token));
}

// The number in "{3}", or nothing.
std::optional<std::uint8_t> gap_in(std::string_view piece) {
  if (piece.size() < 2 || piece.front() != '{' || piece.back() != '}') return std::nullopt;
  if (piece.size() != 3 || piece[1] < '1' || piece[1] > '0' + kMaxGap) {
    throw Error(ErrorCode::format, "gap '" + std::string(piece) + "' is not {1} to {6}");
  }
  return static_cast<std::uint8_t>(piece[1] - '0');
}

// A word of ASCII letters and Russian ones, as nearly all words of packs are: folded without telling tokens.
class PlainPiece {
 public:
  explicit PlainPiece(std::string_view piece) noexcept {
    if (piece.empty() || piece.size() > bytes_.size()) return;
    is_plain_ = true;
    while (is_plain_ && size_ < piece.size()) take(piece.substr(size_));
  }

  bool is_plain() const noexcept { return is_plain_; }
  std::string_view folded() const noexcept { return {bytes_.data(), size_}; }
  Case letters() const noexcept {
    if (!begins_with_capital_) return Case::any;
    return letters_ > 1 && letters_ == capitals_ ? Case::upper : Case::capitalised;
  }

 private:
  void take(std::string_view rest) noexcept {
    const auto byte = static_cast<unsigned char>(rest[0]);
    const bool is_capital = byte >= 'A' && byte <= 'Z';
    if (is_capital || (byte >= 'a' && byte <= 'z')) {
      bytes_[size_++] = static_cast<char>(byte | 0x20U);
      return count(is_capital);
    }
    const auto tail = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : '\0');
    const unsigned point = (byte & 0x1FU) << 6U | (tail & 0x3FU);
    is_plain_ = (byte & 0xFEU) == 0xD0U && (tail & 0xC0U) == 0x80U && point >= 0x410 && point < 0x450;
    if (!is_plain_) return;
    const unsigned folded = point < 0x430 ? point + 0x20 : point;
    bytes_[size_++] = static_cast<char>(0xC0U | folded >> 6U);
    bytes_[size_++] = static_cast<char>(0x80U | (folded & 0x3FU));
    count(point < 0x430);
  }

  void count(bool is_capital) noexcept {
    begins_with_capital_ = begins_with_capital_ || (letters_ == 0 && is_capital);
    ++letters_;
    capitals_ += is_capital ? 1 : 0;
  }

  std::array<char, 64> bytes_;
  std::size_t size_ = 0;
  std::uint32_t letters_ = 0, capitals_ = 0;
  bool is_plain_ = false, begins_with_capital_ = false;
};

void add_tokens(std::string_view piece, bool is_stem, std::uint8_t& gap, Vocabulary& vocabulary, std::vector<PhraseStep>& out) {
  const std::vector<Token> tokens = tokenize(piece);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string folded = fold_word(piece.substr(tokens[i].span.start, tokens[i].span.size()));
    if (folded.empty()) continue;
    out.push_back({vocabulary.add(folded, is_stem && i + 1 == tokens.size()), letters_of(tokens[i]), gap});
    gap = 0;
  }
}

void add_words(std::string_view piece, std::uint8_t& gap, Vocabulary& vocabulary, std::vector<PhraseStep>& out) {
  const bool is_stem = piece.size() > 1 && piece.back() == '*';
  if (is_stem) piece.remove_suffix(1);
  const PlainPiece plain(piece);
  if (!plain.is_plain()) return add_tokens(piece, is_stem, gap, vocabulary, out);
  out.push_back({vocabulary.add(plain.folded(), is_stem), plain.letters(), gap});
  gap = 0;
}

void check(std::span<const PhraseStep> steps, std::string_view phrase) {
  const auto gaps = std::ranges::count_if(steps, [](const PhraseStep& step) { return step.gap != 0; });
  if (steps.empty()) throw Error(ErrorCode::format, "empty phrase");
  if (steps.size() > kMaxWords) throw Error(ErrorCode::format, "phrase '" + std::string(phrase) + "' is longer than 16 words");
  if (steps.front().gap != 0) throw Error(ErrorCode::format, "phrase '" + std::string(phrase) + "' begins with a gap");
  if (gaps > kMaxGaps) throw Error(ErrorCode::format, "phrase '" + std::string(phrase) + "' has more than two gaps");
}

std::uint64_t edge_key(std::uint32_t node, std::uint32_t gap, WordId word) {
  return std::uint64_t{node} << 32 | std::uint64_t{gap} << 28 | word;
}

}  // namespace

void compile_phrase(std::string_view phrase, Vocabulary& vocabulary, std::vector<PhraseStep>& out) {
  const std::size_t first = out.size();
  const std::string_view whole = phrase;
  std::uint8_t gap = 0;
  while (!phrase.empty()) {
    const std::size_t blank = phrase.find(' ');
    const std::string_view piece = phrase.substr(0, blank);
    phrase.remove_prefix(blank == std::string_view::npos ? phrase.size() : blank + 1);
    if (const auto width = gap_in(piece)) {
      gap = *width;
    } else {
      add_words(piece, gap, vocabulary, out);
    }
  }
  if (gap != 0) throw Error(ErrorCode::format, "a phrase ends with a gap");
  check(std::span(out).subspan(first), whole);
}

std::uint32_t& PhraseEdges::at(std::uint64_t key) {
  if ((count_ + 1) * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.key != 0) slots_[place(slot.key)] = slot;
  }
  Slot& slot = slots_[place(key)];
  if (slot.key == 0) ++count_;
  slot.key = key;
  return slot.node;
}

PhraseTrie::PhraseTrie() : nodes_(1) {}

std::uint32_t PhraseTrie::grow(std::uint32_t node, const PhraseStep& step) {
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  std::uint32_t* slot = nullptr;
  if (node == 0) {
    if (roots_.size() <= step.word) roots_.resize(step.word + 1);
    slot = &roots_[step.word];
  } else {
    nodes_[node].max_gap = std::max<std::uint32_t>(nodes_[node].max_gap, step.gap);
    nodes_[node].next_words |= bit(step.word);
    slot = &edges_.at(edge_key(node, step.gap, step.word));
  }
  if (*slot == 0) {
    *slot = made;
    nodes_.emplace_back();
  }
  return *slot;
}

void PhraseTrie::add(std::span<const PhraseStep> steps, EntryIndex entry, CategoryIndex category) {
  std::uint32_t node = 0;
  Terminal terminal{entry, category};
  unsigned shift = 0;
  for (const PhraseStep& step : steps) {
    node = grow(node, step);
    terminal.letters |= static_cast<std::uint32_t>(step.letters) << shift;
    shift += 2;
  }
  ++nodes_[node].terminals;
  added_.emplace_back(node, terminal);
}

void PhraseTrie::close() {
  std::uint32_t start = 0;
  for (Node& node : nodes_) {
    node.terminal = start;
    start += std::exchange(node.terminals, 0);
  }
  terminals_.resize(start);
  for (const auto& [node, terminal] : added_) terminals_[nodes_[node].terminal + nodes_[node].terminals++] = terminal;
  added_ = {};
  for (const Node& node : nodes_) {  // so that what is found is nearly in order
    const auto own = std::span(terminals_).subspan(node.terminal, node.terminals);
    const auto key = [](const Terminal& terminal) { return std::uint64_t{terminal.category} << 32U | terminal.entry; };
    if (own.size() > 1 && !std::ranges::is_sorted(own, {}, key)) std::ranges::stable_sort(own, {}, key);
  }
}

PhraseTrie::Hits::Hits(const DocumentView& view, const Vocabulary& vocabulary) noexcept
    : view_(&view), vocabulary_(&vocabulary), memory_(view.memory()) {
  if (memory_ != nullptr && &memory_->vocabulary() != &vocabulary) memory_ = nullptr;
}

Vocabulary::Hit PhraseTrie::Hits::of(std::uint32_t token) const noexcept {
  const std::uint32_t number = memory_ == nullptr ? WordMemory::kNotKept : view_->word_numbers()[token];
  if (number != WordMemory::kNotKept) return (*memory_)[number].hit;
  return look_up(*vocabulary_, view_->text(view_->tokens()[token]), view_->folded(token));
}

struct PhraseTrie::Walk {
  const DocumentView& view;
  const Hits& hits;
  std::uint32_t first;
  std::uint32_t last;
  std::vector<Found>& out;
  std::array<std::uint32_t, kMaxWords> path{};  // the tokens taken

  std::uint32_t skip_breaks(std::uint32_t token) const {
    while (token < last && view.tokens()[token].kind == TokenKind::line_break) ++token;
    return token;
  }

  bool fits(std::uint32_t letters) const {
    for (std::size_t i = 0; letters != 0; ++i, letters >>= 2U) {
      if (!extract::fits(static_cast<Case>(letters & 3U), view, path[i])) return false;
    }
    return true;
  }
};

// `node` was reached by taking `token` as word number `depth`. Depth is bounded by the longest phrase of the packs.
void PhraseTrie::advance(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth) const {
  walk.path[depth] = token;
  const Node& reached = nodes_[node];
  for (std::uint32_t i = 0; i < reached.terminals; ++i) {
    const Terminal& terminal = terminals_[reached.terminal + i];
    if (walk.fits(terminal.letters)) walk.out.push_back({{walk.first, token + 1, terminal.entry}, terminal.category});
  }
  go_on(walk, node, token, depth);
}

void PhraseTrie::go_on(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth) const {
  const Node& reached = nodes_[node];
  if (depth + 1 == kMaxWords || reached.next_words == 0) return;
  std::uint32_t next = walk.skip_breaks(token + 1);
  for (std::uint32_t passed = 0; passed <= reached.max_gap && next < walk.last; ++passed) {
    const Vocabulary::Hit hit = walk.hits.of(next);
    if ((reached.next_words & bits_of(walk.hits, hit)) != 0) {
      for (std::uint32_t gap = passed; gap <= reached.max_gap; ++gap) follow(walk, node, next, hit, depth + 1, gap);
    }
    next = walk.skip_breaks(next + 1);
  }
}

// Of the word and of the stems that it begins with.
std::uint64_t PhraseTrie::bits_of(const Hits& hits, const Vocabulary::Hit& hit) noexcept {
  std::uint64_t out = hit.word == kNoWord ? 0 : bit(hit.word);
  for (WordId stem = hit.stem; stem != kNoWord; stem = hits.shorter(stem)) out |= bit(stem);
  return out;
}

void PhraseTrie::follow(Walk& walk, std::uint32_t node, std::uint32_t token, const Vocabulary::Hit& hit, std::uint32_t depth, std::uint32_t gap) const {
  const auto take = [&](WordId word) {
    if ((nodes_[node].next_words & bit(word)) == 0) return;
    const std::uint32_t to = edges_.find(edge_key(node, gap, word));
    if (to != 0) advance(walk, to, token, depth);
  };
  if (hit.word != kNoWord) take(hit.word);
  for (WordId stem = hit.stem; stem != kNoWord; stem = walk.hits.shorter(stem)) take(stem);
}

template <class Take>
void PhraseTrie::each_root(const Hits& hits, std::uint32_t at, Take take) const {
  const Vocabulary::Hit hit = hits.of(at);
  const auto take_word = [&](WordId word) {
    if (word < roots_.size() && roots_[word] != 0) take(roots_[word]);
  };
  if (hit.word != kNoWord) take_word(hit.word);
  for (WordId stem = hit.stem; stem != kNoWord; stem = hits.shorter(stem)) take_word(stem);
}

void PhraseTrie::match(const Hits& hits, std::uint32_t at, std::uint32_t last, std::vector<Found>& out) const {
  Walk walk{hits.view(), hits, at, last, out, {}};
  each_root(hits, at, [&](std::uint32_t node) { advance(walk, node, at, 0); });
}

void PhraseTrie::open(const Hits& hits, std::uint32_t at, std::vector<Alone>& alone, std::vector<std::uint32_t>& nodes) const {
  each_root(hits, at, [&](std::uint32_t root) {
    const Node& node = nodes_[root];
    for (const Terminal& terminal : std::span(terminals_).subspan(node.terminal, node.terminals)) {
      if (extract::fits(static_cast<Case>(terminal.letters & 3U), hits.view(), at)) alone.push_back({terminal.category, terminal.entry});
    }
    if (node.next_words != 0) nodes.push_back(root);
  });
  std::ranges::sort(alone);
  alone.erase(std::unique(alone.begin(), alone.end()), alone.end());
}

void PhraseTrie::go_on(const Hits& hits, std::uint32_t node, std::uint32_t at, std::uint32_t last, std::vector<Found>& out) const {
  Walk walk{hits.view(), hits, at, last, out, {{at}}};
  go_on(walk, node, at, 0);
}

const PhraseOpenings::Opening& PhraseOpenings::tell(std::uint32_t number, const PhraseTrie::Hits& hits, std::uint32_t token) {
  std::vector<PhraseTrie::Alone> alone;
  std::vector<std::uint32_t> nodes;
  trie_->open(hits, token, alone, nodes);
  if (openings_.size() <= number) openings_.resize(number + std::size_t{1});
  openings_[number] = {static_cast<std::uint32_t>(alones_.size()), static_cast<std::uint32_t>(nodes_.size()),
                       static_cast<std::uint16_t>(alone.size()), static_cast<std::uint16_t>(nodes.size()), true};
  alones_.insert(alones_.end(), alone.begin(), alone.end());
  nodes_.insert(nodes_.end(), nodes.begin(), nodes.end());
  return openings_[number];
}

const PhraseMatch* PhraseMatches::covering(CategoryIndex category, std::uint32_t token) const noexcept {
  const auto all = of(category);
  const auto after = std::ranges::upper_bound(all, token, {}, &PhraseMatch::first);
  if (after == all.begin() || (after - 1)->last <= token) return nullptr;
  return &*std::ranges::lower_bound(all, (after - 1)->first, {}, &PhraseMatch::first);
}

void PhraseMatches::Builder::add_page() {
  pages_.push_back(std::make_unique<Found[]>(kPage));
  last_page_ = 0;
}

PhraseMatches PhraseMatches::Builder::build() {
  PhraseMatches out;
  out.starts_.reserve(last_.size() + 1);
  std::uint32_t start = 0;
  for (const Last& last : last_) {
    out.starts_.push_back(start);
    start += last.count;
  }
  out.starts_.push_back(start);
  std::vector<std::uint32_t> next(out.starts_);
  out.matches_.resize(start);
  for (auto& page : pages_) {
    const auto size = &page == &pages_.back() ? last_page_ : kPage;
    for (const Found& found : std::span(page.get(), size)) {
      out.matches_[next[found.category]++] = {found.first, found.first + found.tokens, found.entry};
    }
    page.reset();
  }
  pages_.clear();
  last_page_ = kPage;
  return out;
}

}  // namespace policygraph::inline v0::detail::extract
