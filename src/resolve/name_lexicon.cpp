#include "resolve/name_lexicon.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "extract/json_tree.hpp"
#include "extract/packs.hpp"
#include "policygraph/extract/extractor.hpp"
#include "resolve/name_form.hpp"
#include "resolve/name_words.hpp"
#include "text/name_spelling.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

using extract::JsonNode;

constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
constexpr std::string_view kFolder = "names/";
constexpr std::size_t kMostPhraseWords = 8;

struct Category {
  std::string_view name;
  WordRole role;
};
constexpr std::array kCategories{
    Category{"name_words", WordRole::word},           Category{"name_stops", WordRole::stop},
    Category{"name_legal_forms", WordRole::legal_form}, Category{"name_numbers", WordRole::number},
    Category{"name_countries", WordRole::country},    Category{"name_places", WordRole::place},
    Category{"person_titles", WordRole::title},
};

/// A word of a phrase: its key, and whether other words may go on from it.
struct PhraseWord {
  std::string key;
  bool is_whole;
  friend auto operator<=>(const PhraseWord&, const PhraseWord&) = default;
};

std::vector<PhraseWord> phrase_words(std::string_view phrase) {
  std::vector<PhraseWord> words;
  for (const auto& word : written_words(phrase)) {
    const auto after = static_cast<std::size_t>(word.text.data() + word.text.size() - phrase.data());
    words.push_back({text::latin_word(word.text), after >= phrase.size() || phrase[after] != '*'});
  }
  return words;
}

}  // namespace

std::vector<std::string> meanings_of(std::string_view id) {
  std::vector<std::string> all;
  for (auto plus = id.find('+'); plus != std::string_view::npos; plus = id.find('+')) {
    all.emplace_back(id.substr(0, plus));
    id.remove_prefix(plus + 1);
  }
  all.emplace_back(id);
  return all;
}

/// Reads the files: first all phrases, for their words are numbered in order; then the bodies, whose names those phrases read.
class NameLexicon::Reader {
 public:
  explicit Reader(NameLexicon& out) : out_(out) {}

  void read(const std::string& file, const std::string& text) {
    file_ = &file;
    text_ = &text;
    auto root = extract::parse_json(text, file);
    if (root.kind != JsonNode::Kind::object) refuse(root, "a pack is an object of categories");
    for (const auto& [name, node] : root.children) {
      if (name == "name_optional") add_names(node, optional_);
      if (name == "name_optional_places") add_names(node, optional_places_);
      if (name == "name_heads") add_names(node, heads_);
      if (name == "name_nouns") add_names(node, nouns_);
      if (name == "name_local") add_names(node, local_);
      if (name == "name_state_bodies") add_names(node, state_bodies_);
      if (name == "same_bodies") bodies_.push_back({&file, &text, node});
      for (const auto& category : kCategories)
        if (category.name == name) add_category(node, category.role);
    }
  }

  void finish() {
    number_stems();
    for (const auto& [words, meaning] : phrases_) add_phrase(words, meaning);
    for (auto& meaning : out_.meanings_) {
      meaning.is_optional = meaning.role == WordRole::word && optional_.contains(meaning.id);
      meaning.is_noun = meaning.role == WordRole::word && nouns_.contains(meaning.id);
      meaning.is_head = meaning.role == WordRole::word && heads_.contains(meaning.id);
      meaning.is_optional_place = meaning.role == WordRole::word && optional_places_.contains(meaning.id);
    }
    for (const auto& one : state_bodies_) out_.state_bodies_.push_back(meanings_of(one));
    for (auto& one : out_.state_bodies_) std::ranges::sort(one);
    out_.local_.insert(local_.begin(), local_.end());
    add_bodies();
  }

 private:
  struct Bodies {
    const std::string* file;
    const std::string* text;
    JsonNode node;
  };

  [[noreturn]] void refuse(const JsonNode& node, std::string_view fault) const { extract::refuse(fault, node, *text_, *file_); }

  const std::string& text_of(const JsonNode& node) const {
    if (node.kind != JsonNode::Kind::string || node.text.empty()) refuse(node, "expected a text that is not empty");
    return node.text;
  }
  void add_names(const JsonNode& node, std::set<std::string>& names) const {
    for (const auto& child : node.children) names.insert(text_of(child.value));
  }

  /// A list, whose texts are their own ids, or an object of lists by id.
  void add_category(const JsonNode& node, WordRole role) {
    if (node.kind != JsonNode::Kind::array && node.kind != JsonNode::Kind::object) refuse(node, "a category is a list, or lists by id");
    for (const auto& [id, child] : node.children) {
      const auto meaning = static_cast<std::uint32_t>(out_.meanings_.size());
      out_.meanings_.push_back({id.empty() ? text_of(child) : id, role, false, false, false, false});
      if (child.kind == JsonNode::Kind::string) add_phrase_of(child, meaning);
      for (const auto& phrase : child.children) add_phrase_of(phrase.value, meaning);
    }
  }

  void add_phrase_of(const JsonNode& node, std::uint32_t meaning) {
    auto words = phrase_words(text_of(node));
    if (words.empty() || words.size() > kMostPhraseWords) refuse(node, "a phrase has one to eight words");
    phrases_.emplace_back(std::move(words), meaning);
  }

  void number_stems() {
    std::set<PhraseWord> all;
    for (const auto& [words, meaning] : phrases_) all.insert(words.begin(), words.end());
    std::vector<std::uint32_t> open;  // stems that the one at hand begins with, the longest last
    for (const auto& word : all) {
      const auto number = static_cast<std::uint32_t>(out_.stems_.size());
      while (!open.empty() && !word.key.starts_with(out_.stems_[open.back()].text)) open.pop_back();
      out_.stems_.push_back({word.key, word.is_whole, open.empty() ? kNone : open.back()});
      numbers_.emplace(word, number);
      if (!word.is_whole) open.push_back(number);
    }
  }

  /// The first phrase of the same words wins.
  void add_phrase(const std::vector<PhraseWord>& words, std::uint32_t meaning) {
    std::uint32_t node = 0;
    for (const auto& word : words) {
      const std::uint64_t key = (static_cast<std::uint64_t>(node) << 32U) | numbers_.at(word);
      const auto next = static_cast<std::uint32_t>(out_.nodes_.size());
      const auto [at, is_new] = out_.steps_.emplace(key, next);
      if (is_new) out_.nodes_.emplace_back();
      node = at->second;
    }
    if (out_.nodes_[node].meaning == kNone) out_.nodes_[node].meaning = meaning;
  }

  void add_bodies() {
    NameWords words(out_);
    const auto add = [&](const JsonNode& name, auto& map, const std::string& id) {
      const auto form = form_of(text_of(name), FormKind::body, words);
      if (form.signature.empty()) refuse(name, "a body's name of words that say nothing");
      map.emplace(form.signature_with_country(), id);
    };
    for (const auto& [file, text, list] : bodies_) {
      file_ = file;
      text_ = text;
      for (const auto& [unused, entry] : list.children) {
        const auto* id = entry.find("id");
        if (id == nullptr) refuse(entry, "a body has an id");
        add(*id, out_.bodies_, text_of(*id));
        if (entry.find("state") != nullptr) out_.placed_bodies_.insert(id->text);
        if (const auto* names = entry.find("phrases"); names != nullptr)
          for (const auto& name : names->children) add(name.value, out_.bodies_, id->text);
        if (const auto* names = entry.find("former"); names != nullptr)
          for (const auto& name : names->children) add(name.value, out_.successors_, id->text);
      }
    }
  }

  NameLexicon& out_;
  const std::string* file_ = nullptr;
  const std::string* text_ = nullptr;
  std::set<std::string> optional_, optional_places_, heads_, nouns_, local_, state_bodies_;
  std::vector<std::pair<std::vector<PhraseWord>, std::uint32_t>> phrases_;
  std::map<PhraseWord, std::uint32_t> numbers_;
  std::vector<Bodies> bodies_;
};

NameLexicon::NameLexicon(const std::map<std::string, std::string>& files) {
  nodes_.emplace_back();
  Reader reader(*this);
  for (const auto& [file, text] : files)
    if (file.starts_with(kFolder)) reader.read(file, text);
  reader.finish();
}

const NameLexicon& NameLexicon::built_in() {
  static const NameLexicon lexicon(Packs::built_in().data().files);
  return lexicon;
}

std::shared_ptr<const NameLexicon> lexicon_of(const Packs* packs) {
  if (packs == nullptr || &packs->data() == &Packs::built_in().data()) return {std::shared_ptr<void>(), &NameLexicon::built_in()};
  return std::make_shared<const NameLexicon>(packs->data().files);
}

/// The last stem that is not greater than the word is the longest that begins it, or leads to that one.
StemChain NameLexicon::stems_of(std::string_view key) const {
  StemChain chain;
  const auto after = std::ranges::upper_bound(stems_, key, {}, [](const Stem& stem) -> std::string_view { return stem.text; });
  if (after == stems_.begin()) return chain;
  for (auto at = static_cast<std::uint32_t>(after - stems_.begin() - 1); at != kNone; at = stems_[at].shorter) {
    const Stem& stem = stems_[at];
    if (stem.is_whole ? key == stem.text : key.starts_with(stem.text)) chain.push_back(at);
  }
  return chain;
}

std::uint32_t NameLexicon::step(std::uint32_t node, std::uint32_t stem) const {
  const auto found = steps_.find((static_cast<std::uint64_t>(node) << 32U) | stem);
  return found == steps_.end() ? kNone : found->second;
}

NameLexicon::Found NameLexicon::find(std::span<const StemChain* const> words) const {
  Found best;
  std::vector<std::uint32_t> open{0}, next;
  for (std::size_t i = 0; i < std::min(words.size(), kMostPhraseWords) && !open.empty(); ++i, open.swap(next)) {
    next.clear();
    for (const auto node : open) {
      for (const auto stem : *words[i]) {
        const auto to = step(node, stem);
        if (to == kNone) continue;
        next.push_back(to);
        if (nodes_[to].meaning != kNone && best.size < i + 1) best = {i + 1, &meanings_[nodes_[to].meaning]};
      }
    }
  }
  return best;
}

bool NameLexicon::is_of_state(std::span<const std::string> meanings) const {
  if (std::ranges::any_of(meanings, [&](const auto& one) { return local_.contains(one); })) return false;
  return std::ranges::any_of(state_bodies_, [&](const auto& wanted) { return std::ranges::includes(meanings, wanted); });
}

const std::string* NameLexicon::body(std::string_view signature) const {
  const auto found = bodies_.find(std::string(signature));
  return found == bodies_.end() ? nullptr : &found->second;
}

const std::string* NameLexicon::successor(std::string_view signature) const {
  const auto found = successors_.find(std::string(signature));
  return found == successors_.end() ? nullptr : &found->second;
}

}  // namespace policygraph::inline v0::detail::resolve
