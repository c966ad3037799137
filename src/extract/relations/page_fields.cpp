#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// The fields of a project's page: "Implementing agency: X", "Партнёры: A, B", "Hudud: A va B tumanlari", or a label in a cell of its own
// beside what it tells. All of them speak of the programme that the page is about. Labels are the packs' ("page_fields": the id is the
// relation).
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kBy = "page-field/1";
constexpr int kPageSentences = 16;  // above a line of a project's page that stands the project's name

class PageFields {
 public:
  explicit PageFields(Scene& scene) : scene_(scene) {}

  void run() {
    if (scene_.reading().matches("page_fields").empty()) return;
    for (const Clause& clause : scene_.clauses()) read(clause);
  }

 private:
  void read(const Clause& clause) {
    const PhraseMatch* label = scene_.reading().match_at("page_fields", clause.first);
    if (label == nullptr) return;
    const bool is_cell = label->last + 1 >= clause.last;
    if (!is_cell && !scene_.walk(clause).is_sign(label->last, U':')) return;
    if (is_cell && clause.sentence + 1 >= scene_.clauses().size()) return;
    const Thing* work = scene_.page_work();
    if (work == nullptr) work = scene_.topic(clause, Root::programme, kPageSentences);
    if (work == nullptr) return;
    const Clause& told = is_cell ? scene_.clauses()[clause.sentence + 1] : clause;
    const std::uint32_t from = is_cell ? told.first : label->last + 1;
    if (scene_.reading().match_at("donor_labels", clause.first) != nullptr && is_paid(*work)) return;  // who gives a stated sum is no partner
    for (const Thing& thing : told.things) {
      if (thing.first >= from && !thing.is_inner && !holds(*work, thing)) link(told, scene_.reading().entry(*label).id, *work, thing);
    }
  }

  static bool holds(const Thing& work, const Thing& thing) { return work.first <= thing.first && thing.last <= work.last; }

  void link(const Clause& told, std::string_view type, const Thing& work, const Thing& thing) {
    const Root wanted = type == "LOCATED_IN" ? Root::place : type == "PARTNER_IN" ? Root::organization | Root::place : Root::organization;
    if (!has(wanted, thing.root)) return;
    if (type != "PARTNER_IN") add(told, type, work, thing, thing);
    else if (!scene_.has_edge("IMPLEMENTED_BY", work.mention, thing.mention) && !gives(thing)) add(told, type, thing, work, thing);
  }

  void add(const Clause& told, std::string_view type, const Thing& from, const Thing& to, const Thing& words) {
    scene_.add(told, {type, from.mention, to.mention, words.first, words.last, Modality::unknown, 0.8F, kBy});
  }

  bool is_paid(const Thing& work) const {
    return std::ranges::any_of(scene_.out().relations, [&](const ExtractedRelation& sum) { return sum.type == "FUNDS" && scene_.head(sum.to) == scene_.head(work.mention); });
  }

  // A giver of a stated sum is PROVIDES.
  bool gives(const Thing& body) const {
    return std::ranges::any_of(scene_.out().relations, [&](const ExtractedRelation& given) {
      return given.type == "PROVIDES" && scene_.head(given.from) == scene_.head(body.mention);
    });
  }

  Scene& scene_;
};

}  // namespace

void relate_page_fields(Scene& scene) { PageFields(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
