#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/positions.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Persons: two to four words in capitals beside a title, a verb of speaking, an initial or with an ending of surnames.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxName = 4;
constexpr std::uint32_t kTitleDistance = 3;
constexpr std::size_t kLongAcronym = 4;    // letters
constexpr std::uint32_t kMaxPortfolio = 10;  // words between a minister and the name
// What a name of a person does not hold.
constexpr std::array<CategoryName, 18> kOthers{
    "organization_heads", "countries", "cities", "demonyms", "months_and_days", "programme_heads", "event_name_heads", "event_heads", "known_organizations",
    "regions", "government_words", "place_heads", "area_adjectives", "list_heads", "act_nouns", "act_number_markers", "act_number_suffixes", "common_nouns"};
constexpr std::uint64_t kOtherBits = Reading::bits(kOthers);

class SentencePersons {
 public:
  SentencePersons(const Words& words, const Owners& owners, Cover& cover, Extraction& out)
      : words_(words), owners_(owners), cover_(cover), out_(out) {}

  void run() {
    const bool is_heading = words_.is_title_case();
    std::uint32_t next = 0;
    for (const std::uint32_t i : words_.marked()) {
      if (i < next || !words_.is_capital(i)) continue;  // neither an initial nor a name
      next = std::max(past_initials(i), past_surname(i));
      if (next != i) {
        emit({i, next}, 0.9F);
        continue;
      }
      next = free_run(i);
      if (next > i && (!is_heading || is_byline(i))) read_run({i, next});
    }
  }

  std::vector<Range> found() && { return std::move(found_); }

 private:
  bool is_byline(std::uint32_t first) const { return first > 0 && (words_.text(first - 1) == "By" || is_labelled(first)); }

  // "Loyiha menejeri: X", "Contact person: X"
  bool is_labelled(std::uint32_t first) const { return first > 1 && words_.text(first - 1) == ":" && words_.match_before("position_titles", first - 1).has_value(); }

  // Past "R. Surname", "R.M.Surname" from `at`; `at` for none.
  std::uint32_t past_initials(std::uint32_t at) const {
    std::uint32_t end = at;
    while (is_initial(words_, end) && end < at + 4) end += 2;
    if (end == at || !words_.is_capital(end) || words_.text(end).size() < 3) return at;
    if (at == 0 && is_numeral(at) && words_.is_upper(end)) return at;
    return cover_.is_free(words_, {at, end + 1}) && !is_other(end) ? end + 1 : at;
  }

  // "I. ASOSIY FAOLIYAT": the number of a heading.
  bool is_numeral(std::uint32_t at) const { return words_.text(at) == "I" || words_.text(at) == "V" || words_.text(at) == "X"; }

  // Past "Surname R.M." from `at`; `at` for none.
  std::uint32_t past_surname(std::uint32_t at) const {
    std::uint32_t end = at + 1;
    while (is_initial(words_, end) && end < at + 5) end += 2;
    const bool is_name = end > at + 1 && words_.text(at).size() >= 3 && is_surname(words_, at) && !is_other(at);
    return is_name && cover_.is_free(words_, {at, end}) ? end : at;
  }

  // Past the capitals from `at` that no name covers yet and no initial begins.
  std::uint32_t free_run(std::uint32_t at) const {
    std::uint32_t end = at;
    while (words_.is_capital(end) && cover_.is_free(words_, {end, end + 1}) && past_initials(end) == end && past_surname(end) == end) {
      ++end;
      if (words_.is_possessive(end - 1)) break;
    }
    return end;
  }

  bool is_other(std::uint32_t at) const {
    if ((words_.starting(at) & kOtherBits) == 0) return false;
    for (const CategoryName category : kOthers) {
      if (words_.match(category, at) && !words_.match("given_names", at)) return true;
    }
    return false;
  }

  // Titles at its start are stripped and one within ends it.
  Range name_in(Range run) const {
    if (!words_.match("position_titles", run.first)) run = without_leaders(words_, run);
    while (run.size() > 1 && words_.match("demonyms", run.first) && words_.match("position_titles", run.first + 1)) ++run.first;
    if (run.size() == 3 && words_.match("organization_heads", run.first) && has_surname_ending({run.last - 1, run.last})) ++run.first;
    while (!run.is_empty()) {
      auto title = words_.match("position_titles", run.first);
      if (!title) title = words_.match("honorifics", run.first);
      if (!title) break;
      run.first = std::min(title->range.last, run.last);
    }
    run = without_owner(run);
    for (std::uint32_t i = run.first; i < run.last; ++i) {
      const auto title = words_.match("position_titles", i);
      if (!title) continue;
      if (title->range.last + 2 <= run.last) run.first = title->range.last;  // "Assistant Director-General Anna Nagy"
      else run.last = i;
    }
    return run;
  }

  // "глава ЕАБР Николай Подгорный", "министра финансов Республики Армения Ваге Ованнисяна": whose a title is stands in front of the name.
  Range without_owner(Range run) const {
    if (run.size() > 2 && words_.is_upper(run.first) && !words_.is_upper(run.first + 1) && !is_surname(words_, run.first)) ++run.first;
    if (words_.grammar() == nullptr || words_.grammar()->is_head_last) return run;
    if (const auto state = words_.match("jurisdiction_names", run.first); state && state->range.last + 2 <= run.last) run.first = state->range.last;
    if (const auto state = words_.match("countries", run.first); state && state->range.last + 2 <= run.last) run.first = state->range.last;
    return run;
  }

  // Of "Minister of Foreign Affairs and Trade Anna Nagy" the name is the last two words.
  Range without_portfolio(Range name) const {
    if (name.size() < 3 || name.first == 0 || !words_.is_any(name.first - 1, {"of", "and"})) return name;
    for (std::uint32_t at = name.first; at > 0 && name.first - at < kMaxPortfolio; --at) {
      const auto title = words_.match_before("position_titles", at);
      if (title && title->entry->field("complement") == "topic") {
        const bool is_of_person = title->range.first > 0 && words_.is(title->range.first - 1, ",") && ends_name(title->range.first - 1);
        return is_of_person || words_.is(name.last, "of") ? Range{name.last, name.last} : Range{name.last - 2, name.last};
      }
      if (!words_.is_capital(at - 1) && !words_.is_any(at - 1, {"of", "for", "and", "the", ","})) break;
    }
    return name;
  }

  bool ends_name(std::uint32_t at) const {
    return std::ranges::any_of(found_, [&](Range name) { return name.last == at; });
  }

  void read_run(Range run) {
    Range name = without_portfolio(name_in(run));
    if (name.is_empty() || name.size() > kMaxName + 1) return;
    if (name.size() > 2 && is_other(name.last - 1) && !is_other(name.last - 2)) --name.last;  // "Aziz Karimov Buxoroda"
    if (name.size() > kMaxName) return;
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      if (is_other(i) || (words_.is_upper(i) && words_.is_stop_word(i))) return;  // "ДОГОВОР О ФИНАНСИРОВАНИИ"
    }
    if (name.size() == 1) return read_single(name);
    if (is_of_acronyms(name)) return;
    const float confidence = evidence(run, name);
    if (confidence > 0) emit(name, confidence);
  }

  // "МЗ РК", "ФК МЗ РК": capitals of a few letters each name no person.
  bool is_of_acronyms(Range name) const {
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      const std::string_view word = words_.text(i);
      const std::size_t letters = static_cast<unsigned char>(word.front()) >= 0x80U ? word.size() / 2 : word.size();
      if (!words_.is_upper(i) || letters > kLongAcronym) return false;
    }
    return true;
  }

  // "As McNamara predicts"
  void read_single(Range name) {
    const bool is_cited = name.first > 0 && words_.is(name.first - 1, "as") && words_.match("speech_verbs", name.last);
    const bool is_addressed = is_honoured(name);
    if ((is_cited && !words_.is_upper(name.first)) || is_addressed) emit(name, 0.7F);
  }

  // "Mr Nagy"; "Nagy xonim", where the word in front goes with the name before it.
  bool is_honoured(Range name) const {
    const bool is_behind = words_.grammar() != nullptr && words_.grammar()->is_head_last;
    if (is_behind && words_.match("honorifics", name.last)) return true;
    const auto before = words_.match_before("honorifics", name.first);
    return before.has_value() && !(is_behind && before->range.first > 0 && words_.is_capital(before->range.first - 1));
  }

  float evidence(Range run, Range name) const {
    if (name.first > run.first || is_titled_before(name.first) || is_titled_after(name.last)) return 0.9F;
    if (is_honoured(name)) return 0.9F;
    if (has_category(name, "given_names") || has_surname_ending(name)) return 0.85F;
    if (words_.match_before("speech_verbs", name.first) || words_.match("speech_verbs", name.last)) return 0.75F;
    if (words_.match_before("person_nouns", name.first)) return 0.8F;
    const bool is_joined = name.size() == 2 && !found_.empty() && found_.back().last + 1 == name.first && words_.match("list_joints", name.first - 1);
    return is_joined ? 0.7F : 0.0F;  // "Anna Nagy and Mona Abel"
  }

  bool has_category(Range name, CategoryName category) const { return words_.match(category, name.first).has_value(); }

  bool has_surname_ending(Range name) const {
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      if (is_surname(words_, i)) return true;
    }
    return false;
  }

  bool is_titled_before(std::uint32_t first) const {
    return is_labelled(first) || words_.match_before("position_titles", first).has_value() || title_before(words_, owners_, first).has_value();
  }

  // ", the Deputy Minister of X"
  bool is_titled_after(std::uint32_t last) const {
    if (!words_.is(last, ",")) return false;
    for (std::uint32_t i = last + 1; i <= last + kTitleDistance; ++i) {
      if (words_.match("position_titles", i)) return true;
      if (!words_.is_capital(i) && !words_.is_any(i, {"the", "a", "an", "former", "deputy", "first"})) return false;
    }
    return false;
  }

  // "имени К. И. Скрябина", "Berdaq nomidagi", «Цифровой Алтай»: what is named so, and no person.
  bool is_in_name(Range name) const {
    if (words_.match_before("name_honours", name.first) || words_.match("name_honours", name.last)) return true;
    for (std::uint32_t at = name.first; at > 1 && name.first - at < kTitleDistance; --at) {  // "named after Academician B. Gafurov"
      if (words_.is(at - 1, "after") && words_.is(at - 2, "named")) return true;
    }
    return name.first > 0 && words_.is_open_quote(name.first - 1) && words_.closing_quote(name.first - 1) == name.last;
  }

  void emit(Range name, float confidence) {
    if (is_in_name(name)) return;
    out_.mentions.push_back(named(words_, name, "Person", "person/1", confidence));
    if (words_.grammar() != nullptr && words_.grammar()->is_head_last) put_nominative(name, out_.mentions.back());
    cover_.add(words_, name);
    found_.push_back(name);
  }

  // "Maxer Salmanning" is Maxer Salman; the other cases end as names may.
  void put_nominative(Range name, ExtractedMention& found) const {
    const auto* ending = words_.grammar()->case_of(words_.folded(name.last - 1));
    if (ending == nullptr || ending->role != Role::owner) return;
    found.properties.front().value = Value(words_.reading().text(without_case(words_, name, *words_.grammar())));
    found.properties.push_back(property("aliases", Value(ValueList{Value(words_.name(name))}), found.span));
  }

  const Words& words_;
  const Owners& owners_;
  Cover& cover_;
  Extraction& out_;
  std::vector<Range> found_;
};

// "Nagy said" after "Anna Nagy": the surname alone.
class SurnamesAlone {
 public:
  SurnamesAlone(Cover& cover, Extraction& out) : cover_(cover), out_(out) {}

  void remember(const Words& words, Range name) {
    const std::string_view surname = without_possessive(words, name.last - 1);
    if (name.size() > 1 && surname.size() >= kLeastSurname) known_.emplace(surname);
  }

  void read(const Words& words) {
    if (known_.empty()) return;
    for (const std::uint32_t i : words.marked()) {
      const bool is_alone = words.is_capital(i) && !words.is_capital(i + 1) && (i == 0 || !words.is_capital(i - 1));
      if (!is_alone || !cover_.is_free(words, {i, i + 1}) || !known_.contains(without_possessive(words, i))) continue;
      out_.mentions.push_back(named(words, {i, i + 1}, "Person", "person/1", 0.7F));
      cover_.add(words, {i, i + 1});
    }
  }

 private:
  static constexpr std::size_t kLeastSurname = 4;

  std::set<std::string, std::less<>> known_;
  Cover& cover_;
  Extraction& out_;
};

}  // namespace

void recognise_persons(const Reading& reading, Extraction& out) {
  Cover cover(reading, out);
  Owners owners(out);
  SurnamesAlone surnames(cover, out);
  each_sentence(reading, [&](const Words& words) {
    owners.enter(words);
    SentencePersons persons(words, owners, cover, out);
    persons.run();
    for (const Range& name : std::move(persons).found()) {
      add_positions(words, owners, name, out);
      surnames.remember(words, name);
    }
  });
  each_sentence(reading, [&](const Words& words) { surnames.read(words); });
}

}  // namespace policygraph::inline v0::detail::extract
