#include <map>

#include "base/name_table.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Names that were told for what they are in one place are read elsewhere too: "a project named TechSkills ... TechSkills has".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostAlike = 16;  // names that begin with one word

struct KnownName {
  std::string folded;
  std::string label;
  Value kind;
  std::uint32_t size = 0;  // words
};

// By first word.
class KnownNames {
 public:
  using Names = std::vector<KnownName>;

  bool empty() const noexcept { return names_.empty(); }
  Names& of(std::string_view first) {
    kinds_ |= kind_of(first);
    return names_.try_emplace(std::string(first)).first->second;
  }
  // Null for none, as for most words.
  const Names* find(std::string_view first) const {
    if ((kinds_ & kind_of(first)) == 0) return nullptr;
    const auto found = names_.find(first);
    return found == names_.end() ? nullptr : &found->second;
  }

 private:
  static std::uint64_t kind_of(std::string_view word) noexcept { return std::uint64_t{1} << (base::name_hash(word) & 63U); }

  std::map<std::string, Names, std::less<>> names_;
  std::uint64_t kinds_ = 0;  // bits of the first words
};

const ExtractedProperty* find(const ExtractedMention& mention, std::string_view name) {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == name) return &property;
  }
  return nullptr;
}

bool may_repeat(const ExtractedMention& mention) {
  return mention.label == "Programme" || mention.label == "Organization" || mention.label == "Agency" || mention.label == "Event";
}

void add(KnownNames& known, const Words& words, Range range, std::string label, Value kind, std::size_t least = 3) {
  if (range.is_empty() || (!words.is_capital(range.first) && !words.is_number(range.first))) return;
  KnownName name{fold_words(words, range), std::move(label), std::move(kind), range.size()};
  if (name.folded.size() < least) return;
  auto& alike = known.of(words.folded(range.first));
  for (const KnownName& other : alike) {
    if (other.folded == name.folded) return;
  }
  if (alike.size() < kMostAlike) alike.push_back(std::move(name));
}

KnownNames collect(const Reading& reading, const Extraction& out) {
  KnownNames known;
  const MentionsByPlace places(out);
  each_sentence(reading, [&](const Words& words) {
    for (const MentionIndex i : places.within(words.sentence().span)) {
      const ExtractedMention& mention = out.mentions[i];
      const ExtractedProperty* name = may_repeat(mention) ? find(mention, "name") : nullptr;
      const ExtractedProperty* kind = find(mention, "kind");
      if (name == nullptr || kind == nullptr || mention.extractor.starts_with("legal-act")) continue;
      add(known, words, words.range(name->span), mention.label, kind->value);
      if (find(mention, "aliases") == nullptr) continue;
      const Range whole = words.range(mention.span);
      for (std::uint32_t at = words.range(name->span).last; at + 1 < whole.last; ++at) {
        if (words.text(at) == "(") add(known, words, {at + 1, at + 2}, mention.label, kind->value, 2);
      }
    }
  });
  return known;
}

class SentenceRepeats {
 public:
  SentenceRepeats(const Words& words, const KnownNames& known, Cover& cover, Extraction& out)
      : words_(words), known_(known), cover_(cover), out_(out) {}

  void run() {
    for (const std::uint32_t i : words_.marked()) {
      const auto* alike = known_.find(without_possessive(words_, i));
      if (alike != nullptr) read(i, *alike);
    }
  }

 private:
  void read(std::uint32_t at, const std::vector<KnownName>& alike) {
    const KnownName* best = nullptr;
    for (const KnownName& name : alike) {
      const Range range{at, at + name.size};
      if (range.last > words_.size() || !words_.is_word(range.last - 1) || !cover_.is_free(words_, range)) continue;
      if ((best == nullptr || name.size > best->size) && fold_words(words_, range) == name.folded) best = &name;
    }
    if (best == nullptr) return;
    const Range range{at, at + best->size};
    // A longer name in capitals is another name.
    const bool is_within = (at > 0 && best->size == 1 && words_.is_capital(at - 1) && at > 1) ||
                           (!words_.is_possessive(range.last - 1) && words_.is_capital(range.last));
    if (is_within) return;
    ExtractedMention found = named(words_, range, best->label, "repeat/1", 0.7F);
    found.properties.push_back(property("kind", best->kind, found.span));
    cover_.add(words_, range);
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  const KnownNames& known_;
  Cover& cover_;
  Extraction& out_;
};

}  // namespace

void recognise_repeats(const Reading& reading, Extraction& out) {
  const KnownNames known = collect(reading, out);
  if (known.empty()) return;
  Cover cover(reading, out);
  each_sentence(reading, [&](const Words& words) { SentenceRepeats(words, known, cover, out).run(); });
}

}  // namespace policygraph::inline v0::detail::extract
