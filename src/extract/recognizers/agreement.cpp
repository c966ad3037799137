#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Agreements: told to be signed or reached ("agreements were signed on …"), or a clause ("it was agreed to …").
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxModifiers = 8;
constexpr std::uint32_t kMaxVerbDistance = 6;
constexpr std::uint32_t kMaxText = 24;

class SentenceAgreements {
 public:
  SentenceAgreements(const Words& words, Cover& cover, Extraction& out) : words_(words), cover_(cover), out_(out) {}

  void run() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("agreement_heads")) {
      if (head.range.first >= past_ && cover_.is_free(words_, head.range)) read_head(head);
    }
    for (const WordMatch& clause : words_.matches("agreement_clauses")) {
      if (clause.range.first >= past_) read_clause(clause);
    }
  }

 private:
  bool is_stop_word(std::uint32_t at) const {
    return words_.is_stop_word(at);
  }

  bool is_modifier(std::uint32_t at) const {
    if (words_.is(at, "and")) return at > 0 && words_.is_word(at - 1) && words_.text(at - 1).size() > 6;
    if (!words_.is_word(at) || is_break(words_, at) || is_stop_word(at) || words_.match("agreement_verbs", at)) return false;
    return words_.is_small(at) || at == 0 || words_.is_upper(at);
  }

  std::uint32_t modifiers_before(std::uint32_t end) const {
    std::uint32_t first = end;
    while (first > 0 && end - first < kMaxModifiers && is_modifier(first - 1)) --first;
    if (first > 0 && words_.is(first, "and")) ++first;
    if (first >= 3 && words_.is(first - 1, "of") && words_.is_any(first - 2, {"number", "series", "package"})) first -= words_.is(first - 3, "a") ? 3 : 2;
    return first;
  }

  // Past the verb within a few words after the head; the head's end when there is none.
  std::uint32_t verb_after(std::uint32_t at) const {
    if (words_.is_any(at, {"with", "between"})) {  // "a memorandum with X was signed"
      for (std::uint32_t i = at; i < at + kMaxText && i < words_.size(); ++i) {
        if (words_.is_small(i) && words_.match("agreement_verbs", i)) return i + 1;
      }
      return at;
    }
    for (std::uint32_t i = at; i < at + kMaxVerbDistance && i < words_.size(); ++i) {
      if (const auto verb = words_.match("agreement_verbs", i)) return verb->range.last;
      if (!words_.is_small(i)) break;
    }
    return at;
  }

  bool has_verb_before(std::uint32_t first) const {
    for (std::uint32_t i = first; i > 0 && first - i < kMaxVerbDistance; --i) {
      if (words_.match("agreement_verbs", i - 1)) return true;
      if (!words_.is_word(i - 1) && !words_.is_number(i - 1)) break;
    }
    return false;
  }

  // "on cooperation in trade", "aimed at …"
  std::uint32_t subject(std::uint32_t at, bool takes_to) const {
    if (!takes_to && words_.is(at, "to")) return at;
    if (!words_.is_any(at, {"on", "to", "for", "aimed", "regarding", "concerning", "about"})) return at;
    if (words_.is(at, "on") && (words_.is_number(at + 1) || words_.match("months_and_days", at + 1))) return at;  // a date
    std::uint32_t end = at + 1;
    while (end < words_.size() && end < at + kMaxText && (words_.is_word(end) || words_.is_number(end) || is_span(end)) && !words_.is_any(end, {"through", "which", "that", "between", "was", "were", "by"})) ++end;
    while (end > at && words_.is_any(end - 1, {"of", "for", "the", "a", "and", "in", "on", "to"})) --end;
    return end;
  }

  // "on May 5, 2024", "on 5 May 2024"
  std::uint32_t past_date(std::uint32_t at) const {
    if (!words_.is_any(at, {"on", "in"}) || (!words_.is_number(at + 1) && !words_.match("months_and_days", at + 1))) return at;
    std::uint32_t end = at + 1;
    while (end < at + 6 && (words_.is_number(end) || words_.match("months_and_days", end) || (words_.text(end) == "," && words_.is_number(end + 1)))) ++end;
    return end;
  }

  // "with the Ministry of Finance"; the same place where no name follows.
  std::uint32_t past_party(std::uint32_t at) const {
    if (!words_.is(at, "with")) return at;
    const std::uint32_t first = words_.is(at + 1, "the") ? at + 2 : at + 1;
    if (!words_.is_capital(first)) return at;
    std::uint32_t end = run_end(words_, first, words_.size());
    while (end < at + kMaxText && (words_.is_any(end, {"of", "for", "and"})) && (words_.is_capital(end + 1) || (words_.is(end + 1, "the") && words_.is_capital(end + 2)))) {
      end = run_end(words_, words_.is(end + 1, "the") ? end + 2 : end + 1, words_.size());
    }
    return end;
  }

  // "2022-24"
  bool is_span(std::uint32_t at) const { return at > 0 && words_.is_dash(at) && words_.is_number(at - 1) && words_.is_number(at + 1); }

  bool is_definite(std::uint32_t first) const {
    if (first == 0) return false;
    if (words_.is_any(first - 1, {"the", "this", "these", "those", "that", "such"})) return true;
    return words_.is(first - 1, "of") && first > 1 && words_.is_any(first - 2, {"kinds", "framework", "kind", "types", "terms", "provisions", "implementation"});
  }

  void emit(Range whole, Range name, const WordMatch& head, float confidence) { emit(whole, name, whole, head, confidence); }

  void emit(Range whole, Range name, Range described, const WordMatch& head, float confidence) {
    ExtractedMention found = mention(words_, whole, "Agreement", "agreement/1", confidence);
    if (name.size() > head.range.size()) found.properties.push_back(property("name", Value(words_.name(name)), words_.span(name)));
    found.properties.push_back(property("description", Value(words_.name(described)), words_.span(described)));
    found.properties.push_back(property("kind", Value(head.entry->id), words_.span(head.range)));
    past_ = whole.last;
    out_.mentions.push_back(std::move(found));
  }

  bool is_named_between(const WordMatch& head) const {
    return words_.is_capital(head.range.first) && words_.is(head.range.last, "between") && run_begin(words_, head.range.first, 0) + 3 <= head.range.last;
  }

  // "Memorandum of Understanding on Tourism", "Agreement between A and B"
  void read_head(const WordMatch& head) {
    Range name{modifiers_before(head.range.first), head.range.last};
    if (words_.text(name.last) == "(" && words_.is_upper(name.last + 1) && words_.text(name.last + 2) == ")") name.last += 3;
    std::uint32_t told = subject(name.last, head.range.size() == 1);
    if (told == name.last && words_.is(told, "in") && words_.is_capital(told + 1)) {  // "an agreement in Tashkent on X"
      const std::uint32_t where = run_end(words_, told + 1, words_.size());
      if (const std::uint32_t further = subject(where, false); further != where) told = further;
    }
    const std::uint32_t after = verb_after(told);
    const bool is_told_after = after != told;
    if (is_named_between(head)) {  // "the Wider Partnership Agreement between A and B"
      const Range named{run_begin(words_, head.range.first, 0), head.range.last};
      return emit(named, named, head, 0.7F);
    }
    if (!is_told_after && !has_verb_before(name.first)) return;
    if (told == head.range.last && name == head.range && head.range.size() == 1 && !is_told_after && !is_definite(name.first)) {
      if (const std::uint32_t party = past_party(past_date(told)); party != past_date(told)) {  // "a memorandum on May 5 with X"
        return emit({head.range.first, subject(party, true)}, head.range, head, 0.6F);
      }
    }
    const bool is_proper = words_.is_capital(head.range.first) && head.range.size() > 1;  // "The Memorandum of Intent signed by"
    const bool has_party = head.range.size() > 1 && past_party(name.last) != name.last;  // "signed the grant agreement with X"
    if (is_definite(name.first) && told == name.last && !is_proper && !has_party) return;
    if (head.entry->field("weak") == "true" && name == head.range && told == name.last) return;
    Range whole{name.first, is_told_after ? subject(after, true) : told};
    if (words_.is(name.first, "a")) name.first = head.range.first;
    if (const auto count = words_.match("number_words", name.first); count && count->range.last <= head.range.first) name.first = count->range.last;
    const bool is_kind = head.range.size() > 1 || head.entry->field("named") == "true" || name.size() > 1;
    if (whole == head.range && (!is_kind || words_.text(name.first).ends_with("s"))) return;  // tells nothing of it
    if (whole.is_empty()) return;
    const bool ends_with_verb = is_told_after && whole.last == after && head.range.size() > 1;  // "a memorandum of understanding was signed"
    if (ends_with_verb && words_.is(after - 1, "signed")) return emit(whole, name, {name.first, told}, head, 0.65F);
    if (is_told_after || told == name.last) return emit(whole, name, head, 0.65F);
    emit(whole, {name.first, told}, head, 0.65F);
  }

  void read_clause(const WordMatch& clause) {
    std::uint32_t end = clause.range.last;
    while (end < words_.size() && end < clause.range.first + kMaxText && (words_.is_word(end) || words_.is_number(end))) ++end;
    if (end < clause.range.last + 4) return;
    Range whole{clause.range.first, end};
    while (whole.first < clause.range.last && !words_.is(whole.first, "agreed")) ++whole.first;
    ExtractedMention found = mention(words_, whole, "Agreement", "agreement/1", 0.5F);
    found.properties.push_back(property("description", Value(words_.name(whole)), found.span));
    past_ = whole.last;
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  Cover& cover_;
  Extraction& out_;
  std::uint32_t past_ = 0;
};

}  // namespace

void recognise_agreements(const Reading& reading, Extraction& out) {
  Cover cover(reading, Extraction());
  each_sentence(reading, [&](const Words& words) { SentenceAgreements(words, cover, out).run(); });
}

}  // namespace policygraph::inline v0::detail::extract
