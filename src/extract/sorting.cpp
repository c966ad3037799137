#include <algorithm>
#include <utility>

#include "extract/validation.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

using Mentions = std::vector<ExtractedMention>;

bool comes_first(const ExtractedMention& a, const ExtractedMention& b) {
  if (a.span.start != b.span.start) return a.span.start < b.span.start;
  if (a.span.end != b.span.end) return a.span.end > b.span.end;
  if (a.label != b.label) return a.label < b.label;
  if (a.literal != b.literal) return a.literal < b.literal;
  return a.extractor < b.extractor;
}

bool comes_first(const ExtractedRelation& a, const ExtractedRelation& b) {
  if (a.from != b.from) return a.from < b.from;
  if (a.type != b.type) return a.type < b.type;
  if (a.to != b.to) return a.to < b.to;
  if (a.span != b.span) return a.span < b.span;
  return a.extractor < b.extractor;
}

// The end of each mention's chain, each link followed once.
std::vector<MentionIndex> chain_ends(const Mentions& mentions) {
  std::vector<MentionIndex> ends(mentions.size(), kNoMention);
  std::vector<MentionIndex> path;
  for (MentionIndex i = 0; i < mentions.size(); ++i) {
    MentionIndex at = i;
    while (ends[at] == kNoMention && mentions[at].same_as != kNoMention) {
      path.push_back(at);
      at = mentions[at].same_as;
    }
    const MentionIndex end = ends[at] == kNoMention ? at : ends[at];
    ends[at] = end;
    for (const MentionIndex passed : path) ends[passed] = end;
    path.clear();
  }
  return ends;
}

void swap_reasons(ExtractedMention& a, ExtractedMention& b) {
  std::swap(a.same_by, b.same_by);
  std::swap(a.same_reason, b.same_reason);
  std::swap(a.same_score, b.same_score);
}

// Every link leads to the first mention of its thing. Where the end of a chain is not the first, it takes over the first one's
// reason, which says the same from the other side.
void point_at_first(Mentions& mentions) {
  if (std::ranges::all_of(mentions, [](const ExtractedMention& mention) { return mention.same_as == kNoMention; })) return;
  const std::vector<MentionIndex> ends = chain_ends(mentions);
  std::vector<MentionIndex> firsts(mentions.size(), kNoMention);  // by end
  for (MentionIndex i = 0; i < mentions.size(); ++i) {
    MentionIndex& first = firsts[ends[i]];
    if (first == kNoMention) {
      first = i;
      if (ends[i] != i) swap_reasons(mentions[i], mentions[ends[i]]);
    }
    mentions[i].same_as = first == i ? kNoMention : first;
  }
}

// Where a mention stands now, and its span as one number: two mentions are seldom of the same words.
struct Standing {
  std::uint64_t span = 0;
  MentionIndex index = kNoMention;
};

std::vector<Standing> sorted_standings(const Mentions& mentions) {
  std::vector<Standing> all(mentions.size());
  for (MentionIndex i = 0; i < mentions.size(); ++i) {
    const Span span = mentions[i].span;
    all[i] = {std::uint64_t{span.start} << 32U | static_cast<std::uint32_t>(~span.end), i};  // longer first
  }
  std::ranges::sort(all, [&](const Standing& a, const Standing& b) {
    if (a.span != b.span) return a.span < b.span;
    if (comes_first(mentions[a.index], mentions[b.index])) return true;
    return !comes_first(mentions[b.index], mentions[a.index]) && a.index < b.index;
  });
  return all;
}

// Brings the mentions into order; what points to them follows.
void sort_mentions(Extraction& extraction) {
  Mentions& mentions = extraction.mentions;
  if (std::ranges::is_sorted(mentions, [](const auto& a, const auto& b) { return comes_first(a, b); })) return;
  std::vector<MentionIndex> places(mentions.size());
  Mentions sorted;
  sorted.reserve(std::max(mentions.capacity(), mentions.size() + mentions.size() / 4));  // more come
  for (const auto& [span, old] : sorted_standings(mentions)) {
    places[old] = static_cast<MentionIndex>(sorted.size());
    sorted.push_back(std::move(mentions[old]));
  }
  mentions = std::move(sorted);
  const auto follow = [&](MentionIndex& index) {
    if (index != kNoMention) index = places[index];
  };
  for (ExtractedMention& mention : mentions) follow(mention.same_as);
  for (ExtractedRelation& relation : extraction.relations) {
    follow(relation.from);
    follow(relation.to);
    follow(relation.attributed_to);
  }
  for (ExtractedFinding& finding : extraction.findings) {
    for (MentionIndex& mention : finding.mentions) follow(mention);
  }
}

}  // namespace

void sort(Extraction& extraction) {
  sort_mentions(extraction);
  point_at_first(extraction.mentions);
  const auto by_ends = [](const ExtractedRelation& a, const ExtractedRelation& b) { return comes_first(a, b); };
  if (!std::ranges::is_sorted(extraction.relations, by_ends)) std::ranges::stable_sort(extraction.relations, by_ends);
  std::ranges::stable_sort(extraction.findings, [](const auto& a, const auto& b) {
    return std::pair(a.span, std::string_view(a.code)) < std::pair(b.span, std::string_view(b.code));
  });
}

}  // namespace policygraph::inline v0::detail::extract
