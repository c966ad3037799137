#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/countries.hpp"
#include "extract/recognizers/recognizers.hpp"

// Names of bodies and programmes where names have cases, on a head noun that stands first ("Министерство цифровых технологий") or last
// ("Raqamli texnologiyalar vazirligi"). Heads and endings are the packs' ("cased_heads", "case_grammar").
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxName = 16;  // words on either side of a head
constexpr int kMostCommas = 3;
constexpr std::uint32_t kMostBetween = 3;  // words between a quoted name and its head
constexpr std::uint32_t kTitleReach = 5;   // words between a title and the head
constexpr std::size_t kLongAcronym = 3;  // bytes
constexpr std::size_t kLeastNoun = 6;  // bytes
constexpr std::string_view kBody = "cased-organization/1", kWork = "cased-programme/1";

struct Name {
  Range range;
  Range whole;             // with its acronym in brackets
  Range acronym;           // empty: none
  Range inner;             // what of it is quoted; empty: nothing
  std::string text;        // as a dictionary has it
  const PackEntry* entry = nullptr;
  std::string country;
};

class SentenceNames {
 public:
  SentenceNames(const Words& words, const CaseGrammar& grammar, const std::string& home, Cover& cover, Extraction& out)
      : words_(words), grammar_(grammar), home_(home), cover_(cover), out_(out) {}

  void run() {
    for (const Quoted& quoted : quotations(words_)) read_quoted(quoted);
    std::uint32_t from = 0;
    for (const WordMatch& head : words_.matches("cased_heads")) {
      if (head.range.first < from || is_adjective(head) || is_in_title(head) || words_.match_over("known_organizations", head.range.last - 1) || words_.match_over("countries", head.range.first) || !cover_.is_free(words_, head.range)) continue;
      auto name = grammar_.is_head_last ? ending_at(head, from) : beginning_at(head, from);
      if (!name || !cover_.is_free(words_, name->range)) continue;
      name->entry = head.entry;
      read_acronym(*name);
      from = name->whole.last;
      emit(*name);
    }
  }

 private:
  bool is_work(const PackEntry& head) const { return head.field("label") == "Programme"; }
  bool is_break_word(std::uint32_t at) const { return words_.match("name_breaks", at).has_value(); }
  // "Центральной Азии", "фондовая биржа": behind the stem stands more than the 6 bytes of "ами".
  bool is_adjective(const WordMatch& head) const { return !grammar_.is_head_last && ending_behind_stem(words_, head).size() > 6; }
  bool is_joint(std::uint32_t at) const { return words_.match("list_joints", at).has_value(); }
  bool is_number_word(std::uint32_t at) const { return words_.is_number(at) || words_.match("year_words", at).has_value(); }

  // "проект «Открытая библиотека»": a head within the quoted name of a programme builds no body.
  bool is_in_title(const WordMatch& head) const {
    if (!words_.has_quotes() || is_work(*head.entry)) return false;
    std::uint32_t listed = 0;  // the end of the last quoted name of a list under a head, "проекты «A» (…) и «B»"
    for (const Quoted& quoted : quotations(words_)) {
      const bool is_titled = words_.match_before("programme_heads", quoted.outer.first) || words_.match_before("programme_plurals", quoted.outer.first);
      const bool is_listed = listed != 0 && quoted.outer.first > listed && quoted.outer.first - listed < kMaxName && words_.match_before("list_joints", quoted.outer.first);
      if (is_titled || is_listed) listed = quoted.outer.last;
      if (quoted.inner.first > head.range.first || head.range.last > quoted.inner.last) continue;
      if (is_listed) return true;
      return words_.match_before("programme_heads", quoted.outer.first).has_value() || words_.match("programme_heads", quoted.outer.last).has_value();
    }
    return false;
  }

  // ---- quoted: ННО «Ташаббус», “Mahalla” uyushmasi; known by the quotation alone too

  static bool is_body(const WordMatch& head) { return head.entry->field("label") != "Programme"; }

  std::optional<WordMatch> head_beside(const Quoted& quoted) const {
    for (const CategoryName category : std::initializer_list<CategoryName>{"cased_heads", "company_words"}) {
      if (const auto before = words_.match_before(category, quoted.outer.first); before && is_body(*before) && !grammar_.is_head_last) return before;
      if (const auto after = words_.match(category, quoted.outer.last); after && is_body(*after) && (grammar_.is_head_last || words_.is_upper(after->range.first))) return after;
    }
    return grammar_.is_head_last ? head_further(quoted) : std::nullopt;
  }

  // «Ўзбегим отлари» от заводи: small words that show no case may stand between.
  std::optional<WordMatch> head_further(const Quoted& quoted) const {
    for (std::uint32_t at = quoted.outer.last; at < quoted.outer.last + kMostBetween; ++at) {
      if (!words_.is_small(at) || is_break_word(at) || has_case(words_, at, grammar_) || words_.match("programme_heads", at)) return std::nullopt;
      if (const auto after = words_.match("cased_heads", at + 1); after && is_body(*after)) return after;
    }
    return std::nullopt;
  }

  void read_quoted(const Quoted& quoted) {
    if (quoted.inner.size() > 8 || !cover_.is_free(words_, quoted.inner)) return;
    const auto head = head_beside(quoted);
    if (!head || !cover_.is_free(words_, head->range)) return;
    Name name;
    name.entry = head->entry;
    name.range = name.whole = {std::min(head->range.first, quoted.outer.first), std::max(head->range.last, quoted.outer.last)};
    const bool is_cased_head = !head->entry->field("label").empty();
    if (grammar_.is_head_last) name.text = text_of(without_case(words_, name.range, grammar_));
    else name.text = is_cased_head && head->range.first == name.range.first ? nominative(words_, name.range, *head, grammar_) : words_.name(name.range);
    name.inner = quoted.inner;
    emit(name);
  }

  // ---- the head comes first

  // "Государственный", "Торгово-промышленная" in front of the head; only what goes with a capital.
  std::uint32_t modifiers_before(const WordMatch& head, std::uint32_t from) const {
    std::uint32_t first = head.range.first;
    for (std::uint32_t at = first; at > from && first - at < 4;) {
      --at;
      if (!words_.is_word(at) || !grammar_.modifies(words_.folded(at)) || is_break_word(at) || words_.match("name_leaders", at) || words_.match("case_acts", at) || words_.folded(at).ends_with("ние")) break;
      first = at;
      if (words_.is_capital(at)) break;
    }
    return words_.is_capital(first) ? first : head.range.first;
  }

  bool takes(const PackEntry& head, std::uint32_t at) const {
    const std::string_view all = head.field("takes"), word = words_.folded(at);
    for (std::size_t i = 0; i < all.size() && !word.empty();) {
      const std::size_t end = std::min(all.find('|', i), all.size());
      if (all.substr(i, end - i) == word) return true;
      i = end + 1;
    }
    return false;
  }

  bool ends_name(std::uint32_t at) const {
    return !words_.is_word(at) || is_break_word(at) || words_.match("cased_heads", at) || words_.match("position_titles", at) ||
           words_.match("known_organizations", at) || words_.match("months", at) || words_.match("act_nouns", at);
  }

  bool goes_on(std::uint32_t at) const { return !ends_name(at) && grammar_.goes_on(words_.folded(at)) && !words_.is_upper(at); }

  // "сельскохозяйственных услуг": a noun with no ending of its own behind an adjective in the genitive.
  bool follows_adjective(std::uint32_t at) const {
    if (at == 0 || grammar_.is_head_last || !words_.is_small(at) || ends_name(at) || words_.folded(at).size() < kLeastNoun) return false;
    const std::string_view before = words_.folded(at - 1), word = words_.folded(at);
    if (!before.ends_with("ых") && !before.ends_with("их")) return false;
    return std::ranges::none_of(std::array<std::string_view, 9>{"ла", "ло", "ли", "ет", "ит", "ут", "ют", "ть", "ся"}, [&](std::string_view ending) { return word.ends_with(ending); });
  }

  // "имени Алишера Навои"
  std::uint32_t past_honour(std::uint32_t at) const {
    if (!words_.match("name_honours", at)) return at;
    std::uint32_t end = at + 1;
    while (end < at + 8 && (words_.is_capital(end) || (words_.text(end) == "." && words_.is_capital(end + 1)))) ++end;
    return end > at + 1 ? end : at;
  }

  // "Анна Петрова"
  bool is_person(std::uint32_t at) const { return words_.is_capital(at) && words_.is_capital(at + 1) && (is_surname(words_, at + 1) || words_.match("given_names", at)); }

  // "начальник отдела Министерства экологии Анна Петрова": the title's person follows the name.
  bool has_title_before(std::uint32_t first) const {
    for (std::uint32_t at = first; at > 0 && first - at < kTitleReach; --at) {
      if (words_.match_over("position_titles", at - 1)) return true;
      if (!words_.is_small(at - 1) && !grammar_.modifies(words_.folded(at - 1))) return false;
    }
    return false;
  }

  // "цифровых технологий", "экономики и финансов", "по развитию предпринимательства", "Республики Узбекистан"
  std::uint32_t complement(const WordMatch& head) const {
    std::uint32_t end = head.range.last;
    bool has_preposition = false;
    while (end < words_.size() && end < head.range.last + kMaxName) {
      if (const auto country = words_.match("jurisdiction_names", end); country && words_.is_capital(end)) return country->range.last;
      if (is_person(end) && has_title_before(head.range.first)) break;
      const bool is_start = end == head.range.last;
      if (const auto country = words_.match("countries", end); country && is_start && takes(*head.entry, country->range.last)) {
        end = country->range.last;
      } else if (const std::uint32_t honoured = past_honour(end); honoured != end) {
        end = honoured;
      } else if (goes_on(end) || follows_adjective(end)) {
        ++end;
      } else if (words_.match("name_governors", end) && words_.is_small(end)) {  // "управления водными ресурсами"
        ++end;
        while (end < words_.size() && words_.is_small(end) && (words_.folded(end).ends_with("ми")) && !is_break_word(end)) ++end;
      } else if (const std::uint32_t next = past_joint(end, is_start); next != end) {
        end = next;
      } else if (const auto role = words_.match("role_before", end); role && role->range.size() > 1) {  // "при поддержке"
        break;
      } else if (!has_preposition && takes(*head.entry, end) && words_.is_word(end + 1) && !ends_name(end + 1) && !words_.is_capital(end + 1)) {
        has_preposition = true;
        end += 2;
        if (is_dative_adjective(end - 1) && words_.is_small(end) && !ends_name(end)) ++end;  // "по международному сотрудничеству"
        const std::string_view dative = words_.folded(end + 1);  // "по развитию и сотрудничеству"
        if (is_joint(end) && words_.is_small(end + 1) && !ends_name(end + 1) && (dative.ends_with("у") || dative.ends_with("ю"))) end += 2;
      } else {
        break;
      }
    }
    return without_adjective(head.range.last, end);
  }

  // "Банк Китая ориентировочной стоимостью": a name does not end with an adjective.
  std::uint32_t without_adjective(std::uint32_t first, std::uint32_t end) const {
    const auto is_adjective = [&](std::uint32_t at) {
      return words_.is_small(at) && std::ranges::any_of(std::array<std::string_view, 5>{"ого", "его", "ых", "их", "ой"}, [&](std::string_view ending) { return words_.folded(at).ends_with(ending); });
    };
    while (end > first + 1 && is_adjective(end - 1)) --end;
    // "Совета Евразийского банка": it goes with the head of another name.
    const bool is_of_next = end > first && words_.is_capital(end - 1) && words_.match("cased_heads", end) && grammar_.modifies(words_.folded(end - 1));
    return is_of_next ? end - 1 : end;
  }

  bool is_dative_adjective(std::uint32_t at) const { return words_.folded(at).ends_with("ому") || words_.folded(at).ends_with("ему"); }

  // Past "и финансов", ", науки и инноваций", "-коммунального" within a name.
  std::uint32_t past_joint(std::uint32_t at, bool is_start) const {
    if (is_start) return at;
    if (words_.is_dash(at) && words_.is_small(at + 1) && goes_on(at + 1) && !words_.reading().token(words_.token(at)).space_before) return at + 2;
    if (is_joint(at) && words_.is_small(at + 1) && goes_on(at + 1)) return at + 2;
    if (words_.text(at) != ",") return at;
    for (std::uint32_t next = at + 1; next < at + 6 && words_.is_small(next); ++next) {
      if (is_joint(next)) return next > at + 1 && goes_on(at + 1) && goes_on(next + 1) && words_.is_small(next + 1) ? next : at;
      if (!goes_on(next)) return at;
    }
    return at;
  }

  // "на 2022–2026 годы", "до 2030 года" of a programme.
  std::uint32_t years(const PackEntry& head, std::uint32_t at) const {
    if (!is_work(head) || !takes(head, at) || !words_.is_number(at + 1)) return at;
    std::uint32_t end = at + 1;
    while (end < at + 7 && (is_number_word(end) || words_.is_dash(end))) ++end;
    return end;
  }

  // "Назарбаев Университет", "Капитал Банк": a capital of its own joins the head to what stands in front.
  std::uint32_t named_in_front(const WordMatch& head, std::uint32_t from) const {
    const std::uint32_t at = head.range.first;
    const bool is_name = at > from && words_.is_capital(at) && !words_.is_upper(at) && words_.is_capital(at - 1) && !words_.is_upper(at - 1);
    const bool is_opening = at < 2 || (!words_.is_word(at - 2) && !words_.is(at - 2, ",")) || words_.folded(at - 1).ends_with("ть");  // "3. Создать Центр"
    if (!is_name || is_opening || words_.is_title_case() || words_.match("name_leaders", at - 1) || words_.match("position_titles", at - 1) || words_.match("jurisdiction_names", at - 1)) return at;
    const bool is_free = cover_.is_free(words_, {at - 1, at}) && !words_.match_over("countries", at - 1) && !words_.match_over("cities", at - 1) && !words_.match_over("jurisdiction_names", at - 1);
    return is_free && !is_work(*head.entry) && ending_behind_stem(words_, head).empty() ? at - 1 : at;
  }

  std::optional<Name> beginning_at(const WordMatch& head, std::uint32_t from) const {
    if (is_plural(*head.entry, ending_behind_stem(words_, head))) return std::nullopt;
    const std::uint32_t modified = modifiers_before(head, from), first = modified < head.range.first ? modified : named_in_front(head, from);
    const bool is_posted = words_.match_before("position_titles", first).has_value();
    const std::uint32_t complemented = complement(head), last = years(*head.entry, complemented);
    if (words_.is_open_quote(last) && complemented == head.range.last) return std::nullopt;  // other rules read «names»
    const bool has_more = last > head.range.last, has_modifier = first < head.range.first || head.range.size() > 1 || head.entry->field("alone") == "true";
    const bool is_capital = words_.is_capital(first) && !words_.match("name_leaders", first);
    const std::string_view next = words_.folded(head.range.last);  // "управление компаниями" is what is done
    if (!is_capital && (next.ends_with("ами") || next.ends_with("ями"))) return std::nullopt;
    const bool is_weak = head.entry->field("weak") == "true" || head.entry->id != "government";
    const std::uint32_t least = first > 0 && first < head.range.first ? 1 : 2;  // "Государственная программа занятости" within a sentence
    const bool is_told = is_work(*head.entry) ? last > complemented || (is_capital && last >= head.range.last + least)
                                              : (is_capital ? has_more || has_modifier : has_more && (!is_weak || is_posted));
    if (!is_told || (is_work(*head.entry) && !is_capital && last < head.range.last + 3)) return std::nullopt;
    Name out;
    out.range = out.whole = {first, last};
    out.text = nominative(words_, out.range, head, grammar_);
    out.country = country_in(words_, out.range);
    return out;
  }

  // ---- the head comes last
  // Words in small letters up to one with a capital, and the capitals before that one.
  std::uint32_t left_end(const WordMatch& head, std::uint32_t from) const {
    std::uint32_t at = head.range.first;
    bool has_joint = false;
    int commas = 0;
    while (at > from && head.range.first - at < kMaxName) {
      const std::uint32_t before = at - 1;
      if (words_.is_capital(before)) return at < head.range.first && is_place_case(before) ? at : past_capitals(before, from);
      if (const auto years = is_work(*head.entry) ? begin_of_years(words_, before, from) : std::nullopt) return *years;
      if (words_.is_dash(before) && !words_.reading().token(words_.token(before)).space_before) {
        at = before;
      } else if (words_.text(before) == "," && has_joint && ++commas <= kMostCommas) {
        at = before;
      } else if (is_joint(before) && !ends_other_name(before)) {
        has_joint = true;
        at = before;
      } else if (words_.is_small(before) && !is_place_of(head, before) && (!is_break_word(before) || is_about(head, before)) && !words_.match("cased_heads", before)) {
        at = before;
      } else {
        return head.range.first;
      }
    }
    return head.range.first;
  }

  bool is_about(const WordMatch& head, std::uint32_t at) const { return is_work(*head.entry) && words_.match("works_about", at); }  // "suv ta’minoti bo‘yicha dasturi"

  // "Farg‘ona shahrida xalq deputatlari kengashi": where it met.
  bool is_place_of(const WordMatch& head, std::uint32_t at) const {
    return !is_work(*head.entry) && words_.match_over("cased_place_heads", at) && is_place_case(at);
  }
  bool is_place_case(std::uint32_t at) const { return grammar_.case_of(words_.folded(at)) != nullptr && grammar_.case_of(words_.folded(at))->role == Role::place; }

  bool ends_other_name(std::uint32_t joint) const {
    return joint == 0 || words_.match_before("cased_heads", joint).has_value() || words_.match_before("known_organizations", joint).has_value() || words_.is_upper(joint - 1);
  }

  // "БМТТД Соғлиқни сақлаш вазирлиги": an acronym in front is a body of its own, unless it is a state.
  bool is_other_body(std::uint32_t at) const {
    return words_.is_upper(at) && !words_.is_upper(at + 1) && words_.text(at).size() > kLongAcronym && !words_.match("countries", at) && !words_.match("jurisdiction_names", at);
  }

  // "Anna Petrova Suv resurslari agentligi": a given name and a surname in front of a name of its own.
  bool ends_person(std::uint32_t at, std::uint32_t from) const { return at >= from + 2 && words_.is_capital(at - 2) && is_surname(words_, at - 1); }

  // "O‘zbekiston Respublikasi Raqamli": not past a name that stands in a case of its own.
  std::uint32_t past_capitals(std::uint32_t at, std::uint32_t from) const {
    while (at > from && !words_.match("jurisdiction_names", at) && words_.is_capital(at - 1) && !has_case(words_, at - 1, grammar_) && !is_break_word(at - 1) && !words_.match("cased_heads", at - 1) && !is_other_body(at - 1) && !ends_person(at, from)) --at;
    while (words_.match("name_leaders", at) && words_.is_capital(at + 1)) ++at;
    return at;
  }

  std::optional<Name> ending_at(const WordMatch& head, std::uint32_t from) const {
    Name out;
    const std::string_view ending = ending_behind_stem(words_, head);  // "markaziy" is no case of "markazi"
    if (!ending.empty() && std::ranges::find(grammar_.cases, ending, &CaseGrammar::Ending::text) == grammar_.cases.end()) return std::nullopt;
    const std::uint32_t first = left_end(head, from);
    if (first == head.range.first) return std::nullopt;
    const bool is_weak = head.entry->field("weak") == "true" && head.range.first - first < 2;
    const bool is_lone = head.entry->field("weak") == "beside" && (!words_.is_capital(head.range.first - 1) || has_case(words_, head.range.first - 1, grammar_));
    if (is_weak || is_lone || (words_.match("name_leaders", first) && head.range.first - first < 2)) return std::nullopt;
    out.range = out.whole = {first, head.range.last};
    out.text = text_of(without_case(words_, out.range, grammar_));
    out.country = country_in(words_, out.range);
    if (out.country.empty() && first > from && has_case(words_, first - 1, grammar_)) out.country = country_in(words_, {first - 1, first});
    return out;
  }

  std::string text_of(Span span) const {
    std::string out(words_.reading().text(span));
    std::ranges::replace(out, '\n', ' ');
    return out;
  }

  void read_acronym(Name& name) const {
    const std::uint32_t at = name.whole.last;
    if (words_.text(at) != "(" || words_.text(at + 2) != ")" || !words_.is_upper(at + 1)) return;
    name.acronym = {at + 1, at + 2};
    name.whole.last = at + 3;
  }

  void emit(const Name& name) {
    const std::string_view label = name.entry->field("label").empty() ? std::string_view("Organization") : name.entry->field("label");
    const bool is_body = !is_work(*name.entry);
    const bool is_abroad = !name.country.empty() && !home_.empty() && name.country != home_;
    const std::string kind = name.entry->id == "government" && is_abroad ? "foreign_government" : name.entry->id;
    ExtractedMention found = mention(words_, name.whole, label, is_body ? kBody : kWork, 0.85F);
    const Span span = words_.span(name.range);
    found.properties.push_back(property("name", Value(name.text), span));
    found.properties.push_back(property("kind", Value(kind), span));
    if (is_body && !name.country.empty()) found.properties.push_back(property("country", Value(name.country), span));
    ValueList aliases;
    if (const std::string written = words_.name(name.range); written != name.text) aliases.emplace_back(written);
    if (!name.inner.is_empty()) aliases.emplace_back(words_.name(name.inner));
    if (!name.acronym.is_empty()) aliases.emplace_back(words_.name(name.acronym));
    if (!aliases.empty()) found.properties.push_back(property("aliases", Value(std::move(aliases)), found.span));
    cover_.add(words_, name.whole);
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  const CaseGrammar& grammar_;
  const std::string& home_;
  Cover& cover_;
  Extraction& out_;
};

// The state whose acts the text cites first, else that of its language, else the country it names most.
std::string home_of(const Reading& reading, const Extraction& out) {
  for (const ExtractedMention& mention : out.mentions) {
    for (const ExtractedProperty& property : mention.properties) {
      if (property.name == "jurisdiction" && property.value.kind() == ValueKind::string && property.value.as_string().size() == 2) return property.value.as_string();
    }
  }
  const auto sentences = reading.view().sentences();
  const std::string code = sentences.empty() ? "" : reading.view().language(sentences.front()).code();
  if (code.starts_with("uz")) return "UZ";
  return code == "kk" ? "KZ" : home_country(reading);
}

}  // namespace

void recognise_cased_names(const Reading& reading, Extraction& out) {
  if (reading.matches("cased_heads").empty()) return;
  const std::string home = home_of(reading, out);
  Cover cover(reading, out);
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() != nullptr) SentenceNames(words, *words.grammar(), home, cover, out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
