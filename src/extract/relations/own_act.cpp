#include <algorithm>

#include "extract/relations/scene.hpp"

// The text of an act: which act it is, the preamble that says what it rests on, and the points that do something.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kOwnActWithin = 12;    // sentences from the top in which a text names the act it is
constexpr std::uint32_t kHeadWithin = 6;       // tokens of a line in which "RESOLUTION OF" stands
constexpr std::uint32_t kLongHead = 40;        // tokens of the line above the points of an annex
constexpr std::uint32_t kTitleBehind = 8;      // bytes between an act and its title
constexpr std::uint32_t kShortLine = 16;       // tokens
constexpr std::uint32_t kTopWithin = 4;        // sentences from the top in which a bare number may head a text
constexpr std::uint32_t kLineTail = 3;         // tokens behind a title: "ги қарори"
constexpr std::uint32_t kPreambleWithin = 12;  // sentences from that to the first point

// "6." and "7." are points of one list, "6." and "a)" are not.
char shape_of(char c) {
  if (c >= '0' && c <= '9') return '0';
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  return is_letter ? 'a' : c;
}

std::string shape_of(std::string_view marker) {
  std::string out;
  for (const char c : marker) {
    if (const char shape = shape_of(c); out.empty() || out.back() != shape) out.push_back(shape);
  }
  return out;
}

// The mark behind a marker: "6." is no point beside "6)".
char mark_behind(std::string_view text, const Block& block) {
  std::size_t at = block.span.start;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at > 0 && (text[at - 1] == '.' || text[at - 1] == ')') ? text[at - 1] : ' ';
}

bool are_siblings(std::string_view text, const Block* a, const Block* b) {
  if (a == nullptr || b == nullptr || a == b || a->marker.empty()) return false;
  return shape_of(a->marker) == shape_of(b->marker) && mark_behind(text, *a) == mark_behind(text, *b);
}

// A word and a full stop follow: a sentence about the act, whose verb comes last.
bool goes_on(const Walk& words, std::uint32_t at) {
  const std::uint32_t word = words.at(at);
  return words.is_lower(word) && words.is_sign(words.next(word), U'.') && words.text(word).size() > 2;
}

// A sentence of running text: what a page tells before it names acts.
bool is_prose(const Walk& words, const Clause& clause) {
  return clause.zone == Zone::body && clause.last > clause.first + kShortLine && words.is_sign(clause.last - 1, U'.');
}

}  // namespace

// "LIST of acts that lose force", "ИЗМЕНЕНИЯ, вносимые в некоторые решения": the line above the points of an annex.
bool Scene::heads_list(const Clause& clause) const {
  if (clause.is_item || clause.first >= clause.last || clause.last - clause.first > kLongHead) return false;
  const char32_t end = walk(clause).sign(clause.last - 1);
  return end != U'.' && end != U':' && end != U';' && cue_in(clause, "act_list_heads", clause.first, clause.last) != nullptr;
}

// A point is led by the last sentence with a colon that is not a point beside it; so is a line without a marker right below
// one, or below a line of such a list that ends in a semicolon.
std::uint32_t Scene::lead_of(const Clause& clause, std::uint32_t last_lead) const {
  if (clauses_.empty() || last_lead == kNoMention) return kNoMention;
  if (!clause.is_item) {
    const Clause& before = clauses_.back();
    const char32_t end = before.first < before.last ? walk(before).sign(before.last - 1) : 0;
    const bool goes_on = before.sentence == last_lead || (before.lead == last_lead && end == U';');
    return goes_on ? last_lead : kNoMention;
  }
  std::uint32_t lead = last_lead;
  while (lead != kNoMention && !heads_list(clauses_[lead]) && clauses_[lead].is_item && are_siblings(reading_.text(), clauses_[lead].block, clause.block)) lead = clauses_[lead].lead;
  return lead;
}

// The act of a decree's own text stands in its heading: before any running sentence, or in "RESOLUTION OF THE PRESIDENT ... No."; else
// below the points, beside date and place.
void Scene::find_own_act() {
  if (!clauses_.empty() && out_.mentions.empty()) return;
  bool has_heading = false, has_prose = false;
  for (const Clause& clause : clauses_) {
    if (clause.sentence >= kOwnActWithin || clause.is_item || clause.lead != kNoMention) break;
    const PhraseMatch* opener = cue_in(clause, "cue_act_heading", clause.first, std::min(clause.last, clause.first + kHeadWithin));
    if (opener != nullptr && reading_.token(opener->first).is_upper && !has_heading) {
      has_heading = true;
      own_heading_ = clause.sentence;
    }
    const Thing* found = has_prose && opener == nullptr ? nullptr : act_of_heading(clause, opener != nullptr, has_heading);
    has_prose = has_prose || is_prose(walk(clause), clause);
    if (found != nullptr) {
      own_act_ = *found;
      own_heading_ = clause.sentence;
      return;
    }
  }
  if (has_heading) find_act_below();
}

// `is_headed`: a line above says that this is the text of an act.
const Thing* Scene::act_of_heading(const Clause& clause, bool opens, bool is_headed) const {
  for (const Thing& thing : clause.things) {
    if (thing.root != Root::act || property(thing.mention, "number").empty()) continue;
    const bool is_line = thing.last + 2 >= clause.last && !goes_on(walk(clause), thing.last);
    const Walk words = walk(clause);
    const bool has_label = thing.first > clause.first && words.is_word(clause.first) && !has_cue("act_nouns", clause.first);  // "Microloans UP-5785" of a page
    const bool heads = !has_label && thing.first <= clause.first + 1 && (clause.zone == Zone::heading || is_line);
    const bool is_dated_line = is_headed && is_line && clause.last - clause.first <= kShortLine && is_alone(clause, thing);
    if (heads || opens || is_dated_line || is_top_line(clause, thing) || has_cue("cue_own_act", clause.first) || has_cue("cue_own_act", clause.first + 1)) return &thing;
  }
  return nullptr;
}

// "от 20.12.2021 г. № УП-36" at the top of a text, "Vazirlar Mahkamasining 20.04.2022 y. 201-son “…”gi qarori": who, when and the number, in a
// line of its own. In a list of acts the next line is such a one too.
bool Scene::is_top_line(const Clause& clause, const Thing& act) const {
  const auto is_such = [&](const Clause& line, const Thing& thing) {
    return thing.root == Root::act && end_of(line, thing) + kLineTail >= line.last && thing.first <= line.first + kShortLine && is_alone(line, thing);
  };
  if (clause.sentence >= kTopWithin || !is_such(clause, act) || property(act.mention, "date").empty()) return false;
  const std::uint32_t next = clause.sentence + 1;
  return next < clauses_.size() && std::ranges::none_of(clauses_[next].things, [&](const Thing& thing) { return is_such(clauses_[next], thing); });
}

// What no line that heads a text needs a word for: who, where, when, and the words between.
bool Scene::is_of_head(const Clause& clause, std::uint32_t at) const {
  const auto holds = [&](const auto& one) { return one.first <= at && at < one.last; };
  const bool is_name = std::ranges::any_of(clause.things, [&](const Thing& thing) { return has(Root::place | Root::organization, thing.root) && holds(thing); });
  return is_name || std::ranges::any_of(clause.dates, holds) || has_cue("prepositions", at) || has_cue("role_before", at) || has_cue("year_words", at);
}

// Nothing but a place and signs in front of it: "Toshkent shahri, 2024-yil 14-avgust, 512-son".
bool Scene::is_alone(const Clause& clause, const Thing& act) const {
  const Walk words = walk(clause);
  for (std::uint32_t i = clause.first; i < act.first; ++i) {
    if (words.is_lower(i) && words.text(i).size() > 2 && !is_of_head(clause, i)) return false;
  }
  return true;
}

// "Tashkent, 5 April 2024, No. PF-66"
void Scene::find_act_below() {
  bool has_points = false;
  for (const Clause& clause : clauses_) {
    has_points = has_points || clause.is_item;
    if (!has_points || clause.is_item || clause.lead != kNoMention || clause.last - clause.first > kShortLine) continue;
    for (const Thing& thing : clause.things) {
      if (thing.root != Root::act || property(thing.mention, "number").empty() || thing.last + 2 < clause.last) continue;
      if (!is_alone(clause, thing)) continue;
      own_act_ = thing;
      return;
    }
  }
}

const Thing* Scene::section_act(const Clause& clause) const {
  if (clause.heading == kNoMention) return nullptr;
  for (const Thing& thing : clauses_[clause.heading].things) {
    if (thing.root == Root::act && !thing.is_inner) return &thing;
  }
  return nullptr;
}

std::uint32_t Scene::end_of(const Clause& clause, const Thing& thing) const {
  if (thing.root != Root::act) return thing.last;
  const ExtractedMention& act = mention(thing.mention);
  for (const ExtractedProperty& property : act.properties) {
    if (property.name != "title" || property.span.start < act.span.end || property.span.start > act.span.end + kTitleBehind) continue;
    std::uint32_t end = reading_.view().token_at(property.span.end);
    if (end < clause.last && walk(clause).is_close_quote(end)) ++end;
    return std::clamp(end, thing.last, clause.last);
  }
  return thing.last;
}

// Up to the word that enacts, or to the first point. The points are not led by it, and what it speaks of is not their topic.
// "В целях … и во исполнение …:", "… maqsadida:", where the verb that orders is left out.
bool Scene::leads_orders(const Clause& clause) const {
  const Walk words = walk(clause);
  if (clause.first + kShortLine > clause.last || !words.is_sign(clause.last - 1, U':')) return false;
  return reading_.match_at("preamble_openers", clause.first) != nullptr || reading_.match_over("preamble_closers", words.before(clause.last - 1)) != nullptr;
}

void Scene::find_preamble() {
  if (own_act() == nullptr) return;
  const std::uint32_t from = own_heading_ + 1;
  const auto most = std::min<std::uint32_t>(from + kPreambleWithin, static_cast<std::uint32_t>(clauses_.size()));
  std::uint32_t end = from;
  for (std::uint32_t i = from; i < most && end == from; ++i) {
    if (clauses_[i].is_item) end = i;
    else if (cue_in(clauses_[i], "act_enacts", clauses_[i].first, clauses_[i].last) != nullptr || leads_orders(clauses_[i])) end = i + 1;
    if (clauses_[i].is_item) break;
  }
  for (std::uint32_t i = from; i < end; ++i) {
    const Clause& clause = clauses_[i];
    const bool is_title = clause.zone == Zone::heading || reading_.match_at("act_title_openers", clause.first) != nullptr;
    clauses_[i].is_preamble = !is_title || cue_in(clause, "act_enacts", clause.first, clause.last) != nullptr;
  }
  for (Clause& clause : clauses_) {
    if (clause.lead != kNoMention && clauses_[clause.lead].is_preamble) clause.lead = kNoMention;
  }
}

}  // namespace policygraph::inline v0::detail::extract
