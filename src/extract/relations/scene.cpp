#include "extract/relations/scene.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "extract/relations/marks.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/post_guards.hpp"
#include "extract/relations/stance.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLongName = 24;  // tokens that a joint of two listed names may hold with what stands in brackets
constexpr std::size_t kLongList = 64;   // members of a list
constexpr std::size_t kThingsOfClause = 6;  // or so, where there are any
constexpr std::uint32_t kLongest = 60;  // tokens of a name, more or less
constexpr std::uint32_t kLongLabel = 4;    // tokens of a label in a line of its own
constexpr std::uint32_t kLongHeading = 6;  // tokens; a longer one is a headline

constexpr std::array<std::pair<std::string_view, Root>, 10> kRoots{{
    {"LegalAct", Root::act}, {"Organization", Root::organization}, {"Programme", Root::programme}, {"Funding", Root::funding},
    {"Indicator", Root::indicator}, {"Agreement", Root::agreement}, {"Event", Root::event}, {"Person", Root::person},
    {"Place", Root::place}, {"Statement", Root::statement},
}};

// The two cells of a row that says something of one thing: "Budget" and what it is.
bool is_beside(const Block& label, const Block& cell) {
  return cell.table != 0 && label.table == cell.table && label.row == cell.row && label.column == 0 && cell.column == 1;
}

bool is_read(Zone zone) { return zone != Zone::furniture && zone != Zone::keywords; }

}  // namespace

Scene::Scene(const Reading& reading, Extraction& out) : reading_(reading), out_(out) {
  place_sentences();
  place_mentions();
  for (Clause& clause : clauses_) {
    mark_inner(clause);
    rule_out_things(*this, clause);
    mark_adjuncts(clause);
    if (clause.grammar != nullptr) mark_roles(clause);
  }
  find_sections();
  find_quotations();
  find_own_act();
  find_preamble();
  find_page_work();
  for (Clause& clause : clauses_) clause.stances = read_stances(*this, clause);
}

Root Scene::root_of(const std::string& label) {
  const auto known = std::ranges::find(roots_, label, &std::pair<std::string, Root>::first);
  if (known != roots_.end()) return known->second;
  const Schema& schema = reading_.schema();
  std::string_view root = label;
  for (const auto* rule = schema.label(label); rule != nullptr && !rule->parent.empty(); rule = schema.label(rule->parent)) root = rule->parent;
  const auto found = std::ranges::find(kRoots, root, &std::pair<std::string_view, Root>::first);
  return roots_.emplace_back(label, found == kRoots.end() ? Root::none : found->second).second;
}

// A list item is led by the last sentence before its list; that one usually ends with a colon.
void Scene::place_sentences() {
  const DocumentView& view = reading_.view();
  std::uint32_t last_lead = kNoMention;
  bool has_points = false;
  clauses_.reserve(view.sentences().size());
  std::size_t stretch = 0;
  for (std::uint32_t i = 0; i < view.sentences().size(); ++i) {
    const Sentence& sentence = view.sentences()[i];
    Clause clause;
    clause.sentence = i;
    clause.first = sentence.first;
    clause.last = sentence.last;
    while (reading_.stretches()[stretch].last <= sentence.first) ++stretch;
    clause.all = &reading_.categories(stretch);
    clause.zone = view.zone(sentence);
    clause.grammar = reading_.grammar(view.language(sentence));
    const Block* block = view.document().block_at(sentence.span.start);
    clause.block = block;
    clause.is_item = clause.zone == Zone::list_item || (block != nullptr && !block->marker.empty());
    // "Бюджет" in a cell of its own leads what stands beside it.
    const bool is_labelled = i > 0 && !clauses_.empty() && clauses_.back().last - clauses_.back().first <= kLongLabel && has_cue("page_labels", clauses_.back().first);
    const bool is_cell = i > 0 && clause.block != nullptr && clauses_.back().block != nullptr && is_beside(*clauses_.back().block, *clause.block);
    if (is_labelled || is_cell) clause.lead = i - 1;
    const char32_t end = clause.first < clause.last ? Walk(reading_, sentence).sign(clause.last - 1) : 0;
    const std::uint32_t lead = lead_of(clause, last_lead);
    if (lead != kNoMention) clause.lead = lead;
    // "1. Financing. ... from four sources:" leads the deeper items below it, though it is an item itself.
    has_points = has_points || clause.is_item;
    if (end == U':' || (has_points && heads_list(clause))) last_lead = i;
    else if (!clause.is_item && lead == kNoMention) last_lead = kNoMention;
    for (std::uint32_t at = clause.first; at < clause.last; ++at) {
      clause.categories |= reading_.starting(at);
      if (reading_.sign(at) == U';') clause.breaks.push_back(at);
    }
    clause.is_question = asks(reading_, clause);
    clauses_.push_back(std::move(clause));
  }
}

void Scene::place_mentions() {
  const DocumentView& view = reading_.view();
  for (MentionIndex i = 0; i < out_.mentions.size(); ++i) {
    const ExtractedMention& mention = out_.mentions[i];
    const Sentence* sentence = view.sentence_at(mention.span.start);
    if (sentence == nullptr) continue;
    Clause& clause = clauses_[static_cast<std::size_t>(sentence - view.sentences().data())];
    std::uint32_t first = view.token_at(mention.span.start);
    std::uint32_t last = std::min(view.token_at(mention.span.end), clause.last);
    if (first > 0 && view.tokens()[first - 1].span.end > mention.span.start) --first;
    if (first >= last) continue;
    if (clause.things.capacity() == 0) clause.things.reserve(kThingsOfClause);
    if (const Root root = root_of(mention.label); root != Root::none) clause.things.push_back({i, root, first, last, false});
    else if (mention.literal == "money") clause.money.push_back({i, first, last});
    else if (mention.literal == "quantity") clause.quantities.push_back({i, first, last});
    else if (mention.literal == "date") clause.dates.push_back({i, first, last});
    else if (mention.literal == "position") clause.positions.push_back({i, first, last});
  }
}

// Things come by start, longer first, so the widest so far tells. Statements and agreements describe; what they hold is not part
// of a name. Of an event's words a programme and a person are things of their own too.
void Scene::mark_inner(Clause& clause) const {
  std::uint32_t reach = 0, from = 0;
  Root holder = Root::none;
  for (Thing& thing : clause.things) {
    if (has(Root::statement | Root::agreement, thing.root)) continue;
    const bool is_twin = thing.first == from && thing.last == reach;
    const bool stands_out = holder == Root::event && has(Root::programme | Root::person, thing.root);
    thing.is_inner = thing.last <= reach && !is_twin && !stands_out;
    if (thing.last <= reach) continue;
    reach = thing.last;
    from = thing.first;
    holder = thing.root;
  }
}

bool Scene::is_in_programme(const Clause& clause, const Thing& place) const {
  return std::ranges::any_of(clause.things, [&](const Thing& thing) {
    return thing.root == Root::programme && thing.first <= place.first && place.last <= thing.last;
  });
}

// A short heading or a lead with one place sets what its section is about.
void Scene::find_sections() {
  std::uint32_t section = kNoMention, heading = kNoMention;
  for (Clause& clause : clauses_) {
    if (clause.zone == Zone::heading) heading = clause.sentence;
    clause.heading = heading;
    const bool is_lead = clause.first < clause.last && walk(clause).sign(clause.last - 1) == U':' && !clause.is_item;
    const auto places = std::ranges::count_if(clause.things, [&](const Thing& thing) {
      const bool is_subject = !thing.is_adjunct && (!thing.is_inner || is_in_programme(clause, thing));
      return thing.root == Root::place && (is_subject || (is_lead && property(thing.mention, "kind") == "country"));
    });
    const bool has_place = places == 1 && (is_lead || clause.last - clause.first <= kLongHeading);
    if (clause.zone == Zone::heading) section = has_place ? clause.sentence : kNoMention;
    else if (is_lead && has_place) section = clause.sentence;
    clause.section = section;
  }
}

bool Scene::is_under_targets(const Clause& clause) const {
  if (clause.heading == kNoMention) return false;
  const Clause& heading = clauses_[clause.heading];
  return cue_in(heading, "target_leads", heading.first, heading.last) != nullptr;
}

const Thing* Scene::section_place(const Clause& clause) const {
  if (clause.section == kNoMention) return nullptr;
  const Thing* found = nullptr;
  for (const Thing& thing : clauses_[clause.section].things) {
    if (thing.root == Root::place) found = &thing;
  }
  return found;
}

// What is quoted as a name is no quotation, whatever else was made of it.
void Scene::find_quotations() {
  const auto is_statement = [&](const ExtractedMention& mention) { return root_of(mention.label) == Root::statement; };
  if (std::ranges::none_of(out_.mentions, is_statement)) return;
  std::set<Span> names;
  for (const ExtractedMention& mention : out_.mentions) {
    if (has(Root::programme | Root::event | Root::organization | Root::act, root_of(mention.label))) names.insert(mention.span);
  }
  for (const ExtractedMention& mention : out_.mentions) {
    if (is_statement(mention) && !names.contains(mention.span)) quotations_.push_back(mention.span);
  }
  std::ranges::sort(quotations_);
}

bool Scene::is_in_quotation(std::uint32_t token) const noexcept {
  const std::uint32_t at = reading_.token(token).span.start;
  const auto after = std::ranges::upper_bound(quotations_, at, {}, &Span::start);
  return after != quotations_.begin() && (after - 1)->contains(at);
}

const Clause& Scene::clause_of(const Thing& thing) const noexcept {
  const DocumentView& view = reading_.view();
  const Sentence* sentence = view.sentence_at(mention(thing.mention).span.start);
  return clauses_[static_cast<std::size_t>(sentence - view.sentences().data())];
}

std::string Scene::property(MentionIndex index, std::string_view name) const {
  for (const MentionIndex at : {index, head(index)}) {
    for (const ExtractedProperty& property : out_.mentions[at].properties) {
      if (property.name == name && property.value.kind() == ValueKind::string) return property.value.as_string();
    }
  }
  return {};
}

std::vector<const PhraseMatch*> Scene::found_cues(const Clause& clause, CategoryName category) const {
  std::vector<const PhraseMatch*> out;
  if (!is_read(clause.zone) || clause.zone == Zone::reference) return out;
  for (const PhraseMatch& match : reading_.matches_in(category, clause.first, clause.last)) {
    if (!is_quoted(match.first)) out.push_back(&match);
  }
  return out;
}

const PhraseMatch* Scene::cue_in(const Clause&, CategoryName category, std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return nullptr;
  const auto found = reading_.matches_in(category, first, last);
  return found.empty() ? nullptr : &found.front();
}

std::uint32_t Scene::word_before(const Clause& clause, std::uint32_t at, CategoryName category) const {
  const Walk words = walk(clause);
  std::uint32_t i = words.before(at);
  for (int steps = 0; steps < 3 && words.has(i); ++steps, i = words.before(i)) {
    if (has_cue(category, i)) return i;
    if (!has_cue("determiners", i) && !words.is_open_quote(i)) return Walk::kNone;
  }
  return Walk::kNone;
}

bool Scene::is_after_preposition(const Clause& clause, std::uint32_t at) const {
  const Walk words = walk(clause);
  const auto in_thing = [&](std::uint32_t i) {
    for (const Thing& thing : from(clause, i)) {
      if (thing.first > i) return false;
      if (!has(Root::statement | Root::agreement | Root::event, thing.root) && i < thing.last && thing.last <= at) return true;
    }
    return false;
  };
  std::uint32_t i = words.before(at);
  bool has_article = false;
  for (int steps = 0; steps < 4 && words.has(i); ++steps, i = words.before(i)) {
    if (has_cue("prepositions", i)) return words.folded(i) != "as" || words.folded(words.before(i)) != "such";
    if (words.is_open_quote(i)) continue;
    if (words.sign(i) != 0 && !words.is_dash(i)) return false;
    if (has_article || has_cue("finite_verbs", i) || has_cue("pronouns", i) || in_thing(i)) return false;
    has_article = has_cue("articles", i);
  }
  return false;
}

bool Scene::is_broken(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
  const auto found = std::ranges::lower_bound(clause.breaks, first);
  return found != clause.breaks.end() && *found < last;
}

std::span<const Thing> Scene::from(const Clause& clause, std::uint32_t from) {
  const std::uint32_t start = from > kLongest ? from - kLongest : 0;
  const auto found = std::ranges::lower_bound(clause.things, start, {}, &Thing::first);
  return {found, clause.things.end()};
}

const Thing* Scene::before(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach) const {
  const Thing* best = nullptr;
  for (const Thing& thing : from(clause, at > reach ? at - reach : 0)) {
    if (thing.first >= at) break;
    if (thing.is_inner || !has(roots, thing.root) || thing.last > at || thing.last + reach < at) continue;
    best = &thing;
  }
  return best != nullptr && !is_broken(clause, best->last, at) ? best : nullptr;
}

const Thing* Scene::after(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach) const {
  for (const Thing& thing : from(clause, at)) {
    if (thing.first > at + reach) return nullptr;
    if (thing.is_ruled_out && thing.first >= at) at = thing.last;  // "not A but B"
    if (thing.is_inner || !has(roots, thing.root) || thing.first < at) continue;
    return thing.first <= at + reach && !is_broken(clause, at, thing.first) ? &thing : nullptr;
  }
  return nullptr;
}

// Only what joins the members of a list stands between: commas, "and", articles, brackets with what they hold.
bool Scene::joins(const Clause& clause, std::uint32_t first, std::uint32_t last, bool is_of_acts) const {
  const Walk words = walk(clause);
  if (first > last || last - first > kLongName) return false;
  bool is_bracketed = false, has_joint = false;
  for (std::uint32_t i = first; i < last; ++i) {
    if (words.is_sign(i, U'(')) is_bracketed = true;
    else if (words.is_sign(i, U')')) is_bracketed = false;
    else if (is_bracketed || words.is_open_quote(i) || words.is_close_quote(i) || words.sign(i) == U'"') continue;
    else if (words.is_sign(i, U',') || words.is_sign(i, U'&') || has_cue("list_joints", i)) has_joint = true;
    else if (is_of_acts && joins_acts(words, i)) has_joint = has_joint || words.is_sign(i, U';');
    else if (!has_cue("determiners", i) && !has_cue("company_words", i) && reading_.token(i).kind != TokenKind::line_break) return false;
  }
  return has_joint;
}

// "No. 5; b) paragraphs 2 and 3 of No. 7": semicolons, markers and provisions stand between acts.
bool Scene::joins_acts(const Walk& words, std::uint32_t i) const {
  if (words.is_sign(i, U';') || words.is_sign(i, U')') || words.is_number(i) || words.is_dash(i) || words.is_sign(i, U'\u2116')) return true;
  return has_cue("provision_words", i) || has_cue("provision_joints", i) || has_cue("act_nouns", i) || has_cue("act_title_endings", i) || (words.is_word(i) && words.is_sign(i + 1, U')'));
}

Things Scene::list_before(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach) const {
  const Thing* last = before(clause, at, roots, reach);
  if (last == nullptr) return {};
  Things out{last};
  for (const Thing* thing = last; thing-- != clause.things.data() && out.size() < kLongList;) {
    if (thing->is_inner || !has(roots, thing->root)) continue;
    if (!joins(clause, end_of(clause, *thing), out.back()->first, roots == Root::act) || (roots != Root::act && thing->is_adjunct && !out.back()->is_adjunct)) break;
    out.push_back(thing);
  }
  std::ranges::reverse(out);
  return out;
}

Things Scene::list_after(const Clause& clause, std::uint32_t at, Root roots, std::uint32_t reach) const {
  const Thing* first = after(clause, at, roots, reach);
  if (first == nullptr) return {};
  Things out{first};
  const Thing* end = clause.things.data() + clause.things.size();
  for (const Thing* thing = first + 1; thing != end && out.size() < kLongList; ++thing) {
    if (thing->is_inner || !has(roots, thing->root)) continue;
    if (!joins(clause, end_of(clause, *out.back()), thing->first, roots == Root::act)) break;
    out.push_back(thing);
  }
  return out;
}

const Thing* Scene::subject(const Clause& clause, std::uint32_t at, Root roots) const {
  for (const Thing& thing : clause.things) {
    if (thing.first >= at) break;
    if (thing.is_inner || !has(roots, thing.root) || is_quoted(thing.first)) continue;
    if (!thing.is_adjunct) return &thing;
  }
  return nullptr;
}

const Thing* Scene::topic(const Clause& clause, Root roots, int sentences, bool same_block) const {
  const Thing* adjunct = nullptr;
  for (std::uint32_t i = clause.sentence; i-- > 0 && sentences > 0; --sentences) {
    const Clause& earlier = clauses_[i];
    if (!is_read(earlier.zone) || earlier.zone == Zone::reference || (same_block && earlier.block != clause.block) || earlier.is_preamble) break;
    for (const Thing& thing : earlier.things) {
      if (thing.is_inner || !has(roots, thing.root) || is_quoted(thing.first)) continue;
      if (!thing.is_adjunct) return &thing;
      if (adjunct == nullptr && has(Root::programme | Root::act, thing.root)) adjunct = &thing;
    }
    if (earlier.zone == Zone::heading || (adjunct != nullptr && roots == Root::act)) break;  // the act named last
  }
  return adjunct;
}

bool Scene::has_edge(std::string_view type, MentionIndex from, MentionIndex to) const {
  return thing_edges_.has(type, head(from), head(to));
}

ExtractedRelation* Scene::add(const Clause& clause, const Edge& edge) {
  if (head(edge.from) == head(edge.to)) return nullptr;
  if (edge.type == "HOLDS_POSITION" && is_unappointed(*this, clause, edge.first, edge.last)) return nullptr;
  Span span = reading_.span(edge.first, edge.last);
  const Span sentence = reading_.span(clause.first, clause.last);
  for (const MentionIndex end : {edge.from, edge.to}) {
    if (sentence.contains(out_.mentions[end].span)) span = cover(span, out_.mentions[end].span);
  }
  if (!edges_.add(edge.type, edge.from, edge.to)) return nullptr;
  thing_edges_.add(edge.type, head(edge.from), head(edge.to));
  ExtractedRelation relation;
  relation.type = edge.type;
  relation.from = edge.from;
  relation.to = edge.to;
  relation.span = with_both_marks(reading_, span, sentence);
  relation.modality = as_stated(clause, edge.type, edge.first, edge.modality);
  relation.confidence = edge.confidence;
  relation.extractor = edge.by;
  out_.relations.push_back(std::move(relation));
  return &out_.relations.back();
}

void Scene::add(const Clause& clause, std::string_view type, const Things& from, const Things& to, const PhraseMatch& cue,
                std::string_view by, float confidence) {
  for (const Thing* a : from) {
    for (const Thing* b : to) add(clause, {type, a->mention, b->mention, cue.first, cue.last, Modality::unknown, confidence, by});
  }
}

}  // namespace policygraph::inline v0::detail::extract
