#include <map>

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
using KnownNames = std::map<std::string, std::vector<KnownName>, std::less<>>;  // by first word

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
  auto& alike = known[std::string(words.folded(range.first))];
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
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (!words_.is_capital(i) && !words_.is_number(i)) continue;
      const auto alike = known_.find(without_possessive(words_, i));
      if (alike != known_.end()) read(i, alike->second);
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
