#include "extract_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace policygraph::testing {
namespace {

std::string property(const ExtractedMention& mention, std::string_view name) {
  for (const ExtractedProperty& property : mention.properties) {
    if (property.name != name) continue;
    if (property.value.kind() == ValueKind::decimal) return property.value.as_decimal().to_string();
    return property.value.kind() == ValueKind::partial_date ? property.value.as_partial_date().to_string() : property.value.as_string();
  }
  return "-";
}

std::string field(const ValueMap& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end()) return "";
  if (found->second.kind() == ValueKind::decimal) return found->second.as_decimal().to_string();
  return found->second.kind() == ValueKind::boolean ? (found->second.as_bool() ? std::string(name) : "") : found->second.as_string();
}

std::string words(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  }
  return out;
}

std::string act_line(const ExtractedMention& mention) {
  return words({mention.label, property(mention, "jurisdiction"), property(mention, "number"), property(mention, "date")});
}

std::string money_line(const ValueMap& value) {
  const std::string minimum = field(value, "amount_min");
  return words({field(value, "comparator"), field(value, "currency"), minimum.empty() ? "" : minimum + " to", field(value, "amount"), field(value, "scope")});
}

std::string quantity_line(const ValueMap& value) {
  const std::string kind = field(value, "kind");
  return words({field(value, "comparator"), field(value, "value"), field(value, "unit"), kind.empty() ? "" : "(" + kind + ")", field(value, "restates")});
}

std::string shown(const Extraction& extraction, MentionIndex index, std::string_view text) {
  const ExtractedMention& mention = extraction.mentions[head_of(extraction, index)];
  std::string out(text.substr(mention.span.start, mention.span.size()));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string relation_line(const Extraction& extraction, const ExtractedRelation& relation, std::string_view text) {
  return shown(extraction, relation.from, text) + " " + relation.type + " " + shown(extraction, relation.to, text);
}

std::string funding_line(const ExtractedMention& mention) {
  std::string period = property(mention, "period_from") + "/" + property(mention, "period_to");
  return words({property(mention, "comparator") == "-" ? "" : property(mention, "comparator"), property(mention, "currency"), property(mention, "amount"),
                property(mention, "kind"), property(mention, "status"), period == "-/-" ? "" : period});
}

std::string indicator_line(const ExtractedMention& mention) {
  std::string by = property(mention, "by"), time = property(mention, "date_from") + "/" + property(mention, "date_to");
  return words({property(mention, "value"), property(mention, "unit"), property(mention, "status"), time == "-/-" ? "" : time, by == "-" ? "" : "by " + by});
}

bool is_name(const ExtractedMention& mention) {
  for (const std::string_view label : {"Organization", "Agency", "Person", "Place", "Programme", "Event", "Agreement", "Statement"}) {
    if (mention.label == label) return true;
  }
  return mention.literal == "position";
}

// "Agency government Ministry of Health UZ" for a thing first named, "position Director" for a post, and for a later mention
// "the Ministry = Ministry of Health (definite)".
std::string name_line(const Extraction& extraction, const ExtractedMention& mention, std::string_view text) {
  std::string surface(text.substr(mention.span.start, mention.span.size()));
  if (mention.literal == "position") return "position " + mention.value.as_string() + ": " + surface;
  if (mention.same_as != kNoMention) {
    const std::string rule = mention.same_by.substr(5, mention.same_by.find('/') - 5);
    return surface + " = " + shown(extraction, mention.same_as, text) + " (" + rule + ")";
  }
  std::string name = property(mention, "name");
  if (name == "-") name = property(mention, mention.label == "Statement" ? "quote" : "description");
  const auto given = [&](std::string_view key) { return property(mention, key) == "-" ? "" : property(mention, key); };
  return words({mention.label, given("kind"), name, given("country"), given("founded"), given("date_from")});
}

void write_cases(const std::filesystem::path& file, const std::vector<ExtractCase>& cases) {
  std::ofstream out(file, std::ios::binary);
  for (const ExtractCase& one : cases) {
    if (&one != &cases.front()) out << '\n';
    out << one.about << "text\n  " << one.text << '\n';
    for (const auto& [section, lines] : one.sections) {
      out << section << '\n';
      for (const std::string& line : lines) out << "  " << line << '\n';
    }
  }
}

}  // namespace

std::vector<ExtractCase> read_cases(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  std::vector<ExtractCase> cases;
  std::string line, about, section;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("#")) {
      about += line + "\n";
    } else if (line == "text") {
      cases.push_back({about, number, "", {}});
      about.clear();
      section = line;
    } else if (!line.empty() && line[0] != ' ') {
      section = line;
      cases.back().sections.emplace_back(section, std::vector<std::string>());
    } else if (line.starts_with("  ") && section == "text") {
      cases.back().text += (cases.back().text.empty() ? "" : "\n  ") + line.substr(2);
    } else if (line.starts_with("  ")) {
      cases.back().sections.back().second.push_back(line.substr(2));
    }
  }
  return cases;
}

std::vector<std::string> section_lines(std::string_view section, const Extraction& extraction, std::string_view text) {
  std::vector<std::string> out;
  for (const ExtractedMention& mention : extraction.mentions) {
    const bool is_first = mention.same_as == kNoMention;
    if (section == "names" && is_name(mention)) out.push_back(name_line(extraction, mention, text));
    if (section == "acts" && mention.extractor == "legal-act/1" && is_first && mention.label != "Agency" && mention.literal.empty()) out.push_back(act_line(mention));
    if (section == "fundings" && mention.label == "Funding" && is_first) out.push_back(funding_line(mention));
    if (section == "indicators" && mention.label == "Indicator" && is_first) out.push_back(indicator_line(mention));
    if (section == "dates" && mention.literal == "date") out.push_back(mention.value.as_partial_date().to_string());
    if (section == "money" && mention.literal == "money") out.push_back(money_line(mention.value.as_map()));
    if (section == "quantities" && mention.literal == "quantity") out.push_back(quantity_line(mention.value.as_map()));
  }
  for (const ExtractedRelation& relation : extraction.relations) {
    if (section == "relations") out.push_back(relation_line(extraction, relation, text));
    if (section == "modalities") out.push_back(relation_line(extraction, relation, text) + ": " + std::string(modality_name(relation.modality)));
  }
  for (const ExtractedFinding& finding : extraction.findings) {
    if (section == "findings") out.push_back(finding.code);
  }
  return out;
}

void check_cases(const std::filesystem::path& file, const Extractor& extractor) {
  std::vector<ExtractCase> cases = read_cases(file);
  ASSERT_FALSE(cases.empty());
  const bool is_update = std::getenv("POLICYGRAPH_UPDATE") != nullptr;
  for (ExtractCase& one : cases) {
    std::string text = one.text;
    for (std::size_t at = text.find("\n  "); at != std::string::npos; at = text.find("\n  ", at)) text.erase(at + 1, 2);
    const Document document = read_document_bytes(text, "case.txt");
    const Extraction extraction = extractor.extract(document);
    for (auto& [section, lines] : one.sections) {
      const std::vector<std::string> found = section_lines(section, extraction, document.text());
      if (is_update) lines = found;
      EXPECT_EQ(found, lines) << file.filename().string() << ":" << one.line << ": " << section << " of: " << one.text;
    }
    EXPECT_TRUE(extraction.diagnostics.empty()) << one.text << ": " << extraction.diagnostics.front().text;
  }
  if (is_update) write_cases(file, cases);
}

}  // namespace policygraph::testing
