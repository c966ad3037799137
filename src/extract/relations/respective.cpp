#include <algorithm>
#include <span>

#include "extract/relations/funding.hpp"

// "The Bank and Japan gave 20 and 5 million, respectively, to X and Y": as many things as sums stand in a list, and each sum has its own.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kBodies = Root::organization | Root::place;

using Ends = Things Sum::*;

bool contains(const Scene& scene, const Things& things, const Thing& thing) {
  return std::ranges::any_of(things, [&](const Thing* one) { return scene.is_same(*one, thing); });
}

// The sums of one clause, in their order.
class Pairing {
 public:
  Pairing(Scene& scene, std::span<Sum> sums) : scene_(scene), clause_(*sums.front().clause), sums_(sums) {}

  void run() {
    for (const Root roots : {kBodies, Root::programme}) {
      for (const Thing& thing : clause_.things) {
        if (thing.is_inner || !has(roots, thing.root)) continue;
        const Things list = scene_.list_after(clause_, thing.first, roots, 1);
        if (list.size() == sums_.size() && list.front() == &thing) pair(list);
      }
    }
    for (const Ends ends : {&Sum::providers, &Sum::targets}) share(ends);
  }

 private:
  void pair(const Things& list) {
    for (const Ends ends : {&Sum::providers, &Sum::targets}) {
      const bool is_theirs = std::ranges::any_of(sums_, [&](const Sum& sum) {
        return std::ranges::any_of(list, [&](const Thing* thing) { return contains(scene_, sum.*ends, *thing); });
      });
      if (!is_theirs) continue;
      for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i].*ends = {list[i]};
        if (ends == &Sum::targets) sums_[i].is_weak_target = false;
      }
      paired_.push_back(ends);
      return;
    }
  }

  // What one sum of the list is for, and none has of its own, all are for.
  void share(Ends ends) {
    if (std::ranges::find(paired_, ends) != paired_.end()) return;
    const auto told = std::find_if(sums_.rbegin(), sums_.rend(), [&](const Sum& sum) { return !(sum.*ends).empty(); });
    if (told == sums_.rend()) return;
    const Things shared = (*told).*ends;
    for (Sum& sum : sums_) {
      if ((sum.*ends).empty()) sum.*ends = shared;
    }
  }

  Scene& scene_;
  const Clause& clause_;
  std::span<Sum> sums_;
  std::vector<Ends> paired_;
};

}  // namespace

void pair_respectively(Scene& scene, std::vector<Sum>& sums) {
  for (auto from = sums.begin(); from != sums.end();) {
    const auto to = std::find_if(from, sums.end(), [&](const Sum& sum) { return sum.clause != from->clause; });
    const bool is_told = to - from > 1 && scene.cue_in(*from->clause, "respectively", from->clause->first, from->clause->last) != nullptr;
    if (is_told) Pairing(scene, std::span(from, to)).run();
    from = to;
  }
}

}  // namespace policygraph::inline v0::detail::extract
