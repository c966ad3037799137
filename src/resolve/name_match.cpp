#include "resolve/name_match.hpp"

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr double kKnownBody = 0.99, kAcronym = 0.85;

/// A proper name: two words or more that start with a capital, or one that no common noun looks like ("UNDP", "eGov").
bool is_proper(std::string_view name) {
  std::size_t capitals = 0;
  bool at_start = true;
  for (std::size_t i = 0; i < name.size();) {
    if (const char c = name[i]; (c >= 'a' && c <= 'z') || c == ' ') {  // most are these
      at_start = c == ' ';
      ++i;
      continue;
    }
    const auto point = code_point_at(name, i);
    const bool is_inside = is_letter(point.value) || is_digit(point.value);
    if (is_inside && (is_upper(point.value) || is_digit(point.value)) && (at_start || is_upper(point.value))) ++capitals;
    at_start = !is_inside;
    i += point.size;
  }
  return capitals >= 2;
}

FormKind kind_of(std::string_view root) {
  if (root == "Organization") return FormKind::body;
  return root == "Place" ? FormKind::place : FormKind::work;
}

std::string both(const ComparedName& a, const ComparedName& b, std::string_view what) {
  return std::string("'").append(a.text).append("' and '").append(b.text).append("': ").append(what);
}

NameMatch match_persons(const ComparedName& a, const ComparedName& b, bool wants_reason) {
  const auto found = compare_persons(a.person(), b.person());
  NameMatch match{found.score, found.is_by_initial ? "rule:person-initials/1" : "rule:person-name/2", found.is_other, {}};
  if (found.score == 0) match.rule = {};
  if (wants_reason && found.score > 0) match.reason = both(a, b, found.basis);
  if (wants_reason && found.is_other) match.reason = both(a, b, "a part of the name differs");
  return match;
}

/// One is the acronym of the other; a pack that knows neither cannot say of which of several bodies.
bool is_acronym_pair(const ComparedName& a, const ComparedName& b) {
  if (a.form().is_acronym == b.form().is_acronym) return false;
  return a.form().is_acronym ? is_acronym_of(a.text, b.text) : is_acronym_of(b.text, a.text);
}

NameMatch match_forms(const ComparedName& a, const ComparedName& b, FormKind kind, bool wants_reason, bool by_initials) {
  if (a.body != nullptr && b.body != nullptr && kind == FormKind::body) {
    if (*a.body != *b.body) return {0, {}, true, wants_reason ? both(a, b, "two bodies that are known") : std::string()};
    return {kKnownBody, "rule:known-body/1", false, wants_reason ? both(a, b, "names of " + *a.body) : std::string()};
  }
  auto found = compare_forms(a.form(), b.form(), kind);
  if (found.score > 0) return {found.score, "rule:name-words/1", false, wants_reason ? both(a, b, found.reason) : std::string()};
  if (by_initials && kind == FormKind::body && is_acronym_pair(a, b))
    return {kAcronym, "rule:acronym/2", false, wants_reason ? both(a, b, "one is the initials of the other") : std::string()};
  return {0, {}, false, wants_reason ? both(a, b, found.reason) : std::string()};
}

}  // namespace

ComparedName read_name(std::string_view text, std::string_view root, NameWords& words) {
  ComparedName name;
  name.text = text;
  name.folded = fold_name(text);
  name.is_proper = is_proper(text);
  if (root == "Person") {
    name.parts = person_name(text, words);
    return name;
  }
  auto& form = name.parts.emplace<NameForm>(form_of(text, kind_of(root), words));
  if (root != "Organization") return name;
  if (const auto signature = form.signature_with_country(); !signature.empty()) name.body = words.lexicon().body(signature);
  name.is_placed = name.body != nullptr && words.lexicon().tells_state(*name.body);
  return name;
}

bool ComparedName::is_particular() const {
  if (body != nullptr || is_proper) return true;
  return form().has_head && form().meanings.size() + form().unknown.size() >= 2;
}

std::string initials_of(const ComparedName& name) {
  if (name.form().is_acronym) return name.folded;
  std::string letters;
  std::size_t count = 0;
  for (const auto& word : written_words(name.text)) {
    const auto first = code_point_at(word.text, 0);
    if (!is_upper(first.value)) continue;
    letters.append(fold_name(word.text.substr(0, first.size)));
    ++count;
  }
  return count < 2 ? std::string() : letters;
}

NameMatch match_names(const ComparedName& a, const ComparedName& b, std::string_view root, bool wants_reason, bool by_initials) {
  if (!a.folded.empty() && a.folded == b.folded) return {1, "rule:same-name/1", false, wants_reason ? both(a, b, "the same name") : std::string()};
  if (root == "Person") return match_persons(a, b, wants_reason);
  return match_forms(a, b, kind_of(root), wants_reason, by_initials);
}

}  // namespace policygraph::inline v0::detail::resolve
