#include "policygraph/pipeline/ingest.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

#include "pipeline/in_order.hpp"
#include "policygraph/base/version.hpp"
#include "policygraph/resolve/resolve.hpp"
#include "resolve/intake.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::pipeline::InOrder;
using detail::resolve::Intake;
using detail::resolve::Placing;

constexpr std::size_t kGrouped = 16;  // documents that are extracted at once
constexpr std::size_t kGroupedBytes = std::size_t{64} << 10;
constexpr std::uintmax_t kArchivedPage = std::uintmax_t{64} << 10;  // about; its archive alone is a file

void refuse_if_stopped(const IngestOptions& options) {
  if (!options.stop.stop_requested()) return;
  const bool is_one = options.documents_per_commit == 0 && options.bytes_per_commit == 0;
  throw Error(ErrorCode::interrupted, is_one ? "ingestion was stopped; nothing was changed" : "ingestion was stopped; what was committed stays, and the next call goes on behind it");
}

std::shared_ptr<const Extractor> make_extractor(const IngestOptions& options, const Schema& schema) {
  if (options.extractor && options.recognizers.empty()) return options.extractor;
  auto extractor = options.extractor ? std::make_shared<Extractor>(*options.extractor)
                                     : std::make_shared<Extractor>(Packs::built_in(), Languages::built_in(), schema);
  for (const auto& recognizer : options.recognizers) extractor->add(recognizer);
  return extractor;
}

/// Trouble with one document is a diagnostic; only the caller's stop and lack of memory end the whole call.
template <class Step>
std::optional<Diagnostic> failure_of(const CorpusEntry& entry, Step step) {
  try {
    step();
  } catch (const Error& error) {
    return Diagnostic{Severity::error, error.code(), error.text(), entry.path, std::nullopt};
  }
  return std::nullopt;
}

/// What the steps of one call of `ingest` have in common.
struct Progressing {
  std::size_t done = 0, total = 0, commits = 0;
  Intake::Met met;
};

/// One step of a call of `ingest`: what one commit holds. All its documents are read first, for their order is that of their
/// addresses, which they state themselves; then they are extracted in that order and each is written and let go as soon as its turn
/// comes.
class Ingestion {
 public:
  Ingestion(std::span<const CorpusEntry> entries, const IngestOptions& options, Progressing& progressing)
      : entries_(entries), options_(options), progressing_(progressing), files_(entries.size()) {}

  void read() {
    InOrder<File>(entries_.size(), thread_count(entries_.size()))
        .run([this](std::size_t number) { return read_one(number); },
             [this](std::size_t number, File file) { files_[number] = std::move(file); });
  }

  ResolveCounts write(Transaction& transaction, const Extractor& extractor) {
    ResolveOptions resolving;
    resolving.packs = std::make_shared<const Packs>(extractor.packs());
    Intake intake(transaction, resolving, std::move(progressing_.met));
    const auto planned = plan(intake);
    const auto groups = group(planned);
    InOrder<std::vector<Extracted>>(groups.size(), thread_count(groups.size()))
        .run([&](std::size_t number) { return extract_some(groups[number], extractor); },
             [&](std::size_t number, std::vector<Extracted> extracted) {
               for (std::size_t i = 0; i < extracted.size(); ++i) take(intake, groups[number][i], std::move(extracted[i]));
             });
    progressing_.met = intake.take_met();
    return intake.finish();
  }

  /// What the readers and the extractor noticed, in the order of the files.
  void tell(IngestResult& result) {
    for (auto& file : files_) {
      result.failed += file.is_failed ? 1U : 0U;
      result.bytes += file.bytes;
      std::ranges::move(file.diagnostics, std::back_inserter(result.diagnostics));
    }
  }

 private:
  struct File {
    std::optional<Document> document;  // until it is written
    std::vector<Diagnostic> diagnostics;
    std::size_t bytes = 0;
    bool is_failed = false;
    void fail(Diagnostic diagnostic) {
      diagnostics.push_back(std::move(diagnostic));
      is_failed = true;
      bytes = 0;
      document.reset();
    }
  };
  struct Planned {
    std::size_t file;
    Placing placing;
  };
  struct Extracted {
    Extraction extraction;
    std::optional<Diagnostic> failure;
  };

  unsigned thread_count(std::size_t documents) const {
    const unsigned wanted =
        options_.threads != 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::clamp<std::size_t>(documents, 1, wanted));
  }

  File read_one(std::size_t number) {
    refuse_if_stopped(options_);
    const auto& entry = entries_[number];
    File file;
    auto failure = failure_of(entry, [&] {
      file.document = read_document(entry.path, entry.options);
      file.diagnostics = file.document->diagnostics();
      file.bytes = file.document->text().size();
    });
    if (!failure) return file;
    file.fail(std::move(*failure));
    count(number);
    return file;
  }

  /// The documents to be written, in order.
  std::vector<Planned> plan(Intake& intake) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i].document) order.push_back(i);
    std::ranges::stable_sort(order, detail::resolve::comes_before,
                             [&](std::size_t i) -> const SourceDocument& { return files_[i].document->source(); });
    std::vector<Planned> planned;
    for (const auto i : order) {
      if (auto placing = intake.place(files_[i].document->source())) {
        planned.push_back({i, std::move(*placing)});
        continue;
      }
      files_[i].document.reset();
      count(i);
    }
    return planned;
  }

  /// Small documents in groups, each of which one thread extracts at a time.
  std::vector<std::span<const Planned>> group(std::span<const Planned> planned) const {
    std::vector<std::span<const Planned>> groups;
    const std::size_t threads = thread_count(planned.size());
    const auto share = (planned.size() + threads - 1) / threads;  // every thread has some
    for (std::size_t first = 0; first < planned.size();) {
      std::size_t last = first, bytes = 0;
      while (last < planned.size() && last - first < std::min(kGrouped, share) && (bytes += files_[planned[last].file].bytes) <= kGroupedBytes) ++last;
      last = std::max(last, first + 1);
      groups.push_back(planned.subspan(first, last - first));
      first = last;
    }
    return groups;
  }

  /// Where one of them fails each is extracted alone: the others do not.
  std::vector<Extracted> extract_some(std::span<const Planned> some, const Extractor& extractor) {
    refuse_if_stopped(options_);
    std::vector<Extracted> all(some.size());
    std::vector<const Document*> documents;
    for (const auto& one : some) documents.push_back(&*files_[one.file].document);
    bool are_done = false;
    if (some.size() > 1) {
      are_done = !failure_of(entries_[some.front().file], [&] {
        auto extractions = extractor.extract(documents, bounds());
        for (std::size_t i = 0; i < all.size(); ++i) all[i].extraction = std::move(extractions[i]);
      });
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!are_done) all[i] = extract_one(some[i].file, extractor);
      count(some[i].file);
    }
    return all;
  }

  Extracted extract_one(std::size_t number, const Extractor& extractor) {
    refuse_if_stopped(options_);
    Extracted extracted;
    extracted.failure =
        failure_of(entries_[number], [&] { extracted.extraction = extractor.extract(*files_[number].document, bounds()); });
    return extracted;
  }

  ExtractOptions bounds() const {
    ExtractOptions bounds;
    bounds.max_mentions = options_.max_mentions;
    bounds.stop = options_.stop;
    return bounds;
  }

  void take(Intake& intake, const Planned& planned, Extracted extracted) {
    auto& file = files_[planned.file];
    if (extracted.failure) return file.fail(std::move(*extracted.failure));
    std::ranges::move(extracted.extraction.diagnostics, std::back_inserter(file.diagnostics));
    intake.add(planned.placing, *file.document, std::move(extracted.extraction));
    file.document.reset();
  }

  void count(std::size_t number) {
    const std::scoped_lock lock(mutex_);
    ++progressing_.done;
    if (options_.progress) options_.progress({progressing_.done, progressing_.total, entries_[number].path, progressing_.commits});
  }

  const std::span<const CorpusEntry> entries_;
  const IngestOptions& options_;
  Progressing& progressing_;
  std::vector<File> files_;  // by number of entry
  std::mutex mutex_;
};

void add_counts(IngestResult& result, ResolveCounts counts) {
  result.documents += counts.documents;
  result.unchanged += counts.unchanged;
  result.replaced += counts.replaced;
  result.mentions += counts.mentions;
  result.assertions += counts.assertions;
  result.judgements += counts.judgements;
  std::ranges::move(counts.diagnostics, std::back_inserter(result.diagnostics));
}

/// How many of the entries, from the first on, make a step: at least one.
std::size_t step_of(std::span<const CorpusEntry> entries, const IngestOptions& options) {
  auto count = options.documents_per_commit == 0 ? entries.size() : std::min(entries.size(), options.documents_per_commit);
  if (options.bytes_per_commit == 0) return count;
  std::uintmax_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::error_code error;
    const auto size = std::filesystem::file_size(entries[i].path, error);
    bytes += error ? kArchivedPage : size;
    if (bytes >= options.bytes_per_commit) return i + 1;
  }
  return count;
}

void ingest_step(Graph& graph, std::span<const CorpusEntry> entries, const IngestOptions& options, const Extractor& extractor,
                 Progressing& progressing, IngestResult& result) {
  Ingestion ingestion(entries, options, progressing);
  ingestion.read();
  auto transaction = graph.begin("ingest");
  auto counts = ingestion.write(transaction, extractor);
  ingestion.tell(result);
  const bool is_empty = counts.documents == 0;
  add_counts(result, std::move(counts));
  refuse_if_stopped(options);
  if (is_empty) return;
  transaction.add_run({{}, "policygraph " + std::string(kVersion) + " ingest", "", {}});
  transaction.commit();
  ++progressing.commits;
}

}  // namespace

IngestResult ingest(Graph& graph, const std::vector<std::string>& paths, const IngestOptions& options) {
  IngestResult result;
  auto corpus = find_documents(paths, options.document);
  result.diagnostics = std::move(corpus.diagnostics);
  result.failed =
      static_cast<std::size_t>(std::ranges::count(result.diagnostics, Severity::error, &Diagnostic::severity));
  const auto extractor = make_extractor(options, graph.schema());
  Progressing progressing{0, corpus.entries.size(), 0, {}};
  std::span<const CorpusEntry> left(corpus.entries);
  do {
    const auto step = step_of(left, options);
    ingest_step(graph, left.first(step), options, *extractor, progressing, result);
    left = left.subspan(step);
  } while (!left.empty());
  return result;
}

}  // namespace policygraph::inline v0
