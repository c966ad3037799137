#include "resolve/names.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include "base/name_table.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr std::string_view kAliases = "aliases";
constexpr std::string_view kUnknownJurisdiction = "ZZ";  // ISO 3166-1: user-assigned, "unknown or unspecified"

void add_once(std::vector<std::string>& names, std::string_view name) {
  if (!name.empty() && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

void add_texts(std::vector<std::string>& names, const Value& value) {
  if (value.kind() == ValueKind::string) add_once(names, value.as_string());
  if (value.kind() != ValueKind::list) return;
  for (const auto& item : value.as_list())
    if (item.kind() == ValueKind::string) add_once(names, item.as_string());
}

/// Words on one line: runs of blanks and line breaks become one blank.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    if (!is_space) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

const ExtractedProperty* find_property(const ExtractedMention& mention, std::string_view name) {
  for (const auto& property : mention.properties)
    if (base::are_same_names(property.name, name)) return &property;
  return nullptr;
}

ClassNames names_of(const Extraction& extraction, const Schema& schema, std::string_view text, MentionIndex head,
                    std::span<const MentionIndex> members) {
  ClassNames names;
  names.head = head;
  const auto& label = extraction.mentions[head].label;
  const auto* rule = schema.property(label, "name");
  const bool has_name = rule != nullptr;
  for (const auto member : members) {
    const auto& mention = extraction.mentions[member];
    if (const auto* name = find_property(mention, "name")) add_texts(names.aliases, name->value);
    if (const auto* title = find_property(mention, "title"); title != nullptr && !has_name) add_texts(names.aliases, title->value);
    if (const auto* aliases = find_property(mention, kAliases)) add_texts(names.aliases, aliases->value);
  }
  names.needs_name = names.aliases.empty() && has_name && rule->is_required;
  if (names.needs_name) {
    const auto span = extraction.mentions[head].span;
    names.name = one_line(text.substr(span.start, span.size()));
  } else if (!names.aliases.empty()) {
    names.name = names.aliases.front();
    names.aliases.erase(names.aliases.begin());
  }
  return names;
}

bool is_stated(const Extraction& extraction, std::span<const MentionIndex> members, std::string_view property) {
  return std::ranges::any_of(members, [&](auto member) { return find_property(extraction.mentions[member], property) != nullptr; });
}

/// The catch-all of a property: "other" where the schema offers it, the unknown jurisdiction; null where nothing is honest.
Value catch_all(const PropertyRule& rule) {
  if (std::ranges::find(rule.choices, "other") != rule.choices.end()) return "other";
  if (rule.name == "jurisdiction") return kUnknownJurisdiction;
  return {};
}

void add_gaps(std::vector<Gap>& gaps, const Extraction& extraction, const Schema& schema, MentionIndex head,
              std::span<const MentionIndex> members, std::vector<const LabelRule*>& chain) {
  chain.clear();
  for (const auto* rule = schema.label(extraction.mentions[head].label); rule != nullptr;
       rule = rule->parent.empty() ? nullptr : schema.label(rule->parent))
    chain.push_back(rule);
  for (const auto* rule : std::views::reverse(chain)) {  // the most general comes first
    for (const auto& property : rule->properties) {
      if (!property.is_required || property.name == "name" || is_stated(extraction, members, property.name)) continue;
      gaps.push_back({head, property.name, catch_all(property)});
    }
  }
}

}  // namespace

bool is_name_list(std::string_view property) noexcept { return property == kAliases; }

/// Counts the members of each head, then puts each into its place.
MentionClasses classes_of(const Extraction& extraction) {
  const auto& mentions = extraction.mentions;
  MentionClasses classes;
  classes.heads.resize(mentions.size());
  std::vector<MentionIndex> next(mentions.size() + 1);  // by head: how many, then where the next one goes
  for (MentionIndex i = 0; i < mentions.size(); ++i) {
    classes.heads[i] = head_of(extraction, i);
    if (!mentions[i].label.empty()) ++next[classes.heads[i]];
  }
  MentionIndex start = 0;
  for (auto& count : next) start += std::exchange(count, start);
  classes.members.resize(start);
  for (MentionIndex i = 0; i < mentions.size(); ++i)
    if (!mentions[i].label.empty()) classes.members[next[classes.heads[i]]++] = i;
  start = 0;
  for (MentionIndex head = 0; head < mentions.size(); start = next[head++])
    if (next[head] != start && !mentions[head].label.empty())
      classes.all.push_back({head, std::span(classes.members).subspan(start, next[head] - start)});
  return classes;
}

std::vector<ClassNames> gather_names(const Extraction& extraction, const MentionClasses& classes, const Schema& schema,
                                     std::string_view text) {
  std::vector<ClassNames> all;
  for (const auto& [head, members] : classes.all) {
    if (schema.property(extraction.mentions[head].label, kAliases) == nullptr) continue;
    auto names = names_of(extraction, schema, text, head, members);
    if (names.needs_name || !names.aliases.empty()) all.push_back(std::move(names));
  }
  return all;
}

std::vector<Gap> find_gaps(const Extraction& extraction, const MentionClasses& classes, const Schema& schema) {
  std::vector<Gap> gaps;
  std::vector<const LabelRule*> chain;  // used again and again
  for (const auto& [head, members] : classes.all) add_gaps(gaps, extraction, schema, head, members, chain);
  return gaps;
}

}  // namespace policygraph::inline v0::detail::resolve
