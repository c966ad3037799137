#include "resolve/name_form.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "text/name_spelling.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr double kMostSpelling = 0.5;       // of one word
constexpr std::size_t kShortestSpelt = 5;   // letters of a key that may be spelt otherwise
constexpr std::size_t kLongestAcronym = 6;  // in letters
constexpr double kOther = 2;                // no spelling of it
constexpr double kSameWords = 0.97, kNoCountry = 0.9, kSpeltAlike = 0.88;

/// Reads one name.
class FormReader {
 public:
  FormReader(FormKind kind, NameWords& words) : kind_(kind), words_(words) {}

  NameForm read(std::string_view name) {
    written_ = written_words(name);
    for (const auto& word : written_) {
      known_.push_back(&words_.of(word.text));
      chains_.push_back(&known_.back()->stems);
    }
    for (std::size_t at = 0; at < known_.size();) at += take(at);
    form_.is_acronym = written_.size() == 1 && is_in_capitals(written_.front().text);
    settle();
    return std::move(form_);
  }

 private:
  /// Takes the word there, or the phrase that begins with it; tells how many words that was.
  std::size_t take(std::size_t at) {
    const auto& word = *known_[at];
    const bool is_number = !word.number.empty() && (at > 0 || word.number == word.key || written_.size() > 1);
    if (is_number) {
      form_.numbers.push_back(word.number);
      return 1;
    }
    const auto found = words_.lexicon().find(std::span<const StemChain* const>(chains_).subspan(at));
    if (found.size == 0) {
      add_unknown(word, is_acronym(written_[at].text));
      return 1;
    }
    if (kind_ == FormKind::place && found.meaning->role == WordRole::word && !is_place_word(found.meaning->id)) {
      add_unknown(word, false);  // "Yangi" of a town's name means nothing there
      return 1;
    }
    put(*found.meaning, found.size);
    return found.size;
  }

  void add_unknown(const NameWords::Word& word, bool is_acronym) {
    form_.unknown.push_back(is_acronym ? word.key : word.stem);
    form_.spellings.push_back(is_acronym ? word.key : word.spelling);
    form_.order.push_back(form_.unknown.back());
    ++form_.words;
  }

  static bool is_place_word(std::string_view id) {
    static constexpr std::array<std::string_view, 8> kWords{"region", "district", "city", "republic", "valley", "sea", "river", "tashkent-city"};
    return std::ranges::find(kWords, id) != kWords.end();
  }

  /// Its letters stand for words: none is a habit of spelling, "YTTB" is not "ITB".
  static bool is_acronym(std::string_view text) { return count_letters(text) <= kLongestAcronym && is_in_capitals(text); }

  void put(const Meaning& meaning, std::size_t size) {
    switch (meaning.role) {
      case WordRole::stop:
      case WordRole::title:
        return;
      case WordRole::legal_form: form_.legal.push_back(meaning.id); return;
      case WordRole::number: form_.numbers.push_back(meaning.id); return;
      case WordRole::country: form_.countries.push_back(meaning.id); return;
      case WordRole::place: has_place_ = true; break;
      case WordRole::word: break;
    }
    if (kind_ == FormKind::work && meaning.is_optional) return form_.kinds.push_back(meaning.id);
    if (kind_ == FormKind::place && meaning.is_optional_place) return;
    form_.has_head = form_.has_head || meaning.is_head;
    if (meaning.is_noun && (form_.order.empty() || noun_.empty())) noun_ = meaning.id;
    form_.order.push_back(meaning.id);
    std::ranges::move(meanings_of(meaning.id), std::back_inserter(form_.meanings));
    form_.words += size;
  }

  static void sort(std::vector<std::string>& list) {
    std::ranges::sort(list);
    list.erase(std::ranges::unique(list).begin(), list.end());
  }

  void settle() {
    form_.countries.erase(std::ranges::unique(form_.countries).begin(), form_.countries.end());
    sort(form_.legal);
    put_noun_last();
    if (has_place_ || !form_.countries.empty()) std::erase(form_.meanings, "republic");
    std::ranges::sort(form_.meanings);
    form_.is_of_state = kind_ == FormKind::body && !has_place_ && words_.lexicon().is_of_state(form_.meanings);
    sort(form_.numbers);
    sort(form_.kinds);
    std::ranges::sort(form_.unknown);
    std::ranges::sort(form_.spellings);
    if (form_.meanings.empty() && form_.unknown.empty() && kind_ == FormKind::work) form_.meanings.swap(form_.kinds);
    const bool is_empty = form_.meanings.empty() && form_.unknown.empty() && form_.numbers.empty();
    const bool tells_country = kind_ != FormKind::body || is_empty;
    for (const auto& meaning : form_.meanings) add("", meaning);
    for (const auto& number : form_.numbers) add("#", number);
    if (tells_country) for (const auto& country : form_.countries) add("@", country);
    form_.block = form_.signature;
    for (const auto& word : form_.unknown) {
      add_to(form_.signature, "=", word);
      add_to(form_.block, "=", text::spelling_skeleton(word));
    }
  }

  /// Languages put a body's noun first or last; all else keeps its order where names say the same.
  void put_noun_last() {
    std::erase(form_.order, "republic");
    if (kind_ != FormKind::body || form_.order.empty() || form_.order.front() != noun_) return;
    std::ranges::rotate(form_.order, form_.order.begin() + 1);
  }

  static void add_to(std::string& out, std::string_view mark, std::string_view text) {
    if (!out.empty()) out += ' ';
    out.append(mark).append(text);
  }
  void add(std::string_view mark, std::string_view text) { add_to(form_.signature, mark, text); }

  FormKind kind_;
  NameWords& words_;
  std::vector<WrittenWord> written_;
  std::vector<const NameWords::Word*> known_;
  std::vector<const StemChain*> chains_;
  bool has_place_ = false;
  std::string noun_;  // the first of them
  NameForm form_;
};

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& text : list) out.append(out.empty() ? "" : ", ").append(text);
  return out.empty() ? "none" : out;
}

FormMatch another(std::string_view what, const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return {0, std::string(what) + " differ: " + joined(a) + " and " + joined(b)};
}

/// How far apart unknown words are, each with its likest; kOther: they are others. Both lists have one size.
double spelling_of(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<bool> used(b.size());
  double worst = 0;
  for (const auto& word : a) {
    double least = kOther;
    std::size_t best = b.size();
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (used[j]) continue;
      const bool may_differ = word.size() >= kShortestSpelt && b[j].size() >= kShortestSpelt;
      const double cost = word == b[j] ? 0 : may_differ ? text::spelling_cost(word, b[j], kMostSpelling) : kOther;
      if (cost < least) least = cost, best = j;
    }
    if (best == b.size() || least > kMostSpelling) return kOther;
    used[best] = true;
    worst = std::max(worst, least);
  }
  return worst;
}

bool may_lack(const std::vector<std::string>& a, const std::vector<std::string>& b) { return a.empty() || b.empty() || a == b; }

/// One word that names a kind of things.
bool says_nothing(const NameForm& form, FormKind kind) {
  if (!form.numbers.empty() || !form.countries.empty() || !form.unknown.empty()) return false;
  return form.words == 0 || (kind != FormKind::place && form.words == 1);
}

}  // namespace

std::string NameForm::signature_with_country() const {
  std::string out = signature;
  if (signature.find('@') != std::string::npos) return out;
  for (const auto& country : countries) out.append(" @").append(country);
  return out;
}

NameForm form_of(std::string_view name, FormKind kind, NameWords& words) { return FormReader(kind, words).read(name); }

FormMatch compare_forms(const NameForm& a, const NameForm& b, FormKind kind) {
  if (a.numbers != b.numbers) return another("their numbers", a.numbers, b.numbers);
  const bool is_body = kind == FormKind::body;
  if (is_body ? !may_lack(a.countries, b.countries) : a.countries != b.countries) return another("their countries", a.countries, b.countries);
  if (!may_lack(a.kinds, b.kinds)) return another("what they are", a.kinds, b.kinds);
  if (a.meanings != b.meanings) return another("their words", a.meanings, b.meanings);
  if (a.unknown.size() != b.unknown.size()) return another("their words", a.unknown, b.unknown);
  const double spelling = spelling_of(a.unknown, b.unknown);
  if (spelling == kOther) return another("their words", a.unknown, b.unknown);
  if (says_nothing(a, kind)) return {0, "they say nothing"};
  if (spelling > text::kSameSpelling || spelling_of(a.spellings, b.spellings) > text::kSameSpelling) return {kSpeltAlike, "their words are spelt alike"};
  if (!may_lack(a.legal, b.legal)) return {kSpeltAlike, "the same words, but not the same legal form"};
  if (a.order != b.order) return {kSpeltAlike, "the same words in another order"};
  if (a.countries != b.countries) return {kNoCountry, "the same words, but only one tells the country"};
  return {kSameWords, "the same words, whatever the language"};
}

}  // namespace policygraph::inline v0::detail::resolve
