#include "extract/document_parts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "policygraph/extract/extractor.hpp"

namespace policygraph {
namespace {

using detail::extract::end_of_part;
using detail::extract::join_parts;
using detail::extract::keep_first;
using detail::extract::part_of;

Document text_document(const std::string& text) { return read_document_bytes(text, "a.txt"); }

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

std::string of_decrees(int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) {
    out += "Decree No. PF-" + std::to_string(i) + " dated October 2, 2020 allocated USD " + std::to_string(i) +
           " million to the Ministry of Water. The Ministry of Water adopted Resolution No. " + std::to_string(i) + ".\n\n";
  }
  return out;
}

std::vector<Document> parts_of(const Document& document, std::size_t most) {
  std::vector<Document> parts;
  const auto size = static_cast<std::uint32_t>(document.text().size());
  for (std::uint32_t start = 0; start < size;) {
    const std::uint32_t end = end_of_part(document, Languages::built_in(), start, most);
    EXPECT_LE(end, start + most);
    EXPECT_TRUE(end == size || end > start + most / 3) << start << " to " << end;
    if (end <= start) break;
    parts.push_back(part_of(document, {start, end}));
    start = end;
  }
  return parts;
}

TEST(DocumentParts, CoverTheTextAndItsBlocks) {
  for (const std::string& text : {of_decrees(60), repeated("x", 9000), repeated("\u2019", 9000), repeated("the law of the river ", 9000),
                                  repeated("A law. ", 9000), repeated("# Part\n\n- one\n- two\n\nThe law.\n\n", 9000), repeated("a\n", 9000)}) {
    const Document document = text_document(text);
    std::string joined;
    std::size_t bytes_of_blocks = 0, wanted = 0;
    for (const Document& part : parts_of(document, 1024)) {
      joined += part.text();
      for (const Block& block : part.blocks()) {
        EXPECT_LE(block.span.end, part.text().size());
        bytes_of_blocks += block.span.size();
      }
    }
    for (const Block& block : document.blocks()) wanted += block.span.size();
    EXPECT_TRUE(joined == document.text()) << text.substr(0, 20);
    EXPECT_EQ(bytes_of_blocks, wanted) << text.substr(0, 20);
  }
}

TEST(DocumentParts, EndWhereAReaderPauses) {
  const std::string lines = repeated("The law was adopted.\n\n", 900);
  const Document headed = text_document(lines + "## Part two\n\n" + lines + lines);
  EXPECT_TRUE(parts_of(headed, 1024).at(1).text().find("Part two") < 6) << parts_of(headed, 1024).at(1).text().substr(0, 60);
  const Document one_line = text_document(repeated("The law No. 5 of Mr. Brown was adopted. ", 3000));
  for (const Document& part : parts_of(one_line, 1024)) EXPECT_EQ(part.text().substr(0, 14), "The law No. 5 ");
  for (const Document& part : parts_of(text_document(repeated("1. Adopt the law.\n2. Send the law.\n", 3000)), 1024))
    EXPECT_TRUE(part.blocks().empty() || part.blocks().front().span.start >= 3) << "the marker goes with its item";
}

// What is found, without what brings names together.
std::string found_alone(Extraction found, std::string_view text) {
  for (ExtractedMention& mention : found.mentions) mention.same_as = kNoMention;
  return to_text(found, text);
}

TEST(DocumentParts, FindWhatTheWholeFinds) {
  const Document document = text_document(of_decrees(60));
  ExtractOptions whole, in_parts;
  whole.part_bytes = document.text().size();
  in_parts.part_bytes = 2000;
  const Extractor extractor;
  const Extraction all = extractor.extract(document, whole);
  const Extraction found = extractor.extract(document, in_parts);
  EXPECT_GT(found.relations.size(), 60U);
  EXPECT_EQ(found_alone(found, document.text()), found_alone(all, document.text()));
  for (MentionIndex i = 0; i < found.mentions.size(); ++i) {
    const MentionIndex first = found.mentions[i].same_as;
    if (first != kNoMention) {
      EXPECT_LT(first, i);
      EXPECT_EQ(found.mentions[first].label, found.mentions[i].label);
    }
  }
}

TEST(DocumentParts, WhatTwoPartsNameIsOneThing) {
  const std::string said = "The Ministry of Water will carry out the “Green Mahalla” programme, and John Brown Smith, head of the Agency for Parks, leads it.\n\n";
  const Document document = text_document(said + repeated("The weather was fine on that day and nobody was in a hurry at all.\n\n", 3000) + said);
  ExtractOptions in_parts;
  in_parts.part_bytes = 1024;
  const Extraction found = Extractor().extract(document, in_parts);
  std::map<std::string, std::set<MentionIndex>> heads;
  std::map<std::string, int> mentions;
  for (MentionIndex i = 0; i < found.mentions.size(); ++i) {
    for (const ExtractedProperty& property : found.mentions[i].properties) {
      if (property.name != "name") continue;
      heads[property.value.as_string()].insert(head_of(found, i));
      ++mentions[property.value.as_string()];
    }
  }
  for (const char* name : {"Ministry of Water", "Green Mahalla", "Agency for Parks"}) {
    EXPECT_EQ(mentions[name], 2) << name;
    EXPECT_EQ(heads[name].size(), 1U) << name;
  }
}

TEST(DocumentParts, ANameOfTwoThingsJoinsNothing) {
  Extraction found;
  const auto add = [&](const char* label, const char* name, const char* kind) {
    ExtractedMention mention;
    mention.label = label;
    mention.properties.push_back({"name", Value(name), {}, "", 1.0F});
    mention.properties.push_back({"kind", Value(kind), {}, "", 1.0F});
    found.mentions.push_back(std::move(mention));
  };
  add("Agency", "Fund", "government"), add("Organization", "Fund", "ngo"), add("Place", "Nukus", "city"), add("Person", "Karimov", "");
  add("Organization", "Fund", "government"), add("Place", "nukus", "city"), add("Place", "Nukus", "region"), add("Person", "Karimov", "");
  join_parts({0, 4}, found);
  std::vector<MentionIndex> same;
  for (const auto& mention : found.mentions) same.push_back(mention.same_as);
  const auto no = kNoMention;
  EXPECT_EQ(same, (std::vector<MentionIndex>{no, no, no, no, no, 2, no, no}));
}

TEST(DocumentParts, RecognisersSeePartsAndTheirSpansAreMoved) {
  class Rivers : public Recognizer {
   public:
    std::string name() const override { return "rivers/1"; }
    void recognise(const DocumentView& view, Extraction& out) const override {
      for (auto at = view.text().find("Zarafshan"); at != std::string_view::npos; at = view.text().find("Zarafshan", at + 1)) {
        ExtractedMention mention;
        mention.label = "Place";
        mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 9)};
        mention.properties.push_back({"name", Value("Zarafshan"), mention.span, "", 1.0F});
        out.mentions.push_back(mention);
      }
    }
  };
  Extractor extractor;
  extractor.add(std::make_shared<Rivers>());
  ExtractOptions in_parts;
  in_parts.part_bytes = 1024;
  const Document document = text_document(repeated("water flows down in the Zarafshan now. ", 5000));
  const Extraction found = extractor.extract(document, in_parts);
  std::size_t rivers = 0;
  for (const ExtractedMention& mention : found.mentions) {
    if (mention.extractor != "rivers/1") continue;
    ++rivers;
    EXPECT_EQ(document.cut(mention.span), "Zarafshan");
    EXPECT_EQ(mention.properties.front().span, mention.span);
  }
  EXPECT_EQ(rivers, 129U);
}

TEST(DocumentParts, StopsBetweenThem) {
  std::stop_source source;
  ExtractOptions options;
  options.part_bytes = 1024;
  options.stop = source.get_token();
  const Document document = text_document(of_decrees(30));
  EXPECT_FALSE(Extractor().extract(document, options).mentions.empty());
  source.request_stop();
  EXPECT_THROW(Extractor().extract(document, options), Error);
}

// ---- the bound on mentions

void expect_prefix(const Extraction& kept, const Extraction& all, std::size_t most) {
  std::size_t next = 0;
  const std::uint32_t end = all.mentions[most].span.start;
  for (std::size_t i = 0; i < most; ++i) {
    if (all.mentions[i].span.end > end) continue;
    ASSERT_LT(next, kept.mentions.size()) << most;
    EXPECT_EQ(kept.mentions[next].span, all.mentions[i].span) << most;
    EXPECT_EQ(kept.mentions[next++].label, all.mentions[i].label) << most;
  }
  EXPECT_EQ(kept.mentions.size(), next) << most;
  const auto is_kept = [&](MentionIndex i) { return i < most && all.mentions[i].span.end <= end; };
  const auto wanted = std::ranges::count_if(all.relations, [&](const ExtractedRelation& relation) {
    return is_kept(relation.from) && is_kept(relation.to) && (relation.attributed_to == kNoMention || is_kept(relation.attributed_to));
  });
  EXPECT_EQ(kept.relations.size(), static_cast<std::size_t>(wanted)) << most;
  for (const ExtractedRelation& relation : kept.relations) {
    EXPECT_LT(relation.from, next);
    EXPECT_LT(relation.to, next);
  }
}

TEST(MaxMentions, KeepsTheFirstAndWhatIsSaidOfThem) {
  const Document document = text_document(of_decrees(5) + "“Law No. 7 of the Bank for Water of the Republic of Uzbekistan is good,” said the Minister of Water John Brown.\n");
  const Extraction all = Extractor().extract(document);
  ASSERT_GT(all.mentions.size(), 20U);
  for (std::size_t most = 1; most < all.mentions.size(); ++most) {
    ExtractOptions options;
    options.max_mentions = most;
    expect_prefix(Extractor().extract(document, options), all, most);
  }
}

TEST(MaxMentions, ADiagnosticSaysWhereReadingStopped) {
  const Document document = text_document(of_decrees(40));
  ExtractOptions options;
  options.max_mentions = 50;
  options.part_bytes = 2048;
  const Extraction found = Extractor().extract(document, options);
  EXPECT_LE(found.mentions.size(), 50U);
  ASSERT_EQ(found.diagnostics.size(), 1U);
  const Diagnostic& told = found.diagnostics.front();
  EXPECT_EQ(told.code, ErrorCode::limit);
  EXPECT_EQ(told.severity, Severity::error);
  ASSERT_TRUE(told.span.has_value());
  EXPECT_GE(told.span->start, found.mentions.back().span.end);
  EXPECT_EQ(told.span->end, document.text().size());
  const auto line = std::ranges::count(document.text().substr(0, told.span->start), '\n') + 1;
  EXPECT_NE(told.text.find("from byte " + std::to_string(told.span->start) + " (line " + std::to_string(line) + ")"), std::string::npos) << told.text;
  EXPECT_NE(told.text.find("max_mentions"), std::string::npos) << told.text;
  options.max_mentions = 0;
  EXPECT_TRUE(Extractor().extract(document, options).diagnostics.empty());
}

}  // namespace
}  // namespace policygraph
