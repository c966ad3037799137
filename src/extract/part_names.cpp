#include <algorithm>
#include <unordered_map>

#include "base/sip_hash.hpp"
#include "extract/document_parts.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

std::string_view family_of(std::string_view label) noexcept {
  if (label == "Organization" || label == "Agency" || label == "Partner") return "Organization";
  if (label == "Programme" || label == "Strategy" || label == "Project" || label == "Contest") return "Programme";
  return label == "Person" || label == "Place" ? label : std::string_view();
}

std::string_view text_of(const ExtractedMention& mention, std::string_view name) noexcept {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name == name && property.value.kind() == ValueKind::string) return property.value.as_string();
  }
  return {};
}

bool agree(const ExtractedMention& a, const ExtractedMention& b, std::string_view property) noexcept {
  const auto left = text_of(a, property), right = text_of(b, property);
  return left.empty() || right.empty() || left == right;
}

// Names come from documents: keyed.
struct Hash {
  std::size_t operator()(const std::string& key) const { return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(key)); }
};

// The thing of a name: the first mention of the document, and the last part that named it.
struct Named {
  MentionIndex first = kNoMention;
  std::size_t part = 0;
  bool is_several = false;  // one part has two things of this name: which is meant elsewhere is not told
};

std::string key_of(const ExtractedMention& mention) {
  const auto family = family_of(mention.label);
  if (family.empty()) return {};
  const auto name = fold_name(text_of(mention, "name"));
  const bool is_told = family == "Person" ? name.find(' ') != std::string::npos : !name.empty();
  return is_told ? std::string(family) + "\n" + name : std::string();
}

}  // namespace

void join_parts(const std::vector<MentionIndex>& starts, Extraction& extraction) {
  std::unordered_map<std::string, Named, Hash> known;
  std::size_t part = 0;
  for (MentionIndex i = 0; i < extraction.mentions.size(); ++i) {
    while (part + 1 < starts.size() && starts[part + 1] <= i) ++part;
    ExtractedMention& mention = extraction.mentions[i];
    if (mention.same_as != kNoMention) continue;
    auto key = key_of(mention);
    if (key.empty()) continue;
    auto& named = known[std::move(key)];
    if (named.first == kNoMention) named = {i, part, false};
    else if (named.part == part) named.is_several = true;
    const ExtractedMention& first = extraction.mentions[named.first];
    if (named.part == part || named.is_several || !agree(first, mention, "kind") || !agree(first, mention, "country")) continue;
    named.part = part;
    mention.same_as = named.first;
    mention.same_by = "rule:same-surface/1";
    mention.same_reason = "'" + std::string(text_of(mention, "name")) + "' in another part of the document";
    mention.same_score = 0.97F;
  }
}

}  // namespace policygraph::inline v0::detail::extract
