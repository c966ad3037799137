#include "resolve/person_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"
#include "text/name_spelling.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

using Part = PersonName::Part;

constexpr double kMostGiven = 0.5, kMostSurname = 0.6, kMostTogether = 0.7;
constexpr double kMostOfShort = 0.35, kOfCase = 0.3;
constexpr std::size_t kShortestSpelt = 5;  // letters of a key that may be spelt otherwise

// Of spelling keys.
constexpr std::array<std::string_view, 3> kSonOf{"ugli", "ogli", "uli"};  // o‘g‘li, ogli, uly
constexpr std::array<std::string_view, 1> kDaughterOf{"kizi"};            // qizi, kyzy
constexpr std::array<std::string_view, 2> kMalePatronymics{"ovich", "evich"};
constexpr std::array<std::string_view, 3> kFemalePatronymics{"ovna", "evna", "ichna"};
constexpr std::array<std::string_view, 6> kMaleSurnames{"ov", "ev", "iv", "ski", "tski", "in"};
constexpr std::array<std::string_view, 5> kFemaleSurnames{"ova", "eva", "iva", "skaya", "ina"};
constexpr std::array<std::string_view, 4> kSurnames{"enko", "yan", "shvili", "zade"};

/// The length of the ending that the key has, and more before it; 0: none.
template <std::size_t N>
std::size_t ending_of(std::string_view key, const std::array<std::string_view, N>& endings, std::size_t before = 2) {
  for (const auto ending : endings)
    if (key.size() >= ending.size() + before && key.ends_with(ending)) return ending.size();
  return 0;
}

template <std::size_t N>
bool is_one_of(std::string_view key, const std::array<std::string_view, N>& keys) {
  return std::ranges::find(keys, key) != keys.end();
}

struct Word {
  std::string key;
  bool is_initial = false;
  bool is_patronymic = false;
  char gender = 0;
};

char surname_gender(std::string_view key) {
  if (ending_of(key, kFemaleSurnames) != 0) return 'f';
  return ending_of(key, kMaleSurnames) != 0 ? 'm' : 0;
}
bool is_surname(std::string_view key) { return surname_gender(key) != 0 || ending_of(key, kSurnames) != 0; }

/// Polish "-icki" is "-itskiy" elsewhere.
std::string person_key(std::string key) {
  if (key.size() > 5 && key.ends_with("iki")) key.replace(key.size() - 2, 2, "tski");
  return key;
}

/// A lone "Y." may be "Ya." or "Yu."
std::string initial_key(const NameWords::Word& word) { return word.key == "y" ? "y" : word.spelling; }

/// "O‘." stands for o‘, which is a letter of its own.
bool is_marked_o(const WrittenWord& word, std::string_view name) {
  const auto after = static_cast<std::size_t>(word.text.data() + word.text.size() - name.data());
  return (word.text == "O" || word.text == "o") && after < name.size() && is_apostrophe(code_point_at(name, after).value);
}

/// A surname out of its case; the same where it stands in none.
std::string without_case(const std::string& key) {
  const auto cut = [&](std::size_t size, std::string_view more = {}) { return key.substr(0, key.size() - size).append(more); };
  static constexpr std::array<std::string_view, 5> kUzbek{"ning", "dan", "ga", "ni", "da"};
  for (const auto ending : kUzbek)
    if (key.size() > ending.size() + 4 && key.ends_with(ending) && is_surname(cut(ending.size()))) return cut(ending.size());
  static constexpr std::array<std::string_view, 3> kWith{"ovim", "evim", "inim"}, kOfHer{"ovoy", "evoy", "inoy"};
  static constexpr std::array<std::string_view, 4> kTo{"ovu", "evu", "ove", "eve"};
  if (ending_of(key, kWith) != 0) return cut(2);
  if (ending_of(key, kOfHer) != 0) return cut(2, "a");
  return ending_of(key, kTo) != 0 ? cut(1) : key;
}

/// A given name without the ending that a Russian case may have changed.
std::string_view trunk(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kCases{"om", "em", "oy", "ey", "a", "u", "e", "i", "y"};
  const std::size_t size = ending_of(key, kCases, 3);
  return key.substr(0, key.size() - size);
}

/// Takes a name apart.
class PersonReader {
 public:
  PersonReader(std::string_view name, NameWords& words) : name_(name), words_(words) {}

  PersonName read() {
    for (const auto& word : written_words(name_)) add(word);
    undo_case();
    mark_patronymics();
    share_out();
    return std::move(out_);
  }

 private:
  void add(const WrittenWord& written) {
    const auto& known = words_.of(written.text);
    const auto found = words_.lexicon().find(std::array{&known.stems});
    if (found.size == 1 && found.meaning->role == WordRole::title) return;
    const auto& spelling = known.spelling;
    if (is_one_of(spelling, kSonOf) || is_one_of(spelling, kDaughterOf)) return name_father(is_one_of(spelling, kSonOf) ? 'm' : 'f');
    if (is_generation(written, known)) {
      out_.generation = known.number.empty() ? known.key : known.number;
      return;
    }
    const std::size_t letters = count_letters(written.text);
    const bool is_initial = letters == 1 || (written.is_cut && letters <= 3);
    std::string key = is_marked_o(written, name_) ? "u" : is_initial ? initial_key(known) : person_key(spelling);
    if (!key.empty()) found_.push_back({std::move(key), is_initial, false, 0});
  }

  /// "II", "Jr."; "I", "V" and "X" are initials.
  bool is_generation(const WrittenWord& written, const NameWords::Word& word) const {
    if (found_.size() < 2) return false;
    return (!word.number.empty() && written.text.size() >= 2) || word.key == "jr" || word.key == "sr" || word.key == "junior" || word.key == "senior";
  }

  /// "Botir o‘g‘li": the word before is the father's name.
  void name_father(char gender) {
    if (found_.empty() || found_.back().is_initial) return;
    found_.back().is_patronymic = true;
    found_.back().gender = gender;
  }

  void undo_case() {
    if (found_.size() < 2) return;
    for (auto& word : found_) {
      if (word.is_initial || word.is_patronymic) continue;
      auto plain = without_case(word.key);
      out_.is_inflected = out_.is_inflected || plain != word.key;
      word.key = std::move(plain);
    }
  }

  /// "Botirovich" beside two words more, or beside initials and a surname.
  void mark_patronymics() {
    if (found_.size() < 3) return;
    for (auto& word : found_) {
      if (word.is_initial || word.is_patronymic) continue;
      const std::size_t male = ending_of(word.key, kMalePatronymics), female = ending_of(word.key, kFemalePatronymics);
      if (male + female == 0) continue;
      word.key.resize(word.key.size() - male - female);
      word.is_patronymic = true;
      word.gender = male != 0 ? 'm' : 'f';
    }
  }

  void share_out() {
    std::vector<Word> full, initials;
    for (auto& word : found_) {
      if (word.is_patronymic) out_.patronymic.key = word.key, out_.gender = word.gender;
      else (word.is_initial ? initials : full).push_back(std::move(word));
    }
    take_surname(full);
    std::ranges::move(initials, std::back_inserter(full));  // what is left comes in order: given name, father's name
    if (!full.empty()) out_.given = {full.front().key, full.front().is_initial};
    if (full.size() > 1 && full[1].is_initial && out_.patronymic.key.empty()) out_.patronymic = {full[1].key, true}, full.erase(full.begin() + 1);
    for (std::size_t i = 1; i < full.size(); ++i) out_.others.push_back(full[i].key);
    if (out_.gender == 0) out_.gender = surname_gender(out_.surname.key);
  }

  /// The only one with a surname's ending, or the only word; else the last, and nothing is sure.
  void take_surname(std::vector<Word>& full) {
    if (full.empty()) return;
    const auto fits = [](const Word& word) { return is_surname(word.key); };
    const auto count = std::ranges::count_if(full, fits);
    out_.is_ordered = count == 1 || full.size() == 1;
    const auto at = count == 1 ? std::ranges::find_if(full, fits) : full.end() - 1;
    out_.surname.key = at->key;
    full.erase(at);
  }

  std::string_view name_;
  NameWords& words_;
  std::vector<Word> found_;
  PersonName out_;
};

constexpr double kOther = 9;

/// "S." is no "Sh.", and "T." no "Ts."
bool begins(std::string_view word, std::string_view initial) {
  if (!word.starts_with(initial)) return false;
  const char next = word.size() > initial.size() ? word[initial.size()] : '\0';
  return !(initial == "s" && next == 'h') && !(initial == "t" && next == 's');
}

/// What it takes to read two parts as one: 0 the same, kOther two different ones. `fits` is set where only an initial does.
double part_cost(const Part& a, const Part& b, double most, bool& fits) {
  if (a.is_initial || b.is_initial) {
    fits = true;
    if (a.is_initial && b.is_initial) return a.key == b.key ? 0 : kOther;
    return (a.is_initial ? begins(b.key, a.key) : begins(a.key, b.key)) ? 0 : kOther;
  }
  if (a.key == b.key) return 0;
  const double limit = std::min(a.key.size(), b.key.size()) < kShortestSpelt ? kMostOfShort : most;
  const double cost = text::spelling_cost(a.key, b.key, limit);
  return cost > limit ? kOther : cost;
}

double given_cost(const PersonName& a, const PersonName& b, bool& fits) {
  const double cost = part_cost(a.given, b.given, kMostGiven, fits);
  const bool is_cased = (a.is_inflected || b.is_inflected) && !a.given.is_initial && !b.given.is_initial;
  return cost == kOther && is_cased && trunk(a.given.key) == trunk(b.given.key) ? kOfCase : cost;
}

/// "Abdulla" and the "abdula(e)" of Abdullaevich; "Yuriy" and the "ur" of Yurevich.
double father_cost(const Part& a, const Part& b, bool& fits) {
  const auto& [shorter, longer] = a.key.size() <= b.key.size() ? std::pair(a.key, b.key) : std::pair(b.key, a.key);
  if (!a.is_initial && !b.is_initial && shorter.size() >= 2 && longer.starts_with(shorter) && longer.size() - shorter.size() <= 1) return 0;
  return part_cost(a, b, kMostGiven, fits);
}

PersonMatch compare_in_order(const PersonName& a, const PersonName& b) {
  if (a.surname.key.empty() || b.surname.key.empty() || a.given.key.empty() || b.given.key.empty()) return {};
  bool initial = false, father_initial = false;
  const double surname = part_cost(a.surname, b.surname, kMostSurname, initial);
  if (surname == kOther) return {0, true, false, {}};
  const double given = given_cost(a, b, initial);
  if (given == kOther) return {0, true, false, {}};
  const bool both_fathers = !a.patronymic.key.empty() && !b.patronymic.key.empty();
  const double father = both_fathers ? father_cost(a.patronymic, b.patronymic, father_initial) : 0;
  if (father == kOther || surname + given + father > kMostTogether) return {0, true, false, {}};
  if (a.others != b.others) return a.others.empty() || b.others.empty() ? PersonMatch{0.75, false, false, "one name has words more"} : PersonMatch{0, true, false, {}};
  const bool by_initial = initial || father_initial;
  if (std::max({surname, given, father}) > text::kSameSpelling) return {both_fathers && !by_initial ? 0.93 : 0.85, false, by_initial, "names that are spelt alike"};
  if (initial) return {both_fathers ? 0.95 : 0.85, false, true, both_fathers ? "initials that fit" : "an initial that fits"};
  return {both_fathers && !father_initial ? 0.98 : 0.96, false, by_initial, "spellings of one name"};
}

PersonName turned(PersonName name) {
  std::swap(name.surname, name.given);
  return name;
}

bool is_turnable(const PersonName& name) { return !name.is_ordered && !name.given.is_initial && !name.given.key.empty(); }

}  // namespace

std::string PersonName::block() const {
  if (surname.key.empty() || given.key.empty() || given.is_initial) return {};
  const auto a = text::spelling_skeleton(surname.key), b = text::spelling_skeleton(given.key);
  return a < b ? a + ' ' + b : b + ' ' + a;
}

std::string PersonName::initial_block() const {
  if (surname.key.empty() || given.key.empty() || !(is_ordered || given.is_initial)) return {};
  return text::spelling_skeleton(surname.key) + ' ' + given.key.substr(0, 1);
}

PersonName person_name(std::string_view name, NameWords& words) { return PersonReader(name, words).read(); }

PersonMatch compare_persons(const PersonName& a, const PersonName& b) {
  if (a.gender != 0 && b.gender != 0 && a.gender != b.gender) return {0, true, false, {}};
  if (!a.generation.empty() && !b.generation.empty() && a.generation != b.generation) return {0, true, false, {}};
  auto match = compare_in_order(a, b);
  if (match.score == 0 && is_turnable(b)) match = compare_in_order(a, turned(b));
  if (match.score == 0 && is_turnable(a)) match = compare_in_order(turned(a), b);
  if (a.generation != b.generation && match.score > 0) match = {std::min(match.score, 0.85), false, match.is_by_initial, "one name tells the generation"};
  return match;
}

}  // namespace policygraph::inline v0::detail::resolve
