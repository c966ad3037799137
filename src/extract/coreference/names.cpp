#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>

#include "extract/coreference/coreference.hpp"
#include "extract/coreference/name_forms.hpp"
#include "policygraph/text/similarity.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostAlike = 16;  // things of one key that are compared with a mention
constexpr double kSimilarPersons = 0.93;

enum class Family : std::uint8_t { none, body, person, place, programme, event, agreement };
constexpr std::size_t kFamilies = 7;

Family family_of(std::string_view label) {
  if (label == "Organization" || label == "Agency" || label == "Partner") return Family::body;
  if (label == "Person") return Family::person;
  if (label == "Place") return Family::place;
  if (label == "Programme" || label == "Strategy" || label == "Project" || label == "Contest") return Family::programme;
  if (label == "Event") return Family::event;
  return label == "Agreement" ? Family::agreement : Family::none;
}

struct Thing {
  MentionIndex head = kNoMention;
  const NameForm* form = nullptr;
  std::string country;
};

struct Link {
  MentionIndex to = kNoMention;
  std::string by;
  std::string reason;
  float score = 1.0F;
};

// The things of one key; most have but one.
struct Alike {
  const Thing* first = nullptr;
  std::vector<const Thing*> more;

  std::size_t size() const noexcept { return first == nullptr ? 0 : more.size() + 1; }
  const Thing& at(std::size_t i) const noexcept { return i == 0 ? *first : *more[i - 1]; }
};

using Index = std::unordered_map<std::string_view, Alike>;  // the keys stand in forms and things

void put(Index& index, std::string_view key, const Thing& thing) {
  if (key.empty()) return;
  Alike& things = index[key];
  if (things.first == nullptr) things.first = &thing;
  else if (things.size() < kMostAlike) things.more.push_back(&thing);
}

std::string quoted(std::string_view a, std::string_view b) { return "'" + std::string(a) + "' and '" + std::string(b) + "'"; }

// The only one of several that a test holds for; nothing when it holds for two different things.
template <class Test>
const Thing* only(const Index& index, std::string_view key, Test test) {
  const auto found = index.find(key);
  if (found == index.end()) return nullptr;
  const Thing* one = nullptr;
  for (std::size_t i = 0; i < found->second.size(); ++i) {
    const Thing& thing = found->second.at(i);
    if (!test(thing)) continue;
    if (one != nullptr && one->head != thing.head) return nullptr;
    one = &thing;
  }
  return one;
}

bool are_compatible(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

class NameLinker {
 public:
  NameLinker(const Reading& reading, Extraction& out) : reading_(reading), out_(out), names_(reading.packs().countries) {}

  void run() {
    for (MentionIndex i = 0; i < out_.mentions.size(); ++i) {
      const Family family = family_of(out_.mentions[i].label);
      if (family == Family::none) continue;
      std::vector<Thing> forms = forms_of(i, family);
      const std::optional<Link> link = out_.mentions[i].same_as == kNoMention ? find(family, forms) : std::nullopt;
      if (link) {
        ExtractedMention& mention = out_.mentions[i];
        mention.same_as = link->to;
        mention.same_by = link->by;
        mention.same_reason = link->reason;
        mention.same_score = link->score;
      }
      const MentionIndex head = head_of(out_, i);
      for (Thing& thing : forms) {
        thing.head = head;
        remember(family, things_.emplace_back(std::move(thing)));
      }
    }
  }

 private:
  std::vector<Thing> forms_of(MentionIndex i, Family family) {
    const ExtractedMention& mention = out_.mentions[i];
    std::vector<Thing> out;
    for (const std::string_view name : names_of(mention)) {
      Thing thing{i, &names_.of(name), {}};
      thing.country = thing.form->country.empty() ? std::string(text_of(mention, "country")) : thing.form->country;
      if (family == Family::place) thing.country = text_of(mention, "code");
      if (!thing.form->folded.empty()) out.push_back(std::move(thing));
    }
    if (family == Family::body && !out.empty()) add_known_name(mention, out);
    if (family == Family::body && !out.empty()) add_without_people(mention, out);
    return out;
  }

  // "the German Society for Trade" is "the Society for Trade of Germany".
  void add_without_people(const ExtractedMention& mention, std::vector<Thing>& forms) {
    const PhraseMatch* people = reading_.match_at("demonyms", reading_.view().token_at(mention.span.start));
    const NameForm& form = *forms.front().form;
    if (people == nullptr || people->last != people->first + 1 || form.words.size() < 3 || !form.country.empty()) return;
    Thing thing = forms.front();
    const std::size_t blank = form.text.find(' ');
    if (blank == std::string::npos) return;
    thing.form = &names_.of(std::string_view(form.text).substr(blank + 1));
    thing.country = reading_.entry(*people).id;
    forms.push_back(std::move(thing));
  }

  // A body of the gazetteer is itself under each of its names.
  void add_known_name(const ExtractedMention& mention, std::vector<Thing>& forms) {
    const PhraseMatch* match = reading_.match_at("known_organizations", reading_.view().token_at(mention.span.start));
    if (match == nullptr || reading_.span(*match).end > mention.span.end) return;
    const NameForm& known = names_.of(reading_.entry(*match).id);
    const bool is_whole = forms.front().form->base.size() <= names_.of(reading_.text(reading_.span(*match))).base.size();
    if (!is_whole || known.folded == forms.front().form->folded) return;
    Thing thing = forms.front();
    thing.form = &known;
    forms.push_back(std::move(thing));
  }

  void remember(Family family, const Thing& thing) {
    const NameForm& form = *thing.form;
    put(surfaces_[static_cast<std::size_t>(family)], form.folded, thing);
    if (family == Family::body) {
      put(bases_, form.base, thing);
      if (form.words.size() > 1) put(heads_, form.words.front(), thing);
      if (form.words.size() > 1) put(initials_, std::string_view(form.words.front()).substr(0, 1), thing);
    }
    if (family == Family::place) put(codes_, thing.country, thing);
    if (family == Family::person) remember_person(thing);
  }

  void remember_person(const Thing& thing) {
    const NameForm& form = *thing.form;
    put(persons_, names_.key_of(form.text), thing);
    for (const std::string& word : {std::cref(form.words.back()), std::cref(form.words.front())}) put(surnames_, names_.key_of(word), thing);
  }

  std::optional<Link> find(Family family, const std::vector<Thing>& forms) {
    for (const Thing& form : forms) {
      if (auto link = by_surface(family, form)) return link;
    }
    for (const Thing& form : forms) {
      std::optional<Link> link;
      if (family == Family::body) link = body(form);
      if (family == Family::person) link = person(form);
      if (family == Family::place) link = place(form);
      if (link) return link;
    }
    return std::nullopt;
  }

  std::optional<Link> by_surface(Family family, const Thing& form) const {
    const Thing* same = only(surfaces_[static_cast<std::size_t>(family)], form.form->folded, [&](const Thing& thing) {
      return family != Family::body || are_compatible(thing.country, form.country);
    });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:same-surface/1", "the same words: " + quoted(same->form->text, form.form->text), 1.0F};
  }

  std::optional<Link> body(const Thing& form) const {
    const auto fits = [&](const Thing& thing) { return are_compatible(thing.country, form.country); };
    if (const Thing* same = only(bases_, form.form->base, fits)) {
      return Link{same->head, "rule:country-left-out/1", "the same body, its country told once: " + quoted(same->form->text, form.form->text), 0.95F};
    }
    if (auto link = by_acronym(form)) return link;
    const auto is_short = [&](const Thing& thing) {
      return fits(thing) && (is_shortened(*form.form, *thing.form) || is_shortened(*thing.form, *form.form));
    };
    const bool is_long_enough = form.form->words.size() > 1;
    const Thing* same = is_long_enough ? only(heads_, form.form->words.front(), is_short) : nullptr;
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:shortened-name/1", "one name cut short, the only one that fits: " + quoted(same->form->text, form.form->text), 0.8F};
  }

  std::optional<Link> by_acronym(const Thing& form) const {
    const bool is_acronym = form.form->words.size() == 1 && form.form->text.size() >= 3 && form.form->text.size() <= 10 &&
                            std::none_of(form.form->text.begin(), form.form->text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_acronym) return std::nullopt;
    const Thing* same = only(initials_, std::string_view(form.form->folded).substr(0, 1), [&](const Thing& thing) {
      return is_acronym_of(form.form->text, thing.form->text);
    });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:acronym/1", "'" + form.form->text + "' abbreviates '" + same->form->text + "'", 0.85F};
  }

  std::optional<Link> place(const Thing& form) const {
    if (form.country.empty()) return std::nullopt;
    const Thing* same = only(codes_, form.country, [](const Thing&) { return true; });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:country-names/1", "names of one country: " + quoted(same->form->text, form.form->text), 1.0F};
  }

  std::optional<Link> person(const Thing& form) {
    if (const Thing* same = only(persons_, names_.key_of(form.form->text), [](const Thing&) { return true; })) {
      return Link{same->head, "rule:name-key/1", "spellings of one name: " + quoted(same->form->text, form.form->text), 0.95F};
    }
    const auto fits = [&](const Thing& thing) {
      if (form.form->words.size() == 1 || thing.form->words.size() == 1) return true;
      return name_similarity(thing.form->text, form.form->text) >= kSimilarPersons;
    };
    const Thing* same = only(surnames_, names_.key_of(form.form->words.back()), fits);
    if (same == nullptr) return std::nullopt;
    const bool is_surname = form.form->words.size() == 1;
    return Link{same->head, is_surname ? "rule:surname/1" : "rule:initials/1",
                "the only person whose name fits: " + quoted(same->form->text, form.form->text), is_surname ? 0.85F : 0.9F};
  }

  const Reading& reading_;
  Extraction& out_;
  NameForms names_;
  std::deque<Thing> things_;  // all so far; the indexes point into it
  std::array<Index, kFamilies> surfaces_;
  Index bases_, heads_, initials_, codes_, persons_, surnames_;
};

}  // namespace

void link_names(const Reading& reading, Extraction& out) { NameLinker(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
