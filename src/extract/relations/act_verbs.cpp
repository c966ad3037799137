#include "extract/relations/act_verbs.hpp"

#include <algorithm>
#include <array>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kObjectReach = 5;  // tokens between a verb and what it is about
constexpr int kMostAuxiliaries = 4;        // "has also since been"
constexpr std::uint32_t kRuledOut = 30;    // tokens from "not by" to "but by"
constexpr std::uint32_t kAgentReach = 6;   // tokens between "by" and the act
constexpr std::array kVerbs{CategoryName("cue_amends"), CategoryName("cue_repeals"), CategoryName("cue_suspends"), CategoryName("cue_approves"), CategoryName("cue_establishes"), CategoryName("cue_abolishes"),
                            CategoryName("cue_declares"), CategoryName("cue_ended"), CategoryName("cue_pursues"), CategoryName("cue_cites"), CategoryName("cue_approved_by"),
                            CategoryName("cue_established_by"), CategoryName("cue_abolished_by")};

bool is_told_of(Scene& scene, const Thing& act) {
  return std::ranges::any_of(scene.out().relations, [&](const ExtractedRelation& relation) {
    return (relation.type == "AMENDS" || relation.type == "REPEALS") && scene.head(relation.to) == scene.head(act.mention);
  });
}

}  // namespace

const Thing* acting_before(Scene& scene, const Clause& clause, int sentences) {
  for (std::uint32_t i = clause.sentence; i-- > 0 && sentences > 0; --sentences) {
    const Clause& earlier = scene.clauses()[i];
    if (earlier.block != clause.block || earlier.is_preamble || earlier.zone == Zone::reference) return nullptr;
    const Thing* adjunct = nullptr;
    for (const Thing& thing : earlier.things) {
      if (thing.is_inner || thing.root != Root::act || scene.is_quoted(thing.first) || is_told_of(scene, thing)) continue;
      if (!thing.is_adjunct) return &thing;
      if (adjunct == nullptr) adjunct = &thing;
    }
    if (adjunct != nullptr) return adjunct;
  }
  return nullptr;
}

ActVerbs::ActVerbs(const Scene& scene, const Clause& clause) : scene_(scene), clause_(clause), words_(scene.walk(clause)) {
  find_verbs();
  for (const PhraseMatch* verb : verbs_) {
    if (is_bare(*verb)) continue;
    for (const Thing* act : objects(*verb, Root::act, kObjectReach)) objects_.push_back(act);
  }
}

void ActVerbs::find_verbs() {
  for (const CategoryName category : kVerbs) {
    for (const PhraseMatch* cue : scene_.cues(clause_, category)) verbs_.push_back(cue);
  }
  std::ranges::sort(verbs_, [](const PhraseMatch* a, const PhraseMatch* b) { return a->first != b->first ? a->first < b->first : a->last > b->last; });
  std::uint32_t reach = 0;
  std::erase_if(verbs_, [&](const PhraseMatch* verb) {
    const bool is_within = verb->first < reach;
    reach = std::max(reach, verb->last);
    return is_within;
  });
}

// Past "has", "was", "also", "subsequently".
std::uint32_t ActVerbs::before_auxiliaries(std::uint32_t verb) const {
  std::uint32_t at = words_.before(verb);
  for (int steps = 0; steps < kMostAuxiliaries && words_.is_word(at); ++steps) {
    if (!scene_.has_cue("verb_auxiliaries", at) && !words_.folded(at).ends_with("ly")) break;
    at = words_.before(at);
  }
  return at;
}

bool ActVerbs::is_bare(const PhraseMatch& verb) const {
  const std::uint32_t last = verb.last - 1;
  if (scene_.has_cue("prepositions", last)) return false;
  const bool is_passive = scene_.has_cue("funding_passive", verb.first) || scene_.has_cue("funding_passive", words_.before(verb.first));
  return is_passive || scene_.reading().match_at("cue_ended", verb.first) != nullptr;
}

bool ActVerbs::is_joined(const PhraseMatch& verb) const {
  const std::uint32_t at = before_auxiliaries(verb.first);
  if (!words_.has(at) || (!words_.is_sign(at, U',') && !scene_.has_cue("list_joints", at))) return false;
  return !verbs_.empty() && verbs_.front()->last <= at && !scene_.is_broken(clause_, verbs_.front()->first, verb.first);
}

// A verb follows with nothing but its auxiliaries between.
bool ActVerbs::is_finite_behind(const Thing& act) const {
  const std::uint32_t end = scene_.end_of(clause_, act);
  return std::ranges::any_of(verbs_, [&](const PhraseMatch* verb) {
    if (verb->first < end) return false;
    const std::uint32_t before = before_auxiliaries(verb->first);
    return before < end && before >= act.first;
  });
}

Things ActVerbs::objects(const PhraseMatch& verb, Root roots, std::uint32_t reach) const {
  Things out = scene_.list_after(clause_, verb.last, roots, reach);
  if (roots != Root::act) return out;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (!is_finite_behind(*out[i])) continue;
    out.resize(i);
    break;
  }
  return out;
}

bool ActVerbs::is_object(const Thing& act) const { return std::ranges::find(objects_, &act) != objects_.end(); }

const Thing* ActVerbs::subject(const PhraseMatch& verb) const {
  const std::uint32_t at = before_auxiliaries(verb.first);
  const bool is_relative = words_.folded(at) == "which" || words_.folded(at) == "that";
  const std::string_view word = scene_.reading().folded(verb.first);
  const bool is_attribute = is_relative || word.ends_with("ing") || word == "on";  // "Resolution B amending C"
  const Thing* nearest = nullptr;
  const Thing* free = nullptr;
  for (const Thing& thing : clause_.things) {
    if (thing.first >= verb.first) break;
    const bool is_ground = thing.is_adjunct && scene_.own_act() != nullptr;  // "In accordance with Decree No. 5 approve"
    if (thing.root != Root::act || thing.is_inner || is_ground) continue;
    nearest = &thing;
    if (!is_object(thing)) free = &thing;
  }
  if (nearest == nullptr || free == nullptr) return nearest;
  const std::uint32_t end = scene_.end_of(clause_, *nearest);
  const bool is_beside = is_relative ? at <= end + 1 : at < end;
  return is_attribute && is_beside ? nearest : free;
}

bool ActVerbs::is_of_several(const PhraseMatch& verb) const {
  if (scene_.reading().match_at("cue_ended", verb.first) != nullptr && !scene_.has_cue("funding_passive", verb.first)) return true;
  for (std::uint32_t i = before_auxiliaries(verb.first) + 1; i < verb.last; ++i) {
    const std::string_view word = words_.folded(i);
    if (word == "were" || word == "are" || word == "have") return true;
  }
  return false;
}

Things ActVerbs::subjects(const PhraseMatch& verb) const {
  const Thing* one = subject(verb);
  if (one == nullptr) return {};
  if (!is_of_several(verb)) return {one};
  Things out = scene_.list_before(clause_, one->last, Root::act, 1);
  std::erase_if(out, [&](const Thing* act) { return act != one && (is_object(*act) || is_means(*act)); });
  if (out.empty()) out = {one};
  return out;
}

bool ActVerbs::is_means(const Thing& act) const { return scene_.word_before(clause_, act.first, "cue_act_reason") != Walk::kNone; }

const Thing* ActVerbs::means(const PhraseMatch& verb) const {
  for (const Thing& thing : clause_.things) {
    if (thing.first >= verb.first) break;
    if (thing.root != Root::act || thing.is_inner || is_object(thing)) continue;
    const std::uint32_t word = scene_.word_before(clause_, thing.first, "cue_act_means");
    if (word != Walk::kNone && (scene_.own_act() == nullptr || words_.folded(word) == "by")) return &thing;
  }
  for (const PhraseMatch* other : verbs_) {
    if (other->first < verb.first || scene_.is_broken(clause_, verb.first, other->last)) continue;
    if (const std::uint32_t by = behind_by(*other); by != Walk::kNone) return scene_.after(clause_, by, Root::act, kAgentReach);
  }
  return nullptr;
}

// Past "by" that ends the verb or stands right behind it: "repealed by", "declared invalid, by".
std::uint32_t ActVerbs::behind_by(const PhraseMatch& verb) const {
  if (words_.folded(verb.last - 1) == "by") return verb.last;
  std::uint32_t next = words_.at(verb.last);
  if (words_.is_sign(next, U',')) next = words_.next(next);
  if (words_.folded(next) == "by") return next + 1;
  return words_.folded(next) == "not" ? behind_but(next) : Walk::kNone;
}

// "not by Decree A but by Decree B"
std::uint32_t ActVerbs::behind_but(std::uint32_t from) const {
  for (std::uint32_t at = from; at < from + kRuledOut && words_.has(at); ++at) {
    if (words_.folded(at) == "but") return words_.folded(words_.next(at)) == "by" ? words_.next(at) + 1 : at + 1;
  }
  return Walk::kNone;
}

}  // namespace policygraph::inline v0::detail::extract
