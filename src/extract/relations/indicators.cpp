#include <algorithm>
#include <map>

#include "extract/relations/funding.hpp"
#include "extract/relations/indicator_reading.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"

// Figures become Indicator nodes with HAS_INDICATOR: counted things, and money that measures something. Durations, ages and ranks
// are none; a figure that repeats a rounded one exactly takes its place.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kExtractor = "indicator/1";
constexpr std::uint32_t kToPointer = 6;  // tokens behind a sum up to "under it"
constexpr std::uint32_t kToShared = 4;  // tokens between a share and the money it is of
constexpr float kToldOwner = 0.7F;       // from where the clause itself tells whose a figure is
constexpr std::size_t kMaxEqual = 32;  // equal figures that a new one is compared with

class Indicators {
 public:
  Indicators(Scene& scene, const std::vector<std::vector<SumUse>>& uses) : scene_(scene), uses_(uses) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::reference || clause.zone == Zone::keywords || clause.zone == Zone::table_cell || clause.zone == Zone::heading) continue;
      last_ = kNoMention;
      owners_ = {};
      for (const Literal& figure : clause.quantities) read_quantity(clause, figure);
      const std::vector<SumUse>& uses = uses_[clause.sentence];
      for (std::size_t i = 0; i < uses.size(); ++i) {
        if (uses[i].use == MoneyUse::measure) read_money(clause, clause.money[i]);
      }
    }
  }

 private:
  static const Value* find(const ValueMap& map, std::string_view name) {
    const auto found = map.find(name);
    return found == map.end() ? nullptr : &found->second;
  }
  static bool is_set(const ValueMap& map, std::string_view name) {
    const Value* value = find(map, name);
    return value != nullptr && value->kind() == ValueKind::boolean && value->as_bool();
  }
  static std::string text(const ValueMap& map, std::string_view name) {
    const Value* value = find(map, name);
    return value != nullptr && value->kind() == ValueKind::string ? value->as_string() : std::string();
  }

  bool is_in_name(const Clause& clause, const Literal& figure) const {
    return std::ranges::any_of(clause.things, [&](const Thing& thing) {
      const bool is_name = !has(Root::statement | Root::funding | Root::agreement, thing.root);
      return is_name && thing.first <= figure.first && figure.last <= thing.last;
    });
  }

  bool is_growth(const Clause& clause, const Literal& figure, const ValueMap& value) const {
    const Walk words = scene_.walk(clause);
    return is_set(value, "is_percent") && scene_.has_cue("indicator_growth", words.before(figure.first));
  }

  // "80 per cent of the eligible costs", "0,02 процента в день": a share of money, or a rate. Not "90 per cent of villages at no cost".
  bool is_share_of_money(const Clause& clause, const Literal& figure, const ValueMap& value) const {
    if (!is_set(value, "is_percent")) return false;
    const bool is_last = clause.grammar != nullptr && clause.grammar->is_head_last;
    return is_last ? is_share_of_front(clause, figure) : is_share_of_rest(clause, figure);
  }

  bool is_share_of_front(const Clause& clause, const Literal& figure) const {
    const std::uint32_t from = std::max(clause.first, figure.first < kToShared ? 0 : figure.first - kToShared);
    return scene_.cue_in(clause, "shared_money", from, figure.first) != nullptr;
  }

  bool is_share_of_rest(const Clause& clause, const Literal& figure) const {
    const Walk words = scene_.walk(clause);
    std::uint32_t at = words.next(figure.first);
    if (const PhraseMatch* percent = words.has(at) ? scene_.reading().match_at("percent_words", at) : nullptr) at = words.at(percent->last);
    else if (words.is_sign(at, U'%')) at = words.next(at);
    if (scene_.has_cue("money_rates", at)) return true;
    const bool has_of = scene_.has_cue("share_joints", at);
    if (has_of) at = words.next(at);
    else if (clause.grammar == nullptr) return false;
    for (std::uint32_t steps = 0; steps < kToShared && words.is_word(at); ++steps, at = words.next(at)) {
      if (scene_.has_cue("shared_money", at)) return true;
      if (scene_.has_cue("prepositions", at) && !scene_.has_cue("share_joints", at)) return false;
    }
    return false;
  }

  // "1 km of road costs UZS 2 billion", but not "built 1 hospital with EUR 5 million"
  bool is_of_price(const Clause& clause, const Literal& figure, const Value& value) const {
    if (value.as_decimal() != Decimal(1) || clause.money.empty()) return false;
    const auto sum = std::ranges::find_if(clause.money, [&](const Literal& money) { return money.first >= figure.first; });
    if (sum != clause.money.end() && scene_.cue_in(clause, "money_nothing", clause.first, sum->first) != nullptr) return true;  // "the fee for 1 school is"
    const auto cues = scene_.reading().matches_in("funding_cues", figure.last, clause.last);
    return std::ranges::any_of(cues, [&](const PhraseMatch& cue) { return !scene_.reading().entry(cue).field("price").empty(); });
  }

  // "three projects", said in words, counts what is told rather than measures it.
  bool is_small_word(const Literal& figure, const Value& value) const {
    return value.as_decimal() < Decimal(13) && scene_.has_cue("indicator_small_words", figure.first);
  }

  // "the 2030 Agenda", "15-16 October", "Corridor 2 Investment Program": a number in a name or a date.
  static bool is_name_word(const std::string& unit) {
    const std::size_t blank = unit.rfind(' ');
    const std::string_view last = std::string_view(unit).substr(blank == std::string::npos ? 0 : blank + 1);
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return last.size() > 3 && is_capital(last[0]) && !is_capital(last[1]) && last[1] != '\'';
  }

  void read_quantity(const Clause& clause, const Literal& figure) {
    const ExtractedMention literal = scene_.mention(figure.mention);
    const ValueMap& value = literal.value.as_map();
    if (is_set(value, "restates") && last_ != kNoMention) {
      make_exact(literal, *find(value, "value"));
      return;
    }
    if (!text(value, "kind").empty() || scene_.is_quoted(figure.first) || is_in_name(clause, figure) || is_growth(clause, figure, value)) return;
    if (is_share_of_money(clause, figure, value) || is_of_price(clause, figure, *find(value, "value"))) return;
    const std::string unit = text(value, "unit");
    const bool is_none = std::ranges::any_of(scene_.reading().matches_in("indicator_not_units", figure.first, figure.last),
                                             [&](const PhraseMatch& word) { return !scene_.has_cue("percent_words", word.first); });  // "per cent"
    if (unit.empty() || is_none || is_name_word(unit) || (!is_set(value, "is_part") && is_small_word(figure, *find(value, "value")))) return;
    make(clause, figure, *find(value, "value"), unit, text(value, "comparator"));
  }

  void read_money(const Clause& clause, const Literal& money) {
    const ExtractedMention literal = scene_.mention(money.mention);
    const ValueMap& value = literal.value.as_map();
    make(clause, money, *find(value, "amount"), text(value, "currency"), text(value, "comparator"));
  }

  // "more than 2.5 million (2,503,060)" is one figure, the exact one.
  void make_exact(const ExtractedMention& literal, const Value& value) {
    auto& properties = scene_.out().mentions[last_].properties;
    std::erase_if(properties, [](const ExtractedProperty& property) { return property.name == "value" || property.name == "comparator" || property.name == "unit"; });
    properties.push_back({"unit", text(literal.value.as_map(), "unit"), literal.span, {}, 0.9F});
    properties.push_back({"value", value, literal.span, {}, 0.9F});
  }

  bool is_money(const Literal& figure) const { return scene_.mention(figure.mention).literal == "money"; }

  // "exports", "выручка": the nearest word for what the money measures.
  const PhraseMatch* measure_of(const Clause& clause, const Literal& money) const {
    const PhraseMatch* best = nullptr;
    std::uint32_t nearest = 0;
    for (const PhraseMatch& cue : scene_.reading().matches_in("money_measures", clause.first, clause.last)) {
      const std::uint32_t far = cue.last <= money.first ? money.first - cue.last : cue.first >= money.last ? cue.first - money.last : 0;
      if (best != nullptr && far >= nearest) continue;
      best = &cue;
      nearest = far;
    }
    return best;
  }

  void make(const Clause& clause, const Literal& figure, const Value& value, const std::string& unit, const std::string& comparator) {
    const Span span = scene_.mention(figure.mention).span;
    const std::string status = indicator_status(scene_, clause, figure);
    ExtractedMention mention;
    mention.span = span;
    mention.label = "Indicator";
    mention.extractor = kExtractor;
    mention.confidence = 0.8F;
    const Modality modality = modality_of(status);
    mention.modality = modality;
    const auto put = [&](std::string name, Value what, Span where) { mention.properties.push_back({std::move(name), std::move(what), where, {}, mention.confidence}); };
    const PhraseMatch* measure = is_money(figure) ? measure_of(clause, figure) : nullptr;
    if (measure != nullptr) put("name", std::string(scene_.reading().text(scene_.reading().span(*measure))), scene_.reading().span(*measure));
    else put("name", unit, span);
    put("value", value, span);
    put("unit", unit, span);
    put("status", status, span);
    if (!comparator.empty()) put("comparator", comparator, span);
    const IndicatorTime time = indicator_time(scene_, clause, figure, status);
    if (!time.from.is_unknown()) put("date_from", time.from, time.span);
    if (!time.to.is_unknown()) put("date_to", time.to, time.span);
    if (!time.by.is_unknown()) put("by", time.by, time.span);
    last_ = static_cast<MentionIndex>(scene_.out().mentions.size());
    owners_ = clause.grammar == nullptr ? indicator_owners(scene_, clause, figure, owners_) : cased_indicator_owners(scene_, clause, figure, before_);
    if (is_money(figure) && !is_owner_pointed_at(clause, figure)) keep_owners_of_money();
    before_ = {owners_, &clause};
    find_same(value, unit, status, mention);
    scene_.out().mentions.push_back(std::move(mention));
    for (const Thing* owner : owners_.things) {
      scene_.add(clause, {"HAS_INDICATOR", owner->mention, last_, figure.first, figure.last, modality, owners_.confidence, "has-indicator/1"});
    }
  }

  // "Its exports reached", "wages were paid under it": a pronoun tells that the figure is of what was named before.
  bool is_owner_pointed_at(const Clause& clause, const Literal& figure) const {
    const Walk words = scene_.walk(clause);
    if (scene_.has_cue("topic_owners", clause.first)) return true;
    const std::uint32_t reach = std::min(clause.last, figure.last + kToPointer);
    for (std::uint32_t at = clause.first; at < reach; ++at) {
      if (scene_.reading().match_at("topic_pointers", at) != nullptr) return true;
      if (at >= figure.last && words.is_sign(at, U',')) return false;
    }
    return false;
  }

  // What exports, wages and turnover are of is told, where it is no body: neither a programme named before nor a meeting earns them.
  void keep_owners_of_money() {
    if (owners_.confidence >= kToldOwner) return;
    std::erase_if(owners_.things, [](const Thing* owner) { return owner->root != Root::organization; });
  }

  // The same figure of the same thing told again: equal value, status and last word of the unit, and an owner that is shared.
  void find_same(const Value& value, const std::string& unit, const std::string& status, ExtractedMention& mention) {
    auto& equal = by_value_[value.to_string() + " " + last_stem(unit) + " " + status];
    for (const Earlier& earlier : equal) {
      const bool meets = std::ranges::any_of(earlier.owners, [&](MentionIndex owner) {
        return std::ranges::any_of(owners_.things, [&](const Thing* own) { return scene_.head(own->mention) == owner; });
      });
      if (!meets) continue;
      mention.same_as = earlier.mention;
      mention.same_by = "rule:same-figure/1";
      mention.same_reason = "equal value and unit of the same thing";
      mention.same_score = 0.8F;
      return;
    }
    Earlier own{last_, {}};
    for (const Thing* owner : owners_.things) own.owners.push_back(scene_.head(owner->mention));
    if (equal.size() < kMaxEqual) equal.push_back(std::move(own));
  }

  static std::string last_stem(const std::string& unit) {
    const std::size_t blank = unit.rfind(' ');
    const std::string stem = unit.substr(blank == std::string::npos ? 0 : blank + 1).substr(0, 5);
    return stem == "kilom" ? "km" : stem;
  }

  static Modality modality_of(std::string_view status) {
    if (status == "target" || status == "planned" || status == "forecast") return Modality::planned;
    return status == "capacity" ? Modality::ongoing : Modality::completed;
  }

  struct Earlier {
    MentionIndex mention;
    std::vector<MentionIndex> owners;
  };

  Scene& scene_;
  const std::vector<std::vector<SumUse>>& uses_;  // by clause
  std::map<std::string, std::vector<Earlier>> by_value_;
  MentionIndex last_ = kNoMention;  // the figure before in this sentence
  IndicatorOwners owners_;          // and whose it is
  FigureOwners before_;             // whose the last figure of all is
};

}  // namespace

void relate_indicators(Scene& scene, const std::vector<std::vector<SumUse>>& uses) { Indicators(scene, uses).run(); }

}  // namespace policygraph::inline v0::detail::extract
