#include <algorithm>
#include <functional>
#include <map>

#include "extract/coreference/coreference.hpp"
#include "extract/coreference/name_forms.hpp"
#include "extract/recognizers/words.hpp"
#include "extract/validation.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxModifiers = 3;

std::string_view family_of(std::string_view label) { return label == "Agency" ? "Organization" : label; }

// Walks through the document; each mention is the last one of its kinds, until the next.
class DefiniteLinker {
 public:
  DefiniteLinker(const Reading& reading, Extraction& out)
      : reading_(reading), out_(out), kinds_(reading.packs().definite_kinds), places_(out), cover_(reading, out) {}

  void run() {
    each_sentence(reading_, [this](const Words& words) { read(words); });
    sort(out_);
  }

 private:
  void read(const Words& words) {
    const auto mentions = places_.within(words.sentence().span);
    std::size_t next = 0;
    const auto remember_to = [&](const WordMatch& head) {
      const std::uint32_t start = words.span(head.range).start;
      for (; next < mentions.size() && out_.mentions[mentions[next]].span.start < start; ++next) remember(mentions[next]);
    };
    for (const WordMatch& head : words.matches("definite_heads")) {
      remember_to(head);
      refer(words, head);
    }
    for (const WordMatch& head : words.matches("definite_bare")) {
      remember_to(head);
      read_bare(words, head);
    }
    for (; next < mentions.size(); ++next) remember(mentions[next]);
  }

  // "проект", "loyiha": languages without articles take up what they named with the bare noun.
  void read_bare(const Words& words, const WordMatch& head) {
    const std::uint32_t next = head.range.last;
    const bool goes_on = words.is_open_quote(next) || words.is_dash(next) || words.match("cased_heads", next);
    if (goes_on || !cover_.is_free(words, head.range)) return;
    if (head.range.first > 0 && (words.reading().match_over("programme_descriptors", words.token(head.range.first - 1)) != nullptr || ends_quote(words, head.range.first))) return;
    const auto found = last_.find(std::string(head.entry->field("label")) + ":" + head.entry->id);
    if (found != last_.end() && found->second != kNoMention) take_up(words, head.range, found->second, head.entry->id);
  }

  static bool ends_quote(const Words& words, std::uint32_t at) {
    const char32_t mark = words.sign(at - 1);
    return mark == U'\u00BB' || mark == U'\u201D' || mark == U'"';
  }

  void remember(MentionIndex i) {
    const ExtractedMention& mention = out_.mentions[i];
    if (mention.label.empty()) return;
    const std::string_view family = family_of(mention.label);
    last(family, "") = i;
    last(family, text_of(mention, "kind")) = i;
    if (family != "Organization") return;
    for (const std::string_view name : names_of(mention)) {
      for (const std::string& word : kinds_in(name)) {
        MentionIndex& known = last(family, word);
        if (word != "bank" || !is_multilateral(known) || text_of(mention, "kind") == "multilateral") known = i;
      }
    }
  }

  // The words of a name that things may be taken up as. A document names most of its bodies many times.
  const std::vector<std::string>& kinds_in(std::string_view name) {
    const auto known = kinds_of_names_.find(name);
    if (known != kinds_of_names_.end()) return known->second;
    std::vector<std::string> words = words_of_name(name);
    std::erase_if(words, [&](const std::string& word) { return !kinds_.contains(word); });
    return kinds_of_names_.emplace(name, std::move(words)).first->second;
  }

  // The last mention of that kind of the family; kNoMention: none yet.
  MentionIndex& last(std::string_view family, std::string_view kind) {
    key_.assign(family).append(":").append(kind);
    return last_.try_emplace(key_, kNoMention).first->second;
  }

  // "the Bank" is a development bank rather than the bank it lends to.
  bool is_multilateral(MentionIndex mention) const {
    return mention != kNoMention && text_of(out_.mentions[mention], "kind") == "multilateral";
  }

  // "the", "this" before a head and at most a few modifiers.
  std::uint32_t determiner_before(const Words& words, std::uint32_t head) const {
    for (std::uint32_t at = head; at > 0 && head - at <= kMaxModifiers; --at) {
      if (words.is_any(at - 1, {"the", "this", "these", "those"})) return at - 1;
      const bool may_modify = words.is_word(at - 1) && !words.is_stop_word(at - 1) && !is_break(words, at - 1);
      const bool is_kind = words.is(at - 1, "of") && at > 1 && words.is_any(at - 2, {"kinds", "types"});
      if (!may_modify && !is_kind && !words.is_any(at - 1, {"kinds", "types"})) break;
    }
    return head;
  }

  void refer(const Words& words, const WordMatch& head) {
    if (!cover_.is_free(words, head.range) || words.is_open_quote(head.range.last)) return;
    const std::uint32_t first = determiner_before(words, head.range.first);
    if (first == head.range.first || !cover_.is_free(words, {first, head.range.last})) return;
    const std::string label(head.entry->field("label"));
    const std::string kind = head.entry->id == "any" ? "" : head.entry->id;
    const auto found = last_.find(label + ":" + kind);
    if (found == last_.end() || found->second == kNoMention || words.is_any(head.range.last, {"of", "on"})) return;
    take_up(words, {first, head.range.last}, found->second, kind.empty() ? label : kind);
  }

  void take_up(const Words& words, Range range, MentionIndex last, const std::string& kind) {
    ExtractedMention reference = mention(words, range, out_.mentions[last].label, "definite/1", 0.6F);
    reference.same_as = last;
    reference.same_by = "rule:definite/1";
    reference.same_reason = "'" + words.name(range) + "' takes up the last " + kind + " named";
    reference.same_score = 0.7F;
    out_.mentions.push_back(std::move(reference));
  }

  const Reading& reading_;
  Extraction& out_;
  const std::set<std::string, std::less<>>& kinds_;  // that something may be taken up as
  MentionsByPlace places_;
  Cover cover_;
  std::map<std::string, std::vector<std::string>, std::less<>> kinds_of_names_;
  std::string key_;  // of what is looked for
  std::map<std::string, MentionIndex, std::less<>> last_;
};

}  // namespace

void link_definite(const Reading& reading, Extraction& out) { DefiniteLinker(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
