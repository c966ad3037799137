#include "extract/recognizers/organization_name.hpp"

#include <charconv>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxName = 20;

bool has_two_capitals(std::string_view word) {
  int count = 0;
  for (const char c : word) count += c >= 'A' && c <= 'Z' ? 1 : 0;
  return count >= 2;
}

}  // namespace

OrganizationName OrganizationNames::make(Range range, std::string kind, float confidence) const {
  OrganizationName out;
  out.range = range;
  out.whole = range;
  out.kind = std::move(kind);
  out.country = country_in(words_, range);
  out.confidence = confidence;
  return out;
}

// "УСРБ ООН", "UNRCCA UN": capitals that no pack knows right in front of "ООН" are a part of it.
std::uint32_t OrganizationNames::with_acronym(const WordMatch& match) const {
  const std::uint32_t first = match.range.first;
  const bool is_whole = match.entry->id != "United Nations" || match.range.size() != 1 || first == 0;
  if (is_whole || !words_.is_upper(first - 1) || words_.text(first - 1).size() < 4 || is_place_or_known(first - 1) || words_.is_title_case()) return first;
  return first - 1;
}

std::vector<OrganizationName> OrganizationNames::known() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& match : words_.matches("known_organizations")) {
    OrganizationName name = make(match.range, std::string(match.entry->field("kind")), 0.95F);
    name.range.last = name.whole.last = words_.is(match.range.last, "for") && words_.is(match.range.last + 1, "the") ? match.range.last : complement(match.range.last, false);
    name.country = country_in(words_, {match.range.last, name.range.last});
    if (const auto country = match.entry->field("country"); !country.empty()) name.country = country;
    if (name.range.last == match.range.last) name.nominative = match.entry->field("nominative");
    name.range.first = name.whole.first = with_acronym(match);
    if (name.range.first != match.range.first) name.nominative.clear();
    out.push_back(std::move(name));
  }
  return out;
}

bool OrganizationNames::has_organization_head(Range range) const {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (words_.match("organization_heads", i)) return true;
  }
  return false;
}

bool OrganizationNames::is_place_or_known(std::uint32_t at) const {
  for (const CategoryName category : std::initializer_list<CategoryName>{"countries", "cities", "regions", "known_organizations", "months_and_days"}) {
    if (words_.match(category, at)) return true;
  }
  return false;
}

// Whether [first, last) may be a further part of a name in a list: "Science" of "Ministry of Education, Science and Innovation".
bool OrganizationNames::is_part(std::uint32_t first, std::uint32_t last) const {
  // "School Education" is what a ministry is of, "IT Park" is not.
  const bool has_head = has_organization_head({first + 1, last}) || (last == first + 1 && has_organization_head({first, last}));
  if (first == last || has_head || is_place_or_known(first) || words_.is_possessive(last - 1)) return false;
  return (!words_.is_upper(first) || (last == first + 1 && words_.is_any(first, {"ict", "it"}))) && !words_.match("position_titles", first);
}

// Past ", X and Y" or "and X" that goes on with a name that ends at `at`.
std::uint32_t OrganizationNames::and_list(std::uint32_t at) const {
  std::uint32_t end = at;
  while (words_.is(end, ",") && end < at + kMaxName) {
    const std::uint32_t last = run_end(words_, end + 1, words_.size());
    if (!is_part(end + 1, last)) break;
    end = last;
  }
  const std::uint32_t joint = words_.is(end, ",") ? end + 1 : end;
  if (!words_.is(joint, "and")) return at;
  const std::uint32_t last = run_end(words_, joint + 1, words_.size());
  return is_part(joint + 1, last) ? last : at;
}

// "Цель Фонда": in a language that puts the head first only adjectives stand in front of it.
std::uint32_t OrganizationNames::past_strangers(std::uint32_t first, std::uint32_t head) const {
  const CaseGrammar* grammar = words_.grammar();
  if (grammar == nullptr || grammar->is_head_last || static_cast<unsigned char>(words_.text(head).front()) < 0x80U) return first;
  while (first < head && static_cast<unsigned char>(words_.text(first).front()) >= 0x80U && !grammar->modifies(words_.folded(first))) ++first;
  return first;
}

// Past "No. 5" of a numbered body.
std::uint32_t OrganizationNames::past_number(std::uint32_t at) const {
  if (!words_.is_any(at, {"no", "nr"}) && words_.sign(at) != U'\u2116') return at;
  const std::uint32_t next = words_.text(at + 1) == "." ? at + 2 : at + 1;
  return words_.is_number(next) ? next + 1 : at;
}

// "Ministry of digital technologies": English of a kind that writes what a ministry is of in small letters.
bool OrganizationNames::takes_small(std::uint32_t at) const {
  return at > 0 && words_.is_any(at - 1, {"ministry", "committee", "depository", "registry"}) && words_.is(at, "of") && words_.is_small(at + 1) && !words_.is_stop_word(at + 1);
}

std::uint32_t OrganizationNames::small_words(std::uint32_t at) const {
  std::uint32_t end = at;
  while (end < at + 4 && words_.is_small(end) && !words_.is_stop_word(end) && !is_break(words_, end)) ++end;
  return end;
}

// Past "of X and Y", "for X in Y", "of the Republic of Z", "to Z" after a head; the same place when nothing follows.
std::uint32_t OrganizationNames::complement(std::uint32_t at, bool takes_more) const {
  std::uint32_t end = at;
  while (end < at + kMaxName) {
    const bool is_to = takes_more && words_.is(end, "to");
    const bool is_in = end > at && words_.is(end, "in") && !is_place_or_known(end + 1);
    const bool is_on = takes_more && words_.is(end, "on");
    if (!words_.is_any(end, {"of", "for"}) && !is_on && !is_to && !is_in) break;
    if (words_.is_possessive(end - 1)) break;
    std::uint32_t next = end + 1;
    if (words_.is(next, "the")) ++next;
    if (end > at && words_.match("organization_heads", next) && words_.is(next - 1, "the")) break;  // the body that it belongs to
    if (words_.is_open_quote(next) && end == at) {
      const std::uint32_t close = words_.closing_quote(next);
      return close < words_.size() ? close + 1 : end;
    }
    const std::uint32_t last = run_end(words_, next, words_.size());
    if (last == next && end == at && takes_small(at)) return small_words(next);
    if (last == next || words_.match("months_and_days", next) || (words_.is(end, "for") && is_work(last - 1))) break;
    const bool is_region = (words_.match("regions", next) || words_.match("cities", next)) && words_.is_small(last) && words_.match("place_heads", last);
    end = words_.match("countries", next) ? last : is_region ? last + 1 : and_list(last);
  }
  return end;
}

// Where the words before a head begin: "The Global Education and Leadership Foundation".
std::uint32_t OrganizationNames::left_end(const WordMatch& head) const {
  Range run = without_leaders(words_, {run_begin(words_, head.range.first, 0), head.range.first});
  if (run.is_empty() || run.first < 2 || !words_.is(run.first - 1, "and")) return run.is_empty() ? head.range.first : run.first;
  const std::uint32_t left = run_begin(words_, run.first - 1, 0);
  const Range before{left, run.first - 1};
  const bool is_led_by_country = before.size() >= 2 && words_.match("countries", left);  // "the Korea Environmental Industry and Technology Institute"
  if (before.is_empty() || has_organization_head(before) || (is_place_or_known(left) && !is_led_by_country) || words_.is_upper(left)) return run.first;
  const bool begins_with_the = words_.is(left, "the") || (left > 0 && words_.is(left - 1, "the"));
  return begins_with_the && before.size() <= 4 ? without_leaders(words_, before).first : run.first;
}

std::string OrganizationNames::kind_by_words(Range range, std::string kind) const {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const auto found = words_.match("organization_modifiers", i);
    if (found && found->range.last <= range.last) return found->entry->id;
  }
  return kind;
}

// "Rector of Samarkand State University Rustam Karimov": a title in front of the name, and its person behind it.
bool OrganizationNames::ends_with_person(Range range, std::uint32_t past_head) const {
  if (range.last != past_head + 2 || !is_surname(words_, range.last - 1)) return false;
  std::uint32_t at = range.first > 0 && words_.is(range.first - 1, "the") ? range.first - 1 : range.first;
  if (at > 0 && words_.is_any(at - 1, {"of", "at", "for"})) --at;
  return words_.match("given_names", range.last - 2).has_value() || words_.match_before("position_titles", at).has_value();
}

std::optional<OrganizationName> OrganizationNames::headed_at(const WordMatch& head) const {
  Range range{left_end(head), run_end(words_, head.range.first, words_.size())};
  range.first = past_strangers(range.first, head.range.first);
  const CaseGrammar* grammar = words_.grammar();  // "Цель Фонда" is no name of one
  if (grammar != nullptr && !grammar->is_head_last && range.first < head.range.first && !grammar->modifies(words_.folded(head.range.first - 1))) return std::nullopt;
  std::string kind = head.entry->id;
  for (std::uint32_t i = head.range.last; i < range.last; ++i) {
    if (words_.match("position_titles", i)) range.last = i;  // "World Bank Country Director"
    if (words_.is_any(i, {"no", "nr"})) range.last = i;
  }
  range.last = past_number(range.last);
  for (std::uint32_t i = head.range.last; i < range.last; ++i) {
    if (const auto later = words_.match("organization_heads", i)) kind = later->entry->id;
  }
  if (!words_.is_possessive(range.last - 1)) range.last = complement(range.last, words_.match("organization_tails", head.range.first).has_value());
  while (!range.is_empty() && words_.match("position_titles", range.first) && !has_organization_head({range.first, range.first + 1})) ++range.first;
  if (ends_with_person(range, head.range.last)) range.last -= 2;
  // "Project manager of the Foundation Anna Ivanova": what follows the head is a person.
  if (range.first == head.range.first && range.last == head.range.last + 2 && is_surname(words_, range.last - 1)) range.last = head.range.last;
  const bool is_plural = head.range.size() == 1 && range.first == head.range.first && words_.text(head.range.first).ends_with("s");
  if (range.size() <= head.range.size() || is_plural) return std::nullopt;  // "Universities of Japan"
  const Range modifiers{range.first, range.last};
  const bool is_only_country = range.last == head.range.last && head.range.first - range.first == 1 &&
                               (words_.match("demonyms", range.first) || words_.match("countries", range.first));
  OrganizationName name = make(range, kind_by_words(modifiers, kind), is_only_country ? 0.6F : 0.85F);
  for (std::uint32_t i = head.range.last; i < range.last; ++i) {
    if (words_.is(i, "to")) name.country = country_in(words_, {range.first, i});  // not where it is sent
  }
  if (range.first > 0 && words_.is_possessive(range.first - 1) && name.country.empty()) {
    name.country = country_in(words_, {range.first - 1, range.first});
  }
  return name;
}

// "Department of History, Riverside University"
bool OrganizationNames::is_of_university(const OrganizationName& name) const {
  if (!words_.is(name.range.first, "department") || !words_.is(name.range.last, ",")) return false;
  for (std::uint32_t i = name.range.last + 1; words_.is_capital(i) && i < name.range.last + 8; ++i) {
    const auto head = words_.match("organization_heads", i);
    if (head && head->entry->id == "academic") return true;
  }
  return false;
}

std::vector<OrganizationName> OrganizationNames::headed() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& head : words_.matches("organization_heads")) {
    if (auto name = headed_at(head)) {
      if (is_of_university(*name)) name->kind = "academic";
      const bool is_under = words_.is(name->range.last, "under") && name->kind == "other";
      if (is_under) name->kind = "government";
      out.push_back(std::move(*name));
    }
  }
  return out;
}

std::vector<OrganizationName> OrganizationNames::governments() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& word : words_.matches("government_words")) {
    Range range = word.range;
    if (const auto people = words_.match_before("demonyms", range.first)) range.first = people->range.first;
    if (const auto owner = words_.match_before("countries", range.first); owner && range == word.range) range.first = owner->range.first;
    if (range == word.range && words_.is(range.last, "of")) {
      const std::uint32_t next = words_.is(range.last + 1, "the") ? range.last + 2 : range.last + 1;
      if (const auto country = words_.match("countries", next)) range.last = country->range.last;
    }
    if (range == word.range) continue;
    out.push_back(make(range, "government", 0.8F));
  }
  return out;
}

std::vector<OrganizationName> OrganizationNames::offices() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& title : words_.matches("position_titles")) {
    if (title.range.size() != 1 || words_.text(title.range.first) != "President" || !words_.is(title.range.last, "of")) continue;
    const std::uint32_t next = words_.is(title.range.last + 1, "the") ? title.range.last + 2 : title.range.last + 1;
    const auto country = words_.match("countries", next);
    const auto region = words_.match("regions", next);
    if (!country && !region) continue;
    out.push_back(make({title.range.first, (country ? country : region)->range.last}, "government", 0.7F));
    if (!country) out.back().country = region->entry->field("country");
  }
  return out;
}

// "the Tashkent-based company Artel", "компания Artel": a name in capitals right behind the word in small letters; empty if none.
Range OrganizationNames::named_company(const WordMatch& word) const {
  const std::uint32_t first = word.range.last;
  if (word.entry->id != "company" || !words_.is_small(word.range.first) || words_.text(word.range.last - 1).ends_with("s") || first == 0) return {};
  if (!words_.is_capital(first) || is_place_or_known(first) || words_.match("position_titles", first) || words_.match("given_names", first)) return {};
  if (words_.match("jurisdiction_names", first) || words_.match("state_nouns", first)) return {};
  if (words_.grammar() != nullptr && static_cast<unsigned char>(words_.text(first).front()) >= 0x80U) return {};  // "компания Марко Мантовани"
  const std::uint32_t last = run_end(words_, first, words_.size());
  return last > first && last <= first + 3 && !is_surname(words_, last - 1) ? Range{first, last} : Range{};
}

std::vector<OrganizationName> OrganizationNames::beside_words() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& word : words_.matches("company_words")) {
    std::uint32_t at = word.range.last;
    const bool closes = words_.sign(at) == U'"' && at + 1 < words_.size() && words_.reading().token(words_.token(at + 1)).space_before;  // "X Bank" and
    if (words_.is_open_quote(at) && !closes) {
      const std::uint32_t close = words_.closing_quote(at);
      if (close < words_.size() && close > at + 1 && close - at <= 8) out.push_back(make({at + 1, close}, word.entry->id, 0.85F));
    } else if (const Range name = named_company(word); !name.is_empty()) {
      out.push_back(make(name, word.entry->id, 0.6F));
    } else if (word.range.first > 0 && words_.is_upper(word.range.first)) {
      const Range run = without_leaders(words_, {run_begin(words_, word.range.first, 0), word.range.first});
      bool has_stop = false;  // "LAW ON JSC"
      for (std::uint32_t i = run.first; i < run.last; ++i) has_stop = has_stop || words_.is_stop_word(i);
      if (!run.is_empty() && !has_stop) out.push_back(make({run.first, word.range.last}, word.entry->id, 0.8F));
    }
  }
  for (std::uint32_t i = 0; i < words_.size(); ++i) {  // "Lakebank", "Lakebank JSCB"
    const std::string_view word = words_.folded(i);
    if (!words_.is_capital(i) || word.size() < 7 || !word.ends_with("bank") || is_place_or_known(i)) continue;
    const bool has_form = !words_.is_possessive(i) && words_.is_any(i + 1, {"jscb", "jsc", "jsb", "plc", "llc"});
    out.push_back(make({i, has_form ? i + 2 : i + 1}, "company", 0.8F));
  }
  for (const Range& owner : branch_owners()) {
    if (!is_place_or_known(owner.first)) out.push_back(make(owner, "other", 0.7F));
  }
  return out;
}

// The names after "branch of".
std::vector<Range> OrganizationNames::branch_owners() const {
  std::vector<Range> out;
  for (const WordMatch& word : words_.matches("branch_words")) {
    if (!words_.is(word.range.last, "of")) continue;
    const std::uint32_t first = words_.is(word.range.last + 1, "the") ? word.range.last + 2 : word.range.last + 1;
    const std::uint32_t last = run_end(words_, first, words_.size());
    if (last > first) out.push_back({first, last});
  }
  return out;
}

// "the new branch of X in the Y region" is a body of its own.
std::vector<OrganizationName> OrganizationNames::branches() const {
  std::vector<OrganizationName> out;
  for (const Range& owner : branch_owners()) {
    Range range = owner;
    while (range.first > 0 && !words_.match("branch_words", range.first)) --range.first;
    while (range.first > 0 && words_.is_word(range.first - 1) && !words_.is_stop_word(range.first - 1) && !is_break(words_, range.first - 1)) --range.first;
    std::uint32_t next = range.last;
    if (words_.is(next, "in")) next += words_.is(next + 1, "the") ? 2 : 1;
    const std::uint32_t place = next == range.last ? next : run_end(words_, next, words_.size());
    if (place > next) range.last = words_.match("place_heads", place) ? place + 1 : place;
    std::string kind = "other";
    for (std::uint32_t i = owner.first; i < owner.last; ++i) {
      if (const auto head = words_.match("organization_heads", i)) kind = head->entry->id;
    }
    out.push_back(make(range, kind, 0.6F));
  }
  return out;
}

std::vector<OrganizationName> OrganizationNames::led() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& title : words_.matches("position_titles")) {
    if (title.entry->field("complement") == "topic" || !words_.is_any(title.range.last, {"of", "at"})) continue;
    std::uint32_t first = title.range.last + 1;
    if (words_.is(first, "the")) ++first;
    std::uint32_t last = run_end(words_, first, words_.size());
    if (last > first + 2 && is_surname(words_, last - 1)) last -= 2;  // "Governor of Lake Region Anna Ivanova"
    const bool is_bare = last == first + 1 && has_organization_head({first, last});
    const bool is_topic = words_.is(last, "of") || is_place_or_known(first) || words_.match("demonyms", first) || words_.match("place_heads", last) ||
                          (last > first && words_.match("place_heads", last - 1));
    const bool is_person = last > first + 1 && has_organization_head({first, first + 1}) && is_surname(words_, last - 1);
    if (last == first || is_bare || is_topic || is_person) continue;
    out.push_back(make({first, last}, title.entry->field("kind").empty() ? "other" : std::string(title.entry->field("kind")), 0.7F));
  }
  return out;
}

// In "thanked Microsoft, Huawei and Brightline Works" the company that nobody knows is one too.
void OrganizationNames::add_companions(const WordMatch& first, std::vector<OrganizationName>& out) const {
  if (first.entry->field("kind") != "company" || (first.range.first > 0 && words_.is(first.range.first - 1, ","))) return;
  std::vector<Range> unknown;
  const NameList list = read_list(words_, first.range.first);
  for (const Range& name : list.names) {
    const auto known = words_.match("known_organizations", name.first);
    if (!known && !is_place_or_known(name.first) && !words_.match("position_titles", name.first)) unknown.push_back(name);
  }
  if (list.names.size() < 3 || unknown.size() * 2 > list.names.size()) return;
  for (const Range& name : unknown) out.push_back(make(name, "company", 0.6F));
}

std::vector<OrganizationName> OrganizationNames::listed() const {
  std::vector<OrganizationName> out;
  for (const WordMatch& giver : words_.matches("list_givers")) {
    const NameList list = read_list(words_, giver.range.last);
    if (list.names.size() < 3) continue;
    for (const Range& name : list.names) {
      if (!is_place_or_known(name.first) && !words_.match("demonyms", name.first)) out.push_back(make(name, "company", 0.6F));
    }
  }
  for (const WordMatch& known : words_.matches("known_organizations")) add_companions(known, out);
  return out;
}

// A loose rendering of a name is told for what it is by its acronym: "German International Cooperation Society (GIZ)".
void OrganizationNames::read_known_acronym(std::uint32_t at, OrganizationName& name) const {
  const auto known = words_.match("known_organizations", at);
  if (!known || known->range.size() != 1) return;
  const std::string_view country = known->entry->field("country");
  const bool is_same_country = !country.empty() && country == name.country;
  if (is_same_country) name.kind = known->entry->field("kind");
}

void OrganizationNames::read_note(OrganizationName& name) const {
  std::uint32_t at = name.range.last;
  while (words_.text(at) == "(" && words_.text(at + 2) == ")") {
    int year = 0;
    const std::string_view note = words_.text(at + 1);
    if (words_.is_word(at + 1) && has_two_capitals(note) && note.size() <= 12) {
      if (name.acronym.is_empty()) {
        read_known_acronym(at + 1, name);
        name.acronym = {at + 1, at + 2};
        name.noted = {name.range.first, at + 3};
      }
      name.whole.last = at + 3;
    } else if (note.size() == 4 && std::from_chars(note.data(), note.data() + 4, year).ec == std::errc() && year > 1000 && year < 2100) {
      if (tells_of_founding_) name.founded = PartialDate::year(year);
      break;
    } else {
      break;
    }
    at += 3;
  }
}

}  // namespace policygraph::inline v0::detail::extract
