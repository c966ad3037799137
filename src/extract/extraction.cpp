#include "policygraph/extract/extraction.hpp"

#include <algorithm>

namespace policygraph::inline v0 {
namespace {

std::string quoted(std::string_view text, Span span) {
  std::string out = span.end <= text.size() ? std::string(text.substr(span.start, span.size())) : std::string();
  std::ranges::replace(out, '\n', ' ');
  return "\"" + out + "\"";
}

std::string properties_text(const std::vector<ExtractedProperty>& properties) {
  std::string out;
  for (const ExtractedProperty& property : properties) {
    out += (out.empty() ? " {" : ", ") + property.name + ": " + property.value.to_string();
  }
  return out.empty() ? out : out + "}";
}

std::string mention_text(const Extraction& extraction, MentionIndex index, std::string_view text) {
  const ExtractedMention& mention = extraction.mentions[index];
  std::string out = "m" + std::to_string(index) + " " + (mention.label.empty() ? mention.literal : mention.label);
  out += " " + quoted(text, mention.span) + properties_text(mention.properties);
  if (!mention.value.is_null()) out += " = " + mention.value.to_string();
  if (mention.modality != Modality::unknown) out += " " + std::string(modality_name(mention.modality));
  if (mention.same_as != kNoMention) out += " same as m" + std::to_string(mention.same_as) + " by " + mention.same_by;
  return out + " [" + mention.extractor + "]\n";
}

std::string relation_text(const ExtractedRelation& relation, std::string_view text) {
  std::string out = "m" + std::to_string(relation.from) + " -" + relation.type + "-> m" + std::to_string(relation.to);
  out += properties_text(relation.properties);
  if (relation.modality != Modality::unknown) out += " " + std::string(modality_name(relation.modality));
  return out + " " + quoted(text, relation.span) + " [" + relation.extractor + "]\n";
}

}  // namespace

MentionIndex head_of(const Extraction& extraction, MentionIndex mention) noexcept {
  while (mention < extraction.mentions.size() && extraction.mentions[mention].same_as != kNoMention) {
    mention = extraction.mentions[mention].same_as;
  }
  return mention;
}

std::string to_text(const Extraction& extraction, std::string_view text) {
  std::string out;
  for (MentionIndex i = 0; i < extraction.mentions.size(); ++i) out += mention_text(extraction, i, text);
  for (const ExtractedRelation& relation : extraction.relations) out += relation_text(relation, text);
  for (const ExtractedFinding& finding : extraction.findings) out += finding.code + " " + quoted(text, finding.span) + ": " + finding.explanation + "\n";
  return out;
}

}  // namespace policygraph::inline v0
