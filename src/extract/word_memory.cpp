#include "extract/word_memory.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <map>

#include "extract/folding.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kMostLabels = 256;  // a recogniser may propose any
constexpr std::size_t kBytes = 8;

// "Uzbekistan's", "Uzbekistan’s"
bool is_possessive(std::string_view word) {
  return word.size() > 3 && word.back() == 's' && (word[word.size() - 2] == '\'' || word.ends_with("\u2019s"));
}

std::uint64_t load(const char* at) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, kBytes);
  return bytes;
}

// Eight bytes of which the first `size` count, one at least.
std::uint64_t load(const char* at, std::size_t size) noexcept {
  const std::size_t past = 8 * (kBytes - size);
  if constexpr (std::endian::native == std::endian::little) return load(at) << past >> past;
  else return load(at) >> past << past;
}

using Spelling = WordMemory::Spelling;

bool are_equal(const Spelling& a, const Spelling& b) noexcept {
  return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
}

}  // namespace

Vocabulary::Hit look_up(const Vocabulary& vocabulary, std::string_view written, std::string_view folded) noexcept {
  const Vocabulary::Hit hit = vocabulary.find(folded);
  if (hit.word != kNoWord || !is_possessive(written)) return hit;
  folded.remove_suffix(1);
  return vocabulary.find(folded);
}

WordMemory::WordMemory(const Vocabulary& vocabulary, const text::ScriptVotes& votes)
    : vocabulary_(&vocabulary), votes_(&votes), known_(1) {
  make_slots(kFirstSlots);
}

// Requires: kLongest bytes at most.
WordMemory::Spelling WordMemory::spell(std::string_view text, Span word) noexcept {
  Spelling out{};
  const char* at = text.data() + word.start;
  std::size_t left = word.size();
  if (word.start + kLongest > text.size()) {
    std::memcpy(out.data(), at, left);
    return out;
  }
  std::size_t i = 0;
  for (; left > kBytes; left -= kBytes, at += kBytes) out[i++] = load(at);
  out[i] = load(at, left);
  return out;
}

// Of a word of eight bytes or less. The high bits of a product depend on all of it: they tell the slot.
std::uint32_t WordMemory::mix(std::uint64_t bytes) noexcept {
  return std::rotl(static_cast<std::uint32_t>(bytes * 0x9E3779B97F4A7C15U >> 32U), kNumberBits + 1);
}

std::uint32_t WordMemory::hash_of(const Spelling& spelling) noexcept {
  const auto& [a, b, c, d] = spelling;
  if ((b | c | d) == 0) return mix(a);
  const std::uint64_t mixed = (a ^ std::rotl(b, 29)) * 0x9E3779B97F4A7C15U ^ (c ^ std::rotl(d, 29)) * 0xC2B2AE3D27D4EB4FU;
  return mix(mixed ^ mixed >> 29U);
}

WordMemory::WordNumber WordMemory::number(std::string_view text, Span word, const Token& token) {
  const std::size_t size = word.size();
  if (size > kLongest || size == 0) return kNotKept;
  if (size <= kBytes && word.start + kBytes <= text.size()) {  // as most words are
    const std::uint64_t bytes = load(text.data() + word.start, size);
    const std::size_t at = find(mix(bytes), [&](const Known& known) { return known.spelling[0] == bytes && known.size == size; });
    return slots_[at] != 0 ? use(at) : add(text.substr(word.start, size), token, {bytes}, at);
  }
  const Spelling spelling = spell(text, word);
  const std::size_t at = find(hash_of(spelling), [&](const Known& known) { return known.size == size && are_equal(known.spelling, spelling); });
  return slots_[at] != 0 ? use(at) : add(text.substr(word.start, size), token, spelling, at);
}

// The slot of what is known, or the free one that it would take.
template <class IsIt>
std::size_t WordMemory::find(std::uint32_t hash, IsIt is_it) const noexcept {
  const std::uint32_t tag = hash >> kNumberBits;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at] != 0 && (slots_[at] >> kNumberBits != tag || !is_it(known_[slots_[at] & kMost]))) at = (at + 1) & mask;
  return at;
}

WordMemory::WordNumber WordMemory::use(std::size_t slot) noexcept {
  const WordNumber number = slots_[slot] & kMost;
  if (known_[number].uses < kOften) ++known_[number].uses;
  return number;
}

// None where there is no room for more.
WordMemory::WordNumber WordMemory::add(std::string_view written, const Token& token, const Spelling& spelling, std::size_t slot) {
  if (known_.size() > kMost) return kNotKept;
  const auto number = static_cast<WordNumber>(known_.size());
  Known known;
  known.spelling = spelling;
  known.size = static_cast<std::uint8_t>(written.size());
  tell(written, token, known);
  if (known.folded_size > kLongest) {  // its fold is kept no more than the word
    folded_.resize(known.folded);
    return kNotKept;
  }
  slots_[slot] = hash_of(spelling) >> kNumberBits << kNumberBits | number;
  known_.push_back(known);
  if (known_.size() * 2 > slots_.size()) make_slots(slots_.size() * 2);
  return number;
}

void WordMemory::tell(std::string_view written, const Token& token, Known& out) {
  out.folds_in_place = folds_in_place(written);
  const std::string folded = out.folds_in_place ? lowered(written) : fold_word(written);
  out.folded = static_cast<std::uint32_t>(folded_.size());
  out.folded_size = static_cast<std::uint8_t>(std::min(folded.size(), kLongest + 1));
  if (!out.folds_in_place) folded_ += folded;
  out.hit = look_up(*vocabulary_, written, folded);
  const auto parts = token.kind == TokenKind::word ? votes_->by_script.find(token.script) : votes_->by_script.end();
  out.has_votes = parts != votes_->by_script.end() && !parts->second.empty();
  if (out.has_votes) out.votes = parts->second.front().of(written, 0, written.size());
}

void WordMemory::make_slots(std::size_t count) {
  slots_.assign(count, 0);
  const std::size_t mask = slots_.size() - 1;
  for (WordNumber number = 1; number < known_.size(); ++number) {
    const std::uint32_t hash = hash_of(known_[number].spelling);
    std::size_t at = hash & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = hash >> kNumberBits << kNumberBits | number;
  }
}

Languages::Guess WordMemory::guess(const Languages& languages, std::string_view text, std::span<const Token> tokens,
                                   std::span<const WordNumber> numbers) {
  if (text.size() > text::kLooksAt) return languages.guess(text, tokens);
  const Script script = text::main_script(tokens);
  const auto parts = votes_->by_script.find(script);
  if (parts == votes_->by_script.end()) return text::guess({}, script, text, tokens, {});
  told_.clear();
  for (const WordNumber number : numbers) told_.push_back(known_[number].has_votes ? &known_[number].votes : nullptr);
  return text::guess(parts->second, script, text, tokens, told_);
}

PhraseOpenings& WordMemory::openings(const PhraseTrie& trie) {
  const auto known = std::ranges::find(openings_, &trie, [](const auto& one) { return &one->trie(); });
  if (known != openings_.end()) return **known;
  return *openings_.emplace_back(std::make_unique<PhraseOpenings>(trie));
}

model::Chains& WordMemory::chains(const Schema& schema) {
  if (chains_ == nullptr) chains_ = std::make_unique<model::Chains>(schema);
  return *chains_;
}

void WordMemory::make_room() {
  if (chains_ != nullptr && chains_->size() > kMostLabels) chains_.reset();
  if (known_.size() < kMost / 4 * 3) return;
  openings_.clear();
  keep_often_used();
  make_slots(slots_.size());
}

// Half of what there is room for at most.
void WordMemory::keep_often_used() {
  std::vector<Known> kept(1);
  std::string folded;
  for (Known& known : known_) {
    if (known.uses < kOften || kept.size() > kMost / 2) continue;
    if (!known.folds_in_place) folded += this->folded(known);
    known.folded = static_cast<std::uint32_t>(folded.size()) - (known.folds_in_place ? 0U : known.folded_size);
    known.uses = 0;
    kept.push_back(known);
  }
  known_ = std::move(kept);
  folded_ = std::move(folded);
}

std::shared_ptr<const text::ScriptVotes> votes_of(const Languages& languages) {
  std::map<std::string, Language, std::less<>> all;
  for (const std::string& code : languages.codes()) all.emplace(code, languages.get(code));
  return std::make_shared<const text::ScriptVotes>(all);
}

WordMemories::Held WordMemories::take() {
  std::unique_ptr<WordMemory> memory;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      memory = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!memory) memory = std::make_unique<WordMemory>(vocabulary_, *votes_);
  memory->make_room();
  return {*this, std::move(memory)};
}

// One that cannot be kept is let go.
void WordMemories::give_back(std::unique_ptr<WordMemory> memory) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(memory));
  } catch (...) {
  }
}

}  // namespace policygraph::inline v0::detail::extract
