#include <algorithm>
#include <vector>

#include "extract/relations/funding.hpp"

// Sums that add up to another one are its parts, whether or not a word says so.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kPartsWithin = 3;  // sentences between a whole and its parts
constexpr std::size_t kMostBetween = 6;    // sums between a whole and the list of its parts
constexpr std::size_t kMostParts = 12;
constexpr std::size_t kMostDigits = 18;

// Its digits leave room for those of a sum.
bool is_plain(const Decimal& amount) { return amount.to_string().size() <= kMostDigits; }

class Parts {
 public:
  Parts(Scene& scene, std::vector<Sum>& sums) : scene_(scene), sums_(sums) {}

  // The last first: what a part is made of is known before the whole is added up.
  void run() {
    for (std::size_t whole = sums_.size(); whole-- > 0;) {
      if (take(whole, whole + 1, 1) || (whole > 1 && take(whole, whole - 1, -1))) continue;
      for (std::size_t from = whole + 2; from < std::min(whole + kMostBetween, sums_.size()); ++from) {
        if (opens_list(from) && take(whole, from, 1)) break;  // "in three tranches:"
      }
    }
  }

 private:
  const Value& value(std::size_t sum, const char* name) const { return scene_.mention(sums_[sum].money.mention).value.as_map().find(name)->second; }

  // The next sum of a list goes on where the one before ended.
  bool is_beside(std::size_t whole, std::size_t before, std::size_t at) const {
    const auto sentence = [&](std::size_t sum) { return sums_[sum].clause->sentence; };
    const auto far = [&](std::size_t from) { return std::max(sentence(from), sentence(at)) - std::min(sentence(from), sentence(at)); };
    return (far(whole) <= kPartsWithin || (before != whole && far(before) <= 1)) && value(whole, "currency") == value(at, "currency");
  }

  bool opens_list(std::size_t from) const {
    const Clause* lead = scene_.lead(*sums_[from].clause);
    return lead != nullptr && sums_[from - 1].clause->sentence <= lead->sentence;
  }

  bool closes_list(std::size_t last) const { return last + 1 == sums_.size() || sums_[last + 1].clause->lead != sums_[last].clause->lead; }

  // Two sums or more, one beside the other, that add up to it. In front of a whole only the sums of its own sentence count, further
  // behind it only a whole list.
  bool take(std::size_t whole, std::size_t from, int step) {
    const Decimal amount = value(whole, "amount").as_decimal();
    if (!is_plain(amount)) return false;
    const bool is_apart = from > whole + 1;
    Decimal sum(0);
    std::vector<std::size_t> parts;
    for (std::size_t at = from, before = is_apart ? from : whole; at < sums_.size() && parts.size() < kMostParts; at += static_cast<std::size_t>(step)) {
      if (!is_beside(whole, before, at) || (step < 0 && sums_[at].clause != sums_[whole].clause)) break;
      before = at;
      if (is_of_any(at, parts)) continue;
      if (sums_[at].whole != kNoMention && sums_[at].whole != sums_[whole].funding) break;
      const Decimal part = value(at, "amount").as_decimal();
      if (!is_plain(part)) return false;
      sum = sum + part;
      parts.push_back(at);
      if (sum > amount) return false;
      if (sum == amount) return parts.size() > 1 && (!is_apart || closes_list(at)) && join(whole, parts);
    }
    return false;
  }

  // "35 million, in tranches of 20 and 15 million"
  bool is_of_any(std::size_t sum, const std::vector<std::size_t>& parts) const {
    return sums_[sum].whole != kNoMention && std::ranges::any_of(parts, [&](std::size_t part) { return sums_[part].funding == sums_[sum].whole; });
  }

  bool join(std::size_t whole, const std::vector<std::size_t>& parts) {
    for (const std::size_t part : parts) {
      Sum& sum = sums_[part];
      sum.whole = sums_[whole].funding;
      auto& properties = scene_.out().mentions[sum.funding].properties;
      if (std::ranges::none_of(properties, [](const ExtractedProperty& property) { return property.name == "scope"; })) {
        properties.push_back({"scope", "component", scene_.mention(sum.funding).span, {}, scene_.mention(sum.funding).confidence});
      }
    }
    return true;
  }

  Scene& scene_;
  std::vector<Sum>& sums_;
};

}  // namespace

void find_parts(Scene& scene, std::vector<Sum>& sums) { Parts(scene, sums).run(); }

}  // namespace policygraph::inline v0::detail::extract
