#include "extract/validation.hpp"

#include <algorithm>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

bool is_boundary(std::string_view text, std::uint32_t offset) {
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
}

void check_span(std::string_view text, Span span) {
  if (span.start >= span.end || span.end > text.size()) throw Error(ErrorCode::invalid_argument, "its span lies outside the text");
  if (!is_boundary(text, span.start) || !is_boundary(text, span.end)) {
    throw Error(ErrorCode::invalid_argument, "its span cuts a letter in two");
  }
}

void check_confidence(float confidence) {
  if (!(confidence >= 0.0F && confidence <= 1.0F)) throw Error(ErrorCode::invalid_argument, "its confidence is not 0 to 1");
}

class Validator {
 public:
  Validator(std::string_view text, model::Chains& chains, const std::string& document, Extraction& extraction)
      : text_(text), schema_(chains.schema()), document_(document), extraction_(extraction), chains_(chains) {}

  void run() {
    drop_mentions();
    check_chains();
    std::erase_if(extraction_.relations, [this](ExtractedRelation& relation) {
      const auto what = [&] { return "relation '" + relation.type + "'"; };
      return refused(what, relation.extractor, relation.span, [&] { check(relation); });
    });
    std::erase_if(extraction_.findings, [this](ExtractedFinding& finding) {
      return refused([&] { return "finding '" + finding.code + "'"; }, "", finding.span, [&] { check(finding); });
    });
  }

 private:
  // Runs a check; true, and a diagnostic, when it throws: only then is asked what it was.
  template <class What, class Check>
  bool refused(What what, std::string_view by, Span span, Check check) {
    try {
      check();
      return false;
    } catch (const Error& error) {
      std::string text = what() + (by.empty() ? "" : " of " + std::string(by)) + " left out: " + error.text();
      extraction_.diagnostics.push_back({Severity::warning, error.code(), std::move(text), document_, span});
      return true;
    }
  }

  void check(ExtractedMention& mention) {
    check_span(text_, mention.span);
    check_confidence(mention.confidence);
    if (mention.label.empty() == mention.literal.empty()) {
      throw Error(ErrorCode::invalid_argument, "a mention has either a label or a literal");
    }
    if (mention.extractor.empty()) throw Error(ErrorCode::invalid_argument, "it names no extractor");
    if (!mention.label.empty()) chains_.check_label(mention.label);
    if (mention.properties.empty()) return;
    model::KnownRules& rules = chains_.of(mention.label);
    std::erase_if(mention.properties, [&](ExtractedProperty& property) {
      const auto what = [&] { return "property '" + property.name + "' of " + mention.label; };
      return refused(what, mention.extractor, property.span, [&] { check(mention, rules, property); });
    });
  }

  void check(const ExtractedMention& mention, model::KnownRules& rules, ExtractedProperty& property) {
    check_span(text_, property.span);
    check_confidence(property.confidence);
    rules.check(property.name, property.value);
    if (property.extractor.empty()) property.extractor = mention.extractor;
  }

  void drop_mentions() {
    auto& mentions = extraction_.mentions;
    places_.assign(mentions.size(), kNoMention);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      ExtractedMention& mention = mentions[i];
      const auto what = [&] { return "mention of '" + (mention.label.empty() ? mention.literal : mention.label) + "'"; };
      if (refused(what, mention.extractor, mention.span, [&] { check(mention); })) continue;
      places_[i] = static_cast<MentionIndex>(kept);
      if (kept != i) mentions[kept] = std::move(mention);
      ++kept;
    }
    mentions.resize(kept);
  }

  MentionIndex place(MentionIndex old) const { return old < places_.size() ? places_[old] : kNoMention; }

  // Chains must end: a link that would close a ring is left out. Union-find with path halving.
  void check_chains() {
    auto& mentions = extraction_.mentions;
    std::vector<MentionIndex> root(mentions.size());
    for (std::size_t i = 0; i < root.size(); ++i) root[i] = static_cast<MentionIndex>(i);
    const auto find = [&](MentionIndex at) {
      while (root[at] != at) at = root[at] = root[root[at]];
      return at;
    };
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      ExtractedMention& mention = mentions[i];
      if (mention.same_as == kNoMention) continue;
      mention.same_as = place(mention.same_as);
      if (mention.same_as == kNoMention) continue;
      const MentionIndex own = find(static_cast<MentionIndex>(i));
      const MentionIndex other = find(mention.same_as);
      if (own == other) {
        mention.same_as = kNoMention;
      } else {
        root[own] = other;
      }
    }
  }

  const std::string& label(MentionIndex mention) const {
    const std::string& label = extraction_.mentions[mention].label;
    if (label.empty()) throw Error(ErrorCode::schema, "an end of it is a literal");
    return label;
  }

  void check(ExtractedRelation& relation) {
    check_span(text_, relation.span);
    check_confidence(relation.confidence);
    relation.from = place(relation.from);
    relation.to = place(relation.to);
    relation.attributed_to = place(relation.attributed_to);
    if (relation.from == kNoMention || relation.to == kNoMention) throw Error(ErrorCode::invalid_argument, "an end of it is no mention");
    if (relation.extractor.empty()) throw Error(ErrorCode::invalid_argument, "it names no extractor");
    chains_.check_relation(relation.type, label(relation.from), label(relation.to));
    std::erase_if(relation.properties, [&](ExtractedProperty& property) {
      const auto what = [&] { return "property '" + property.name + "' of " + relation.type; };
      return refused(what, relation.extractor, property.span, [&] {
        check_span(text_, property.span);
        check_confidence(property.confidence);
        schema_.check_relation_property(relation.type, property.name, property.value);
        if (property.extractor.empty()) property.extractor = relation.extractor;
      });
    });
  }

  void check(ExtractedFinding& finding) {
    check_span(text_, finding.span);
    for (MentionIndex& mention : finding.mentions) mention = place(mention);
    std::erase(finding.mentions, kNoMention);
  }

  std::string_view text_;
  const Schema& schema_;
  const std::string& document_;
  Extraction& extraction_;
  model::Chains& chains_;
  std::vector<MentionIndex> places_;  // old index to new
};

}  // namespace

void validate(std::string_view text, model::Chains& chains, const std::string& document, Extraction& extraction) {
  Validator(text, chains, document, extraction).run();
}

}  // namespace policygraph::inline v0::detail::extract
