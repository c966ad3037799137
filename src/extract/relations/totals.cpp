#include "extract/relations/totals.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostParts = 1000;  // beyond, a list is a register
constexpr std::size_t kMostNamed = 20;
constexpr int kLargestUnit = 15;  // powers of ten
const Decimal kSmall(50);   // times the unit of the last figure: beside so much it is small

const Value* find(const ExtractedMention& mention, std::string_view name) noexcept {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == name) return &property.value;
  }
  return nullptr;
}

// A sum that says exactly how much it is.
struct Sum {
  Decimal amount;
  std::string currency;
};

std::optional<Sum> sum_of(const ExtractedMention& mention) {
  if (mention.label != "Funding") return std::nullopt;
  const Value* amount = find(mention, "amount");
  const Value* currency = find(mention, "currency");
  const Value* comparator = find(mention, "comparator");
  const bool is_exact = comparator == nullptr || (comparator->kind() == ValueKind::string && comparator->as_string() == "=");
  if (amount == nullptr || currency == nullptr || !is_exact || amount->kind() != ValueKind::decimal || currency->kind() != ValueKind::string) return std::nullopt;
  if (mention.modality == Modality::denied || mention.modality == Modality::cancelled || amount->as_decimal().is_negative()) return std::nullopt;
  return Sum{amount->as_decimal(), currency->as_string()};
}

// The highest power of ten, up to a limit, that an amount is a multiple of: told by its figures, for dividing costs much more.
int power_of(const Decimal& amount) {
  if (amount.is_zero()) return kLargestUnit;
  const std::string figures = amount.to_string();
  const std::size_t last = figures.find_last_not_of("0."), point = figures.find('.');
  if (point == std::string::npos) return std::min(static_cast<int>(figures.size() - 1 - last), kLargestUnit);
  const int power = static_cast<int>(point) - static_cast<int>(last) - (last < point ? 1 : 0);
  return std::min(power, kLargestUnit);
}

Decimal unit_of(const Decimal& total, const std::vector<Decimal>& parts) {
  int power = power_of(total);
  for (const Decimal& part : parts) power = std::min(power, power_of(part));
  Decimal unit = Decimal(1);
  if (power < 0) return Decimal::parse(power == -1 ? "0.1" : power == -2 ? "0.01" : "0.001");
  for (int i = 0; i < power; ++i) unit = unit * Decimal(10);
  return unit;
}

class Check {
 public:
  explicit Check(Extraction& out) : out_(out) {}

  void check(const Total& told) {
    const auto& [total, parts, are_all_told] = told;
    const auto whole = sum_of(out_.mentions[total]);
    if (!whole || parts.empty() || parts.size() > kMostParts || (are_all_told && parts.size() < 2)) return;
    std::vector<Decimal> amounts;
    for (const MentionIndex part : parts) {
      const auto sum = sum_of(out_.mentions[part]);
      if (!sum || sum->currency != whole->currency) return;
      amounts.push_back(sum->amount);
    }
    Decimal added;
    for (const Decimal& amount : amounts) added = added + amount;
    const Decimal over = added - whole->amount;
    if (over.is_zero()) return;
    const Decimal allowed = rounding_of(whole->amount, amounts);
    if (over > allowed || (are_all_told && -over > allowed)) report(total, parts, *whole, added);
  }

 private:
  void report(MentionIndex total, const std::vector<MentionIndex>& parts, const Sum& whole, const Decimal& added) {
    ExtractedFinding finding;
    finding.code = "TOTAL_MISMATCH";
    finding.explanation = std::to_string(parts.size()) + (parts.size() == 1 ? " part comes to " : " parts add up to ") + added.normalised().to_string() + " " +
                          whole.currency + ", the total is stated as " + whole.amount.normalised().to_string();
    finding.mentions.push_back(total);
    finding.mentions.insert(finding.mentions.end(), parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), kMostNamed)));
    finding.span = out_.mentions[total].span;
    out_.findings.push_back(std::move(finding));
  }

  Extraction& out_;
};

// The parts that sentences tell of, each sum once however often it is stated. Cells of tables have totals in two directions.
std::map<MentionIndex, std::vector<MentionIndex>> parts_told(const Extraction& out) {
  std::map<MentionIndex, std::vector<MentionIndex>> told;
  for (const ExtractedRelation& relation : out.relations) {
    if (relation.type != "PART_OF" || relation.extractor.starts_with("table-sum/") || out.mentions[relation.to].label != "Funding" || out.mentions[relation.from].label != "Funding") continue;
    const MentionIndex total = head_of(out, relation.to), part = head_of(out, relation.from);
    if (total == part) continue;
    auto& parts = told[total];
    if (parts.size() <= kMostParts && std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
  }
  return told;
}

}  // namespace

Decimal rounding_of(const Decimal& total, const std::vector<Decimal>& parts) {
  const Decimal unit = unit_of(total, parts);
  if (unit * kSmall > total) return Decimal();
  return divide(unit * Decimal(static_cast<std::int64_t>(parts.size()) + 1), Decimal(2), 6);
}

void check_totals(const std::vector<Total>& totals, Extraction& out) {
  Check check(out);
  try {
    for (const Total& one : totals) check.check(one);
    for (auto& [total, parts] : parts_told(out)) check.check({total, std::move(parts), false});
  } catch (const Error&) {
    return;  // sums past what a decimal holds add up to nothing that could be said
  }
}

}  // namespace policygraph::inline v0::detail::extract
