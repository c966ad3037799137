#include <algorithm>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"

// Agreements in languages that mark cases: "Соглашение о сотрудничестве", "Hamkorlik memorandumi".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxName = 12;
constexpr std::uint32_t kVerbWithin = 4;  // words between an agreement and the verb of signing

class SentenceAgreements {
 public:
  SentenceAgreements(const Words& words, Extraction& out) : words_(words), out_(out) {}

  void run() {
    std::uint32_t past = 0;
    for (const WordMatch& head : words_.matches("cased_agreements")) {
      if (head.range.first < past) continue;
      const Range name = words_.grammar()->is_head_last ? ending(head) : beginning(head);
      if (!is_told(name, head)) continue;
      emit(name, head);
      past = name.last;
    }
  }

 private:
  bool ends(std::uint32_t at) const {
    return !words_.is_word(at) || words_.match("cue_between", at) || words_.match("agreement_stops", at) || words_.match("cased_heads", at) || words_.match("known_organizations", at);
  }

  // "о взаимопонимании в сфере туризма"
  Range beginning(const WordMatch& head) const {
    Range out = head.range;
    while (out.first > 0 && words_.is_capital(out.first - 1) && words_.grammar()->modifies(words_.folded(out.first - 1))) --out.first;
    while (out.first > 0 && words_.match("agreement_adjectives", out.first - 1)) --out.first;
    if (!words_.match("agreement_openers", out.last)) return out;
    std::uint32_t end = out.last + 1;
    while (end < words_.size() && end < head.range.last + kMaxName && !ends(end) && !words_.is_capital(end)) ++end;
    return end > out.last + 1 ? Range{out.first, end} : out;
  }

  Range ending(const WordMatch& head) const {
    Range out = head.range;
    while (out.first > 0 && head.range.first - out.first < kMaxName && !ends(out.first - 1) && !words_.match("name_breaks", out.first - 1)) {
      --out.first;
      if (words_.is_capital(out.first)) break;
    }
    return words_.is_capital(out.first) ? out : head.range;
  }

  // More than the bare noun, or one that opens the text as its title.
  // or one that somebody signs.
  bool is_told(Range name, const WordMatch& head) const { return name.size() > head.range.size() || (words_.is_title_case() && name.first == 0) || is_signed(name); }

  bool is_signed(Range name) const {
    const std::uint32_t from = name.first > kVerbWithin ? name.first - kVerbWithin : 0;
    for (std::uint32_t i = from; i < name.last + kVerbWithin && i < words_.size(); ++i) {
      if (i >= name.first && i < name.last) continue;
      if (words_.match("agreement_signing", i)) return true;
      if (i >= name.last && !words_.is_word(i) && words_.text(i) != "," && words_.sign(i) != U'\u201D' && words_.sign(i) != U'\u00BB' && words_.sign(i) != U'"') return false;
    }
    return false;
  }

  // As a dictionary has it where the head stands last: "kredit shartnomasini" is "kredit shartnomasi".
  std::string text_of(Range name) const {
    if (!words_.grammar()->is_head_last) return words_.name(name);
    std::string out(words_.reading().text(without_case(words_, name, *words_.grammar())));
    std::ranges::replace(out, '\n', ' ');
    return out;
  }

  void emit(Range name, const WordMatch& head) {
    ExtractedMention found = mention(words_, name, "Agreement", "cased-agreement/1", 0.7F);
    const bool is_named = name.size() > head.range.size();
    found.properties.push_back(property(is_named ? "name" : "description", Value(text_of(name)), found.span));
    found.properties.push_back(property("kind", Value(head.entry->id), words_.span(head.range)));
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  Extraction& out_;
};

}  // namespace

void recognise_cased_agreements(const Reading& reading, Extraction& out) {
  if (reading.matches("cased_agreements").empty()) return;
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() != nullptr) SentenceAgreements(words, out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
