#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/category.hpp"
#include "extract/vocabulary.hpp"
#include "policygraph/extract/recognizer.hpp"

namespace policygraph::inline v0::detail::extract {

class WordMemory;

using EntryIndex = std::uint32_t;

// Phrases as packs write them, over folded words:
//   "held under"         these words, whatever their case
//   "European Union"     a word written with a capital wants one in the document; one all in capitals wants all ("EU", "IT")
//   "qaror*"             a word that begins so ("qarori", "qaroriga")
//   "funded {3} by"      up to three tokens of any kind between (0 to 6); at most two such gaps a phrase
struct PhraseStep {
  enum class Case : std::uint8_t { any, capitalised, upper };
  WordId word = kNoWord;
  Case letters = Case::any;
  std::uint8_t gap = 0;  // tokens that may stand before this word
};
// Appends the steps of a phrase. Throws Error(format), without a place, for an empty phrase, a gap at an end or out of range, or one
// longer than 16 words.
void compile_phrase(std::string_view phrase, Vocabulary& vocabulary, std::vector<PhraseStep>& out);

// Where an entry of a pack stands in a document: tokens [first, last).
struct PhraseMatch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  EntryIndex entry = 0;
};

// Node numbers by the way that leads to them: open addressing, a probe or two. No key is 0, nor is a number.
class PhraseEdges {
 public:
  std::uint32_t find(std::uint64_t key) const noexcept {
    if (slots_.empty()) return 0;
    return slots_[place(key)].node;
  }
  // 0 until it is given a number, which must happen before the next is asked for.
  std::uint32_t& at(std::uint64_t key);

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t node = 0;
  };
  // Where the key is, or the free slot it would take.
  std::size_t place(std::uint64_t key) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (key * 0x9E3779B97F4A7C15U) >> 32U & mask;
    while (slots_[at].key != key && slots_[at].key != 0) at = (at + 1) & mask;
    return at;
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

// A trie over words. Matching is linear in the tokens, with a factor that the packs alone decide.
class PhraseTrie {
 public:
  PhraseTrie();
  void add(std::span<const PhraseStep> steps, EntryIndex entry, CategoryIndex category);
  // Requires: nothing is added any more, and nothing was matched so far.
  void close();

  struct Found {
    PhraseMatch match;
    CategoryIndex category = 0;
  };
  // The words of a document by token.
  class Hits {
   public:
    // All must outlive it.
    Hits(const DocumentView& view, const Vocabulary& vocabulary) noexcept;
    Vocabulary::Hit of(std::uint32_t token) const noexcept;
    // Stems that a stem begins with.
    WordId shorter(WordId stem) const noexcept { return vocabulary_->shorter()[stem]; }
    const DocumentView& view() const noexcept { return *view_; }
    // The memory that knows most of them; null if there is none.
    WordMemory* memory() const noexcept { return memory_; }

   private:
    const DocumentView* view_;
    const Vocabulary* vocabulary_;
    WordMemory* memory_;
  };
  // Everything that starts at tokens[at] and ends before `last`.
  void match(const Hits& hits, std::uint32_t at, std::uint32_t last, std::vector<Found>& out) const;

  // The same in two steps, of which the first depends on the bytes of the word alone. What that word is by itself, in order and each
  // once, and the nodes that longer phrases go on from:
  struct Alone {
    CategoryIndex category = 0;
    EntryIndex entry = 0;
    friend auto operator<=>(const Alone&, const Alone&) = default;
  };
  void open(const Hits& hits, std::uint32_t at, std::vector<Alone>& alone, std::vector<std::uint32_t>& nodes) const;
  // What goes on from such a node.
  void go_on(const Hits& hits, std::uint32_t node, std::uint32_t at, std::uint32_t last, std::vector<Found>& out) const;

 private:
  struct Terminal {
    EntryIndex entry = 0;
    CategoryIndex category = 0;
    std::uint32_t letters = 0;  // what each word wants, two bits a word; 0: any
  };
  struct Node {
    std::uint64_t next_words = 0;  // a bit of each word that may follow: most do not
    std::uint32_t terminal = 0;    // its first
    std::uint32_t terminals = 0;   // how many
    std::uint32_t max_gap = 0;     // the widest gap that may follow
  };
  struct Walk;
  static std::uint64_t bit(WordId word) noexcept { return std::uint64_t{1} << (word & 63U); }
  std::uint32_t grow(std::uint32_t node, const PhraseStep& step);
  template <class Take>
  void each_root(const Hits& hits, std::uint32_t at, Take take) const;
  void advance(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth) const;
  void go_on(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth) const;
  static std::uint64_t bits_of(const Hits& hits, const Vocabulary::Hit& hit) noexcept;
  void follow(Walk& walk, std::uint32_t node, std::uint32_t token, const Vocabulary::Hit& hit, std::uint32_t depth, std::uint32_t gap) const;

  std::vector<Node> nodes_;
  std::vector<Terminal> terminals_;  // by node
  std::vector<std::pair<std::uint32_t, Terminal>> added_;  // until they are grouped: the node of each
  PhraseEdges edges_;                // by node << 32 | gap << 28 | word
  std::vector<std::uint32_t> roots_;  // by word: the node after it, from the root
};

// What the words of a memory open in a trie, told once a word.
class PhraseOpenings {
 public:
  struct Opening {
    std::uint32_t alone = 0;  // the first, of `alones`
    std::uint32_t node = 0;
    std::uint16_t alones = 0;
    std::uint16_t nodes = 0;
    bool is_told = false;
    bool is_none() const noexcept { return alones == 0 && nodes == 0; }
  };

  explicit PhraseOpenings(const PhraseTrie& trie) noexcept : trie_(&trie) {}
  const PhraseTrie& trie() const noexcept { return *trie_; }
  // Of the word of that number, which is what the token is. Valid until the next is asked for.
  const Opening& of(std::uint32_t number, const PhraseTrie::Hits& hits, std::uint32_t token) {
    if (number < openings_.size() && openings_[number].is_told) return openings_[number];
    return tell(number, hits, token);
  }
  std::span<const PhraseTrie::Alone> alones(const Opening& opening) const noexcept { return std::span(alones_).subspan(opening.alone, opening.alones); }
  std::span<const std::uint32_t> nodes(const Opening& opening) const noexcept { return std::span(nodes_).subspan(opening.node, opening.nodes); }

 private:
  const Opening& tell(std::uint32_t number, const PhraseTrie::Hits& hits, std::uint32_t token);

  const PhraseTrie* trie_;
  std::vector<Opening> openings_;  // by number
  std::vector<PhraseTrie::Alone> alones_;
  std::vector<std::uint32_t> nodes_;
};

// The matches of all categories in one document, found once. Within a category matches do not overlap: leftmost, then longest;
// entries that match the same tokens are all there, in the packs' order.
class PhraseMatches {
 public:
  // What is being found, as it is come by: `add` by first token, then by length. Requires: categories below their number,
  // which is below 65,536, as are the tokens of a match.
  class Builder {
   public:
    explicit Builder(std::size_t categories) : last_(categories) {}
    // False if one before it covers where it begins: then it is left out.
    bool add(CategoryIndex category, const PhraseMatch& match) {
      Last& last = last_[category];
      const bool is_twin = match.first == last.match.first && match.last == last.match.last;
      if (last.count > 0 && match.first < last.match.last && !is_twin) return false;
      last.match = match;
      ++last.count;
      if (last_page_ == kPage) add_page();
      pages_.back()[last_page_++] = {match.first, match.entry, static_cast<std::uint16_t>(category), static_cast<std::uint16_t>(match.last - match.first)};
      return true;
    }
    // Lets go what it holds, page by page.
    PhraseMatches build();

   private:
    struct Last {
      PhraseMatch match;
      std::uint32_t count = 0;  // of the category so far
    };
    struct Found {
      std::uint32_t first = 0;
      EntryIndex entry = 0;
      std::uint16_t category = 0;
      std::uint16_t tokens = 0;
    };
    static_assert(sizeof(Found) == 12, "a line of 200 MB has some 170 million of them");
    static constexpr std::size_t kPage = 512;

    void add_page();

    std::vector<std::unique_ptr<Found[]>> pages_;  // not one array: that would be held twice while it grows
    std::size_t last_page_ = kPage;                // how many the last page holds
    std::vector<Last> last_;                       // by category
  };

  std::span<const PhraseMatch> of(CategoryIndex category) const noexcept {
    if (category + std::size_t{1} >= starts_.size()) return {};
    return std::span(matches_).subspan(starts_[category], starts_[category + 1] - starts_[category]);
  }
  // The first of a category that starts at a token; null if none.
  const PhraseMatch* starting(CategoryIndex category, std::uint32_t token) const noexcept {
    const auto all = of(category);
    const auto found = std::ranges::lower_bound(all, token, {}, &PhraseMatch::first);
    return found == all.end() || found->first != token ? nullptr : &*found;
  }
  // The one of a category that covers a token; null if none.
  const PhraseMatch* covering(CategoryIndex category, std::uint32_t token) const noexcept;

 private:
  std::vector<PhraseMatch> matches_;    // by category
  std::vector<std::uint32_t> starts_;  // of each category and one past the last
};

}  // namespace policygraph::inline v0::detail::extract
