#include <algorithm>
#include <map>

#include "extract/recognizers/act_context.hpp"
#include "extract/recognizers/act_criteria.hpp"
#include "extract/recognizers/act_heading.hpp"
#include "extract/recognizers/act_identity.hpp"
#include "extract/recognizers/recognizers.hpp"

// Legal acts by what their citations hold: a number in some notation, a noun, a date, an issuer, a title. Lexicons, series and
// issuers are packs (languages/*/acts.json, jurisdictions/); the forms of numbers are act_number.cpp, what belongs to a citation
// act_citation.cpp, which of them are acts act_criteria.cpp, which are one act
// act_identity.cpp.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::ptrdiff_t kHeadSentences = 6;
constexpr std::uint32_t kHeadMargin = 3;  // tokens in front of the act in the line of a heading
constexpr std::uint32_t kMostTitleBytes = 600;
constexpr std::size_t kUsual = 6;  // properties of an act
constexpr std::string_view kExtractor = "legal-act/1";

std::string_view label_of(std::string_view kind) {
  if (kind == "decree") return "Decree";
  if (kind == "resolution") return "Resolution";
  if (kind == "order") return "Order";
  if (kind == "law") return "Law";
  if (kind == "code") return "Code";
  return kind == "agreement" ? "Treaty" : "LegalAct";
}

class ActRecogniser {
 public:
  ActRecogniser(const Reading& reading, Extraction& out) : reading_(reading), out_(out), dates_(reading, out), context_(reading), criteria_(reading) {}

  void run() {
    for (const Sentence& sentence : reading_.stretches()) read(sentence);
    identify_acts(reading_, dates_, acts_, out_);
  }

 private:
  bool is_zone_read(const Sentence& sentence) const {
    return reading_.view().zone(reading_.first_sentence(sentence)) != Zone::keywords;
  }

  void read(const Sentence& sentence) {
    if (!is_zone_read(sentence)) return;
    const Walk walk(reading_, sentence);
    const CitationReader citations(walk, dates_);
    const std::vector<ActNumber> anchors = find_anchors(walk);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> taken;
    std::uint32_t from = walk.first();
    for (const ActNumber& anchor : anchors) {
      Citation citation = citations.around(anchor, anchors, from);
      if (!citation.is_blocked) take_from_headings(reading_, dates_, sentence, citation);
      context_.settle_series(citation);
      if (!accepts(walk, citation)) continue;
      citations.find_title(citation);
      from = citation.last;
      taken.emplace_back(citation.first, citation.last);
      add(citation, confidence_of(citation));
    }
    read_unnumbered(walk, citations, anchors, taken);
    read_codes(walk);
  }

  std::vector<ActNumber> find_anchors(const Walk& walk) const {
    std::vector<ActNumber> out;
    const ActNumbers numbers(walk);
    for (std::uint32_t i = walk.first(); i < walk.last(); ++i) {
      if (!ActNumbers::may_begin(walk, i)) continue;
      auto number = numbers.read(i);
      if (!number) continue;
      const bool says_something = number->has_marker || number->series != nullptr || number->has_tail || number->is_roman ||
                                  !number->kind.empty() || !number->jurisdiction.empty();
      if (!says_something) continue;
      i = number->last - 1;
      out.push_back(std::move(*number));
    }
    return out;
  }

  // ---- which numbers are acts

  // "...; 23.09.2021 й. N 596": one more of a list, kind and issuer as those of the act before.
  bool continues_list(const Walk& walk, const Citation& citation) const {
    if (acts_.empty()) return false;
    std::uint32_t at = walk.before(citation.first);
    for (int steps = 0; steps < 4 && walk.has(at) && at >= acts_.back().citation.last; ++steps) {
      const char32_t mark = walk.sign(at);
      const bool joins = mark == U',' || mark == U';' || reading_.match_at("year_list_words", at) != nullptr ||
                         reading_.match_at("act_connectors", at) != nullptr;
      if (!joins) return false;
      at = walk.before(at);
    }
    return walk.has(at) && at < acts_.back().citation.last;
  }

  bool accepts(const Walk& walk, const Citation& citation) {
    const ActNumber& number = *citation.number;
    const bool has_noun = citation.noun != nullptr;
    inherits_ = false;
    if (number.series != nullptr) return criteria_.accepts_series(citation);
    if (citation.is_blocked) return false;
    if (number.number.find('/') != std::string::npos && number.kind == "other") {
      inherits_ = !criteria_.accepts_slashed(citation) && continues_list(walk, citation) && acts_.back().number.find('/') != std::string::npos;
      return inherits_ || criteria_.accepts_slashed(citation);
    }
    if (number.jurisdiction == "KR" || number.jurisdiction == "UN" || number.number.starts_with("COM(")) return true;
    if (number.is_roman) {
      if (has_noun || !number.jurisdiction.empty() || (number.has_marker && citation.date != nullptr)) return true;
      inherits_ = continues_list(walk, citation) && acts_.back().citation.number && acts_.back().citation.number->is_roman;
      return inherits_;
    }
    if (!number.kind.empty()) return true;
    if (has_noun) return criteria_.accepts_noun(walk, citation);
    if (criteria_.is_of_other(walk, citation)) return false;
    if (citation.issuer != nullptr && (criteria_.role(citation) == "cabinet" || criteria_.role(citation) == "government" || number.has_tail)) return true;
    if (number.has_tail && criteria_.has_exact_date(citation)) return true;
    inherits_ = criteria_.has_exact_date(citation) && continues_list(walk, citation);
    return inherits_;
  }

  float confidence_of(const Citation& citation) const {
    if (citation.number->series != nullptr) return citation.number->series->field("ambiguous").empty() ? 0.97F : 0.5F;
    if (inherits_) return 0.6F;
    if (citation.noun == nullptr && citation.issuer == nullptr && !citation.number->is_roman) return 0.6F;
    return citation.date == nullptr && citation.issuer == nullptr ? 0.75F : 0.93F;
  }

  // ---- acts without a number

  void read_unnumbered(const Walk& walk, const CitationReader& citations, const std::vector<ActNumber>& anchors,
                       const std::vector<std::pair<std::uint32_t, std::uint32_t>>& taken) {
    inherits_ = false;
    std::uint32_t from = walk.first();
    for (const PhraseMatch& noun : reading_.matches_in("act_nouns", walk.first(), walk.last())) {
      if (noun.first < from) continue;
      const bool is_taken = std::ranges::any_of(taken, [&](const auto& range) { return range.first <= noun.first && noun.first < range.second; });
      if (is_taken) continue;
      Citation citation = citations.around(noun, from);
      const auto after = std::ranges::lower_bound(anchors, noun.first, {}, &ActNumber::first);
      if (after != anchors.end() && after->first < citation.last) continue;
      if (reading_.entry(noun).field("plural") == "true") {
        read_adopted_in(walk, citation);
        continue;
      }
      citations.find_title(citation);
      if (!criteria_.accepts_unnumbered(walk, citation)) continue;
      from = citation.last;
      add(citation, criteria_.has_exact_date(citation) ? 0.8F : 0.65F);
    }
  }

  // "government resolutions adopted in 2016, 2021 and 2024": an act a year.
  void read_adopted_in(const Walk& walk, const Citation& plural) {
    const std::uint32_t cue_at = walk.at(plural.noun->last);
    const PhraseMatch* cue = walk.has(cue_at) ? reading_.match_at("act_adopted", cue_at) : nullptr;
    if (cue == nullptr || (plural.modifier == nullptr && plural.issuer == nullptr)) return;
    std::uint32_t at = walk.at(cue->last);
    std::uint32_t first = plural.first;
    while (walk.has(at)) {
      const auto* date = dates_.starting(at);
      if (date == nullptr) break;
      Citation citation = plural;
      citation.first = first;
      citation.last = date->last;
      citation.date = date;
      add(citation, 0.7F);
      at = walk.at(date->last);
      for (int steps = 0; steps < 2 && (walk.is_sign(at, U',') || reading_.match_at("year_list_words", at) != nullptr); ++steps) at = walk.next(at);
      first = at;
    }
  }

  void read_codes(const Walk& walk) {
    for (const PhraseMatch& match : reading_.matches_in("act_codes", walk.first(), walk.last())) {
      if (!walk.is_capitalised(match.first)) continue;
      Citation citation;
      citation.first = match.first;
      citation.last = match.last;
      citation.title = reading_.span(match);
      std::uint32_t at = walk.at(match.last);
      for (int steps = 0; steps < 2 && (walk.folded(at) == "of" || walk.folded(at) == "the"); ++steps) at = walk.next(at);
      citation.jurisdiction = walk.has(at) ? reading_.match_at("jurisdiction_names", at) : nullptr;
      if (citation.jurisdiction != nullptr) citation.last = citation.jurisdiction->last;
      add(citation, 0.85F, "code");
    }
  }

  // ---- mentions

  std::string kind_of(const Citation& citation) const {
    const std::string noun = citation.noun == nullptr ? "" : reading_.entry(*citation.noun).id;
    if (citation.number) {
      const ActNumber& number = *citation.number;
      if (number.series != nullptr) return number.kind;
      if (number.is_roman && noun != "code") return "law";
      if (!number.kind.empty() && number.kind != "other") return number.kind;
    }
    if (inherits_) return acts_.back().kind;
    if (!noun.empty()) return noun;
    if (criteria_.role(citation) == "president") return "decree";
    return citation.number && citation.number->kind == "other" ? "other" : "resolution";
  }

  std::string jurisdiction_of(const Citation& citation) const {
    std::string stated = context_.stated(citation);
    if (!stated.empty()) return stated;
    if (inherits_ && !acts_.back().jurisdiction.empty()) return acts_.back().jurisdiction;
    if (citation.number && citation.number->number.find('/') != std::string::npos && citation.noun != nullptr) return "UN";
    std::string near = context_.jurisdiction(citation.first, acts_);
    if (!near.empty() || !citation.number || !citation.number->is_roman) return near;
    const std::string& number = citation.number->number;
    return number.ends_with("-I") || number.ends_with("-II") ? "UZ" : "KZ";
  }

  void add_property(ExtractedMention& mention, std::string name, Value value, Span span) const {
    if (mention.label.empty() || span.empty()) return;
    mention.properties.push_back({std::move(name), std::move(value), span, std::string(kExtractor), mention.confidence});
  }

  void add(Citation& citation, float confidence, std::string_view kind = {}) {
    FoundAct act;
    act.kind = kind.empty() ? kind_of(citation) : std::string(kind);
    act.jurisdiction = jurisdiction_of(citation);
    if (citation.date == nullptr) take_from_entry(citation);
    ExtractedMention mention;
    mention.span = span_of(citation);
    mention.label = label_of(act.kind);
    mention.extractor = kExtractor;
    mention.confidence = confidence;
    mention.properties.reserve(kUsual);
    add_property(mention, "kind", act.kind, mention.span);
    if (!act.jurisdiction.empty()) add_property(mention, "jurisdiction", act.jurisdiction, mention.span);
    if (citation.number) {
      act.number = citation.number->number;
      add_property(mention, "number", act.number, citation.number->span);
      if (!citation.number->given.empty() && citation.number->given != act.number) {
        add_property(mention, "number_aliases", ValueList{citation.number->given}, citation.number->span);
      }
    }
    if (citation.date != nullptr) {
      act.date = citation.date->value;
      act.has_date = true;
      add_property(mention, "date", act.date, citation.date->span);
    }
    if (citation.title.empty() && citation.number && heading_title_.empty()) citation.title = heading_title_ = title_of_heading(citation);
    add_title(citation, mention);
    act.mention = static_cast<MentionIndex>(out_.mentions.size());
    act.citation = citation;
    out_.mentions.push_back(std::move(mention));
    add_issuer(act);
    acts_.push_back(std::move(act));
  }

  Span span_of(const Citation& citation) const {
    Span span = reading_.span(citation.first, citation.last);
    // A number run into the word before it begins inside that word.
    if (citation.number && citation.number->first == citation.first && citation.number->span.start > span.start && !citation.number->has_marker) {
      span.start = citation.number->span.start;
    }
    return span;
  }

  // At the head of a document the title is a line of its own, below the number or above it; what the preamble cites has none.
  Span title_of_heading(const Citation& citation) const {
    const auto sentences = reading_.view().sentences();
    const Sentence* own = reading_.view().sentence_at(reading_.token(citation.first).span.start);
    if (own == nullptr || own - sentences.data() >= kHeadSentences || citation.last + 1 < own->last) return {};
    if (citation.first > own->first + kHeadMargin) return {};
    for (const Sentence* near : {own + 1, own - 1}) {
      if (near < sentences.data() || near >= sentences.data() + sentences.size()) continue;
      const bool opens = reading_.match_at("act_title_openers", near->first) != nullptr && reading_.token(near->first).is_capitalised;
      if (opens && near->span.size() < kMostTitleBytes) return near->span;
    }
    return {};
  }

  // An act without a number is known by its whole name.
  void add_title(const Citation& citation, ExtractedMention& mention) const {
    if (citation.title.empty()) return;
    const bool is_whole = !citation.number && !criteria_.is_quoted(citation.title) && citation.title.start > mention.span.start;
    const Span span = is_whole ? cover(mention.span, citation.title) : citation.title;
    std::string title(reading_.text(span));
    std::ranges::replace(title, '\n', ' ');
    if (is_whole) mention.span = span;
    add_property(mention, "title", std::move(title), span);
  }

  // "President of the Republic of Uzbekistan. October 5, 2020. On ..., Presidential Decree No. PF-6079.": an entry of a
  // bibliography opens with issuer, date and title.
  void take_from_entry(Citation& citation) const {
    const Block* block = reading_.view().document().block_at(reading_.token(citation.first).span.start);
    if (block == nullptr || !citation.number) return;
    const std::uint32_t first = reading_.view().token_at(block->span.start);
    const auto issuers = reading_.matches_in("act_issuers", first, std::min(first + 24, citation.first));
    if (issuers.empty()) return;
    const PhraseMatch& issuer = issuers.front();
    const Walk walk(reading_, first, citation.first);
    const auto* date = dates_.within(issuer.last, citation.first);
    if (date == nullptr || !walk.is_sign(walk.at(issuer.last), U'.') || walk.next(walk.at(issuer.last)) != date->first) return;
    std::uint32_t from = walk.at(date->last);
    if (walk.is_sign(from, U'.')) from = walk.next(from);
    std::uint32_t to = citation.first;
    while (walk.before(to) != Walk::kNone && (walk.is_sign(walk.before(to), U',') || walk.is_sign(walk.before(to), U'.'))) to = walk.before(to);
    citation.date = date;
    citation.issuer = &issuer;
    citation.first = issuer.first;
    if (walk.has(from) && from < to) citation.title = reading_.span(from, to);
  }

  // The office behind "Presidential", "the President", "Prezidentining": a body of the act's state.
  void add_issuer(const FoundAct& act) {
    const PhraseMatch* words = act.citation.issuer != nullptr ? act.citation.issuer : act.citation.modifier;
    if (words == nullptr) return;
    const std::string& office = reading_.entry(*words).id;
    if (office == "government" && act.citation.issuer == nullptr) return;
    if (act.jurisdiction.empty() && act.citation.issuer != nullptr) return add_unknown_office(*words);
    for (const PackEntry* entry : reading_.packs().words("", "offices")) {
      if (entry->id != office || entry->field("jurisdiction") != act.jurisdiction) continue;
      ExtractedMention mention;
      mention.span = reading_.span(*words);
      mention.label = "Agency";
      mention.extractor = kExtractor;
      mention.confidence = 0.9F;
      add_property(mention, "name", entry->phrases.front(), mention.span);
      add_names(*entry, mention);
      const bool is_state = act.jurisdiction != "UN" && act.jurisdiction != "EU";
      add_property(mention, "kind", is_state ? "government" : "multilateral", mention.span);
      if (is_state) add_property(mention, "country", act.jurisdiction, mention.span);
      const auto index = static_cast<MentionIndex>(out_.mentions.size());
      const auto first = offices_.try_emplace(act.jurisdiction + " " + office, index).first->second;
      if (first != index) {
        mention.same_as = first;
        mention.same_by = "rule:office/1";
        mention.same_reason = "the same office of " + act.jurisdiction;
      }
      out_.mentions.push_back(std::move(mention));
      return;
    }
  }

  // An office of no state that is known is named as the text does.
  void add_unknown_office(const PhraseMatch& words) {
    ExtractedMention mention;
    mention.span = reading_.span(words);
    mention.label = "Agency";
    mention.extractor = kExtractor;
    mention.confidence = 0.7F;
    std::string written(reading_.text(mention.span));
    std::ranges::replace(written, '\n', ' ');
    add_property(mention, "name", std::move(written), mention.span);
    add_property(mention, "kind", "government", mention.span);
    out_.mentions.push_back(std::move(mention));
  }

  // The office as the text names it and, where the pack says it, as its language does.
  void add_names(const PackEntry& office, ExtractedMention& mention) const {
    const Sentence* sentence = reading_.view().sentence_at(mention.span.start);
    const std::string code = sentence == nullptr ? "" : reading_.view().language(*sentence).code();
    const std::string_view name = office.field(code);
    if (name.empty()) return;
    ValueList names{Value(name)};
    std::string written(reading_.text(mention.span));
    std::ranges::replace(written, '\n', ' ');
    if (written != name) names.emplace_back(std::move(written));
    add_property(mention, "aliases", std::move(names), mention.span);
  }

  const Reading& reading_;
  Extraction& out_;
  DateIndex dates_;
  ActContext context_;
  ActCriteria criteria_;
  std::vector<FoundAct> acts_;
  std::map<std::string, MentionIndex, std::less<>> offices_;
  Span heading_title_;  // of the act that the document is
  bool inherits_ = false;
};

}  // namespace

void recognise_legal_acts(const Reading& reading, Extraction& out) { ActRecogniser(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
