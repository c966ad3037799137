#include "extract/coreference/name_forms.hpp"

#include <algorithm>
#include <array>

#include "extract/folding.hpp"
#include "policygraph/text/transliterate.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMaxCountryWords = 5;
constexpr std::size_t kStem = 6;

bool is_link(const std::string& word) {
  return word == "of" || word == "in" || word == "to" || word == "the" || word == "for" || word == "republic" || word == "and" || word == "on";
}

// Takes the country that the words end with, and what joins it. `folded` is the words with a blank between.
void cut_country(NameForm& form, const CountryNames& countries) {
  const std::string_view folded = form.folded;
  const std::size_t most = std::min(kMaxCountryWords, form.words.size());
  std::size_t start = folded.size() + 1;
  std::array<std::size_t, kMaxCountryWords> starts{};  // by number of words, less one
  for (std::size_t size = 1; size <= most; ++size) starts[size - 1] = start -= form.words[form.words.size() - size].size() + 1;
  for (std::size_t size = most; size > 0; --size) {
    const std::size_t first = form.words.size() - size;
    const auto found = first == 0 ? countries.end() : countries.find(folded.substr(starts[size - 1]));
    if (found == countries.end()) continue;
    form.country = found->second;
    form.words.resize(first);
    while (form.words.size() > 1 && is_link(form.words.back())) form.words.pop_back();
    return;
  }
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words = folded_words(name);
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  return words;
}

NameForm form_of(std::string_view name, const CountryNames& countries) {
  NameForm out;
  out.text = name;
  out.words = words_of_name(name);
  out.folded = join_words(out.words, 0, out.words.size());
  cut_country(out, countries);
  out.base = out.country.empty() ? out.folded : join_words(out.words, 0, out.words.size());
  return out;
}

const NameForm& NameForms::of(std::string_view name) {
  const auto known = forms_.find(name);
  return known != forms_.end() ? known->second : forms_.emplace(name, form_of(name, countries_)).first->second;
}

const std::string& NameForms::key_of(std::string_view name) {
  const auto known = keys_.find(name);
  return known != keys_.end() ? known->second : keys_.emplace(name, name_key(name)).first->second;
}

std::string_view text_of(const ExtractedMention& mention, std::string_view name) {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == name && property.value.kind() == ValueKind::string) return property.value.as_string();
  }
  return {};
}

std::vector<std::string_view> names_of(const ExtractedMention& mention) {
  std::vector<std::string_view> out;
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == "name" && property.value.kind() == ValueKind::string) out.insert(out.begin(), property.value.as_string());
    if (property.name != "aliases" || property.value.kind() != ValueKind::list) continue;
    for (const Value& alias : property.value.as_list()) out.emplace_back(alias.as_string());
  }
  const std::string_view description = text_of(mention, "description");
  if (out.empty() && !description.empty()) out.emplace_back(description);
  return out;
}

namespace {

// "OPEC Fund" of "OPEC Fund for International Development"
bool is_start(const NameForm& part, const NameForm& whole) {
  if (part.words.size() < 2 || part.words.size() >= whole.words.size() || !part.country.empty()) return false;
  return std::equal(part.words.begin(), part.words.end(), whole.words.begin()) && is_link(whole.words[part.words.size()]);
}

}  // namespace

bool is_shortened(const NameForm& part, const NameForm& whole) {
  if (is_start(part, whole)) return true;
  if (part.words.size() < 3 || part.words.size() > whole.words.size() || part.words.front() != whole.words.front()) return false;
  std::size_t at = 1;
  for (std::size_t i = 1; i < part.words.size(); ++i) {
    const std::string& word = part.words[i];
    if (is_link(word)) continue;
    const auto alike = [&](const std::string& other) {
      return other == word || (word.size() >= kStem && other.size() >= kStem && other.compare(0, kStem, word, 0, kStem) == 0);
    };
    const auto found = std::find_if(whole.words.begin() + static_cast<std::ptrdiff_t>(at), whole.words.end(), alike);
    if (found == whole.words.end()) return false;
    at = static_cast<std::size_t>(found - whole.words.begin()) + 1;
  }
  return true;
}

}  // namespace policygraph::inline v0::detail::extract
