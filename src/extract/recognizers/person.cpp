#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/person_cases.hpp"
#include "extract/recognizers/positions.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Persons: two to four words in capitals beside a title, a verb of speaking, an initial or with an ending of surnames.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxName = 4;
constexpr std::uint32_t kTitleDistance = 3;
constexpr std::size_t kShortAcronym = 3;   // bytes
constexpr std::size_t kLongAcronym = 4;    // letters
constexpr std::uint32_t kMaxPortfolio = 10;  // words between a minister and the name
constexpr std::uint32_t kWithPatronymic = 3;  // words of a name that holds one
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
      if (next > i && (!is_heading || is_byline(i) || is_lined_up({i, next}))) read_run({i, next});
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
    if (end == at || !words_.is_capital(end) || words_.text(end).size() < 3 || words_.match("position_titles", end)) return at;
    if (at == 0 && is_numeral(at) && words_.is_upper(end)) return at;
    return cover_.is_free(words_, {at, end + 1}) && !is_other(end) ? end + 1 : at;
  }

  // "I. ASOSIY FAOLIYAT": the number of a heading.
  bool is_numeral(std::uint32_t at) const { return words_.text(at) == "I" || words_.text(at) == "V" || words_.text(at) == "X"; }

  // Past "Surname R.M." from `at`; `at` for none.
  std::uint32_t past_surname(std::uint32_t at) const {
    std::uint32_t end = at + 1;
    while (is_initial(words_, end) && end < at + 5) end += 2;
    const bool is_of_next = words_.is_capital(end) && is_surname(words_, end) && !is_initial(words_, end + 1);  // "Кабинета Министров Б. Асанов"
    const bool is_name = end > at + 1 && !is_of_next && words_.text(at).size() >= 3 && is_surname(words_, at) && !is_other(at);
    return is_name && cover_.is_free(words_, {at, end}) ? end : at;
  }

  // Past the capitals from `at` that no name covers yet and no initial begins.
  std::uint32_t free_run(std::uint32_t at) const {
    std::uint32_t end = at;
    while (words_.is_capital(end) && cover_.is_free(words_, {end, end + 1}) && past_initials(end) == end && past_surname(end) == end) {
      ++end;
      if (words_.is_possessive(end - 1) || is_acronym_in_case(end)) break;
    }
    return end;
  }

  // "МДҲга", "BMTning": capitals with an ending are no part of the name before them.
  bool is_acronym_in_case(std::uint32_t at) const {
    const std::string_view text = words_.text(at);
    const std::size_t letter = !text.empty() && static_cast<unsigned char>(text.front()) >= 0x80U ? 2 : 1;
    if (words_.grammar() == nullptr || !words_.grammar()->is_head_last || text.size() <= 2 * letter || words_.is_upper(at)) return false;
    return words_.is_capital(at) && is_capital_letter(text.substr(letter)) && words_.grammar()->case_of(words_.folded(at)) != nullptr;
  }

  static bool is_capital_letter(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80U) return first >= 'A' && first <= 'Z';
    const auto second = static_cast<unsigned char>(text.size() > 1 ? text[1] : '\0');
    return (first == 0xD0U && second >= 0x80U && second <= 0xAFU) || (first == 0xD2U && (second & 1U) == 0);
  }

  bool is_patronymic(std::uint32_t at) const {
    const std::string_view word = words_.folded(at);
    return std::ranges::any_of(words_.reading().packs().patronymic_endings, [&](std::string_view ending) {
      return word.size() > ending.size() + 2 && word.ends_with(ending);
    });
  }

  // "Karimov Aziz Botirovich Toshkent": what stands behind a patronymic is a surname, where that does not stand in front.
  Range without_next(Range name) const {
    for (std::uint32_t i = name.first + 1; i < name.last; ++i) {
      if (!is_patronymic(i)) continue;
      const bool is_led = i >= name.first + 2 && i + 1 < name.last && is_surname(words_, i + 1) && !is_surname(words_, name.first);
      if (is_led) return {i - 1, i + 2};  // "Мнение Ольги Сергеевны Петровой"
      return {name.first, std::min(name.last, std::max(i + 1, name.first + kWithPatronymic))};
    }
    return name;
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
    if (const auto title = words_.match_over("position_titles", run.first); title && title->range.first < run.first && title->range.last + 2 <= run.last) {
      run.first = title->range.last;  // "Secretary of State Anna Nagy"
    }
    while (!run.is_empty()) {
      auto title = words_.match("position_titles", run.first);
      if (!title) title = words_.match("honorifics", run.first);
      if (!title) break;
      run.first = std::min(title->range.last, run.last);
    }
    run = without_owner(run);
    for (std::uint32_t i = run.first; i < run.last; ++i) {
      if (const auto honour = words_.match("honorifics", i); honour && honour->range.last + 2 <= run.last) run.first = honour->range.last;
      const auto title = words_.match("position_titles", i);
      if (!title) continue;
      if (title->range.last + 2 <= run.last) run.first = title->range.last;  // "Assistant Director-General Anna Nagy"
      else run.last = i;
    }
    return without_next(run);
  }

  // "Sessiyada Fayzova Sayyora": where, at the start of a sentence.
  bool begins_with_place(Range run) const {
    const auto* ending = words_.grammar() != nullptr && words_.grammar()->is_head_last ? words_.grammar()->case_of(words_.folded(run.first)) : nullptr;
    return ending != nullptr && ending->role == Role::place;
  }

  // "глава ЕАБР Николай Подгорный", "министра финансов Республики Армения Ваге Ованнисяна": whose a title is stands in front of the name.
  Range without_owner(Range run) const {
    if (run.first == 0 && run.size() > 2 && begins_with_place(run)) ++run.first;
    if (run.size() > 2 && words_.is_upper(run.first) && !words_.is_upper(run.first + 1) && !is_surname(words_, run.first)) ++run.first;
    if (words_.grammar() == nullptr || words_.grammar()->is_head_last) return run;
    if (const auto state = words_.match("jurisdiction_names", run.first); state && state->range.last + 2 <= run.last) run.first = state->range.last;
    for (const CategoryName category : {CategoryName("countries"), CategoryName("regions"), CategoryName("area_names")}) {
      if (const auto place = words_.match(category, run.first); place && place->range.last + 2 <= run.last) run.first = place->range.last;
    }
    return run;
  }

  // Of "Minister of Foreign Affairs and Trade Anna Nagy" the name is the last two words.
  Range without_portfolio(Range name) const {
    if (name.size() < 3 || name.first == 0 || !words_.is_any(name.first - 1, {"of", "and", "for"})) return name;
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

  // "IV форум"; "Дальнего Востока", where a given name has no such ending.
  bool begins_no_name(std::uint32_t at) const {
    const std::string_view text = words_.text(at);
    if (words_.is_upper(at) && text.find_first_not_of("IVXL") == std::string_view::npos) return true;
    if (words_.is_upper(at) && text.size() <= kShortAcronym && !words_.is_upper(at + 1)) return true;  // "IT Parkka"
    const auto has_ending = [&](std::string_view ending) { return words_.folded(at).size() > ending.size() && words_.folded(at).ends_with(ending); };
    return words_.grammar() != nullptr && std::ranges::any_of(words_.reading().packs().adjective_endings, has_ending);
  }

  void read_run(Range run) {
    Range name = without_portfolio(name_in(run));
    if (!name.is_empty() && begins_no_name(name.first)) return;
    if (name.is_empty() || name.size() > kMaxName + 1) return;
    if (name.size() > 2 && is_other(name.last - 1) && !is_other(name.last - 2)) --name.last;  // "Aziz Karimov Buxoroda"
    if (name.size() > kMaxName && !(has_particle(name) && is_titled_before(name.first))) return;  // "президент ИБР Ахмад Али Аль Мадани"
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      if (is_other(i) || (words_.is_upper(i) && words_.is_stop_word(i))) return;  // "ДОГОВОР О ФИНАНСИРОВАНИИ"
    }
    if (name.size() == 1) return read_single(name);
    if (is_of_acronyms(name)) return;
    const float confidence = evidence(run, name);
    if (confidence > 0) emit(name, confidence);
  }

  bool has_particle(Range name) const {
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      if (words_.match("name_particles", i)) return true;
    }
    return false;
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
    const auto* ending = words_.grammar() != nullptr && words_.grammar()->is_head_last ? words_.grammar()->case_of(words_.folded(name.last - 1)) : nullptr;
    return ending != nullptr && is_surname_without(words_, name.last - 1, ending->text);
  }

  bool is_titled_before(std::uint32_t first) const {
    return is_labelled(first) || words_.match_before("position_titles", first).has_value() || title_before(words_, owners_, first).has_value();
  }

  // ", the Deputy Minister of X", "(глава представительства)", " – direktor"
  bool is_titled_after(std::uint32_t last) const {
    const bool is_marked = words_.is(last, ",") || words_.is(last, "(") || (words_.is_dash(last) && words_.grammar() != nullptr);
    if (!is_marked) return false;
    if (words_.grammar() != nullptr && words_.grammar()->is_head_last) return ends_with_title(last + 1);
    for (std::uint32_t i = last + 1; i <= last + kTitleDistance; ++i) {
      if (words_.match("position_titles", i)) return true;
      const bool is_led = words_.match("articles", i) || words_.match("former_words", i) || words_.is_any(i, {"deputy", "first"});
      if (!words_.is_capital(i) && !is_led) return false;
    }
    return false;
  }

  // "Anna Nagy (O‘rmonlar agentligi direktori)": where heads come last the title closes what stands behind the mark.
  bool ends_with_title(std::uint32_t first) const {
    for (std::uint32_t i = first; i < first + kMaxPortfolio; ++i) {
      if (words_.is_word(i)) continue;
      const bool is_end = i >= words_.size() || words_.is(i, ")") || words_.is(i, ",") || words_.is(i, ";") || words_.is(i, ".");
      return is_end && i > first && words_.match_before("position_titles", std::min(i, words_.size())).has_value();
    }
    return false;
  }

  // "- Anna Nagy, Team Leader, GIZ;": in a line of names and titles capitals tell nothing, but what stands behind a name does.
  bool is_lined_up(Range run) const { return !words_.is_capital(run.last) && is_titled_after(run.last) && !is_name_of_title(run.last + 1); }

  // "- Green Hills, Partner Hotel;": a title with capitals behind it is a name itself.
  bool is_name_of_title(std::uint32_t first) const {
    const auto title = words_.match("position_titles", first);
    return title && words_.is_capital(title->range.last) && !words_.match("position_titles", title->range.last);
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
    if (words_.grammar() != nullptr) put_nominative(name, out_.mentions.back());
    cover_.add(words_, name);
    found_.push_back(name);
  }

  // "Ерланом Нысанбаевым" is Ерлан Нысанбаев.
  void put_nominative(Range name, ExtractedMention& found) const {
    const auto title = words_.grammar()->persons.empty() ? std::nullopt : title_before(words_, owners_, name.first);
    auto bare = nominative_name(words_, name, title ? words_.folded(title->title.first) : std::string_view());
    if (!bare) return;
    found.properties.front().value = Value(std::move(*bare));
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
