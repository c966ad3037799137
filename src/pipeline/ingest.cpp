#include "policygraph/pipeline/ingest.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "policygraph/base/version.hpp"
#include "policygraph/resolve/resolve.hpp"

namespace policygraph::inline v0 {
namespace {

struct ReadResult {
  std::optional<ExtractedDocument> document;
  std::optional<Diagnostic> failure;
};

/// Trouble with one document is a diagnostic; only the caller's stop and lack of memory end the whole call.
ReadResult read_one(const CorpusEntry& entry, const Extractor& extractor) {
  ReadResult result;
  try {
    auto document = read_document(entry.path, entry.options);
    auto extraction = extractor.extract(document);
    result.document.emplace(std::move(document), std::move(extraction));
  } catch (const Error& error) {
    result.failure = Diagnostic{Severity::error, error.code(), error.text(), entry.path, std::nullopt};
  }
  return result;
}

/// Reads entries on several threads; results stand in the order of the entries.
class Reading {
 public:
  Reading(const std::vector<CorpusEntry>& entries, const Extractor& extractor, const IngestOptions& options)
      : entries_(entries), extractor_(extractor), options_(options), results_(entries.size()) {}

  std::vector<ReadResult> run(unsigned threads) {
    {
      std::vector<std::jthread> pool;
      for (unsigned i = 1; i < threads; ++i) pool.emplace_back([this] { work(); });
      work();
    }
    if (failure_) std::rethrow_exception(failure_);
    if (options_.stop.stop_requested()) throw Error(ErrorCode::interrupted, "ingestion was stopped; nothing was changed");
    return std::move(results_);
  }

 private:
  void work() {
    for (auto i = next_++; i < entries_.size() && !is_over(); i = next_++) {
      try {
        results_[i] = read_one(entries_[i], extractor_);
        tell(entries_[i].path);
      } catch (...) {
        const std::scoped_lock lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        has_failed_ = true;
      }
    }
  }

  bool is_over() const { return has_failed_ || options_.stop.stop_requested(); }

  void tell(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    ++done_;
    if (options_.progress) options_.progress({done_, entries_.size(), path});
  }

  const std::vector<CorpusEntry>& entries_;
  const Extractor& extractor_;
  const IngestOptions& options_;
  std::vector<ReadResult> results_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> has_failed_ = false;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::exception_ptr failure_;
};

std::shared_ptr<const Extractor> make_extractor(const IngestOptions& options, const Schema& schema) {
  if (options.extractor && options.recognizers.empty()) return options.extractor;
  auto extractor = options.extractor ? std::make_shared<Extractor>(*options.extractor)
                                     : std::make_shared<Extractor>(Packs::built_in(), Languages::built_in(), schema);
  for (const auto& recognizer : options.recognizers) extractor->add(recognizer);
  return extractor;
}

unsigned thread_count(const IngestOptions& options, std::size_t documents) {
  const unsigned wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::clamp<std::size_t>(documents, 1, wanted));
}

/// What the readers and the extractor noticed, in the order of the files.
std::vector<ExtractedDocument> collect(std::vector<ReadResult> read, IngestResult& result) {
  std::vector<ExtractedDocument> documents;
  for (auto& one : read) {
    if (one.failure) {
      ++result.failed;
      result.diagnostics.push_back(std::move(*one.failure));
    }
    if (!one.document) continue;
    std::ranges::copy(one.document->document.diagnostics(), std::back_inserter(result.diagnostics));
    std::ranges::copy(one.document->extraction.diagnostics, std::back_inserter(result.diagnostics));
    result.bytes += one.document->document.text().size();
    documents.push_back(std::move(*one.document));
  }
  return documents;
}

void add_counts(IngestResult& result, ResolveCounts counts) {
  result.documents = counts.documents;
  result.unchanged = counts.unchanged;
  result.replaced = counts.replaced;
  result.mentions = counts.mentions;
  result.assertions = counts.assertions;
  result.judgements = counts.judgements;
  std::ranges::move(counts.diagnostics, std::back_inserter(result.diagnostics));
}

}  // namespace

IngestResult ingest(Graph& graph, const std::vector<std::string>& paths, const IngestOptions& options) {
  IngestResult result;
  auto corpus = find_documents(paths, options.document);
  result.diagnostics = std::move(corpus.diagnostics);
  result.failed = static_cast<std::size_t>(std::ranges::count(result.diagnostics, Severity::error, &Diagnostic::severity));
  const auto extractor = make_extractor(options, graph.schema());
  auto read = Reading(corpus.entries, *extractor, options).run(thread_count(options, corpus.entries.size()));
  auto documents = collect(std::move(read), result);
  auto transaction = graph.begin("ingest");
  add_counts(result, add_documents(transaction, std::move(documents)));
  if (options.stop.stop_requested()) throw Error(ErrorCode::interrupted, "ingestion was stopped; nothing was changed");
  if (result.documents == 0) return result;
  transaction.add_run({{}, "policygraph " + std::string(kVersion) + " ingest", "", {}});
  transaction.commit();
  return result;
}

}  // namespace policygraph::inline v0
