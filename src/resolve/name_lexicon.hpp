#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policygraph/extract/extractor.hpp"

namespace policygraph::inline v0::detail::resolve {

/// What a word or phrase of a name is there for.
enum class WordRole : std::uint8_t {
  word,        ///< means something, in whatever language: "ministry"
  stop,        ///< "of", "по", "va"
  legal_form,  ///< "LLC", "ООО", "MChJ"
  number,      ///< "second": its id is "2"
  country,     ///< its id is the code
  place,       ///< a region or a city
  title,       ///< "Mr", "г-н"
};

struct Meaning {
  std::string id;
  WordRole role = WordRole::word;
  bool is_optional = false;        ///< "programme": a programme's name may do without
  bool is_optional_place = false;  ///< "city"
  bool is_noun = false;            ///< "university": it comes first in one language and last in another
  bool is_head = false;            ///< "ministry": with what it is for, it names one body of a state
};

/// "hokimiyat+region" means two things.
std::vector<std::string> meanings_of(std::string_view id);

/// Numbers of the stems that begin a word, the longest first; few.
using StemChain = std::vector<std::uint32_t>;

/// What packs know of names (packs/names/*.json): words by their meaning, and bodies by all their names. Everything is held in
/// Latin letters (text::latin_word), so one spelling serves both Uzbek scripts. Immutable.
class NameLexicon {
 public:
  /// Files by path, those of names/ are read. Throws Error(format) with file, line and column.
  explicit NameLexicon(const std::map<std::string, std::string>& files);
  /// That of the packs that are compiled in, made when first asked for.
  static const NameLexicon& built_in();

  /// Stems that the word begins with, by its key.
  StemChain stems_of(std::string_view key) const;

  struct Found {
    std::size_t size = 0;  ///< words that the phrase takes; 0: no phrase begins here
    const Meaning* meaning = nullptr;
  };
  /// The longest phrase that begins with the first of `words`.
  Found find(std::span<const StemChain* const> words) const;

  /// Whether such meanings, sorted, are those of a body that a state has one of: "ministry", "supreme" beside "court"; not with "region".
  bool is_of_state(std::span<const std::string> meanings) const;

  /// The body that has a name of that signature; null: no pack says.
  const std::string* body(std::string_view signature) const;
  /// Whether a pack says which state a body is of, so that no text need.
  bool tells_state(const std::string& body) const { return placed_bodies_.contains(body); }
  /// The body that took the place of the one that had a name of that signature; null: no pack says.
  const std::string* successor(std::string_view signature) const;

 private:
  class Reader;
  struct Stem {
    std::string text;
    bool is_whole = false;                            ///< the word itself, not what begins so
    std::uint32_t shorter = static_cast<std::uint32_t>(-1);  ///< the longest stem that this one begins with
  };
  struct Node {
    std::uint32_t meaning = static_cast<std::uint32_t>(-1);
  };
  std::uint32_t step(std::uint32_t node, std::uint32_t stem) const;

  std::vector<Stem> stems_;  // sorted by text, whole words after stems of the same text
  std::vector<Node> nodes_;  // of the tree of phrases; the first is its root
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;
  std::vector<Meaning> meanings_;
  std::unordered_map<std::string, std::string> bodies_, successors_;  // by signature
  std::vector<std::vector<std::string>> state_bodies_;               // meanings, sorted
  std::set<std::string, std::less<>> local_, placed_bodies_;
};

/// Of packs; null: of those that are compiled in.
std::shared_ptr<const NameLexicon> lexicon_of(const Packs* packs);

}  // namespace policygraph::inline v0::detail::resolve
