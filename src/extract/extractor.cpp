#include "policygraph/extract/extractor.hpp"

#include <algorithm>

#include "extract/registry.hpp"
#include "extract/validation.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {

struct Extractor::State {
  Packs packs;
  Languages languages;
  Schema schema;
  std::vector<std::shared_ptr<const Recognizer>> recognizers;
};

namespace {

using detail::extract::Reading;
using detail::extract::Stage;

constexpr std::size_t kTokensOfMention = 8;  // there is about one mention to so many
constexpr std::size_t kTokensOfRelation = 16;
constexpr std::size_t kMostReserved = 4096;

void run(std::span<const Stage> stages, const Reading& reading, Extraction& out) {
  for (const Stage stage : stages) stage(reading, out);
}

// What a recogniser that throws had proposed is left out.
void run(const Recognizer& recognizer, const DocumentView& view, Extraction& out) {
  const std::size_t mentions = out.mentions.size(), relations = out.relations.size(), findings = out.findings.size();
  std::string fault = "an exception of unknown type";
  try {
    recognizer.recognise(view, out);
    return;
  } catch (const std::exception& error) {
    fault = error.what();
  } catch (...) {
  }
  if (out.mentions.size() > mentions) out.mentions.resize(mentions);
  if (out.relations.size() > relations) out.relations.resize(relations);
  if (out.findings.size() > findings) out.findings.resize(findings);
  out.diagnostics.push_back({Severity::error, ErrorCode::run, "recogniser " + recognizer.name() + " failed: " + fault,
                             view.document().source().uri, std::nullopt});
}

// A mention, property or relation that names no extractor is the recogniser's that proposed it.
void sign(const Recognizer& recognizer, std::size_t first_mention, std::size_t first_relation, Extraction& out) {
  const std::string name = recognizer.name();
  for (std::size_t i = first_mention; i < out.mentions.size(); ++i) {
    if (out.mentions[i].extractor.empty()) out.mentions[i].extractor = name;
  }
  for (std::size_t i = first_relation; i < out.relations.size(); ++i) {
    if (out.relations[i].extractor.empty()) out.relations[i].extractor = name;
  }
}

}  // namespace

Extractor::Extractor() : Extractor(Packs::built_in(), Languages::built_in()) {}

Extractor::Extractor(Packs packs, Languages languages, Schema schema)
    : state_(std::make_shared<State>(State{std::move(packs), std::move(languages), std::move(schema), {}})) {}

void Extractor::add(std::shared_ptr<const Recognizer> recognizer) {
  if (!recognizer) throw Error(ErrorCode::invalid_argument, "no recogniser given");
  auto state = std::make_shared<State>(*state_);
  state->recognizers.push_back(std::move(recognizer));
  state_ = std::move(state);
}

Extraction Extractor::extract(const Document& document) const {
  const DocumentView view(document, state_->languages);
  const Reading reading(view, state_->packs.data(), state_->languages, state_->schema);
  Extraction out;
  out.mentions.reserve(std::min(view.tokens().size() / kTokensOfMention, kMostReserved));
  out.relations.reserve(std::min(view.tokens().size() / kTokensOfRelation, kMostReserved));
  run(detail::extract::recognizers(), reading, out);
  for (const auto& recognizer : state_->recognizers) {
    const std::size_t mentions = out.mentions.size(), relations = out.relations.size();
    run(*recognizer, view, out);
    sign(*recognizer, mentions, relations, out);
  }
  detail::model::Chains chains(state_->schema);
  detail::extract::validate(view.text(), chains, document.source().uri, out);
  detail::extract::sort(out);
  run(detail::extract::coreference(), reading, out);
  run(detail::extract::relation_rules(), reading, out);
  detail::extract::validate(view.text(), chains, document.source().uri, out);
  detail::extract::sort(out);
  return out;
}

}  // namespace policygraph::inline v0
