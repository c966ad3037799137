#include <set>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Countries, regions and cities known by name, and regions by their head word: "the Khorezm region".
namespace policygraph::inline v0::detail::extract {
namespace {

class SentencePlaces {
 public:
  SentencePlaces(const Words& words, const Cover& others, Cover& cover, Extraction& out)
      : words_(words), others_(others), cover_(cover), out_(out) {}

  void run() {
    headed();
    cased_headed();
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
      const bool is_money = words_.text(match.range.last) == "$" || words_.is_any(match.range.last, {"dollar", "dollars"});
      if (is_money || words_.match_over("currencies", match.range.first) || listed_.contains(match.range.first) || !is_told(match.range)) continue;
      if (words_.grammar() != nullptr && is_adjective(match)) continue;
      const bool has_form = words_.grammar() != nullptr && kind != "country";
      emit(match.range, kind, kind == "country" ? match.entry->id : std::string_view(), 0.95F, has_form ? form_of(match) : std::string());
    }
  }

  // "ташкентский" tells of the city and is not it.
  bool is_adjective(const WordMatch& match) const { return match.range.size() == 1 && words_.grammar()->modifies(words_.folded(match.range.first)); }

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
      const std::uint32_t before = head.range.first - 1;
      const bool is_told = grammar->is_head_last || grammar->modifies(words_.folded(before));
      const bool is_longer = before > 0 && words_.match("place_modifiers", before - 1) && words_.is_capital(before - 1);  // "Yuqori Chirchiq tumani"
      const Range name{is_longer ? before - 1 : before, head.range.last};
      if (!is_told || words_.match("name_leaders", before) || !cover_.is_free(words_, name)) continue;
      emit(name, head.entry->id, "", 0.85F, grammar->is_head_last ? headed_form(head, name) : std::string());
    }
  }

  // "tumani" itself ends as the case of an object does: only what stands behind the pack's form is one.
  std::string headed_form(const WordMatch& head, Range name) const {
    if (ending_behind_stem(words_, head).empty()) return words_.name(name);
    return std::string(words_.reading().text(without_case(words_, name, *words_.grammar())));
  }

  void headed() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("place_heads")) {
      const Range run = without_leaders(words_, {run_begin(words_, head.range.first, 0), head.range.first});
      const bool is_noun = words_.is_capital(head.range.first) && words_.is(head.range.first, "city");  // "Smart City"
      if (run.is_empty() || is_noun || words_.is_possessive(run.last - 1)) continue;
      const bool is_people = words_.match("demonyms", run.last - 1) || words_.match("area_adjectives", run.first) || words_.match("regions", run.first);
      const Range name{run.first, head.range.last};
      if (!is_people && cover_.is_free(words_, name)) emit(name, head.entry->id, "", 0.85F);
    }
  }

  // "the A, B, and C regions": each is one.
  void listed() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("place_plurals")) {
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
