#include <algorithm>

#include "extract/relations/act_verbs.hpp"
#include "extract/relations/denial.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// What acts do in languages that mark cases, and what an act's own text does in any: a verb or noun of a pack ("case_acts") says the relation, the roles of the things
// around it say which act does it to what. "Указом № 5 утверждена Программа X", "Признать утратившим силу постановление № 7".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReach = 14;      // tokens between a cue and what it is about
constexpr std::uint32_t kFar = 120;       // tokens between a cue and the act that does it
constexpr std::ptrdiff_t kNested = 4;     // titles that may hold one another
constexpr std::uint32_t kAttached = 3;    // tokens between an act and the participle that is said of it
constexpr std::uint32_t kActReach = 30;   // the same to an act, behind the words of its provisions
constexpr std::uint32_t kBeside = 4;      // tokens between a participle and the act that did it
constexpr int kParagraph = 4;              // sentences of one paragraph in which its act is named
constexpr std::uint32_t kLeadReach = 14;  // tokens from the end of a lead in which its verb stands

Root root_by_name(std::string_view name) {
  if (name == "act") return Root::act;
  return name == "programme" ? Root::programme : Root::organization;
}

class CasedActs {
 public:
  explicit CasedActs(Scene& scene) : scene_(scene) {}

  void run() {
    find_titles();
    for (const Clause& clause : scene_.clauses()) {
      if ((clause.grammar == nullptr && scene_.own_act() == nullptr) || clause.zone == Zone::reference || clause.zone == Zone::keywords) continue;
      cues_ = scene_.cues(clause, "case_acts");
      governed_.clear();
      bool has_told = false;
      for (const PhraseMatch* cue : cues_) has_told = read(clause, *cue) || has_told;
      if (!has_told && !read_below(clause, cues_)) read_item(clause);
      if (clause.is_preamble) preamble(clause);
      else if (clause.grammar != nullptr) grounds(clause);
    }
  }

 private:
  struct Title {
    Span span;
    const Thing* act;
  };

  void find_titles() {
    for (const Clause& clause : scene_.clauses()) {
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::act) continue;
        for (const ExtractedProperty& property : scene_.mention(thing.mention).properties) {
          if (property.name == "title") titles_.push_back({property.span, &thing});
        }
      }
    }
    std::ranges::sort(titles_, {}, [](const Title& title) { return title.span.start; });
  }

  const Thing* titled(const PhraseMatch& cue) const {
    const Span span = scene_.reading().span(cue);
    auto title = std::ranges::upper_bound(titles_, span.start, {}, [](const Title& one) { return one.span.start; });
    for (std::ptrdiff_t steps = 0; steps < kNested && title != titles_.begin(); ++steps) {
      if ((--title)->span.contains(span)) return title->act;
    }
    return nullptr;
  }

  std::string_view field(const PhraseMatch& cue, std::string_view name) const { return scene_.reading().entry(cue).field(name); }

  static bool is_verb_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

  static bool may_be_object(Root root, const Thing& thing) {
    if (thing.role == Role::none || thing.role == Role::object) return true;
    return root == Root::act && (thing.role == Role::place || thing.role == Role::source || thing.role == Role::recipient || thing.role == Role::owner);
  }

  // "Пункт 3 приложения № 2 к постановлению"
  static bool is_behind_provision(Root root, const Thing& thing) { return root == Root::act && thing.role == Role::about; }

  // "Approve: the programme X; the strategy Y"
  Things objects_listed(const Clause& clause, const PhraseMatch& cue, Root root) const {
    Things out;
    for (const Thing& thing : Scene::from(clause, cue.last)) {
      if (thing.first >= cue.last && !thing.is_inner && thing.root == root && may_be_object(root, thing) && !thing.is_adjunct) out.push_back(&thing);
    }
    return out;
  }

  // A verb that may stand on either side of what it is said of: the same words are in the pack twice.
  bool has_twin(const PhraseMatch& cue) const {
    return std::ranges::any_of(cues_, [&](const PhraseMatch* other) {
      return other != &cue && other->first == cue.first && field(*other, "side") != field(cue, "side") && field(*other, "to") == field(cue, "to");
    });
  }

  // "Указ № 7 признан утратившим силу": an act right in front, and no joint between.
  bool is_behind_act(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* act = scene_.before(clause, cue.first, Root::act, kActReach);
    const Thing* next = scene_.after(clause, cue.last, Root::act, 1);  // "Указ № 7 прекратил действие постановлений № 8"
    if (act != nullptr && next != nullptr && act->role == Role::none && next->role != Role::agent) return false;
    if (act == nullptr || !may_be_object(Root::act, *act) || contains(governed_, *act)) return false;
    const Walk words = scene_.walk(clause);
    const std::uint32_t before = words.before(cue.first);
    return before < scene_.end_of(clause, *act) || !(words.is_sign(before, U',') || scene_.has_cue("list_joints", before));
  }

  // "o‘z kuchini yo‘qotgan deb topilsin: A; B ning 3-bandi": all behind the colon, but for what brackets tell of them.
  Things acts_listed(const Clause& clause, const PhraseMatch& cue) const {
    const Walk words = scene_.walk(clause);
    Things out;
    int depth = 0;
    std::uint32_t at = cue.last;
    for (const Thing& thing : Scene::from(clause, cue.last)) {
      if (thing.first < cue.last || thing.is_inner || thing.root != Root::act) continue;
      for (; at < thing.first; ++at) depth += words.is_sign(at, U'(') ? 1 : words.is_sign(at, U')') ? -1 : 0;
      const bool may_be = may_be_object(Root::act, thing) || is_behind_provision(Root::act, thing);
      if (depth <= 0 && may_be && !is_ground(clause, thing) && !scene_.is_quoted(thing.first)) out.push_back(&thing);
    }
    return out;
  }

  // The nearest thing that the cue may be about, and what is joined to it.
  Things objects_of(const Clause& clause, const PhraseMatch& cue) const {
    const Root root = root_by_name(field(cue, "to"));
    if (root == Root::act && !is_verb_last(clause) && has_twin(cue) && is_behind_act(clause, cue) != (field(cue, "side") == "before")) return {};
    const bool is_passive = field(cue, "voice") == "passive";
    if (is_verb_last(clause) || field(cue, "side") == "before") {
      Things out = objects_before(clause, cue, root);
      if (out.empty() && root != Root::act && is_participle(cue)) {  // "tasdiqlangan «X» dasturi"
        const Thing* next = scene_.after(clause, cue.last, root, kAttached);
        if (next != nullptr) return {next};
      }
      const bool may_follow = out.empty() && root == Root::act && (leads_list(clause, cue) || (scene_.own_act() == nullptr && !is_verb_last(clause)));
      if (may_follow && leads_list(clause, cue)) return acts_listed(clause, cue);
      return may_follow ? objects_after(clause, cue, root) : out;
    }
    if (root != Root::act && leads_list(clause, cue)) return objects_listed(clause, cue, root);
    Things out = objects_after(clause, cue, root);
    const bool may_precede = is_passive || (root == Root::act && field(cue, "voice") == "order");  // "В постановлении № 5 заменить"
    if (!out.empty() || may_precede) return out.empty() ? objects_before(clause, cue, root) : out;
    return root == Root::act && field(cue, "voice") == "active" ? object_in_front(clause, cue) : out;
  }

  // "..., а постановление № 17 признаёт утратившим силу": right in front of the verb, behind the act that does it.
  Things object_in_front(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* act = scene_.before(clause, cue.first, Root::act, 1);
    const Thing* doer = act == nullptr || contains(governed_, *act) ? nullptr : scene_.before(clause, act->first, Root::act, kFar);
    return doer == nullptr || !may_be_object(Root::act, *act) ? Things{} : Things{act};
  }

  Things objects_after(const Clause& clause, const PhraseMatch& cue, Root root) const {
    for (const Thing& thing : Scene::from(clause, cue.last)) {
      if (thing.first > cue.last + (root == Root::act ? kActReach : kReach)) break;
      const bool may_be = may_be_object(root, thing) || (clause.grammar != nullptr && is_behind_provision(root, thing));
      if (thing.first < cue.last || thing.root != root || (thing.is_inner && root != Root::programme) || !may_be) continue;
      if (clause.grammar == nullptr && root == Root::organization && thing.is_adjunct) continue;  // "Establish a Centre under the Ministry"
      if (root == Root::act && (is_ground(clause, thing) || scene_.is_quoted(thing.first))) continue;
      if (scene_.is_broken(clause, cue.last, thing.first)) break;
      return thing.is_inner ? Things{&thing} : up_to_next_verb(clause, cue, scene_.list_after(clause, thing.first, root, 1));
    }
    return {};
  }

  // "внесены изменения в Указ № 9 и постановление № 8 отменено": what the next verb is said of is no longer this one's.
  Things up_to_next_verb(const Clause& clause, const PhraseMatch& cue, Things listed) const {
    for (std::size_t i = 1; i < listed.size(); ++i) {
      const std::uint32_t end = scene_.end_of(clause, *listed[i]);
      const auto stands_behind = [&](const PhraseMatch* other) { return other->first >= cue.last && other->first >= end && other->first <= end + 1 && field(*other, "voice") != "noun"; };
      if (std::ranges::none_of(cues_, stands_behind) || scene_.walk(clause).is_sign(end, U',')) continue;
      listed.resize(i);
      break;
    }
    return listed;
  }

  // "changes to some decisions in connection with the adoption of Decree No. 5": what it rests on is not what it changes.
  bool is_ground(const Clause& clause, const Thing& act) const {
    if (clause.grammar != nullptr) return act.role == Role::basis || act.role == Role::pursued;
    return scene_.word_before(clause, act.first, "cue_pursues") != Walk::kNone || scene_.word_before(clause, act.first, "cue_cites") != Walk::kNone;
  }

  // "постановления № 5, изменённого", "Указа № 7 (с изменениями": right in front of the cue, in whatever case it stands.
  bool is_attached(const Clause& clause, const PhraseMatch& cue, const Thing& act) const {
    const std::uint32_t end = scene_.end_of(clause, act);
    if (clause.grammar == nullptr || clause.grammar->is_head_last || end + kAttached < cue.first) return false;
    const Walk words = scene_.walk(clause);
    bool has_mark = false;
    for (std::uint32_t i = end; i < cue.first; ++i) {
      if (words.is_word(i)) return false;
      has_mark = has_mark || words.is_sign(i, U',') || words.is_sign(i, U'(');
    }
    return has_mark;
  }

  Things objects_before(const Clause& clause, const PhraseMatch& cue, Root root) const {
    const Thing* best = nullptr;
    for (const Thing& thing : Scene::from(clause, cue.first)) {
      if (thing.first >= cue.first) break;
      if (thing.last > cue.first || (root == Root::act && scene_.is_quoted(thing.first))) continue;
      if (root == Root::act && !thing.is_inner && thing.root == root && is_attached(clause, cue, thing)) return {&thing};
      const std::uint32_t reach = (root == Root::act ? kActReach : kReach) + ruled_out_between(clause, thing.last, cue.first);
      const bool may_be = may_be_object(root, thing) || is_behind_provision(root, thing);
      if (thing.is_inner || thing.root != root || !may_be || scene_.end_of(clause, thing) + reach < cue.first) continue;
      if (!scene_.is_broken(clause, thing.last, cue.first)) best = &thing;
    }
    if (best == nullptr) return {};
    Things out = scene_.list_before(clause, best->last, root, 1);
    std::erase_if(out, [&](const Thing* thing) { return thing != best && contains(governed_, *thing); });
    return out;
  }

  // "X A bilan emas, B bilan tashkil etilgan": the tokens of A.
  static std::uint32_t ruled_out_between(const Clause& clause, std::uint32_t first, std::uint32_t last) {
    std::uint32_t out = 0;
    for (const Thing& thing : Scene::from(clause, first)) {
      if (thing.is_ruled_out && thing.first >= first && thing.last <= last) out += thing.last - thing.first + kBeside;
    }
    return out;
  }

  bool is_participle(const PhraseMatch& cue) const {
    const std::string_view word = scene_.reading().folded(cue.last - 1);
    return word.ends_with("gan") || word.ends_with("ган");
  }

  bool leads_list(const Clause& clause, const PhraseMatch& cue) const { return scene_.walk(clause).is_sign(cue.last, U':'); }

  static bool contains(const Things& things, const Thing& thing) { return std::ranges::find(things, &thing) != things.end(); }

  // The act that does it: by its own title, by its role in the clause, else the act whose text this is.
  const Thing* doer(const Clause& clause, const PhraseMatch& cue, const Things& objects) const {
    const std::string_view voice = field(cue, "voice");
    if (voice == "noun") return titled(cue);
    const Thing* subject = nullptr;
    if (const Thing* agent = agent_near(clause, cue, objects)) return agent;
    for (const Thing& thing : Scene::from(clause, cue.first > kFar ? cue.first - kFar : 0)) {
      if (thing.first > cue.last + kFar) break;
      if (thing.is_inner || thing.root != Root::act || contains(objects, thing) || contains(governed_, thing)) continue;
      const bool may_act = thing.role == Role::none || (thing.role == Role::place && is_verb_last(clause));
      if (may_act && thing.last <= cue.first && voice != "order") subject = &thing;
    }
    if (subject != nullptr) return subject;
    if (const Thing* reason = reason_for(clause, cue, objects)) return reason;
    if (scene_.cue_in(clause, "this_act", clause.first, clause.last) != nullptr) {
      if (const Thing* topic = acting_before(scene_, clause, kParagraph)) return topic;
      if (const Thing* topic = scene_.topic(clause, Root::act, 3)) return topic;
      return scene_.own_act();
    }
    const bool is_told_of = voice == "passive" && field(cue, "to") == "act" && scene_.own_act() == nullptr;
    if (is_told_of && is_denied(scene_, clause, cue)) return nullptr;  // "Указ № 7 не отменён" is told of none
    if (is_told_of) return acting_before(scene_, clause, kParagraph);  // what the paragraph is about
    return voice == "order" || is_of_own_act(clause, cue) ? scene_.own_act() : nullptr;
  }

  // The nearest act in the agent's case, in front of the verb rather than behind it.
  const Thing* agent_near(const Clause& clause, const PhraseMatch& cue, const Things& objects) const {
    const Thing* before = nullptr;
    for (const Thing& thing : Scene::from(clause, cue.first > kFar ? cue.first - kFar : 0)) {
      if (thing.first > cue.last + kFar) break;
      if (thing.is_inner || thing.root != Root::act || thing.role != Role::agent || contains(objects, thing)) continue;
      if (thing.first < cue.first) before = &thing;
      else return before != nullptr ? before : &thing;
    }
    return before;
  }

  // "(в редакции постановления № 7)", "утратило силу в связи с принятием постановления № 7"
  const Thing* reason_for(const Clause& clause, const PhraseMatch& cue, const Things& objects) const {
    if (field(cue, "voice") != "passive" || field(cue, "to") == "programme") return nullptr;
    const Thing* next = is_verb_last(clause) || field(cue, "to") != "act" ? nullptr : scene_.after(clause, cue.last, Root::act, kAttached - 1);
    if (next != nullptr && !contains(objects, *next)) return next;
    for (const Thing& thing : clause.things) {
      const bool is_reason = thing.role == Role::pursued || thing.role == Role::basis;
      if (scene_.own_act() == nullptr && thing.root == Root::act && !thing.is_inner && is_reason && !contains(objects, thing)) return &thing;
    }
    return nullptr;
  }

  // "Следующие акты изменяются:" in a point of an act's own text; not "(в редакции Указа № 7)".
  bool is_of_own_act(const Clause& clause, const PhraseMatch& cue) const {
    if (scene_.own_act() == nullptr || !clause.is_item || field(cue, "voice") != "passive" || field(cue, "to") != "act") return false;
    return field(cue, "side") != "before" || leads_list(clause, cue) || scene_.after(clause, cue.last, Root::act, kBeside) == nullptr;
  }

  // "Её утвердили постановлением № 5"
  const Thing* taken_up(const Clause& clause, const PhraseMatch& cue) const {
    if (clause.grammar == nullptr || root_by_name(field(cue, "to")) != Root::programme || !scene_.has_cue("object_pronouns", scene_.walk(clause).before(cue.first))) return nullptr;
    return scene_.topic(clause, Root::programme, 2);
  }

  bool read(const Clause& clause, const PhraseMatch& cue) {
    Things objects = objects_of(clause, cue);
    if (const Thing* named = objects.empty() ? taken_up(clause, cue) : nullptr) objects = {named};
    const Thing* act = objects.empty() ? nullptr : doer(clause, cue, objects);
    if (act != nullptr) link(clause, *act, objects, cue);
    if (act != nullptr && field(cue, "voice") != "noun") governed_.insert(governed_.end(), objects.begin(), objects.end());
    return act != nullptr;
  }

  void link(const Clause& clause, const Thing& act, const Things& objects, const PhraseMatch& cue) {
    const std::string_view type = scene_.reading().entry(cue).id;
    const bool is_of_acts = field(cue, "to") == "act";
    const bool is_here = cue.first >= clause.first && cue.last <= clause.last;
    const Modality done = is_of_acts ? Modality::unknown : Modality::approved;
    const Modality modality = is_here && is_denied(scene_, clause, cue) ? Modality::denied : done;
    for (const Thing* object : objects) {
      if (scene_.is_same(act, *object)) continue;
      const std::uint32_t first = is_here ? cue.first : object->first, last = is_here ? cue.last : object->last;
      scene_.add(clause, {type, act.mention, object->mention, first, last, modality, 0.8F, "cased-acts/1"});
    }
  }

  // "In Resolution No. 5:" leads what is changed in it.
  bool read_below(const Clause& clause, const std::vector<const PhraseMatch*>& cues) {
    const Clause* lead = scene_.lead(clause);
    const bool has_act = std::ranges::any_of(clause.things, [](const Thing& thing) { return thing.root == Root::act; });
    if (lead == nullptr || scene_.own_act() == nullptr || has_act) return false;
    const auto changes = [&](const PhraseMatch* cue) { return scene_.reading().entry(*cue).id == "AMENDS" && field(*cue, "voice") != "noun"; };
    const auto cue = std::ranges::find_if(cues, changes);
    const Thing* act = cue == cues.end() ? nullptr : scene_.before(*lead, lead->last, Root::act, kActReach);
    if (act == nullptr || scene_.is_same(*act, *scene_.own_act())) return false;
    link(*lead, *scene_.own_act(), {act}, **cue);
    return true;
  }

  // "Признать утратившими силу:" leads a list of acts; "Quyidagilar tasdiqlansin:".
  void read_item(const Clause& clause) {
    const Clause* lead = scene_.lead(clause);
    if (lead == nullptr || lead->last - lead->first < 2) return;
    const bool is_head = scene_.heads_list(*lead);
    const std::uint32_t from = is_head || lead->last <= lead->first + kLeadReach ? lead->first : lead->last - kLeadReach;
    const PhraseMatch* cue = is_head ? scene_.cue_in(*lead, "act_list_heads", from, lead->last) : scene_.cue_in(*lead, "case_acts", from, lead->last);
    if (cue == nullptr || field(*cue, "voice") == "noun" || (!is_head && !objects_of(*lead, *cue).empty())) return;
    const Root root = root_by_name(field(*cue, "to"));
    const Thing* act = doer(*lead, *cue, {});
    if (act == nullptr) act = scene_.own_act();
    for (const Thing& thing : clause.things) {
      const bool may_be = may_be_object(root, thing) || is_behind_provision(root, thing);
      if (act == nullptr || thing.is_inner || thing.root != root || !may_be) continue;
      return link(clause, *act, scene_.list_after(clause, thing.first, root, 1), *cue);
    }
  }

  // What the preamble of an act names it rests on, but for an act that approved something named there.
  void preamble(const Clause& clause) {
    const Thing* own = scene_.own_act();
    for (const Thing& thing : clause.things) {
      if (thing.root != Root::act || thing.is_inner || scene_.is_quoted(thing.first) || scene_.is_same(*own, thing) || is_approver(clause, thing)) continue;
      scene_.add(clause, {"IMPLEMENTS", own->mention, thing.mention, thing.first, thing.last, Modality::unknown, 0.75F, "cased-acts/1"});
    }
  }

  // "утвержденной Указом № 5", "approved by Decree No. 5"
  bool is_approver(const Clause& clause, const Thing& act) const {
    const std::uint32_t from = act.first > clause.first + kBeside ? act.first - kBeside : clause.first;
    return scene_.cue_in(clause, "cue_approved_by", from, act.first) != nullptr || (act.role == Role::agent && scene_.cue_in(clause, "case_acts", from, act.first) != nullptr);
  }

  // "во исполнение Указа № 5", "qaroriga muvofiq": what the act of the clause rests on.
  void grounds(const Clause& clause) {
    const Thing* act = nullptr;
    for (const Thing& thing : clause.things) {
      const bool acts = thing.role == Role::agent || thing.role == Role::none;
      if (act == nullptr && thing.root == Root::act && !thing.is_inner && acts) act = &thing;
    }
    if (act == nullptr) act = scene_.own_act();
    for (const Thing& thing : clause.things) {
      const bool is_ground = thing.role == Role::basis || thing.role == Role::pursued;
      if (act == nullptr || thing.root != Root::act || thing.is_inner || !is_ground || scene_.is_same(*act, thing) || scene_.is_quoted(thing.first)) continue;
      if (scene_.has_edge("REPEALS", thing.mention, act->mention) || scene_.has_edge("AMENDS", thing.mention, act->mention)) continue;  // "С принятием Указа № 5"
      // What an act's own text rests on it carries out; what another text says of an act "in accordance with" one is a citation.
      const bool is_cited = thing.role == Role::basis && (scene_.own_act() == nullptr || !scene_.is_same(*act, *scene_.own_act()));
      const std::string_view type = is_cited ? "CITES" : "IMPLEMENTS";
      scene_.add(clause, {type, act->mention, thing.mention, thing.first, thing.last, Modality::unknown, 0.75F, "cased-acts/1"});
    }
  }

  Scene& scene_;
  std::vector<Title> titles_;
  std::vector<const PhraseMatch*> cues_;  // of the clause that is read
  Things governed_;                       // what its verbs so far are about
};

}  // namespace

void relate_cased_acts(Scene& scene) { CasedActs(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
