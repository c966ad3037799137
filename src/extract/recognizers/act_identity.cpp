#include "extract/recognizers/act_identity.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr int kMostBack = 256;               // acts looked at for the owner of a publication code
constexpr std::size_t kTellingTitle = 24;    // bytes: shorter ones are no names
constexpr std::int64_t kPublishedWithin = 14;  // days after the date of the act

std::string digits_of(std::string_view number) {
  const std::size_t dash = number.rfind('-');
  return std::string(dash == std::string_view::npos ? number : number.substr(dash + 1));
}

// Until 2021 presidential acts were numbered on and on: four digits are enough to know one. Since then numbers begin anew each
// year, as those of a government do.
bool is_unique_number(const FoundAct& act) {
  const bool has_series = act.citation.number && act.citation.number->series != nullptr && act.citation.number->series->field("plain") != "true";
  return has_series && digits_of(act.number).size() >= 4;
}

class Identifier {
 public:
  Identifier(const Reading& reading, const DateIndex& dates, const std::vector<FoundAct>& acts, Extraction& out)
      : reading_(reading), dates_(dates), acts_(acts), out_(out) {}

  void run() {
    for (const FoundAct& act : acts_) {
      report_type(act);
      link(act);
      link_titled(act);
    }
    read_publications();
  }

 private:
  void report(std::string code, std::string explanation, std::vector<MentionIndex> mentions, Span span) {
    out_.findings.push_back({std::move(code), Severity::warning, std::move(explanation), std::move(mentions), span});
  }

  void report_type(const FoundAct& act) {
    if (!act.citation.number || act.citation.number->series == nullptr) return;
    const PackEntry& series = *act.citation.number->series;
    const Span span = out_.mentions[act.mention].span;
    if (!series.field("ambiguous").empty()) {
      report("TYPE_CONFLICT", "the letters of " + act.number + " stand for a decree or a resolution", {act.mention}, span);
      return;
    }
    if (act.citation.noun == nullptr) return;
    const std::string& noun = reading_.entry(*act.citation.noun).id;
    if (noun == act.kind || noun == "other") return;
    report("TYPE_CONFLICT", "cited as a " + noun + ", but " + act.citation.number->given + " is a " + act.kind, {act.mention}, span);
  }

  // Earlier acts of the same number and kind; jurisdictions must not differ.
  void link(const FoundAct& act) {
    if (act.number.empty()) return;
    auto& known = by_number_[act.kind + " " + act.number];
    for (const FoundAct* earlier : known) {
      if (!act.jurisdiction.empty() && !earlier->jurisdiction.empty() && act.jurisdiction != earlier->jurisdiction) continue;
      if (act.has_date && earlier->has_date && !agree(*earlier, act)) continue;
      ExtractedMention& mention = out_.mentions[act.mention];
      mention.same_as = earlier->mention;
      mention.same_by = "rule:act-number/1";
      mention.same_reason = "both cite " + act.kind + " " + act.number;
      mention.same_score = act.has_date && earlier->has_date ? 0.99F : 0.9F;
      break;
    }
    // A few dates a number: what is compared stays bounded on a text that repeats one number with ever other dates.
    if (known.size() < 16 && (out_.mentions[act.mention].same_as == kNoMention || act.has_date)) known.push_back(&act);
  }

  // "the Law “On X”" without its number, and "the Law “On X” (No. 143)": one act by its title, where only one of them tells a number.
  void link_titled(const FoundAct& act) {
    ExtractedMention& mention = out_.mentions[act.mention];
    const auto title = std::ranges::find(mention.properties, "title", &ExtractedProperty::name);
    if (act.kind.empty() || title == mention.properties.end() || title->value.kind() != ValueKind::string || title->value.as_string().size() < kTellingTitle) return;
    const auto [known, is_new] = by_title_.try_emplace(act.kind + " " + std::string(title->value.as_string()), &act);
    const FoundAct& earlier = *known->second;
    if (!is_new) compare_numbers(earlier, act);
    if (is_new || (!act.number.empty() && !earlier.number.empty())) return;
    const bool fits = (act.jurisdiction.empty() || earlier.jurisdiction.empty() || act.jurisdiction == earlier.jurisdiction) &&
                      (!act.has_date || !earlier.has_date || may_overlap(act.date, earlier.date));
    if (!fits) return;
    if (!act.number.empty()) known->second = &act;
    if (mention.same_as != kNoMention) return;
    mention.same_as = earlier.mention;
    mention.same_by = "rule:act-title/1";
    mention.same_reason = "both cite the " + act.kind + " of that title";
    mention.same_score = 0.9F;
  }

  // Acts of one kind, day and title are one act: two numbers of it cannot both be right.
  void compare_numbers(const FoundAct& a, const FoundAct& b) {
    if (a.number.empty() || b.number.empty() || a.number == b.number || a.jurisdiction != b.jurisdiction) return;
    if (!a.has_date || !b.has_date || !a.date.is_day() || a.date != b.date) return;
    report("NUMBER_CONFLICT", "the " + b.kind + " of " + b.date.to_string() + " of one title is numbered " + a.number + " and " + b.number, {a.mention, b.mention},
           out_.mentions[b.mention].span);
  }

  // Whether two dates can be those of one act; reports where they differ all the same.
  bool agree(const FoundAct& a, const FoundAct& b) {
    if (may_overlap(a.date, b.date)) return true;
    const YearMonthDay first = year_month_day(a.date.earliest()), second = year_month_day(b.date.earliest());
    const std::int64_t apart = b.date.earliest().days - a.date.earliest().days;
    const bool is_near = a.date.is_day() && b.date.is_day() && std::abs(apart) <= kPublishedWithin;
    if (!is_near && !is_unique_number(b) && first.year != second.year) return false;
    if (!is_near && !is_unique_number(b) && (b.citation.number->series == nullptr)) return false;
    const FoundAct& later = apart > 0 ? b : a;
    const Span span = out_.mentions[later.mention].span;
    const std::string dates = (apart > 0 ? a : b).date.to_string() + " and " + later.date.to_string();
    if (is_near) {
      report("DATE_IS_PUBLICATION", act_name(b) + " is dated " + dates + "; the later one is likely that of publication", {a.mention, b.mention}, span);
    } else {
      report("DATE_CONFLICT", act_name(b) + " is dated " + dates, {a.mention, b.mention}, span);
    }
    return true;
  }

  static std::string act_name(const FoundAct& act) { return act.kind + " " + act.number; }

  // "06.10.2020-y., 06/20/6079/1349-son": the code of the national database, whose third part is the number of the act.
  void read_publications() {
    for (const PhraseMatch& match : reading_.matches("publication_series")) {
      const Sentence* sentence = reading_.view().sentence_at(reading_.token(match.first).span.start);
      if (sentence != nullptr) read_publication(Walk(reading_, *sentence), match);
    }
  }

  void read_publication(const Walk& walk, const PhraseMatch& match) {
    std::uint32_t at = match.first;
    std::string_view parts[4];
    for (int part = 0; part < 4; ++part) {
      if (part != 0) {
        if (!walk.is_sign(walk.next(at), U'/')) return;
        at = walk.next(walk.next(at));
      }
      if (!walk.is_number(at)) return;
      parts[part] = walk.text(at);
    }
    const PackEntry& entry = reading_.entry(match);
    int steps = 0;
    for (auto act = acts_.rbegin(); act != acts_.rend() && steps < kMostBack; ++act, ++steps) {
      if (act->kind != entry.field("kind") || digits_of(act->number) != parts[2]) continue;
      ExtractedMention& mention = out_.mentions[act->mention];
      const Span span = reading_.span(match.first, at + 1);
      mention.properties.push_back({"publication_ref", std::string(reading_.text(span)), span, mention.extractor, mention.confidence});
      add_publication_date(walk, match.first, mention);
      return;
    }
  }

  void add_publication_date(const Walk& walk, std::uint32_t code, ExtractedMention& mention) {
    std::uint32_t at = walk.before(code);
    for (int steps = 0; steps < 4 && walk.has(at); ++steps, at = walk.before(at)) {
      const DateIndex::Entry* date = dates_.ending(at + 1);
      if (date == nullptr) continue;
      mention.properties.push_back({"date_publication", date->value, date->span, mention.extractor, mention.confidence});
      return;
    }
  }

  const Reading& reading_;
  const DateIndex& dates_;
  const std::vector<FoundAct>& acts_;
  Extraction& out_;
  std::map<std::string, std::vector<const FoundAct*>, std::less<>> by_number_;
  std::map<std::string, const FoundAct*, std::less<>> by_title_;
};

}  // namespace

void identify_acts(const Reading& reading, const DateIndex& dates, const std::vector<FoundAct>& acts, Extraction& out) {
  Identifier(reading, dates, acts, out).run();
}

}  // namespace policygraph::inline v0::detail::extract
