#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "extract/coreference/coreference.hpp"
#include "extract/coreference/name_forms.hpp"
#include "policygraph/text/similarity.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostAlike = 16;  // things of one key that are compared with a mention
constexpr double kSimilarPersons = 0.93;
constexpr std::size_t kNextTo = 32;        // bytes between two names of one list
constexpr std::size_t kOneSentence = 400;  // and between two that posts may stand behind

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
  MentionIndex mention = kNoMention;
  const NameForm* form = nullptr;
  std::string_view country;  // of the mention, the name or a pack; of a programme its years
};

struct Link {
  MentionIndex to = kNoMention;
  std::string by;
  std::string reason;
  float score = 1.0F;
};

// The things of all keys of all indexes, each with the next of its key.
struct Alike {
  std::uint32_t thing = 0;
  std::uint32_t next = 0;  // 0: it is the last
};

// The things of each key, in the order they were put: keys are numbers of texts.
class Index {
 public:
  struct Chain {
    std::uint32_t first = 0, last = 0, size = 0;
  };

  void put(TextNumber key, std::uint32_t thing, std::vector<Alike>& alike) {
    if (key == kNoText) return;
    constexpr std::size_t kUsual = 64;  // texts of a document
    if (chains_.size() <= key) chains_.resize(std::max(key + std::size_t{1}, kUsual));
    Chain& chain = chains_[key];
    if (chain.size == kMostAlike) return;
    const auto made = static_cast<std::uint32_t>(alike.size());
    alike.push_back({thing, 0});
    if (chain.size++ == 0) chain.first = made;
    else alike[chain.last].next = made;
    chain.last = made;
  }
  // Where the first one stands; 0: there is none.
  std::uint32_t first(TextNumber key) const noexcept { return key < chains_.size() ? chains_[key].first : 0; }

 private:
  std::vector<Chain> chains_;
};

std::string quoted(std::string_view a, std::string_view b) {
  std::string out;
  out.reserve(a.size() + b.size() + 9);
  return out.append("'").append(a).append("' and '").append(b).append("'");
}

bool are_compatible(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

class NameLinker {
 public:
  NameLinker(const Reading& reading, Extraction& out)
      : reading_(reading), out_(out), names_(reading.packs().countries), whole_(out.mentions.size()), alike_(1) {}

  void run() {
    for (MentionIndex i = 0; i < out_.mentions.size(); ++i) {
      const Family family = family_of(out_.mentions[i].label);
      if (family == Family::none) continue;
      read_forms(i, family);
      if (out_.mentions[i].same_as == kNoMention) link(out_.mentions[i], find(family));
      if (out_.mentions[i].same_as == kNoMention && family == Family::programme) link(out_.mentions[i], told_again(i));
      const MentionIndex head = head_of(out_, i);
      for (Thing& thing : forms_) {
        thing.head = head;
        note(whole_[head], thing);
        things_.push_back(thing);
        remember(family, static_cast<std::uint32_t>(things_.size() - 1));
      }
    }
  }

 private:
  // What is known of a thing by all its mentions so far.
  struct Whole {
    std::string_view country;
    const NameForm* spelt = nullptr;  // the first name of several words
  };
  static void note(Whole& whole, const Thing& thing) {
    if (whole.country.empty()) whole.country = thing.country;
    if (whole.spelt == nullptr && thing.form->words.size() > 1) whole.spelt = thing.form;
  }

  // A bare name takes the country of the first that told one, and is no other state's body any more.
  bool fits_country(const Thing& thing, const Thing& form) const {
    return are_compatible(thing.country, form.country) && are_compatible(whole_[thing.head].country, form.country);
  }

  std::string_view between(MentionIndex a, MentionIndex b) const {
    const Span first = out_.mentions[std::min(a, b)].span, last = out_.mentions[std::max(a, b)].span;
    const Span& left = first.start < last.start ? first : last;
    const Span& right = first.start < last.start ? last : first;
    return left.end < right.start ? reading_.text(Span{left.end, right.start}) : std::string_view();
  }

  bool are_joined(MentionIndex a, MentionIndex b, bool is_next_to) const {
    const std::string_view text = between(a, b);
    if (text.empty() || text.size() > (is_next_to ? kNextTo : kOneSentence)) return false;
    const DocumentView& view = reading_.view();
    const std::uint32_t from = view.token_at(static_cast<std::uint32_t>(text.data() - reading_.text().data()));
    const std::uint32_t to = view.token_at(static_cast<std::uint32_t>(text.data() + text.size() - reading_.text().data()));
    bool has_joint = false;
    for (std::uint32_t i = from; i < to; ++i) {
      const bool is_joint = reading_.sign(i) == U',' || reading_.match_over("list_joints", i) != nullptr;
      if (reading_.sign(i) == U'(' || (is_next_to && !is_joint && reading_.match_over("articles", i) == nullptr)) return false;
      has_joint = has_joint || is_joint;
    }
    return has_joint && (is_next_to || view.sentence_at(out_.mentions[a].span.start) == view.sentence_at(out_.mentions[b].span.start));
  }

  // "the Ministry of Health and the Ministry of Health of Kazakhstan": two of one list are two.
  bool is_listed_with(const Thing& thing, const Thing& form) const { return are_joined(thing.mention, form.mention, true); }

  // "Azamat Karimov, deputy minister, and A. Karimov, director": two spellings in one list are two persons.
  bool is_other_of_list(const Thing& thing, const Thing& form) const {
    if (thing.form->words.size() < 2 || form.form->words.size() < 2 || std::ranges::is_permutation(thing.form->words, form.form->words)) return false;
    return are_joined(thing.mention, form.mention, false);
  }

  // "the Union of Banks (UB)" and "the University of Bukhara (UB)": letters that two bodies share join neither.
  bool fits_spelt(const Thing& thing) const {
    if (thing.form->words.size() > 1) return true;
    const NameForm* theirs = whole_[thing.head].spelt;
    const auto ours = std::ranges::find_if(forms_, [](const Thing& one) { return one.form->words.size() > 1; });
    if (theirs == nullptr || ours == forms_.end()) return true;
    return theirs->base == ours->form->base || is_shortened(*theirs, *ours->form) || is_shortened(*ours->form, *theirs);
  }

  // "“X” dasturi (Livable Cities Program, LCP)": what brackets right behind a name tell is its other name.
  std::optional<Link> told_again(MentionIndex i) const {
    const Span own = out_.mentions[i].span;
    const auto is_programme = [&](const Thing& thing) {
      return thing.mention != i && out_.mentions[thing.mention].span.end < own.start && family_of(out_.mentions[thing.mention].label) == Family::programme;
    };
    const auto before = std::ranges::find_if(things_.rbegin(), things_.rend(), is_programme);
    if (before == things_.rend()) return std::nullopt;
    const std::string_view text = between(before->mention, i), rest = reading_.text().substr(own.end, 1);
    const std::size_t open = text.find('(');
    const bool is_right_behind = open != std::string_view::npos && text.substr(0, open).find_first_not_of(" \"\u00BB\u201D") == std::string_view::npos;
    if (!is_right_behind || text.size() > kNextTo || text.find(')') != std::string_view::npos || (rest != ")" && rest != ",")) return std::nullopt;
    return Link{before->head, "rule:name-in-brackets/1", "told again in brackets: " + quoted(before->form->text_view, reading_.text(own)), 0.85F};
  }

  static void link(ExtractedMention& mention, std::optional<Link> found) {
    if (!found) return;
    mention.same_as = found->to;
    mention.same_by = std::move(found->by);
    mention.same_reason = std::move(found->reason);
    mention.same_score = found->score;
  }

  void read_forms(MentionIndex i, Family family) {
    const ExtractedMention& mention = out_.mentions[i];
    forms_.clear();
    read_names(mention, spellings_);
    for (const std::string_view name : spellings_) {
      Thing thing{i, i, &names_.of(name), {}};
      thing.country = thing.form->country.empty() ? text_of(mention, "country") : thing.form->country;
      if (family == Family::place) thing.country = text_of(mention, "code");
      if (!thing.form->folded.empty()) forms_.push_back(thing);
    }
    if (family == Family::body && !forms_.empty()) add_known_name(mention, forms_);
    if (family == Family::body && !forms_.empty()) add_without_people(mention, forms_);
    if (family == Family::programme && !forms_.empty()) add_without_years(forms_);
  }

  // "the Roadmap for Rural Roads for 2025–2028" is "the Roadmap for Rural Roads", and not that of other years.
  void add_without_years(std::vector<Thing>& forms) {
    const DatedName dated = split_years(forms.front().form->text_view);
    if (dated.years.empty() || dated.name.empty()) return;
    Thing thing = forms.front();
    thing.form = &names_.of(dated.name);
    thing.country = forms.front().country = dated.years;
    forms.push_back(thing);
  }

  // "the German Society for Trade" is "the Society for Trade of Germany".
  void add_without_people(const ExtractedMention& mention, std::vector<Thing>& forms) {
    const PhraseMatch* people = reading_.match_at("demonyms", reading_.view().token_at(mention.span.start));
    const NameForm& form = *forms.front().form;
    if (people == nullptr || people->last != people->first + 1 || form.words.size() < 3 || !form.country.empty()) return;
    Thing thing = forms.front();
    const std::size_t blank = form.text_view.find(' ');
    if (blank == std::string_view::npos) return;
    thing.form = &names_.of(form.text_view.substr(blank + 1));
    thing.country = reading_.entry(*people).id;
    forms.push_back(thing);
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
    forms.push_back(thing);
  }

  void remember(Family family, std::uint32_t at) {
    const NameForm& form = *things_[at].form;
    put(surfaces_[static_cast<std::size_t>(family)], form.folded_number, at);
    if (family == Family::body) {
      put(bases_, form.base_number, at);
      if (form.words.size() > 1) put(heads_, form.head_number, at);
      if (form.words.size() > 1) put(initials_, initial_of(form), at);
    }
    if (family == Family::place) put(codes_, names_.number(things_[at].country), at);
    if (family == Family::person) remember_person(form, at);
  }

  void remember_person(const NameForm& form, std::uint32_t at) {
    put(persons_, names_.key_number(form.text_view), at);
    put(surnames_, names_.key_number(form.words.back()), at);
    put(surnames_, names_.key_number(form.words.front()), at);
    if (form.words.size() > 1) put(stems_, names_.number(surname_stem(form.words.back())), at);
  }

  void put(Index& index, TextNumber key, std::uint32_t thing) { index.put(key, thing, alike_); }

  TextNumber initial_of(const NameForm& form) { return names_.number(std::string_view(form.folded).substr(0, 1)); }

  // The only one of several that a test holds for; nothing when it holds for two different things.
  template <class Test>
  const Thing* only(const Index& index, TextNumber key, Test test) const {
    const Thing* one = nullptr;
    for (std::uint32_t at = index.first(key); at != 0; at = alike_[at].next) {
      const Thing& thing = things_[alike_[at].thing];
      if (!test(thing)) continue;
      if (one != nullptr && one->head != thing.head) return nullptr;
      one = &thing;
    }
    return one;
  }

  std::optional<Link> find(Family family) {
    for (const Thing& form : forms_) {
      if (auto link = by_surface(family, form)) return link;
    }
    for (const Thing& form : forms_) {
      std::optional<Link> link;
      if (family == Family::body) link = body(form);
      if (family == Family::person) link = person(form);
      if (family == Family::place) link = place(form);
      if (link) return link;
    }
    return std::nullopt;
  }

  std::optional<Link> by_surface(Family family, const Thing& form) const {
    const Thing* same = only(surfaces_[static_cast<std::size_t>(family)], form.form->folded_number, [&](const Thing& thing) {
      if (family == Family::programme) return fits_country(thing, form);
      return family != Family::body || (fits_country(thing, form) && fits_spelt(thing));
    });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:same-surface/1", "the same words: " + quoted(same->form->text_view, form.form->text_view), 1.0F};
  }

  std::optional<Link> body(const Thing& form) {
    const auto fits = [&](const Thing& thing) { return fits_country(thing, form) && fits_spelt(thing) && !is_listed_with(thing, form); };
    if (const Thing* same = only(bases_, form.form->base_number, fits)) {
      return Link{same->head, "rule:country-left-out/1", "the same body, its country told once: " + quoted(same->form->text_view, form.form->text_view), 0.95F};
    }
    if (auto link = by_acronym(form)) return link;
    const auto is_short = [&](const Thing& thing) {
      return fits(thing) && (is_shortened(*form.form, *thing.form) || is_shortened(*thing.form, *form.form));
    };
    const bool is_long_enough = form.form->words.size() > 1;
    const Thing* same = is_long_enough ? only(heads_, form.form->head_number, is_short) : nullptr;
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:shortened-name/1", "one name cut short, the only one that fits: " + quoted(same->form->text_view, form.form->text_view), 0.8F};
  }

  std::optional<Link> by_acronym(const Thing& form) {
    const bool is_acronym = form.form->words.size() == 1 && form.form->text_view.size() >= 3 && form.form->text_view.size() <= 10 &&
                            std::none_of(form.form->text_view.begin(), form.form->text_view.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_acronym) return std::nullopt;
    const Thing* same = only(initials_, initial_of(*form.form), [&](const Thing& thing) {
      return is_acronym_of(form.form->text_view, thing.form->text_view);
    });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:acronym/1", "'" + std::string(form.form->text_view) + "' abbreviates '" + std::string(same->form->text_view) + "'", 0.85F};
  }

  std::optional<Link> place(const Thing& form) {
    if (form.country.empty()) return std::nullopt;
    const Thing* same = only(codes_, names_.number(form.country), [](const Thing&) { return true; });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:country-names/1", "names of one country: " + quoted(same->form->text_view, form.form->text_view), 1.0F};
  }

  std::optional<Link> person(const Thing& form) {
    const auto is_same = [&](const Thing& thing) { return !are_two_persons(*thing.form, *form.form) && !is_other_of_list(thing, form); };
    if (const Thing* same = only(persons_, names_.key_number(form.form->text_view), is_same)) {
      return Link{same->head, "rule:name-key/1", "spellings of one name: " + quoted(same->form->text_view, form.form->text_view), 0.95F};
    }
    const auto fits = [&](const Thing& thing) {
      if (are_two_persons(*thing.form, *form.form) || is_other_of_list(thing, form)) return false;
      if (form.form->words.size() == 1 || thing.form->words.size() == 1) return true;
      return name_similarity(thing.form->text_view, form.form->text_view) >= kSimilarPersons;
    };
    const Thing* same = only(surnames_, names_.key_number(form.form->words.back()), fits);
    if (same == nullptr) return by_case(form);
    const bool is_surname = form.form->words.size() == 1;
    return Link{same->head, is_surname ? "rule:surname/1" : "rule:initials/1",
                "the only person whose name fits: " + quoted(same->form->text_view, form.form->text_view), is_surname ? 0.85F : 0.9F};
  }

  std::optional<Link> by_case(const Thing& form) {
    if (form.form->words.size() < 2) return std::nullopt;
    const Thing* same = only(stems_, names_.number(surname_stem(form.form->words.back())), [&](const Thing& thing) {
      return !are_two_persons(*thing.form, *form.form) && !is_other_of_list(thing, form) && are_one_in_cases(*thing.form, *form.form);
    });
    if (same == nullptr) return std::nullopt;
    return Link{same->head, "rule:name-in-cases/1", "one name in two cases: " + quoted(same->form->text_view, form.form->text_view), 0.85F};
  }

  const Reading& reading_;
  Extraction& out_;
  NameForms names_;
  std::vector<Whole> whole_;   // by head
  std::vector<Thing> things_;  // all so far
  std::vector<Alike> alike_;   // of all indexes; the first is nothing
  std::vector<Thing> forms_;   // of one mention
  std::vector<std::string_view> spellings_;
  std::array<Index, kFamilies> surfaces_;
  Index bases_, heads_, initials_, codes_, persons_, surnames_, stems_;
};

}  // namespace

void link_names(const Reading& reading, Extraction& out) { NameLinker(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
