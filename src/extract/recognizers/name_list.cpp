#include <algorithm>
#include <map>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Names that a list says the kind of: "programs such as A, B and C", "A and B forums", "companies worldwide (A, B, C)",
// "A, B and many other local companies".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxNoteDistance = 3;

using LabelsByName = std::map<std::string, std::pair<std::string, std::string>, std::less<>>;  // label and kind

bool is_well_known(const Words& words, Range name) {
  for (const CategoryName category : std::initializer_list<CategoryName>{"known_organizations", "countries", "cities", "regions", "demonyms"}) {
    const auto found = words.match(category, name.first);
    if (found && found->range == name) return true;
  }
  return false;
}

bool has_head(const Words& words, Range name, CategoryName category) {
  for (std::uint32_t i = name.first; i < name.last; ++i) {
    if (const auto found = words.match(category, i); found && found->range.last <= name.last) return true;
  }
  return false;
}

// The names that end where `end` begins, first to last; at least two, or none.
std::vector<Range> list_before(const Words& words, std::uint32_t end) {
  std::vector<Range> out;
  std::uint32_t at = end;
  while (at > 0) {
    const std::uint32_t begin = run_begin(words, at, 0);
    if (begin == at) break;
    out.push_back({begin, at});
    std::uint32_t before = begin;
    const bool is_joint = before > 0 && (words.is_any(before - 1, {"and", "&"}) || (words.grammar() != nullptr && words.match("list_joints", before - 1)));
    if (is_joint) --before;
    if (before > 0 && words.is(before - 1, ",")) --before;
    if (before == begin) break;
    at = before;
  }
  std::ranges::reverse(out);
  return out.size() >= 2 ? out : std::vector<Range>();
}

// Letters of another script: "Indorama" in a Russian text. A name in the letters of the text stands in some case.
bool is_foreign(const Words& words, Range name) {
  const std::string_view text = words.text(name.first);
  return !text.empty() && static_cast<unsigned char>(text.front()) < 0x80;
}

class SentenceLists {
 public:
  SentenceLists(const Words& words, LabelsByName& seen, Extraction& out) : words_(words), seen_(seen), out_(out) {}

  void run(bool weak) {
    for (const WordMatch& head : words_.matches("list_heads")) {
      if ((head.entry->field("weak") == "true") != weak) continue;
      add(head, after(head));
      add(head, list_before(words_, head.range.first));
      add(head, closed_by(head));
    }
  }

 private:
  std::vector<Range> after(const WordMatch& head) const {
    std::uint32_t at = head.range.last;
    if (words_.is(at, ",")) ++at;
    if (words_.grammar() != nullptr && words_.is_capital(at) && is_foreign(words_, {at, at + 1})) return read_list(words_, at).names;
    if (const auto opener = words_.match("list_openers", at)) return read_list(words_, opener->range.last).names;
    for (std::uint32_t i = 0; i < kMaxNoteDistance; ++i, ++at) {
      if (words_.text(at) == "(") break;
    }
    if (words_.text(at) != "(") return {};
    auto names = read_list(words_, at + 1).names;
    return names.size() >= 3 ? names : std::vector<Range>();
  }

  // "A, B and many other local companies"
  std::vector<Range> closed_by(const WordMatch& head) const {
    for (std::uint32_t end = head.range.first; end > 0 && head.range.first - end < kMaxNoteDistance; --end) {
      if (const auto closer = words_.match_before("list_closers", end)) return list_before(words_, closer->range.first);
      if (!words_.is_small(end - 1)) break;
    }
    return {};
  }

  void add(const WordMatch& head, const std::vector<Range>& names) {
    for (const Range& listed : names) {
      const Range name = without_leaders(words_, listed);
      if (!name.is_empty()) add_name(head, name);
    }
  }

  void add_name(const WordMatch& head, Range name) {
    std::string label(head.entry->field("label"));
    std::string kind = head.entry->id;
    if (words_.grammar() != nullptr && !is_foreign(words_, name)) return;
    if (is_well_known(words_, name) || (label == "Organization" && has_head(words_, name, "organization_heads"))) return;
    const std::string folded = fold_words(words_, name);
    if (head.entry->field("weak") == "true") {
      if (const auto known = seen_.find(folded); known != seen_.end()) {
        std::tie(label, kind) = known->second;
      } else if (has_head(words_, {name.last - 1, name.last}, "event_name_heads")) {
        label = "Event";
        kind = "forum";
      }
    }
    seen_.try_emplace(folded, label, kind);
    ExtractedMention found = named(words_, name, label, "list/1", 0.75F);
    found.properties.push_back(property("kind", Value(kind), words_.span(head.range)));
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  LabelsByName& seen_;
  Extraction& out_;
};

}  // namespace

void recognise_name_lists(const Reading& reading, Extraction& out) {
  LabelsByName seen;
  for (const bool weak : {false, true}) {
    each_sentence(reading, [&](const Words& words) { SentenceLists(words, seen, out).run(weak); });
  }
}

}  // namespace policygraph::inline v0::detail::extract
