#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Countries, regions and cities known by name, and regions by their head word: "the Khorezm region".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostJoined = 12;  // names before one head

class SentencePlaces {
 public:
  SentencePlaces(const Words& words, const Cover& others, Cover& cover, Extraction& out)
      : words_(words), others_(others), cover_(cover), out_(out) {}

  void run() {
    led();
    headed();
    cased_headed();
    cased_led();
    listed();
    known("countries", "country");
    known("regions", "region");
    known("cities", "city");
  }

 private:
  // `form`: the name as a dictionary has it, where it stands in a case.
  void emit(Range range, std::string_view kind, std::string_view code, float confidence, const std::string& form = {}) {
    ExtractedMention found = named(words_, range, "Place", "place/1", confidence);
    if (!form.empty() && form != words_.name(range)) {
      found.properties.front().value = Value(form);
      found.properties.push_back(property("aliases", Value(ValueList{Value(words_.name(range))}), found.span));
    }
    found.properties.push_back(property("kind", Value(kind), found.span));
    if (!code.empty()) found.properties.push_back(property("code", Value(code), found.span));
    cover_.add(words_, range);
    out_.mentions.push_back(std::move(found));
  }

  // Within the name of a body only what it is "of", "in" or "to" is a place that the text speaks of.
  bool is_told(Range range) const {
    if (cover_.is_free(words_, range)) return true;
    if (!others_.is_free(words_, range) || range.first == 0) return false;
    const std::uint32_t before = words_.is(range.first - 1, "the") && range.first > 1 ? range.first - 2 : range.first - 1;
    const bool is_last = range.last == words_.size() || cover_.is_free(words_, {range.last, range.last + 1});
    return is_last && words_.is_any(before, {"of", "in", "to", "for"});
  }

  void known(CategoryName category, std::string_view kind) {
    for (const WordMatch& match : words_.matches(category)) {
      const bool is_money = (words_.text(match.range.last) == "$" && words_.is_upper(match.range.first)) || words_.is_any(match.range.last, {"dollar", "dollars"});
      if (is_money || words_.match_over("currencies", match.range.first) || listed_.contains(match.range.first) || !is_told(match.range)) continue;
      if (words_.grammar() != nullptr ? is_adjective(match) : heads_body(match.range.last)) continue;
      const bool is_country = kind == "country";
      const std::string form = words_.grammar() == nullptr ? std::string() : is_country ? country_form(match) : form_of(match);
      emit(match.range, kind, is_country ? match.entry->id : std::string_view(), 0.95F, form);
    }
  }

  // "East Asia Department": a place within the name of a body that is known by nothing else.
  bool heads_body(std::uint32_t at) const { return words_.is_capital(at) && words_.match("organization_heads", at).has_value(); }

  // "Yaponiyaning" is Yaponiya, "Японии" Япония: without the ending behind the pack's stem, where it is one of a case.
  std::string country_form(const WordMatch& match) const {
    constexpr std::array<std::array<std::string_view, 2>, 7> kForms{{{"ией", "ия"}, {"ии", "ия"}, {"ию", "ия"}, {"станом", "стан"}, {"стана", "стан"}, {"стане", "стан"}, {"стану", "стан"}}};
    const CaseGrammar& grammar = *words_.grammar();
    std::string name = words_.name(match.range);
    if (grammar.is_head_last) {
      const std::string_view ending = ending_behind_stem(words_, match);
      const bool is_case = std::ranges::find(grammar.cases, ending, &CaseGrammar::Ending::text) != grammar.cases.end();
      return is_case && name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : std::string();
    }
    for (const auto& [ending, nominative] : kForms) {
      if (match.range.size() == 1 && name.ends_with(ending)) return name.substr(0, name.size() - ending.size()) + std::string(nominative);
    }
    return {};
  }

  // "ташкентский" tells of the city and is not it; "Швейцарией" is a country in a case.
  bool is_adjective(const WordMatch& match) const {
    const std::string_view word = words_.folded(match.range.first);
    return match.range.size() == 1 && words_.grammar()->modifies(word) && !word.ends_with("ией") && !word.ends_with("еей");
  }

  // The pack's name of a city whose forms it lists by a stem; else what is left without the ending of a case.
  std::string form_of(const WordMatch& match) const {
    if (!match.entry->field("country").empty() && match.entry->id.size() > 2) return match.entry->id;
    return words_.grammar()->is_head_last ? std::string(words_.reading().text(without_case(words_, match.range, *words_.grammar()))) : std::string();
  }

  // "Ташкентская область", "Toshkent viloyati"
  void cased_headed() {
    const CaseGrammar* grammar = words_.grammar();
    if (grammar == nullptr || words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("cased_place_heads")) {
      if (head.range.first == 0 || !words_.is_capital(head.range.first - 1)) continue;
      if (!head.entry->field("nominative").empty() && read_joined(head)) continue;
      const std::uint32_t before = head.range.first - 1;
      const bool is_told = grammar->is_head_last || grammar->modifies(words_.folded(before));
      const bool is_longer = before > 0 && words_.match("place_modifiers", before - 1) && words_.is_capital(before - 1);  // "Yuqori Chirchiq tumani"
      const Range name{is_longer ? before - 1 : before, head.range.last};
      if (!is_told || words_.match("name_leaders", before) || !cover_.is_free(words_, name)) continue;
      emit(name, head.entry->id, "", 0.85F, grammar->is_head_last ? headed_form(head, name) : std::string());
    }
  }

  // "Нарынской и Таласской областях", "Namangan va Farg‘ona viloyatlarida": each name with the head is a place.
  bool read_joined(const WordMatch& head) {
    std::vector<std::uint32_t> names;
    for (std::uint32_t at = head.range.first; at > 0 && names.size() < kMostJoined && may_be_joined(at - 1);) {
      names.push_back(at - 1);
      at = before_joint(at - 1);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Range name{names[i], i == 0 ? head.range.last : names[i] + 1};
      if (cover_.is_free(words_, name)) emit(name, head.entry->id, "", 0.85F, joined_form(names[i], *head.entry));
    }
    return !names.empty();
  }

  // Past "и", "va", "," in front of a word; 0 for none.
  std::uint32_t before_joint(std::uint32_t at) const {
    std::uint32_t first = at;
    if (first > 0 && words_.match("list_joints", first - 1)) --first;
    if (first > 0 && words_.is(first - 1, ",")) --first;
    return first == at ? 0 : first;
  }

  bool may_be_joined(std::uint32_t at) const {
    if (!words_.is_capital(at) || words_.match("name_leaders", at) || words_.match("countries", at)) return false;
    return words_.grammar()->is_head_last || !adjective_stem(at).empty();
  }

  // "Таласск" of "Таласской".
  std::string_view adjective_stem(std::uint32_t at) const {
    constexpr std::array<std::string_view, 11> kEndings{"ская", "ской", "скую", "ский", "ского", "скому", "ским", "ском", "ские", "ских", "скими"};
    constexpr std::size_t kHead = 4;  // bytes of "ск"
    const std::string_view text = words_.text(at);
    for (const std::string_view ending : kEndings) {
      if (text.size() > ending.size() + kHead && text.ends_with(ending)) return text.substr(0, text.size() - ending.size() + kHead);
    }
    return {};
  }

  std::string joined_form(std::uint32_t at, const PackEntry& head) const {
    const std::string noun = " " + std::string(head.field("nominative"));
    if (words_.grammar()->is_head_last) return std::string(words_.text(at)) + noun;
    return std::string(adjective_stem(at)) + (head.field("gender") == "f" ? "ая" : "ий") + noun;
  }

  // "в селе Кочкор"
  void cased_led() {
    if (words_.grammar() == nullptr || words_.is_title_case()) return;
    for (const WordMatch& lead : words_.matches("cased_place_leads")) {
      const std::uint32_t at = lead.range.last;
      const bool is_name = words_.is_capital(at) && !words_.is_upper(at) && !words_.match("cased_heads", at) && !words_.match("cities", at) && !words_.match("name_leaders", at);
      if (is_name && cover_.is_free(words_, {lead.range.first, at + 1})) emit({lead.range.first, at + 1}, lead.entry->id, "", 0.8F, std::string(words_.text(at)));
    }
  }

  // "tumani" itself ends as the case of an object does: only what stands behind the pack's form is one.
  std::string headed_form(const WordMatch& head, Range name) const {
    if (ending_behind_stem(words_, head).empty()) return words_.name(name);
    return std::string(words_.reading().text(without_case(words_, name, *words_.grammar())));
  }

  void headed() {
    const bool is_head_last = words_.grammar() != nullptr && words_.grammar()->is_head_last;  // its own heads are read below
    if (words_.is_title_case() || is_head_last) return;
    for (const WordMatch& head : words_.matches("place_heads")) {
      const Range run = without_leaders(words_, {run_begin(words_, head.range.first, 0), head.range.first});
      const bool is_led = run.size() == 1 && run.first > 0 && words_.is(run.first - 1, "of") && words_.match_before("position_titles", run.first - 1);
      const bool is_noun = words_.is_capital(head.range.first) && words_.is(head.range.first, "city") && !is_led;  // "Smart City"
      if (run.is_empty() || is_noun || words_.is_possessive(run.last - 1)) continue;
      const bool is_people = words_.match("demonyms", run.last - 1) || words_.match("area_adjectives", run.first) || words_.match("regions", run.first);
      const Range name{run.first, head.range.last};
      if (!is_people && cover_.is_free(words_, name)) emit(name, head.entry->id, "", 0.85F);
    }
  }

  // "the city of Nukus", "the municipality of Talas"
  void led() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("place_leads")) {
      if (words_.is_small(head.range.first)) listed_behind(head);
    }
  }

  // "the cities of Appendix No. 4", "of Western Europe", "of the Samarkand Region", "of January", "of Anna Ivanova": what is known for something else.
  bool is_no_town(Range run) const {
    if (words_.is_number(run.last) || words_.is_any(run.last, {"no", "nos", "№"})) return true;
    constexpr std::array<CategoryName, 8> kOpeners{"rank_cues", "regions", "area_adjectives", "months_and_days", "position_titles", "honorifics", "given_names", "organization_heads"};
    const auto begins = [&](CategoryName category) { return words_.match(category, run.first).has_value(); };
    if (std::ranges::any_of(kOpeners, begins)) return true;
    constexpr std::array<CategoryName, 4> kClosers{"place_heads", "countries", "regions", "organization_heads"};
    const auto ends = [&](CategoryName category) { return words_.match(category, run.last - 1).has_value(); };
    return std::ranges::any_of(kClosers, ends) || words_.match("place_heads", run.last) || (run.size() > 1 && words_.match("cities", run.last - 1));
  }

  // "in the districts of A and B"
  void listed_behind(const WordMatch& head) {
    if (!words_.is(head.range.last, "of")) return;
    for (std::uint32_t at = head.range.last + 1; at < words_.size();) {
      const Range run = without_leaders(words_, {at, run_end(words_, at, words_.size())});
      if (run.is_empty() || run.size() > 2 || words_.match("demonyms", run.first) || words_.match("countries", run.first) || is_no_town(run) || !cover_.is_free(words_, run)) return;
      emit(run, head.entry->id, "", 0.8F);
      if (!words_.folded(head.range.first).ends_with('s')) return;  // "the city of" one
      at = run.last;
      if (words_.is(at, ",")) ++at;
      if (words_.is(at, "and")) ++at;
      if (at == run.last) return;
    }
  }

  // "the A, B, and C regions": each is one.
  void listed() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("place_plurals")) {
      listed_behind(head);
      for (std::uint32_t end = head.range.first; end > 0;) {
        const Range run = without_leaders(words_, {run_begin(words_, end, 0), end});
        if (run.is_empty() || run.size() > 2 || words_.match("demonyms", run.first) || words_.match("area_adjectives", run.first) || words_.match("regions", run.first)) break;
        if (cover_.is_free(words_, run)) {
          emit(run, head.entry->id, "", 0.8F);
          listed_.insert(run.first);
        }
        end = run.first;
        if (end > 0 && words_.is(end - 1, "and")) --end;
        if (end > 0 && words_.is(end - 1, ",")) --end;
        if (end == run.first) break;
      }
    }
  }

  std::set<std::uint32_t> listed_;  // where names of such lists begin
  const Words& words_;
  const Cover& others_;
  Cover& cover_;
  Extraction& out_;
};

bool is_body(const ExtractedMention& mention) { return mention.label == "Organization" || mention.label == "Agency"; }

}  // namespace

void recognise_places(const Reading& reading, Extraction& out) {
  Cover cover(reading, out);
  const Cover under_others(reading, out, is_body);
  each_sentence(reading, [&](const Words& words) { SentencePlaces(words, under_others, cover, out).run(); });
}

}  // namespace policygraph::inline v0::detail::extract
