#include "policygraph/extract/extractor.hpp"

#include <algorithm>
#include <deque>
#include <iterator>

#include "extract/document_parts.hpp"
#include "extract/registry.hpp"
#include "extract/relations/relate.hpp"
#include "extract/validation.hpp"
#include "extract/word_memory.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {

using detail::extract::WordMemories;

struct Extractor::State {
  State(Packs of, Languages in, Schema by) : packs(std::move(of)), languages(std::move(in)), schema(std::move(by)) {
    const auto votes = detail::extract::votes_of(languages);
    words = std::make_shared<WordMemories>(packs.data().phrases.vocabulary, votes);
    act_words = std::make_shared<WordMemories>(packs.data().act_phrases.vocabulary, votes);
  }

  Packs packs;
  Languages languages;
  Schema schema;
  std::vector<std::shared_ptr<const Recognizer>> recognizers;
  std::shared_ptr<WordMemories> words, act_words;  // of all phrases, and of those that citations of acts are read by
};

namespace {

using detail::extract::Reading;
using detail::extract::Stage;
using detail::extract::WordMemory;

constexpr std::size_t kTokensOfMention = 5;  // there is about one mention to so many
constexpr std::size_t kTokensOfRelation = 16;
constexpr std::size_t kMostReserved = 4096;
constexpr std::size_t kMostTogether = 32;  // documents that are read side by side
constexpr std::size_t kBytesTogether = std::size_t{128} << 10;  // of their text

// A document being read.
struct Work {
  Work(const Document& document, const Packs& packs, const Languages& languages, const Schema& schema, WordMemory& memory)
      : view(document, languages, memory), reading(view, packs.data(), languages, schema) {
    out.mentions.reserve(std::min(view.tokens().size() / kTokensOfMention, kMostReserved));
    out.relations.reserve(std::min(view.tokens().size() / kTokensOfRelation, kMostReserved));
  }

  void finish(detail::model::Chains& chains) {
    detail::extract::validate(view.text(), chains, view.document().source().uri, out);
    detail::extract::sort(out);
  }

  DocumentView view;
  Reading reading;
  Extraction out;
};

// Stage by stage, so that what a stage needs is at hand for all.
void run(std::span<const Stage> stages, std::deque<Work>& works) {
  for (const Stage stage : stages) {
    for (Work& work : works) stage(work.reading, work.out);
  }
}

void relate(std::deque<Work>& works) {
  std::vector<detail::extract::Related> documents;
  documents.reserve(works.size());
  for (Work& work : works) documents.push_back({&work.reading, &work.out});
  detail::extract::relate(documents);
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

void run_signed(const Recognizer& recognizer, const DocumentView& view, Extraction& out) {
  const std::size_t mentions = out.mentions.size(), relations = out.relations.size();
  run(recognizer, view, out);
  sign(recognizer, mentions, relations, out);
}

std::string place_of(std::string_view text, std::uint32_t offset) {
  const auto line = std::ranges::count(text.substr(0, offset), '\n') + 1;
  return "byte " + std::to_string(offset) + " (line " + std::to_string(line) + ") of " + std::to_string(text.size());
}

void stop_reading(const Document& document, std::size_t most, Extraction& out) {
  const auto size = static_cast<std::uint32_t>(document.text().size());
  const std::uint32_t end = detail::extract::keep_first(most, out);
  out.diagnostics.push_back({Severity::error, ErrorCode::limit,
                             "max_mentions is " + std::to_string(most) + ": from " + place_of(document.text(), end) +
                                 " on the text was not read for facts; raise it, or divide the document",
                             document.source().uri, document.source_span({end, size})});
}

constexpr std::size_t kLeastPart = 1024;

std::size_t most_mentions(const ExtractOptions& options) { return options.max_mentions != 0 ? options.max_mentions : kNoMention; }

// How many of the documents, from the first on, are read side by side: one at least.
std::size_t count_together(std::span<const Document* const> documents, const ExtractOptions& options) {
  const std::size_t most = std::min(kBytesTogether, std::max(options.part_bytes, kLeastPart));
  std::size_t count = 0, bytes = 0;
  while (count < documents.size() && count < kMostTogether && (bytes += documents[count]->text().size()) <= most) ++count;
  return std::max<std::size_t>(count, 1);
}

}  // namespace

Extractor::Extractor() : Extractor(Packs::built_in(), Languages::built_in()) {}

Extractor::Extractor(Packs packs, Languages languages, Schema schema)
    : state_(std::make_shared<State>(State(std::move(packs), std::move(languages), std::move(schema)))) {}

void Extractor::add(std::shared_ptr<const Recognizer> recognizer) {
  if (!recognizer) throw Error(ErrorCode::invalid_argument, "no recogniser given");
  auto state = std::make_shared<State>(*state_);
  state->recognizers.push_back(std::move(recognizer));
  state_ = std::move(state);
}

const Packs& Extractor::packs() const noexcept { return state_->packs; }

template <class ReadPart>
Extraction Extractor::read_in_parts(const Document& document, const ExtractOptions& options, ReadPart read) const {
  const std::size_t size = document.text().size(), bytes = std::max(options.part_bytes, kLeastPart);
  const std::size_t most = most_mentions(options);
  Extraction out;
  std::vector<MentionIndex> starts;
  std::uint32_t start = 0;
  if (size <= bytes) out = read(document);
  while (size > bytes && start < size && out.mentions.size() <= most) {
    if (options.stop.stop_requested()) throw Error(ErrorCode::interrupted, "extraction was stopped");
    const std::uint32_t end = detail::extract::end_of_part(document, state_->languages, start, bytes);
    starts.push_back(static_cast<MentionIndex>(out.mentions.size()));
    detail::extract::append_part(read(detail::extract::part_of(document, {start, end})), start, out);
    start = end;
  }
  if (out.mentions.size() > most) stop_reading(document, most, out);
  else if (starts.size() > 1) detail::extract::join_parts(starts, out);
  return out;
}

Extraction Extractor::extract(const Document& document, const ExtractOptions& options) const {
  return read_in_parts(document, options, [this](const Document& part) { return extract_part(part); });
}

std::vector<Extraction> Extractor::extract(std::span<const Document* const> documents, const ExtractOptions& options) const {
  std::vector<Extraction> out;
  out.reserve(documents.size());
  while (!documents.empty()) {
    if (options.stop.stop_requested()) throw Error(ErrorCode::interrupted, "extraction was stopped");
    const auto some = documents.first(count_together(documents, options));
    if (some.size() == 1) {
      out.push_back(extract(*some.front(), options));
    } else {
      std::ranges::move(extract_together(some), std::back_inserter(out));
      for (std::size_t i = 0; i < some.size(); ++i) {
        Extraction& one = out[out.size() - some.size() + i];
        if (one.mentions.size() > most_mentions(options)) stop_reading(*some[i], most_mentions(options), one);
      }
    }
    documents = documents.subspan(some.size());
  }
  return out;
}

Extraction Extractor::find_acts(const Document& document, const ExtractOptions& options) const {
  return read_in_parts(document, options, [this](const Document& part) { return find_acts_in_part(part); });
}

Extraction Extractor::find_acts_in_part(const Document& document) const {
  const auto memory = state_->act_words->take();
  const DocumentView view(document, state_->languages, *memory);
  const Reading reading(view, state_->packs.data(), state_->languages, state_->schema, detail::extract::ReadFor::acts);
  Extraction out;
  for (const Stage stage : detail::extract::act_recognizers()) stage(reading, out);
  detail::model::Chains& chains = (*memory).chains(state_->schema);
  detail::extract::validate(view.text(), chains, document.source().uri, out);
  detail::extract::sort(out);
  return out;
}

Extraction Extractor::extract_part(const Document& document) const {
  const Document* const one = &document;
  return std::move(extract_together({&one, 1}).front());
}

std::vector<Extraction> Extractor::extract_together(std::span<const Document* const> documents) const {
  const auto memory = state_->words->take();
  std::deque<Work> works;
  for (const Document* document : documents) works.emplace_back(*document, state_->packs, state_->languages, state_->schema, *memory);
  run(detail::extract::recognizers(), works);
  for (const auto& recognizer : state_->recognizers) {
    for (Work& work : works) run_signed(*recognizer, work.view, work.out);
  }
  detail::model::Chains& chains = (*memory).chains(state_->schema);
  for (Work& work : works) work.finish(chains);
  run(detail::extract::coreference(), works);
  relate(works);
  run(detail::extract::checks(), works);
  std::vector<Extraction> out;
  out.reserve(works.size());
  for (Work& work : works) {
    work.finish(chains);
    out.push_back(std::move(work.out));
  }
  return out;
}

}  // namespace policygraph::inline v0
