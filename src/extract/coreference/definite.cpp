#include <algorithm>
#include <span>
#include <utility>

#include "extract/coreference/coreference.hpp"
#include "extract/coreference/name_forms.hpp"
#include "extract/folding.hpp"
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
      : reading_(reading), out_(out), kinds_(reading.packs().definite_kinds), last_head_(past_heads(reading)), places_(out), cover_(reading, out) {}

  void run() {
    for (const Words& words : reading_.lines()) {
      if (words.sentence().first >= last_head_) break;  // nothing is taken up any more
      read(words);
    }
    sort(out_);
  }

 private:
  // Past the last noun that may take something up.
  static std::uint32_t past_heads(const Reading& reading) {
    std::uint32_t out = 0;
    for (const CategoryName category : {CategoryName("definite_heads"), CategoryName("definite_bare")}) {
      if (const auto all = reading.matches(category); !all.empty()) out = std::max(out, all.back().last);
    }
    return out;
  }

  void read(const Words& words) {
    const auto mentions = places_.within(words.sentence().span);
    std::size_t next = 0;
    const auto remember_to = [&](const WordMatch& head) {
      const std::uint32_t start = words.span(head.range).start;
      for (; next < mentions.size() && out_.mentions[mentions[next]].span.start < start; ++next) remember(mentions[next]);
    };
    for (const WordMatch& head : words.matches("definite_heads")) {
      remember_to(head);
      if (!is_described(mentions, words.span(head.range))) refer(words, head);
    }
    for (const WordMatch& head : words.matches("definite_bare")) {
      remember_to(head);
      if (head.entry->field("label") != "Event" || !is_described(mentions, words.span(head.range))) read_bare(words, head);
    }
    for (; next < mentions.size(); ++next) remember(mentions[next]);
  }

  // "форум" in the words that describe one.
  bool is_described(std::span<const MentionIndex> mentions, Span head) const {
    return std::ranges::any_of(mentions, [&](MentionIndex i) { return out_.mentions[i].label == "Event" && out_.mentions[i].span.contains(head); });
  }

  // "проект", "loyiha": languages without articles take up what they named with the bare noun.
  void read_bare(const Words& words, const WordMatch& head) {
    const std::uint32_t next = head.range.last;
    const bool goes_on = words.is_open_quote(next) || words.is_dash(next) || words.match("cased_heads", next);
    if (goes_on || !cover_.is_free(words, head.range) || (head.entry->field("place") == "front" && !opens(words, head))) return;
    if (head.range.first > 0 && (words.reading().match_over("programme_descriptors", words.token(head.range.first - 1)) != nullptr || ends_quote(words, head.range.first))) return;
    const MentionIndex found = last(head.entry->field("label"), head.entry->id);
    if (found != kNoMention) take_up(words, head.range, found, head.entry->id);
  }

  // "Завод принимает", "Ҳозирда жамият": where a sentence opens, an indefinite one hardly stands; not "центр развития".
  static bool opens(const Words& words, const WordMatch& head) {
    const std::uint32_t first = head.range.first, next = head.range.last;
    const auto opener = words.match_before("definite_openers", first);
    if (first > 0 && (!opener || opener->range.first != 0)) return false;
    const CaseGrammar& grammar = *words.grammar();
    return grammar.is_head_last || (!words.is_capital(next) && !(words.is_small(next) && grammar.goes_on(words.folded(next))));
  }

  static bool ends_quote(const Words& words, std::uint32_t at) {
    const char32_t mark = words.sign(at - 1);
    return mark == U'\u00BB' || mark == U'\u201D' || mark == U'"';
  }

  void remember(MentionIndex i) {
    const ExtractedMention& mention = out_.mentions[i];
    if (mention.label.empty()) return;
    const std::string_view family = family_of(mention.label);
    last_[place_of(family)] = i;
    const std::string_view kind = text_of(out_.mentions[head_of(out_, i)], "kind");
    if (!kind.empty()) last_[place_of(family, kind)] = i;
    if (family != "Organization") return;
    read_names(mention, spellings_);
    for (const std::string_view name : spellings_) {
      for (const Kind& of_name : kinds_in(name)) {
        MentionIndex& known = last_[of_name.place];
        if (!of_name.is_bank || !is_multilateral(known) || text_of(mention, "kind") == "multilateral") known = i;
      }
    }
  }

  // A word of a name that bodies may be taken up as.
  struct Kind {
    TextNumber place = kNoText;  // in last_
    bool is_bank = false;
  };

  // A document names most of its bodies many times.
  std::span<const Kind> kinds_in(std::string_view name) {
    const TextNumber known = names_.add(name);
    if (known == kNoText) return {};
    while (starts_.size() <= known) {
      starts_.push_back(static_cast<std::uint32_t>(of_names_.size()));
      if (starts_.size() == known + std::size_t{1}) read_kinds(name);
    }
    const std::size_t end = known + 1 < starts_.size() ? starts_[known + 1] : of_names_.size();
    return std::span(of_names_).subspan(starts_[known], end - starts_[known]);
  }

  void read_kinds(std::string_view name) {
    const std::string line = folded_line(name, spans_);
    const bool has_article = spans_.size() > 1 && line.starts_with("the ");
    for (std::size_t i = has_article ? 1 : 0; i < spans_.size(); ++i) {
      const std::string_view word = std::string_view(line).substr(spans_[i].start, spans_[i].size());
      if (kinds_.contains(word)) of_names_.push_back({place_of("Organization", word), word == "bank"});
    }
  }

  // The same of any kind; labels are few.
  TextNumber place_of(std::string_view family) {
    const auto known = std::ranges::find(families_, family, &std::pair<std::string, TextNumber>::first);
    return known != families_.end() ? known->second : families_.emplace_back(family, place_of(family, "")).second;
  }

  // The place of the last mention of that kind of the family in last_.
  TextNumber place_of(std::string_view family, std::string_view kind) {
    key_.assign(family).append(":").append(kind);
    const TextNumber place = places_of_kinds_.add(key_);
    if (last_.size() <= place) last_.resize(place + std::size_t{1}, kNoMention);
    return place;
  }

  // The last mention of that kind; kNoMention: none yet.
  MentionIndex last(std::string_view family, std::string_view kind) {
    key_.assign(family).append(":").append(kind);
    const TextNumber place = places_of_kinds_.find(key_);
    return place == kNoText ? kNoMention : last_[place];
  }

  // "the Bank" is a development bank rather than the bank it lends to.
  bool is_multilateral(MentionIndex mention) const {
    return mention != kNoMention && text_of(out_.mentions[mention], "kind") == "multilateral";
  }

  // "the", "this" before a head and at most a few modifiers.
  std::uint32_t determiner_before(const Words& words, std::uint32_t head) const {
    for (std::uint32_t at = head; at > 0 && head - at <= kMaxModifiers; --at) {
      if (words.is_any(at - 1, {"the", "this", "these", "those"}) || (at == 1 && words.is(0, "that"))) return at - 1;
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
    const MentionIndex found = last(label, kind);
    if (found == kNoMention || words.is_any(head.range.last, {"of", "on"})) return;
    take_up(words, {first, head.range.last}, found, kind.empty() ? label : kind);
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
  std::uint32_t last_head_;
  MentionsByPlace places_;
  Cover cover_;
  std::vector<std::string_view> spellings_;  // of one mention
  std::vector<Span> spans_;                  // of the words of one name
  TextNumbers names_;
  std::vector<Kind> of_names_;         // by name
  std::vector<std::uint32_t> starts_;  // of each name's
  std::string key_;                    // of what is looked for
  std::vector<std::pair<std::string, TextNumber>> families_;
  TextNumbers places_of_kinds_;        // "Organization:bank"
  std::vector<MentionIndex> last_;     // mention of each
};

}  // namespace

void link_definite(const Reading& reading, Extraction& out) { DefiniteLinker(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
