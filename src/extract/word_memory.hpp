#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/phrases.hpp"
#include "extract/vocabulary.hpp"
#include "model/chains.hpp"
#include "policygraph/text/tokens.hpp"
#include "text/guess_votes.hpp"

namespace policygraph::inline v0::detail::extract {

// What a word is by its spelling alone: how it folds, what of the packs it is, which languages it speaks for. Told once
// and kept, for most words of a document have stood in it or in one before. All of it is a function of the bytes of the
// word, so that what was read before changes no answer.
class WordMemory {
 public:
  using WordNumber = std::uint32_t;
  static constexpr WordNumber kNotKept = 0;

  using Spelling = std::array<std::uint64_t, 4>;  // the bytes of a word, and zeros behind them
  struct alignas(64) Known {
    Spelling spelling{};
    text::WordVotes::Votes votes;
    Vocabulary::Hit hit;
    std::uint32_t folded = 0;  // where it begins in `folded_`, for a word that does not fold in place
    std::uint8_t size = 0;
    std::uint8_t folded_size = 0;
    bool folds_in_place : 1 = false;
    bool has_votes : 1 = false;
    std::uint8_t uses = 0;  // since room was made, kOften at most
  };
  static_assert(sizeof(Known) == 64, "one line of the processor's cache");

  // Both must outlive it.
  WordMemory(const Vocabulary& vocabulary, const text::ScriptVotes& votes);

  // The number of the word of a text that a token is; kNotKept for one that is too long or one too many.
  WordNumber number(std::string_view text, Span word, const Token& token);
  const Known& operator[](WordNumber number) const noexcept { return known_[number]; }
  std::string_view folded(const Known& known) const noexcept {
    return {folded_.data() + known.folded, known.folded_size};
  }
  const Vocabulary& vocabulary() const noexcept { return *vocabulary_; }
  // What its words open in a trie over that vocabulary, which must outlive it. Valid as long as the numbers are.
  PhraseOpenings& openings(const PhraseTrie& trie);
  // What the schema says of labels and relations, kept as the words are. Requires: the same schema each time.
  model::Chains& chains(const Schema& schema);
  // As Languages::guess, of tokens whose numbers are known.
  Languages::Guess guess(const Languages& languages, std::string_view text, std::span<const Token> tokens,
                         std::span<const WordNumber> numbers);

  // Forgets all when it is nearly full, so that the words of what comes are kept. No number given before may be used
  // after.
  void make_room();

 private:
  static constexpr unsigned kNumberBits = 14;
  static constexpr WordNumber kMost = (1U << kNumberBits) - 1;
  static constexpr std::uint8_t kOften = 4;
  static constexpr std::size_t kLongest = sizeof(Known::spelling);

  static Spelling spell(std::string_view text, Span word) noexcept;
  static std::uint32_t hash_of(const Spelling& spelling) noexcept;
  static std::uint32_t mix(std::uint64_t bytes) noexcept;
  template <class IsIt>
  std::size_t find(std::uint32_t hash, IsIt is_it) const noexcept;
  WordNumber use(std::size_t slot) noexcept;
  WordNumber add(std::string_view written, const Token& token, const Spelling& spelling, std::size_t slot);
  void tell(std::string_view written, const Token& token, Known& out);
  void keep_often_used();
  void make_slots(std::size_t count);

  const Vocabulary* vocabulary_;
  const text::ScriptVotes* votes_;
  std::vector<Known> known_;          // by number; the first is none
  std::vector<std::uint32_t> slots_;  // by hash: its high bits and the number; 0: free
  std::string folded_;
  std::vector<std::unique_ptr<PhraseOpenings>> openings_;
  std::unique_ptr<model::Chains> chains_;
  std::vector<const text::WordVotes::Votes*> told_;  // of the block whose language is being guessed
};

// The word of a vocabulary that a word as written is, once folded. A possessive that no pack knows is looked up as the
// name it is of.
Vocabulary::Hit look_up(const Vocabulary& vocabulary, std::string_view written, std::string_view folded) noexcept;

// What words say for the languages of a set.
std::shared_ptr<const text::ScriptVotes> votes_of(const Languages& languages);

// Memories that nobody uses now; safe from any thread.
class WordMemories {
 public:
  WordMemories(const Vocabulary& vocabulary, std::shared_ptr<const text::ScriptVotes> votes)
      : vocabulary_(vocabulary), votes_(std::move(votes)) {}

  // A memory for as long as it is held.
  class Held {
   public:
    Held(WordMemories& from, std::unique_ptr<WordMemory> memory) noexcept : from_(from), memory_(std::move(memory)) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() { from_.give_back(std::move(memory_)); }
    WordMemory& operator*() const noexcept { return *memory_; }

   private:
    WordMemories& from_;
    std::unique_ptr<WordMemory> memory_;
  };
  Held take();

 private:
  void give_back(std::unique_ptr<WordMemory> memory) noexcept;

  const Vocabulary& vocabulary_;
  std::shared_ptr<const text::ScriptVotes> votes_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WordMemory>> free_;
};

}  // namespace policygraph::inline v0::detail::extract
