#include <algorithm>
#include <array>
#include <initializer_list>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Programmes, projects, strategies and contests: quoted beside a head word, in capitals with one, or described.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxQuote = 30;
constexpr std::uint32_t kLeastDated = 6;  // words of a complement that closes with its years
constexpr std::uint32_t kMaxComplement = 16;
constexpr std::uint32_t kMaxToList = 8;
constexpr std::uint32_t kMaxJoined = 6;  // words in front of a joint within a name

// "List of projects" above items that open with a quotation: each quotes the name of one.
class ListOfWorks {
 public:
  // The plural that the line above the items of a list holds, if it does; `words` are the next sentence.
  std::optional<WordMatch> over(const Words& words) {
    if (!head_ && (words.size() > kMaxToList || words.matches("programme_plurals").empty())) return std::nullopt;  // most
    const Block* block = words.reading().view().document().block_at(words.sentence().span.start);
    const bool is_item = block != nullptr && (block->zone == Zone::list_item || !block->marker.empty());
    if (is_item) return head_;
    head_.reset();
    if (words.size() > kMaxToList) return std::nullopt;
    head_ = heading(words);
    return std::nullopt;
  }

 private:
  static bool is_any_of(const Words& words, std::initializer_list<CategoryName> categories) {
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      for (const CategoryName category : categories) {
        if (words.match(category, i)) return true;
      }
    }
    return false;
  }

  // The plural that the line is about, its first or last word: "Projects of the Agency", "Pilot projects", "List of projects", but neither
  // "Critics of the projects wrote" nor "Questions about projects".
  static std::optional<WordMatch> heading(const Words& words) {
    std::uint32_t first = 0, last = words.size();
    while (first < last && !words.is_word(first)) ++first;
    while (last > first && !words.is_word(last - 1)) --last;
    if (is_any_of(words, {"speech_verbs", "finite_verbs", "pronouns", "works_spoken_of"})) return std::nullopt;
    const bool has_list = is_any_of(words, {"works_lists"});
    for (std::uint32_t i = first; i < last; ++i) {
      const auto plural = words.match("programme_plurals", i);
      if (!plural) continue;
      const bool is_last = plural->range.last == last, is_first = i == first;
      const CaseGrammar* grammar = words.grammar();
      const bool is_verb_last = grammar != nullptr && grammar->is_head_last;
      if (has_list && (is_last || is_first)) return plural;
      if (is_first && (is_last || !is_verb_last)) return plural;
      return is_last && is_qualified(words, first, i) ? plural : std::nullopt;
    }
    return std::nullopt;
  }

  // Nothing but words of kind in front: "Approved pilot", "Новые".
  static bool is_qualified(const Words& words, std::uint32_t first, std::uint32_t head) {
    const CaseGrammar* grammar = words.grammar();
    for (std::uint32_t i = first; i < head; ++i) {
      const bool is_kind = words.match("programme_descriptors", i) || words.match("programme_qualifiers", i) || words.match("programme_generic", i);
      const bool is_adjective = grammar == nullptr ? words.text(i).ends_with("ed") : grammar->modifies(words.folded(i));
      if (!is_kind && !is_adjective) return false;
    }
    return true;
  }

  std::optional<WordMatch> head_;
};

class SentenceProgrammes {
 public:
  SentenceProgrammes(const Words& words, std::optional<WordMatch> over, Cover& cover, Cover& own, Extraction& out)
      : words_(words), over_(over), cover_(cover), own_(own), out_(out) {}

  void run() {
    for (const Quoted& quoted : quotations(words_)) read_quoted(quoted);
    const bool is_heading = words_.is_title_case();
    for (const WordMatch& head : words_.matches("programme_heads")) {
      if (!cover_.is_free(words_, head.range) || !own_.is_free(words_, head.range) || words_.is_open_quote(head.range.last)) continue;
      if (words_.is_capital(head.range.first)) {
        if (!is_heading) read_capital(head);
      } else if (!read_run(head) && !read_domain(head) && !read_apposition(head) && !read_called(head) && !read_dated(head)) {
        read_described(head);
      }
    }
    for (const WordMatch& head : words_.matches("programme_plurals")) {
      const bool opens_list = words_.match("list_openers", head.range.last).has_value();
      if (!opens_list && cover_.is_free(words_, head.range) && own_.is_free(words_, head.range)) read_described(head);
    }
  }

 private:
  void emit(Range name, std::string_view kind, Span kind_span, float confidence) {
    ExtractedMention found = named(words_, name, "Programme", "programme/1", confidence);
    found.properties.push_back(property("kind", Value(kind), kind_span));
    out_.mentions.push_back(std::move(found));
    own_.add(words_, name);
    if (words_.is_capital(name.first) || words_.is_number(name.first)) cover_.add(words_, name);
  }

  void emit(Range name, const WordMatch& head, float confidence) {
    emit(name, head.entry->id, words_.span(head.range), confidence);
  }

  // The head word beside a quotation: "«X» program", "project “X”", "a grant project titled “X”".
  std::optional<WordMatch> head_of(const Quoted& quoted) const {
    std::uint32_t next = quoted.outer.last;  // “X” pilot project
    if (words_.text(next) == "(" && words_.is_upper(next + 1)) {  // “X” (CACILM-2) loyihasi
      std::uint32_t close = next + 2;
      while (close < next + 5 && words_.text(close) != ")") ++close;
      if (words_.text(close) == ")") next = close + 1;
    }
    for (auto found = words_.match("programme_descriptors", next); found; found = words_.match("programme_descriptors", next)) next = found->range.last;
    if (const auto after = words_.match("programme_heads", past_qualifiers(next))) return after;
    std::uint32_t end = quoted.outer.first;
    if (const auto title = words_.match_before("programme_titles", end)) end = title->range.first;
    else if (end > 0 && words_.is_any(end - 1, {"on", "for"}) && quoted.inner.size() > 2) --end;  // project on “X”
    return words_.match_before("programme_heads", end);
  }

  // “X” state programme, “X” National Target Programme
  std::uint32_t past_qualifiers(std::uint32_t at) const {
    for (int more = 0; more < 2 && words_.match("programme_qualifiers", at); ++more) ++at;
    return at;
  }

  // «Объемы и источники финансирования программы»: where heads come first, one that closes a quotation belongs to the noun before it.
  bool is_governed(const WordMatch& head, const Quoted& quoted) const {
    const CaseGrammar* grammar = words_.grammar();
    if (grammar == nullptr || grammar->is_head_last || head.range.last != quoted.inner.last || head.range.first == quoted.inner.first) return false;
    return !grammar->modifies(words_.folded(head.range.first - 1));
  }

  // «innovative startup contest in rural areas»: the head lies within.
  std::optional<WordMatch> head_within(const Quoted& quoted) const {
    if (quoted.inner.size() < 3 || quoted.inner.size() > kMaxComplement) return std::nullopt;
    if (words_.is_any(quoted.inner.first, {"on", "about"})) return std::nullopt;  // an act's title
    std::optional<WordMatch> found;
    for (std::uint32_t i = quoted.inner.first; i < quoted.inner.last; ++i) {
      if (is_break(words_, i)) return std::nullopt;
      const auto head = words_.match("programme_heads", i);
      const bool is_near = i < quoted.inner.first + 4 || i + 1 == quoted.inner.last;
      if (!found && head && is_near && !is_governed(*head, quoted)) found = head;
    }
    return found;
  }

  // "two grant projects: “X” for 1 million and “Y”"; the later ones follow the first.
  std::optional<WordMatch> head_of_list(const Quoted& quoted) const {
    const std::uint32_t at = quoted.outer.first;
    if (quoted.inner.size() < 2 || at == 0) return std::nullopt;
    if (listed_ && (words_.is_any(at - 1, {"and", ","}) || words_.match("list_joints", at - 1))) return listed_;
    if (!words_.is_dash(at - 1) && words_.text(at - 1) != ":") return std::nullopt;
    for (std::uint32_t i = at - 1; i > 0 && at - i < kMaxToList; --i) {
      const auto plural = words_.match("programme_plurals", i - 1);
      if (plural) return is_spoken_of(i - 1, at) || !names_work(quoted) ? std::nullopt : plural;
    }
    return std::nullopt;
  }

  // "Critics of the projects wrote: “…”", "вопросы о проектах", "loyihalar haqida"
  bool is_spoken_of(std::uint32_t plural, std::uint32_t to) const {
    for (std::uint32_t i = plural; i < to; ++i) {
      if (words_.match("speech_verbs", i) || words_.match("works_spoken_of", i)) return true;
    }
    for (std::uint32_t i = plural; i > 0 && plural - i < 4; --i) {
      if (words_.match("works_spoken_of", i - 1)) return true;
    }
    return false;
  }

  void emit_quoted(const Quoted& quoted, const WordMatch& head) {
    if (words_.match("programme_plurals", head.range.first)) listed_ = head;
    emit(quoted.inner, head, 0.95F);
  }

  void read_quoted(const Quoted& quoted) {
    if (quoted.inner.size() > kMaxQuote || !cover_.is_free(words_, quoted.inner)) return;
    if (const auto head = head_of(quoted)) return emit_quoted(quoted, *head);
    if (const auto head = head_of_list(quoted)) return emit_quoted(quoted, *head);
    if (const auto head = head_within(quoted)) emit(quoted.inner, *head, 0.7F);
    else if (over_ && quoted.inner.size() > 2 && is_whole_item(quoted) && names_work(quoted)) emit(quoted.inner, over_->entry->id, words_.span(quoted.inner), 0.75F);
  }

  bool is_whole_item(const Quoted& quoted) const {
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (words_.is_word(i) && (i < quoted.outer.first || i >= quoted.outer.last)) return false;
    }
    return true;
  }

  // It asks and says nothing: "Will there be water?", "Money was stolen".
  bool names_work(const Quoted& quoted) const {
    for (std::uint32_t i = quoted.inner.first; i < quoted.inner.last; ++i) {
      if (words_.text(i) == "?" || words_.text(i) == "!") return false;
      if (words_.is_small(i) && (words_.match("finite_verbs", i) || words_.match("pronouns", i) || words_.match("taking_verbs", i) || words_.match("speech_verbs", i))) return false;
      if (words_.grammar() != nullptr && words_.is_small(i) && is_verb_form(words_.folded(i))) return false;
    }
    return words_.text(quoted.outer.last) != "?";
  }

  // "украли", "o‘g‘irlangan ekan", "ишладик": forms of the past and of saying; a name that ends so is missed.
  static bool is_verb_form(std::string_view word) {
    static constexpr std::array<std::string_view, 17> kEndings{"али", "или", "ыли", "яли", "ели", "ал", "ил", "ала", "ила", "ются", "ится", "ekan", "экан", "yapti", "япти", "moqda", "моқда"};
    static constexpr std::array<std::string_view, 12> kWords{"будет", "будут", "нет", "есть", "не", "bo‘ladi", "бўлади", "emas", "эмас", "ish", "иш", "yo‘q"};
    if (std::ranges::find(kWords, word) != kWords.end()) return true;
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return word.size() > ending.size() + 3 && word.ends_with(ending); });
  }

  // "2024–2029" before a name in capitals belongs to it.
  std::uint32_t with_years(std::uint32_t first) const {
    if (first >= 3 && words_.is_number(first - 1) && words_.is_dash(first - 2) && words_.is_number(first - 3)) return first - 3;
    return first;
  }

  // "of the Republic until 2030" after a head, to the next verb or sign; the head's own end when nothing follows.
  std::uint32_t complement(std::uint32_t at) const {
    if (!words_.match("programme_openers", at)) return at;
    const std::uint32_t first = words_.is(at + 1, "the") ? at + 2 : at + 1;
    if (!words_.is_word(first) || (words_.is_stop_word(first) && !words_.is_capital(first))) return at;
    std::uint32_t end = at;
    while (end < words_.size() && end < at + kMaxComplement && !is_break(words_, end) && !begins_another(end) && !is_finite(end, at)) ++end;
    while (end > at && (words_.is_dash(end - 1) || words_.is_any(end - 1, {"of", "the", "for", "and", "in", "on", "to", "a", "an", "or"}))) --end;
    const bool is_told = words_.is_capital(first) || end >= at + 5;
    return end <= at + 1 || !is_told ? at : end;
  }

  // "the Programme for Bukhara received": a verb behind the name.
  bool is_finite(std::uint32_t at, std::uint32_t opener) const {
    if (at < opener + 2 || !words_.is_small(at)) return false;
    const bool is_infinitive = words_.is(at - 1, "to");
    return words_.match("taking_verbs", at) || words_.match("finite_verbs", at) || (!is_infinitive && words_.match("funding_verbs", at) && (words_.text(at).ends_with("s") || words_.text(at).ends_with("ed")));
  }

  // "and the State Programme"
  bool begins_another(std::uint32_t at) const { return words_.is(at, "and") && words_.is(at + 1, "the") && words_.is_capital(at + 2); }

  bool names_nothing(Range run) const {
    for (std::uint32_t i = run.first; i < run.last; ++i) {
      const bool is_generic = words_.match("countries", i) || words_.match("demonyms", i) || words_.match("known_organizations", i) || words_.match("programme_generic", i) ||
                              words_.text(i).ends_with("-funded") || (words_.is_upper(i) && words_.text(i).size() < 4);
      if (!is_generic) return false;
    }
    return true;
  }

  // "the EU Investment Facility for Central Asia": words of kind right in front of a head that is told further belong to the name.
  std::uint32_t first_of_kind(Range run) const {
    std::uint32_t first = run.last;
    while (first > run.first && words_.match("programme_generic", first - 1)) --first;
    return first;
  }

  // Where "(ABC)" in front of a head opens: "the Young Leaders (YL) Project".
  std::uint32_t before_bracket(std::uint32_t head) const {
    const bool is_there = head > 3 && words_.text(head - 1) == ")" && words_.is_upper(head - 2) && words_.text(head - 3) == "(";
    return is_there ? head - 3 : head;
  }

  // "Digital Education Programme", "Strategy for the Development of Tourism until 2030"
  void read_capital(const WordMatch& head) {
    if (is_of_post(head)) return;
    std::uint32_t open = before_bracket(head.range.first);
    if (open > 1 && words_.is_number(open - 1) && words_.is_capital(open - 2)) --open;  // "the Human Capital 2030 Strategy"
    Range name{run_begin(words_, open, 0), head.range.last};
    name = without_leaders(words_, name);
    if (name.first >= open) name.first = head.range.first;
    if (words_.match_over("known_organizations", head.range.first)) return;
    if (name.is_empty() || name.last < head.range.last) name = head.range;
    name.last = complement(name.last);
    Range before{name.first, head.range.first};
    if (names_nothing(before)) name.first = name.last > head.range.last ? first_of_kind(before) : head.range.first;
    else name.first = with_ordinal(widened(before).first);
    if (name.size() == head.range.size()) return;
    name.first = with_years(name.first);
    if (cover_.is_free(words_, name)) emit(name, head, 0.8F);
  }

  // "its Advice for Small Farms programme", "the Water Supply and Sewerage Project": past a small joint where an article, an owner or
  // the start of the line stands before what it joins.
  Range widened(Range run) const {
    const bool is_apart = !run.is_empty() && run.first > 1 && (words_.text(run.first - 1) == "," || words_.is_dash(run.first - 1));  // "Healthy Mother, Healthy Child"
    if (run.is_empty() || run.first < 2 || !(is_apart || words_.is_any(run.first - 1, {"for", "in", "of", "and", "&"}))) return run;
    const std::uint32_t first = without_leaders(words_, {run_begin(words_, run.first - 1, 0), run.first - 1}).first;
    if (first >= run.first - 1 || run.first - first > kMaxJoined || (words_.text(run.first - 1) == "," && run.first - first < 3)) return run;
    const bool is_owned = first == 0 || words_.is_possessive(first - 1) || words_.is_any(first - 1, {"the", "its", "a", "an", "their", "this", "new"}) || words_.is_number(first - 1);
    return is_owned && may_join({first, run.first - 1}) && cover_.is_free(words_, {first, run.last}) ? Range{first, run.last} : run;
  }

  // "Executive Project Directors": a post.
  bool is_of_post(const WordMatch& head) const {
    const std::uint32_t next = head.range.last;
    return words_.is_capital(next) && words_.is_any(next, {"director", "directors", "manager", "managers", "coordinator", "coordinators", "officer", "officers"});
  }

  // Words that name neither a body nor a country nor another programme.
  bool may_join(Range words) const {
    if (words.size() == 1 && words_.is_upper(words.first)) return false;
    for (std::uint32_t i = words.first; i < words.last; ++i) {
      for (const CategoryName category : {CategoryName("organization_heads"), CategoryName("known_organizations"), CategoryName("programme_heads"), CategoryName("jurisdiction_names")}) {
        if (words_.match(category, i)) return false;
      }
    }
    return words.size() > 1 || !words_.match("countries", words.first);
  }

  // "e-Diary", "mHealth": begins small and has a capital within.
  bool has_inner_capital(std::uint32_t at) const {
    const std::string_view word = words_.text(at);
    if (!words_.is_word(at) || word.size() < 3 || word.front() < 'a' || word.front() > 'z') return false;
    return std::ranges::any_of(word.substr(0, 3), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  // "the Second Rural Roads Project"
  std::uint32_t with_ordinal(std::uint32_t first) const {
    const bool is_ordinal = first > 1 && words_.is_capital(first - 1) && words_.is_any(first - 1, {"first", "second", "third", "fourth", "fifth"});
    return is_ordinal && words_.is(first - 2, "the") ? first - 1 : first;
  }

  // "the programme, called Safe Roads"
  bool read_called(const WordMatch& head) {
    const std::uint32_t at = words_.text(head.range.last) == "," ? head.range.last + 1 : head.range.last;
    const auto title = words_.match("programme_titles", at);
    if (!title || words_.text(at) == ":") return false;
    const Range run{title->range.last, run_end(words_, title->range.last, words_.size())};
    if (run.size() < 2 || !may_join(run) || !cover_.is_free(words_, run)) return false;
    emit(run, head, 0.7F);
    return true;
  }

  // "the state programme on improving rural water supply for 2024–2026": small words, and the years that it is for.
  bool read_dated(const WordMatch& head) {
    const std::uint32_t last = complement(head.range.last);
    if (last < head.range.last + kLeastDated || !words_.is_number(last - 1) || words_.text(last - 1).size() != 4) return false;
    std::uint32_t first = head.range.first;
    while (first > 0 && words_.is_small(first - 1) && head.range.first - first < 3 && !words_.is_stop_word(first - 1) && !is_break(words_, first - 1)) --first;
    if (first == 0 || !words_.is_any(first - 1, {"the", "a"}) || !cover_.is_free(words_, {first, last})) return false;
    emit({first, last}, head, 0.65F);
    return true;
  }

  // "the TechSkills program"
  bool read_run(const WordMatch& head) {
    if (is_of_post(head)) return false;
    std::uint32_t open = before_bracket(head.range.first);
    Range run = widened(without_leaders(words_, {run_begin(words_, open, 0), open}));
    if (const std::uint32_t before = descriptors_before(head.range.first);
        run.is_empty() && before < open) {  // "the Silk Villages pilot project"
      run = widened(without_leaders(words_, {run_begin(words_, before, 0), before}));
      if (run.size() < 2 || !may_join(run))
        run = {};
      else
        open = before;
    }
    if (run.is_empty() && open > 0 && has_inner_capital(open - 1)) run = {open - 1, open};
    if (run.is_empty() || names_nothing(run) || words_.is_possessive(run.last - 1) || !cover_.is_free(words_, run)) return false;
    if (run.first == 0 && run.size() == 1) return false;
    if (words_.match_over("known_organizations", run.first) || is_modifier(run.last - 1)) return false;
    emit(run, head, 0.65F);
    return true;
  }

  // "Государственная | программа": what agrees with the head is no name of its own.
  bool is_modifier(std::uint32_t at) const {
    const CaseGrammar* grammar = words_.grammar();
    if (grammar == nullptr || grammar->is_head_last) return false;
    return std::ranges::any_of(grammar->modifiers, [&](const std::string& ending) { return words_.folded(at).ends_with(ending); });
  }

  // "Smart City Nukus, a project of the Ministry"
  bool read_apposition(const WordMatch& head) {
    std::uint32_t at = head.range.first;
    for (int steps = 0; steps < 2 && at > 0 && words_.is_small(at - 1) && !words_.is_any(at - 1, {"a", "an", "the"}) && !is_break(words_, at - 1); ++steps) --at;
    if (at < 3 || !words_.is_any(at - 1, {"a", "an", "the"}) || words_.text(at - 2) != ",") return false;
    if (!words_.is_any(head.range.last, {"of", "run", "funded", "financed", "worth", "by", "for", "led", "aimed", "launched", "that", "which", ",", "implemented"})) return false;
    const Range run = without_leaders(words_, {run_begin(words_, at - 2, 0), at - 2});
    if (run.size() < 2 || !may_join(run) || !cover_.is_free(words_, run)) return false;
    emit(run, head, 0.6F);
    return true;
  }

  // "the example.uz platform"
  bool read_domain(const WordMatch& head) {
    const std::uint32_t end = head.range.first;
    if (!words_.is(head.range.first, "platform") || end < 3 || words_.text(end - 2) != "." || !words_.is_word(end - 3)) return false;
    const Range name{end - 3, end};
    if (words_.span(name).size() != words_.text(end - 3).size() + words_.text(end - 1).size() + 1) return false;
    emit(name, head, 0.7F);
    return true;
  }

  std::uint32_t descriptors_before(std::uint32_t end) const {
    std::uint32_t first = end;
    while (const auto found = words_.match_before("programme_descriptors", first)) first = found->range.first;
    if (first == end) return end;
    if (const auto selection = words_.match_before("programme_selections", first)) first = selection->range.first;
    return first;
  }

  // "aimed at bolstering exports", "with German scientists"
  std::uint32_t purpose(std::uint32_t at) const {
    const auto found = words_.match("programme_purposes", at);
    if (!found) return at;
    const bool is_with = words_.is(at, "with") || found->range.size() == 1;
    if (is_with && !(words_.is(at, "with") && words_.is_capital(found->range.last))) return at;
    std::uint32_t end = found->range.last;
    if (is_with) {  // "with German scientists"
      end = run_end(words_, end, words_.size());
      return words_.is_small(end) && !is_break(words_, end) && !words_.is_stop_word(end) ? end + 1 : end;
    }
    while (end < words_.size() && end < at + kMaxComplement && words_.is_word(end) && (words_.is_any(end, {"through", "into"}) || !is_break(words_, end))) ++end;
    return end;
  }

  // "a technical assistance project", "joint projects with Korean partners": lower confidence, for it has no name.
  void read_described(const WordMatch& head) {
    const std::uint32_t first = descriptors_before(head.range.first);
    if (first == head.range.first || words_.is_capital(head.range.first) || is_told_of_quoted(first)) return;
    const std::uint32_t next = head.range.last;
    const std::uint32_t last = purpose(next);
    if (last == next && words_.is_word(next) && !is_break(words_, next) && !is_function_word(next)) return;
    if (words_.match("programme_titles", next) || words_.is_open_quote(next)) return;
    const bool is_definite = first > 0 && words_.is_any(first - 1, {"the", "this", "these", "that", "those"});
    if (is_definite && last == next) return;
    const Range name{first, last};
    if (!cover_.is_free(words_, {first, next})) return;
    const bool is_selection = words_.match("programme_selections", first).has_value();
    emit(name, is_selection ? std::string_view("contest") : std::string_view(head.entry->id), words_.span(head.range), 0.5F);
  }

  // “X” state programme: that is X.
  bool is_told_of_quoted(std::uint32_t at) const {
    const char32_t mark = at == 0 ? 0 : words_.sign(at - 1);
    return mark == U'\u201D' || mark == U'\u00BB';
  }

  bool is_function_word(std::uint32_t at) const {
    return words_.is_stop_word(at);
  }

  const Words& words_;
  std::optional<WordMatch> over_;    // of the line above the list that the sentence is an item of
  std::optional<WordMatch> listed_;  // the plural that quoted names of this sentence are listed under
  Cover& cover_;  // names
  Cover& own_;    // programmes, those in small words too
  Extraction& out_;
};

}  // namespace

void recognise_programmes(const Reading& reading, Extraction& out) {
  Cover cover(reading, out);
  Cover own(reading, Extraction());
  ListOfWorks list;
  each_sentence(reading, [&](const Words& words) { SentenceProgrammes(words, list.over(words), cover, own, out).run(); });
}

}  // namespace policygraph::inline v0::detail::extract
