#include <algorithm>

#include "extract/recognizers/organization_name.hpp"
#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/expansion.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "policygraph/text/similarity.hpp"

// Bodies: those known by name, names built on a head noun ("Ministry of X of Y"), and names that the words around them tell.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kUsual = 4;  // properties of a body
constexpr std::size_t kTellingLetters = 4;  // of an acronym

class SentenceOrganizations {
 public:
  SentenceOrganizations(const Words& words, Cover& cover, const std::string& home, Extraction& out)
      : words_(words), names_(words), cover_(cover), home_(home), out_(out) {}

  void run() {
    const bool is_heading = words_.is_title_case();
    std::vector<OrganizationName> found = names_.known();
    if (!is_heading) append(names_.headed(), found);
    append(names_.governments(), found);
    append(names_.offices(), found);
    append(names_.beside_words(), found);
    emit_longest(std::move(found));
    for (const OrganizationName& branch : names_.branches()) emit(branch, false);
    if (!is_heading) {
      emit_longest(names_.led());
      emit_longest(names_.listed());
    }
  }

 private:
  static void append(std::vector<OrganizationName> more, std::vector<OrganizationName>& all) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  void emit_longest(std::vector<OrganizationName> found) {
    std::ranges::stable_sort(found, [](const OrganizationName& a, const OrganizationName& b) {
      if (a.range.size() != b.range.size()) return a.range.size() > b.range.size();
      return a.range.first < b.range.first;
    });
    std::vector<Range> taken;
    for (OrganizationName& name : found) {
      if (name.range.is_empty() || is_country(name.range)) continue;
      if (!cover_.is_free(words_, name.range)) {
        if (is_house(name, taken)) emit(name, false);
        continue;
      }
      taken.push_back(name.range);
      names_.read_note(name);
      emit(name, true);
    }
  }

  // "the Russian Federation"
  bool is_country(Range name) const {
    const auto country = words_.match("countries", name.first);
    return country && country->range.last >= name.last;
  }

  // "the Department of Planning of the Ministry of Health": the body that a longer name ends with is one of its own.
  bool is_house(const OrganizationName& name, const std::vector<Range>& taken) const {
    const std::uint32_t first = name.range.first;
    if (words_.grammar() != nullptr || first < 2 || !words_.is(first - 1, "the") || !words_.is(first - 2, "of")) return false;
    return std::ranges::any_of(taken, [&](Range longer) { return longer.first < first && longer.last == name.range.last; });
  }

  std::string kind_of(const OrganizationName& name, const std::string& country) const {
    const bool is_abroad = !country.empty() && !home_.empty() && country != home_;
    return name.kind == "government" && is_abroad ? "foreign_government" : name.kind;
  }

  // As a dictionary has it: "Азиатским банком развития", "Jahon bankidan" stand in a case.
  std::string name_of(const OrganizationName& name, const std::string& written) const {
    if (!name.nominative.empty()) return name.nominative;
    const CaseGrammar* grammar = words_.grammar();
    if (grammar == nullptr || !grammar->is_head_last || words_.is_upper(name.range.last - 1)) return written;
    return std::string(words_.reading().text(without_case(words_, name.range, *grammar)));
  }

  // "Implementing Agency: X"
  bool is_label(Range range) const {
    const auto label = words_.match("page_labels", range.first);
    return label && label->range.last >= range.last && words_.text(label->range.last) == ":";
  }

  void emit(const OrganizationName& name, bool covers) {
    if (name.range.is_empty() || is_label(name.range)) return;
    const Span name_span = words_.span(name.range);
    ExtractedMention found = mention(words_, name.whole, "Organization", "organization/1", name.confidence);
    found.properties.reserve(kUsual);
    const std::string written = words_.name(name.range), text = name_of(name, written);
    found.properties.push_back(property("name", Value(text), name_span));
    const std::string kind = kind_of(name, name.country);
    if (kind == "government" || kind == "foreign_government") found.label = "Agency";
    found.properties.push_back(property("kind", Value(kind), name_span));
    if (!name.country.empty()) found.properties.push_back(property("country", Value(name.country), name_span));
    if (!name.acronym.is_empty()) {
      const std::string acronym = words_.name(name.acronym);
      found.properties.push_back(property("aliases", Value(ValueList{Value(acronym), Value(words_.name(name.noted))}), found.span));
      check_expansion(acronym, text, found.span);
    } else if (text != written) {
      found.properties.push_back(property("aliases", Value(ValueList{Value(written)}), found.span));
    }
    if (name.founded) found.properties.push_back(property("founded", Value(*name.founded), found.span));
    if (covers) cover_.add(words_, name.whole);
    out_.mentions.push_back(std::move(found));
  }

  void check_expansion(const std::string& acronym, const std::string& name, Span span) {
    if (is_acronym_of(acronym, name) || acronym == name) return;
    const auto [told, all] = letters_told(acronym, name);
    // Letters of which few fit are those of a name in another language: "Osiyo taraqqiyot banki (ADB)", "German ... Society (GIZ)".
    const bool is_near = words_.grammar() == nullptr ? 2 * told >= all : told + 1 == all;
    if (all < kTellingLetters || told == all || !is_near) return;
    ExtractedFinding finding;
    finding.code = "EXPANSION_MISMATCH";
    finding.severity = Severity::warning;
    finding.explanation = "'" + acronym + "' does not abbreviate '" + name + "'; the name is kept as written";
    finding.mentions.push_back(static_cast<MentionIndex>(out_.mentions.size()));
    finding.span = span;
    out_.findings.push_back(std::move(finding));
  }

  const Words& words_;
  OrganizationNames names_;
  Cover& cover_;
  const std::string& home_;
  Extraction& out_;
};

}  // namespace

void recognise_organizations(const Reading& reading, Extraction& out) {
  const std::string home = home_country(reading);
  Cover cover(reading, out);
  each_sentence(reading, [&](const Words& words) { SentenceOrganizations(words, cover, home, out).run(); });
}

}  // namespace policygraph::inline v0::detail::extract
