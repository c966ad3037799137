#pragma once

#include <vector>

#include "extract/relations/scene.hpp"

namespace policygraph::inline v0::detail::extract {

// The act that the sentences before speak of: the last that none of them ended or changed, of the same paragraph. Null if none.
const Thing* acting_before(Scene& scene, const Clause& clause, int sentences);

// Which act each verb of a clause is said of, where word order alone tells: a subject serves all the verbs that are joined to its own,
// and what one verb is about is not the subject of the next. "A amends B, approves X and repeals C" is all of A.
class ActVerbs {
 public:
  ActVerbs(const Scene& scene, const Clause& clause);

  // The act in front whose verb it is; null if none is.
  const Thing* subject(const PhraseMatch& verb) const;
  // That act and those joined to it, where something is done to them: "B and C were repealed by A".
  Things subjects(const PhraseMatch& verb) const;
  // Behind "and" or a comma, and another verb in front of that.
  bool is_joined(const PhraseMatch& verb) const;
  // "was amended", with nobody behind it who did it.
  bool is_bare(const PhraseMatch& verb) const;
  // What the verb is about, as far as it is not what the next one is said of: "amends A, and B was repealed".
  Things objects(const PhraseMatch& verb, Root roots, std::uint32_t reach) const;
  // "Under Decree A" in front of it, or "by A" behind the verb that is joined to it: by which act.
  const Thing* means(const PhraseMatch& verb) const;
  bool is_means(const Thing& act) const;
  // "were amended", "lost their force": of all that are joined in front of it.
  bool is_of_several(const PhraseMatch& verb) const;

 private:
  void find_verbs();
  bool is_finite_behind(const Thing& act) const;
  bool is_object(const Thing& act) const;
  std::uint32_t behind_by(const PhraseMatch& verb) const;
  std::uint32_t behind_but(std::uint32_t from) const;
  std::uint32_t before_auxiliaries(std::uint32_t verb) const;

  const Scene& scene_;
  const Clause& clause_;
  Walk words_;
  std::vector<const PhraseMatch*> verbs_;  // none within another
  Things objects_;                         // acts that a verb in front of them is about
};

}  // namespace policygraph::inline v0::detail::extract
