#include <algorithm>
#include <map>
#include <string>

#include "extract/relations/post_guards.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// A person's post: the literal "position" holds the name, the title and, where it is named, the body or country it is of.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kLeastTopic = 5;    // bytes
constexpr std::uint32_t kTopicWords = 6;  // in front of a post that say of what
constexpr std::size_t kMostBodies = 400;  // that a title is compared with
constexpr std::uint32_t kFormer = 3;      // tokens in front of a post in which "former" stands

class Positions {
 public:
  explicit Positions(Scene& scene) : scene_(scene) {}

  void run() {
    index();
    for (const Clause& clause : scene_.clauses()) {
      for (const Literal& literal : clause.positions) read(clause, literal);
    }
  }

 private:
  void read(const Clause& clause, const Literal& literal) {
    const ExtractedMention& position = scene_.mention(literal.mention);
    if (position.value.kind() != ValueKind::string) return;
    const Thing* person = within(clause, literal, Root::person);
    if (person == nullptr) return;
    const Thing* owner = within(clause, literal, Root::organization);
    const bool is_office = owner != nullptr && scene_.reading().match_at("position_titles", owner->first) != nullptr;
    if (const Thing* place = owner == nullptr || is_office ? within(clause, literal, Root::place) : nullptr) owner = place;
    const bool is_apposed = clause.grammar != nullptr && scene_.walk(clause).is_dash(scene_.walk(clause).at(person->last));  // "председателем назначен A – директор X"
    if (person->first < literal.first + 1 && !is_apposed && has_title_in_front(clause, literal, *person)) return;
    if (const Thing* ministry = ministry_of(position.value.as_string())) owner = ministry;
    if (owner == nullptr && clause.grammar != nullptr) owner = body_of_topic(literal, *person);
    if (owner == nullptr) owner = country_of_people(clause, literal, *person);
    if (owner == nullptr && scene_.cue_in(clause, "demonyms", literal.first, person->first) != nullptr) return;  // of a state that the text does not name
    float confidence = owner != nullptr ? 0.9F : 0.55F;
    if (owner == nullptr) owner = scene_.spoken_for(clause);
    if (owner == nullptr && clause.grammar == nullptr) owner = beside(clause, literal);
    if (owner == nullptr && position.value.as_string().ends_with("Minister")) owner = ministry_before(clause, literal);
    if (owner == nullptr && has_origin_behind(scene_, clause, person->last)) return;  // "Prime Minister A of X"
    if (owner == nullptr && position.value.as_string().find("Minister of") != std::string::npos) owner = only_country();
    if (owner == nullptr && is_head_of_state(position.value.as_string()) && !has_other_head(clause, literal)) owner = home(clause);
    if (owner == nullptr) return;
    const bool has_ended = is_over(clause, literal);
    const Modality modality = has_ended ? Modality::completed : Modality::unknown;
    ExtractedRelation* added =
        scene_.add(clause, {"HOLDS_POSITION", person->mention, owner->mention, literal.first, literal.last, modality, confidence, "holds-position/1"});
    if (added == nullptr) return;
    added->properties.push_back({"title", position.value, position.span, {}, confidence});
    put_time(clause, literal, has_ended, *added);
  }

  // The verb of an appointment or a dismissal: within the words of the post, or behind them where verbs come last.
  bool is_told_by(const Clause& clause, const Literal& literal, CategoryName verbs) const {
    const bool is_last = clause.grammar != nullptr && clause.grammar->is_head_last;
    return scene_.cue_in(clause, verbs, literal.first, is_last ? std::min(clause.last, literal.last + kFormer) : literal.last) != nullptr;
  }

  // "former Minister", "экс-министр", "sobiq vazir", "no longer director", "was dismissed as"
  bool is_over(const Clause& clause, const Literal& literal) const {
    const std::uint32_t from = literal.first > clause.first + kFormer ? literal.first - kFormer : clause.first;
    for (const PhraseMatch& word : scene_.reading().matches_in("former_words", from, literal.last)) {
      const Walk words = scene_.walk(clause);
      std::uint32_t next = words.at(word.last);
      if (words.is_dash(next)) next = words.next(next);
      const bool is_far = std::ranges::any_of(clause.things, [&](const Thing& thing) { return thing.root == Root::person && word.last <= thing.first && thing.last <= literal.first; });
      if (!is_far && (next >= literal.first || word.first >= literal.first)) return true;
    }
    return is_told_by(clause, literal, "dismissals");
  }

  // The one day that the sentence names is that of the appointment, or of the dismissal.
  void put_time(const Clause& clause, const Literal& literal, bool has_ended, ExtractedRelation& relation) const {
    if (clause.dates.size() != 1 || !(is_told_by(clause, literal, "appointments") || is_told_by(clause, literal, "dismissals"))) return;
    const Value& day = scene_.mention(clause.dates.front().mention).value;
    if (day.kind() != ValueKind::partial_date || day.as_partial_date().is_interval()) return;
    (has_ended ? relation.valid_to : relation.valid_from) = day.as_partial_date();
  }

  // "Minister of X A. B, Director of Y C. D": what stands behind B is C's title.
  bool has_title_in_front(const Clause& clause, const Literal& literal, const Thing& person) const {
    return std::ranges::any_of(clause.positions, [&](const Literal& other) { return other.first < literal.first && other.last == person.last; });
  }

  // The part of a ministry's or a minister's name that says of what, folded: "Minister of Trade of X" and "Ministry of Trade" meet.
  static std::string portfolio(std::string_view name, std::string_view head) {
    std::string out;
    for (const char c : name) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    const std::size_t at = out.find(head);
    if (at == std::string::npos) return {};
    out.erase(0, at + head.size());
    if (const std::size_t end = out.find(" of "); end != std::string::npos) out.resize(end);
    return out;
  }

  void index() {
    for (const Clause& clause : scene_.clauses()) {
      for (const Thing& thing : clause.things) {
        if (thing.root == Root::organization) {
          const std::string of = portfolio(scene_.property(thing.mention, "name"), "ministry of ");
          if (!of.empty()) ministries_.try_emplace(of, &thing);
          if (clause.grammar != nullptr && bodies_.size() < kMostBodies) bodies_.emplace_back(folded_name(thing), &thing);
        }
        if (thing.root != Root::place || scene_.property(thing.mention, "kind") != "country") continue;
        const std::string code = scene_.property(thing.mention, "code");
        countries_.try_emplace(code, &thing);
        ++told_[code];
      }
    }
  }

  std::string folded_name(const Thing& thing) const {
    std::string out;
    for (std::uint32_t i = thing.first; i < thing.last; ++i) {
      if (scene_.reading().token(i).kind == TokenKind::word) out += (out.empty() ? "" : " ") + std::string(scene_.reading().folded(i));
    }
    return out;
  }

  // The ministry of a minister, where the text names it.
  const Thing* ministry_of(std::string_view title) const {
    const auto found = ministries_.find(portfolio(title, "minister of "));
    return found == ministries_.end() ? nullptr : found->second;
  }

  // "министр цифровых технологий" and "Министерство цифровых технологий": the body named by the words beside the title.
  const Thing* body_of_topic(const Literal& literal, const Thing& person) const {
    const Reading& reading = scene_.reading();
    std::string topic;
    const bool is_behind = person.first == literal.first;  // "A назначен министром цифровых технологий"
    const std::uint32_t last = is_behind ? literal.last : std::min(literal.last, person.first);
    for (std::uint32_t i = is_behind ? person.last : literal.first; i < last; ++i) {
      if (reading.match_over("appointments", i) != nullptr || reading.match_over("dismissals", i) != nullptr) continue;
      if (reading.token(i).kind != TokenKind::word || reading.match_over("position_titles", i) != nullptr) continue;
      topic += (topic.empty() ? "" : " ") + std::string(reading.folded(i));
    }
    if (topic.size() < kLeastTopic) return is_behind ? nullptr : body_of_words_before(literal);
    const auto found = std::ranges::find_if(bodies_, [&](const auto& body) { return body.first.find(topic) != std::string::npos; });
    return found == bodies_.end() ? nullptr : found->second;
  }

  // "sog‘liqni saqlash vaziri A", where the words are small: the longest of them that a body's name holds.
  const Thing* body_of_words_before(const Literal& literal) const {
    const Reading& reading = scene_.reading();
    const Thing* best = nullptr;
    std::string topic;
    for (std::uint32_t at = literal.first; at > 0 && literal.first - at < kTopicWords; --at) {
      const Token& word = reading.token(at - 1);
      if (word.kind != TokenKind::word || word.is_capitalised || reading.match_over("list_joints", at - 1) != nullptr) break;
      if (reading.match_over("position_titles", at - 1) != nullptr) continue;
      topic = topic.empty() ? std::string(reading.folded(at - 1)) : std::string(reading.folded(at - 1)) + " " + topic;
      if (topic.size() < kLeastTopic) continue;
      const auto found = std::ranges::find_if(bodies_, [&](const auto& body) { return body.first.starts_with(topic + " "); });
      if (found != bodies_.end()) best = found->second;
    }
    return best;
  }

  // "attended by the Minister of X A, First Deputy Minister B"
  const Thing* ministry_before(const Clause& clause, const Literal& literal) const {
    const Thing* found = nullptr;
    for (const Literal& other : clause.positions) {
      if (other.first >= literal.first) break;
      const Value& title = scene_.mention(other.mention).value;
      if (title.kind() == ValueKind::string) found = ministry_of(title.as_string());
    }
    return found;
  }

  // "the Uzbek President", where the text names Uzbekistan too.
  const Thing* country_of_people(const Clause& clause, const Literal& literal, const Thing& person) const {
    const PhraseMatch* people = scene_.cue_in(clause, "demonyms", literal.first, person.first);
    const auto found = people == nullptr ? countries_.end() : countries_.find(scene_.reading().entry(*people).id);
    return found == countries_.end() ? nullptr : found->second;
  }

  // Two heads of state in one sentence: neither is of the country that the text is about for certain.
  bool has_other_head(const Clause& clause, const Literal& literal) const {
    return std::ranges::any_of(clause.positions, [&](const Literal& other) {
      const Value& title = scene_.mention(other.mention).value;
      return other.mention != literal.mention && title.kind() == ValueKind::string && is_head_of_state(title.as_string()) &&
             within(clause, other, Root::organization) == nullptr;
    });
  }

  // The country that the text names twice as often as any other.
  const Thing* only_country() const {
    const Thing* best = nullptr;
    int most = 0, next = 0;
    for (const auto& [code, count] : told_) {
      if (count > most) {
        best = countries_.at(code);
        next = most;
        most = count;
      } else {
        next = std::max(next, count);
      }
    }
    return most >= 2 * next ? best : nullptr;
  }

  // The country spoken of before, else the one that the text names most.
  const Thing* home(const Clause& clause) const {
    if (const Thing* before = scene_.topic(clause, Root::place, 12); before != nullptr && scene_.property(before->mention, "kind") == "country") return before;
    const Thing* best = nullptr;
    int most = 0;
    for (const auto& [code, count] : told_) {
      if (count > most) best = countries_.at(code);
      most = std::max(most, count);
    }
    return best;
  }

  bool is_head_of_state(std::string_view title) const { return title == "President" || title == "Prime Minister"; }

  // The widest thing of that root in the literal's words.
  const Thing* within(const Clause& clause, const Literal& literal, Root root) const {
    const Thing* best = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.root != root || thing.first < literal.first || thing.last > literal.last) continue;
      if (best == nullptr || thing.last - thing.first > best->last - best->first) best = &thing;
    }
    return best;
  }

  // "Independent Researcher, Department of X, University of Y": the affiliation goes on behind.
  const Thing* beside(const Clause& clause, const Literal& literal) const {
    if (!scene_.walk(clause).is_sign(scene_.walk(clause).at(literal.last), U',')) return nullptr;
    const Things listed = scene_.list_after(clause, literal.last, Root::organization, 2);
    if (listed.empty()) return nullptr;
    const std::uint32_t next = scene_.walk(clause).at(listed.back()->last);  // "the Minister A, the Bank is ready": another subject
    return next >= clause.last || scene_.walk(clause).sign(next) != 0 ? listed.back() : nullptr;
  }

  Scene& scene_;
  std::vector<std::pair<std::string, const Thing*>> bodies_;  // by their folded names, where names have cases
  std::map<std::string, const Thing*> ministries_;  // by what they are of
  std::map<std::string, const Thing*> countries_;   // by code
  std::map<std::string, int> told_;                 // how often each is named
};

}  // namespace

void relate_positions(Scene& scene) { Positions(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
