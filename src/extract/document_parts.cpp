#include "extract/document_parts.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kSentenceWithin = 16384;  // bytes before the end of a part in which a sentence is sought to begin

bool is_boundary(std::string_view text, std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U; }

std::size_t boundary_before(std::string_view text, std::size_t at) {
  while (at > 0 && !is_boundary(text, at)) --at;
  return at;
}

const Language* any_language(const Document& document, const Languages& languages) {
  if (const Language* stated = languages.find(document.source().language)) return stated;
  if (const Language* english = languages.find("en")) return english;
  const auto codes = languages.codes();
  return codes.empty() ? nullptr : &languages.get(codes.front());
}

// Where the last sentence of a text begins, else its last word, else its last letter. Requires: it is not empty.
std::size_t last_start(std::string_view text, const Language* language) {
  const auto tokens = tokenize(text);
  if (language != nullptr) {
    const auto sentences = split_sentences(text, tokens, *language);
    if (sentences.size() > 1) return sentences.back().span.start;
  }
  if (tokens.size() > 1) return tokens.back().span.start;
  return boundary_before(text, text.size() - 1);
}

// An end within a block that is larger than a part.
std::uint32_t end_within(const Document& document, const Languages& languages, std::size_t least, std::size_t limit) {
  const auto text = document.text();
  const std::size_t window = boundary_before(text, std::max(least, limit - std::min(limit, kSentenceWithin)));
  const std::size_t end = boundary_before(text, limit);
  return static_cast<std::uint32_t>(window + last_start(text.substr(window, end - window), any_language(document, languages)));
}

// The last block that a part may end before, best a heading in its last quarter; null: none.
const Block* block_after(const std::vector<Block>& blocks, std::size_t least, std::size_t limit) {
  const std::size_t late = limit - (limit - least) / 2;
  auto at = std::ranges::upper_bound(blocks, limit, {}, [](const Block& block) { return std::size_t{block.span.start}; });
  if (at == blocks.begin() || (--at)->span.start <= least) return nullptr;
  const Block* const last = &*at;
  for (; at->span.start > late; --at) {
    if (at->zone == Zone::heading) return &*at;
    if (at == blocks.begin()) break;
  }
  return last;
}

// A list item's marker stands in front of its block and goes with it.
std::uint32_t start_with_marker(const Document& document, const Block& block, std::size_t least) {
  if (&block == document.blocks().data()) return block.span.start;
  const std::uint32_t before = (&block - 1)->span.end;
  return before > least ? before : block.span.start;
}

void shift(Span& span, std::uint32_t offset) { span = {span.start + offset, span.end + offset}; }

void shift(MentionIndex& mention, MentionIndex first) {
  if (mention != kNoMention) mention += first;
}

void shift(std::vector<ExtractedProperty>& properties, std::uint32_t offset) {
  for (ExtractedProperty& property : properties) shift(property.span, offset);
}

template <class T>
void move_behind(std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Where each mention is to stand; kNoMention: it is left out.
std::vector<MentionIndex> places_of_first(const std::vector<ExtractedMention>& mentions, std::size_t most, std::uint32_t end) {
  std::vector<MentionIndex> places(mentions.size(), kNoMention);
  MentionIndex kept = 0;
  for (std::size_t i = 0; i < most; ++i) {
    if (mentions[i].span.end <= end) places[i] = kept++;
  }
  return places;
}

// True if it spoke of a mention that is left out.
bool loses(MentionIndex& mention, const std::vector<MentionIndex>& places) {
  if (mention == kNoMention) return false;
  mention = places[mention];
  return mention == kNoMention;
}

}  // namespace

std::uint32_t end_of_part(const Document& document, const Languages& languages, std::uint32_t start, std::size_t most) {
  const std::size_t size = document.text().size();
  if (size - start <= most) return static_cast<std::uint32_t>(size);
  const std::size_t least = start + most / 2, limit = start + most;
  if (const Block* block = block_after(document.blocks(), least, limit)) return start_with_marker(document, *block, least);
  return end_within(document, languages, least, limit);
}

Document part_of(const Document& document, Span part) {
  Document::Parts parts;
  parts.text = std::string(document.text().substr(part.start, part.size()));
  parts.source = document.source();
  parts.file_type = document.file_type();
  const auto within = [part](Span span) { return Span{std::max(span.start, part.start) - part.start, std::min(span.end, part.end) - part.start}; };
  const auto first = std::ranges::upper_bound(document.blocks(), part.start, {}, [](const Block& block) { return block.span.end; });
  for (auto block = first; block != document.blocks().end() && block->span.start < part.end; ++block) {
    parts.blocks.push_back(*block);
    parts.blocks.back().span = within(block->span);
  }
  if (const auto title = document.title_span(); title && part.contains(*title)) parts.title_span = within(*title);
  if (const auto date = document.date_span(); date && part.contains(*date)) parts.date_span = within(*date);
  return Document(std::move(parts));
}

void append_part(Extraction&& part, std::uint32_t offset, Extraction& out) {
  const auto first = static_cast<MentionIndex>(out.mentions.size());
  for (ExtractedMention& mention : part.mentions) {
    shift(mention.span, offset);
    shift(mention.properties, offset);
    shift(mention.same_as, first);
  }
  for (ExtractedRelation& relation : part.relations) {
    shift(relation.span, offset);
    shift(relation.properties, offset);
    for (MentionIndex* mention : {&relation.from, &relation.to, &relation.attributed_to}) shift(*mention, first);
  }
  for (ExtractedFinding& finding : part.findings) {
    shift(finding.span, offset);
    for (MentionIndex& mention : finding.mentions) shift(mention, first);
  }
  for (Diagnostic& diagnostic : part.diagnostics) {
    if (diagnostic.span) shift(*diagnostic.span, offset);
  }
  move_behind(part.mentions, out.mentions);
  move_behind(part.relations, out.relations);
  move_behind(part.findings, out.findings);
  move_behind(part.diagnostics, out.diagnostics);
}

std::uint32_t keep_first(std::size_t most, Extraction& extraction) {
  auto& mentions = extraction.mentions;
  const std::uint32_t end = mentions[most].span.start;
  const auto places = places_of_first(mentions, most, end);
  for (std::size_t i = 0; i < most; ++i) {
    loses(mentions[i].same_as, places);
    if (places[i] != kNoMention && places[i] != i) mentions[places[i]] = std::move(mentions[i]);
  }
  mentions.resize(static_cast<std::size_t>(std::ranges::count_if(places, [](MentionIndex place) { return place != kNoMention; })));
  std::erase_if(extraction.relations, [&](ExtractedRelation& relation) {
    return loses(relation.from, places) || loses(relation.to, places) || loses(relation.attributed_to, places);
  });
  std::erase_if(extraction.findings, [&](ExtractedFinding& finding) {
    return finding.span.end > end || std::ranges::any_of(finding.mentions, [&](MentionIndex& mention) { return loses(mention, places); });
  });
  return end;
}

}  // namespace policygraph::inline v0::detail::extract
