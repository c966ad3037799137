#include <algorithm>
#include <map>

#include "extract/coreference/coreference.hpp"
#include "extract/validation.hpp"

// "Фонд поддержки туризма (далее — Фонд)", "Jamg‘arma (keyingi o‘rinlarda — Jamg‘arma)": a term that the text sets for a name
// stands for it from there on, in whatever case.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostTerms = 64;
constexpr std::uint32_t kLongTerm = 3;      // words
constexpr std::uint32_t kBracketWithin = 6; // tokens between the bracket and the word that sets the term
constexpr std::uint32_t kQuotedTerm = 5;    // tokens behind the bracket that opens a quoted one
constexpr int kArticles = 2;                // words between "represented by" and the name, and one
constexpr std::size_t kLeastStem = 4;       // bytes
constexpr std::size_t kLongEnding = 10;     // bytes that a case adds

struct Term {
  std::string stem;  // folded
  MentionIndex name = kNoMention;
  std::uint32_t from = 0;  // token
  bool is_exact = false;   // it takes no endings
};

class TermLinker {
 public:
  TermLinker(const Reading& reading, Extraction& out) : reading_(reading), out_(out) {}

  void run() {
    for (const PhraseMatch& cue : reading_.matches("defined_term_cues")) {
      if (terms_.size() < kMostTerms) define(cue);
    }
    for (std::uint32_t open = 1; open + kQuotedTerm < reading_.tokens().size() && terms_.size() < kMostTerms; ++open) {
      if (is_sign(open, U'(')) define_quoted(open);
    }
    if (terms_.empty()) return;
    const auto known = static_cast<MentionIndex>(out_.mentions.size());
    for (MentionIndex i = 0; i < known; ++i) {
      if (!out_.mentions[i].label.empty()) taken_.push_back(out_.mentions[i].span);
    }
    std::ranges::sort(taken_);
    const std::uint32_t from = std::ranges::min(terms_, {}, &Term::from).from;
    for (std::uint32_t token = from; token < reading_.tokens().size(); ++token) read(token);
  }

 private:
  static bool may_be_named(const ExtractedMention& mention) {
    return mention.label == "Organization" || mention.label == "Agency" || mention.label == "Programme" || mention.label == "Agreement";
  }

  // The name that ends right in front of the token; kNoMention: none.
  MentionIndex name_before(std::uint32_t token) {
    if (ends_.empty()) {
      for (MentionIndex i = 0; i < out_.mentions.size(); ++i) {
        if (may_be_named(out_.mentions[i])) ends_.insert_or_assign(out_.mentions[i].span.end, i);
      }
    }
    if (token < 2) return kNoMention;
    auto found = ends_.find(reading_.token(token - 1).span.end);
    if (found == ends_.end() && is_close_quote(token - 1)) found = ends_.find(reading_.token(token - 2).span.end);
    return found == ends_.end() ? kNoMention : found->second;
  }

  bool is_close_quote(std::uint32_t token) const { return is_quote(token) || is_sign(token, U'\u00BB'); }

  bool has_word(MentionIndex name, std::string_view stem) const {
    const Span span = out_.mentions[name].span;
    for (std::uint32_t i = reading_.view().token_at(span.start);
         i < reading_.tokens().size() && reading_.token(i).span.start < span.end; ++i) {
      if (reading_.folded(i).starts_with(stem)) return true;
    }
    return false;
  }

  // "The Agency for Tourism under the Ministry of Culture (hereinafter the Agency)": of the names in front the one that
  // has the word.
  MentionIndex with_word(MentionIndex name, std::string_view stem, std::uint32_t open) const {
    if (name == kNoMention || has_word(name, stem)) return name;
    const Sentence* sentence = reading_.view().sentence_at(reading_.token(open).span.start);
    const std::uint32_t least = sentence == nullptr ? 0 : reading_.token(sentence->first).span.start;
    for (auto at = ends_.lower_bound(out_.mentions[name].span.start); at != ends_.begin();) {
      --at;
      if (out_.mentions[at->second].span.start < least) break;
      if (has_word(at->second, stem)) return at->second;
    }
    return name;
  }

  // "The Government of A, represented by its Embassy (hereinafter the Donor)": the term is for whom it stands.
  MentionIndex represented(MentionIndex name) {
    if (name == kNoMention) return name;
    std::uint32_t first = reading_.view().token_at(out_.mentions[name].span.start);
    for (int steps = 0; steps < kArticles && first > 0; ++steps, --first) {
      const PhraseMatch* cue = reading_.match_over("agreement_representing", first - 1);
      if (cue == nullptr || cue->last != first) continue;
      const std::uint32_t end = is_sign(cue->first - 1, U',') ? cue->first - 1 : cue->first;
      const MentionIndex whole = cue->first == 0 ? kNoMention : name_before(end);
      return whole == kNoMention ? name : whole;
    }
    return name;
  }

  bool is_sign(std::uint32_t token, char32_t sign) const { return token < reading_.tokens().size() && reading_.sign(token) == sign; }

  void define(const PhraseMatch& cue) {
    std::uint32_t open = cue.first;
    while (open > 0 && cue.first - open < kBracketWithin && !is_sign(open, U'(')) --open;
    if (!is_sign(open, U'(') && is_sign(cue.first - 1, U',')) open = cue.first - 1;  // "Министерство, именуемое в дальнейшем"
    else if (!is_sign(open, U'(')) return;
    std::uint32_t first = cue.last, words = 0;
    while (first < reading_.tokens().size() && !reading_.token(first).is_capitalised && !is_sign(first, U')')) ++first;
    std::uint32_t last = first;
    while (last < reading_.tokens().size() && reading_.token(last).kind == TokenKind::word && words < kLongTerm) ++last, ++words;
    if (words != 1 || first > cue.last + kBracketWithin) return;
    const std::string_view folded = reading_.folded(first);
    const MentionIndex name = with_word(represented(name_before(open)), stem_of(folded), open);
    if (name == kNoMention || folded.size() < kLeastStem) return;
    terms_.push_back({std::string(stem_of(folded)), name, last, false});
  }

  bool is_quote(std::uint32_t token) const { return is_sign(token, U'"') || is_sign(token, U'\u201C') || is_sign(token, U'\u201D'); }

  // "the European Union (“the Union”)", "the Association ("Bank")", "the Fund (the "Fund")"
  void define_quoted(std::uint32_t open) {
    const std::uint32_t quote = reading_.folded(open + 1) == "the" ? open + 2 : open + 1;
    if (!is_quote(quote)) return;
    const std::uint32_t first = reading_.folded(quote + 1) == "the" ? quote + 2 : quote + 1;
    if (first + 2 >= reading_.tokens().size() || !is_quote(first + 1) || !is_sign(first + 2, U')')) return;
    const Token& word = reading_.token(first);
    const std::string_view folded = reading_.folded(first);
    const MentionIndex name = with_word(represented(name_before(open)), folded, open);
    if (name == kNoMention || !word.is_capitalised || word.is_upper || folded.size() < kLeastStem) return;
    terms_.push_back({std::string(folded), name, first + 1, true});
  }

  // Without its last vowel.
  static std::string_view stem_of(std::string_view word) {
    for (const std::string_view ending : {"о", "е", "а", "я", "и", "a", "i"}) {
      if (word.ends_with(ending) && word.size() > kLeastStem + ending.size()) return word.substr(0, word.size() - ending.size());
    }
    return word;
  }

  bool is_taken(Span span) const {
    const auto after = std::ranges::lower_bound(taken_, span.end, {}, &Span::start);
    for (auto at = after; at != taken_.begin() && after - at < 4;) {
      if ((--at)->end > span.start) return true;
    }
    return false;
  }

  // "the Programme “Clean Wells”": the name itself follows.
  bool is_told(std::uint32_t token) const {
    const bool is_open = is_quote(token + 1) || is_sign(token + 1, U'\u00AB');
    return is_open && token + 2 < reading_.tokens().size() && is_taken(reading_.token(token + 2).span);
  }

  void read(std::uint32_t token) {
    const Token& word = reading_.token(token);
    if (word.kind != TokenKind::word || !word.is_capitalised || word.is_upper) return;
    const std::string_view folded = reading_.folded(token);
    for (auto term = terms_.rbegin(); term != terms_.rend(); ++term) {
      if (token < term->from || !folded.starts_with(term->stem) || folded.size() > term->stem.size() + (term->is_exact ? 0 : kLongEnding)) continue;
      if (is_taken(word.span) || is_told(token)) return;
      take_up(word.span, term->name);
      return;
    }
  }

  void take_up(Span span, MentionIndex name) {
    ExtractedMention reference;
    reference.span = span;
    reference.label = out_.mentions[name].label;
    reference.extractor = "defined-term/1";
    reference.confidence = 0.8F;
    reference.same_as = name;
    reference.same_by = "rule:defined-term/1";
    reference.same_reason = "the text sets '" + std::string(reading_.text(span)) + "' for that name";
    reference.same_score = 0.85F;
    out_.mentions.push_back(std::move(reference));
  }

  const Reading& reading_;
  Extraction& out_;
  std::vector<Term> terms_;
  std::map<std::uint32_t, MentionIndex> ends_;  // of names, by their last byte
  std::vector<Span> taken_;                     // by what is named
};

}  // namespace

void link_defined_terms(const Reading& reading, Extraction& out) {
  const std::size_t before = out.mentions.size();
  TermLinker(reading, out).run();
  if (out.mentions.size() != before) sort(out);
}

}  // namespace policygraph::inline v0::detail::extract
