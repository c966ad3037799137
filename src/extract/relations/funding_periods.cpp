#include <algorithm>

#include "extract/relations/funding.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kNearYear = 8;  // tokens between a sum and the year that it is for
constexpr std::uint32_t kYearInFront = 3;  // tokens between "shall, in 2024, allocate" and the sum

class Periods {
 public:
  explicit Periods(const Scene& scene) : scene_(scene) {}

  void add_period(const Sum& sum, ExtractedMention& mention) const {
    for (const Literal& date : sum.clause->dates) {
      if (date.first < sum.from || date.first >= sum.own_to || is_in_act(*sum.clause, date) || is_of_neighbour(sum, date)) continue;
      const ExtractedMention& literal = scene_.mention(date.mention);
      const PartialDate value = literal.value.as_partial_date();
      const bool is_year = value.from().precision == PartialDate::Precision::year || value.to().precision == PartialDate::Precision::year;
      const bool is_behind = date.first >= sum.money.last;
      if (!is_year || (!value.is_interval() && !is_for_year(sum, date, is_behind))) continue;
      if (date.first > sum.money.last + 30) continue;
      if (value.first().from().precision == PartialDate::Precision::year) mention.properties.push_back({"period_from", value.first(), literal.span, {}, 0.8F});
      if (value.last().from().precision == PartialDate::Precision::year) mention.properties.push_back({"period_to", value.last(), literal.span, {}, 0.8F});
      return;
    }
  }

 private:
  bool is_in_act(const Clause& clause, const Literal& date) const {
    return std::ranges::any_of(clause.things, [&](const Thing& thing) {
      return thing.root != Root::statement && thing.first <= date.first && date.last <= thing.last;
    });
  }

  // "A in 2024 and B", "A, in 2025 B": a joint parts the date from the sum.
  bool is_of_neighbour(const Sum& sum, const Literal& date) const {
    if (sum.clause->grammar != nullptr && sum.clause->grammar->is_head_last) return false;
    const Walk words = scene_.walk(*sum.clause);
    const auto is_joint = [&](std::uint32_t at) { return words.is_sign(at, U',') || scene_.has_cue("list_joints", at); };
    if (date.last <= sum.money.first) return sum.from > sum.clause->first && is_joint(words.before(sum.money.first));
    return date.last + 1 >= sum.own_to && sum.own_to < sum.clause->last && is_joint(words.at(sum.money.last));
  }

  // "2022-yil uchun 18 mlrd so‘m": where names have cases a year may stand in front.
  bool is_for_year(const Sum& sum, const Literal& date, bool is_behind) const {
    if (sum.clause->grammar != nullptr) return is_behind ? date.first <= sum.money.last + kNearYear : date.last + kNearYear >= sum.money.first;
    return is_for_time(*sum.clause, date) && (is_behind || date.last + kYearInFront >= sum.money.first);
  }

  bool is_for_time(const Clause& clause, const Literal& date) const {
    const std::string_view word = scene_.walk(clause).folded(scene_.walk(clause).before(date.first));
    return word == "in" || word == "for" || word == "during";
  }

  const Scene& scene_;
};

}  // namespace

void add_period(const Scene& scene, const Sum& sum, ExtractedMention& mention) { Periods(scene).add_period(sum, mention); }

}  // namespace policygraph::inline v0::detail::extract
