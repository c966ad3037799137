#include <algorithm>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Projects and programmes that small words describe, in languages that mark cases: what is done stands beside the head,
// in the genitive behind it or as a noun of doing in front of it ("проект улучшения водоснабжения", "ichimlik suvi
// ta’minotini yaxshilash loyihasi"). The endings of nouns of doing are the packs' ("action_nouns").
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMostWords = 10;  // beside the head
constexpr std::uint32_t kLeastBehind = 2, kLeastInFront = 3;

class SentenceDescribed {
 public:
  SentenceDescribed(const Words& words, Cover& cover, Extraction& out)
      : words_(words), grammar_(*words.grammar()), cover_(cover), out_(out) {}

  void run() {
    for (const WordMatch& head : words_.matches("cased_heads")) {
      const bool is_work =
          head.entry->field("label") == "Programme" && (head.entry->id == "project" || head.entry->id == "programme");
      if (!is_work || words_.is_capital(head.range.first) || !cover_.is_free(words_, head.range)) continue;
      const std::string_view ending = ending_behind_stem(words_, head);
      const Range name = grammar_.is_head_last ? in_front(head, ending) : behind(head, ending);
      if (!name.is_empty() && cover_.is_free(words_, name)) emit(name, head);
    }
  }

 private:
  bool is_action(std::uint32_t at) const {
    const auto& endings =
        words_.reading().packs().words(words_.reading().language(words_.sentence()).code(), "action_nouns");
    return words_.is_small(at) && std::ranges::any_of(endings, [&](const PackEntry* ending) {
             return words_.folded(at).size() > 2 * ending->id.size() && words_.folded(at).ends_with(ending->id);
           });
  }

  bool is_joint(std::uint32_t at) const { return words_.match("list_joints", at).has_value(); }

  // "проект улучшения водоснабжения и канализации"
  Range behind(const WordMatch& head, std::string_view ending) const {
    const std::uint32_t first = head.range.last;
    if (is_plural(*head.entry, ending) || !is_action(first)) return {};
    std::uint32_t end = first;
    while (end < first + kMostWords && (goes_on(end) || (is_joint(end) && goes_on(end + 1)))) ++end;
    return end < first + kLeastBehind ? Range{} : Range{head.range.first, end};
  }

  bool goes_on(std::uint32_t at) const {
    return words_.is_small(at) && grammar_.goes_on(words_.folded(at)) && !words_.match("name_breaks", at) &&
           !words_.match("cased_heads", at) && !words_.match("months", at);
  }

  // "qishloq yo‘llarini ta’mirlash loyihasi": back to a sign, a number, a capital or a word in another case than that
  // of an object.
  Range in_front(const WordMatch& head, std::string_view ending) const {
    const bool is_case = std::ranges::find(grammar_.cases, ending, &CaseGrammar::Ending::text) != grammar_.cases.end();
    if ((!ending.empty() && !is_case) || head.range.first == 0 || !is_action(head.range.first - 1)) return {};
    std::uint32_t first = head.range.first - 1;
    while (first > 0 && head.range.first - first < kMostWords && may_be_in(first - 1)) --first;
    while (first < head.range.first && is_joint(first)) ++first;
    return head.range.first - first < kLeastInFront ? Range{} : Range{first, head.range.last};
  }

  bool may_be_in(std::uint32_t at) const {
    if (!words_.is_small(at) || words_.match("name_breaks", at) || words_.match("definite_openers", at) ||
        words_.match("cased_place_heads", at) || grammar_.is_verb(words_.folded(at)))
      return false;
    const auto* ending = grammar_.case_of(words_.folded(at));
    return ending == nullptr || ending->role == Role::object;
  }

  void emit(Range name, const WordMatch& head) {
    ExtractedMention found = named(words_, name, "Programme", "described-programme/1", 0.55F);
    const Span span = found.span;
    const std::string form = grammar_.is_head_last
                                 ? std::string(words_.reading().text(without_case(words_, name, grammar_)))
                                 : nominative(words_, name, head, grammar_);
    if (form != words_.name(name)) {
      found.properties.front().value = Value(form);
      found.properties.push_back(property("aliases", Value(ValueList{Value(words_.name(name))}), span));
    }
    found.properties.push_back(property("kind", Value(head.entry->id), words_.span(head.range)));
    cover_.add(words_, name);
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  const CaseGrammar& grammar_;
  Cover& cover_;
  Extraction& out_;
};

}  // namespace

void recognise_described_works(const Reading& reading, Extraction& out) {
  if (reading.matches("cased_heads").empty()) return;
  Cover cover(reading, out);
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() != nullptr && !words.is_title_case()) SentenceDescribed(words, cover, out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
