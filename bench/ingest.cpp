// Reading documents into a graph, in MB/s on one core: each stage alone, then all of it. The documents are the samples, each taken
// many times under its own name and with a line of its own, so that none is recognised as read before. Run from the repository.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/extract/extractor.hpp"
#include "policygraph/pipeline/ingest.hpp"

namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Corpus {
  fs::path folder;
  double megabytes = 0;  // of the files
  std::vector<std::string> files{};
};

Corpus make_corpus(int copies) {
  auto folder = fs::temp_directory_path() / "policygraph-bench-ingest";
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator("examples/documents")) {
    auto extension = entry.path().extension();
    if (extension != ".txt" && extension != ".html") continue;
    auto text = read_all(entry.path());
    for (int i = 0; i < copies; ++i) {
      // Files are read in order of their names: a copy must not follow another one, or the processor foresees what comes.
      std::ofstream out(folder / (std::to_string(i) + "-" + entry.path().filename().string()), std::ios::binary);
      out << text << "\nCopy " << i << ".\n";
    }
  }
  double bytes = 0;
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    bytes += static_cast<double>(entry.file_size());
    files.push_back(entry.path().string());
  }
  return {folder, bytes / 1e6, files};
}

// Processor time: the same on a busy machine.
template <class Work>
double seconds(Work work) {
  const auto start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// What each stage does of text in a second, once the packs are loaded. Acts alone must be the acts of the whole.
bool bench_stages(const Corpus& corpus) {
  const policygraph::Extractor extractor;
  std::vector<policygraph::Document> documents;
  const double reading = seconds([&] {
    for (const auto& file : corpus.files) documents.push_back(policygraph::read_document(file));
  });
  double text = 0;
  for (const auto& document : documents) text += static_cast<double>(document.text().size()) / 1e6;
  std::size_t all = 0, alone = 0;
  const auto count = [](const policygraph::Extraction& found, std::size_t& acts) {
    for (const auto& mention : found.mentions) acts += mention.extractor.starts_with("legal-act/");
  };
  const double extraction = seconds([&] { for (const auto& document : documents) count(extractor.extract(document), all); });
  std::vector<const policygraph::Document*> all_of_them;
  for (const auto& document : documents) all_of_them.push_back(&document);
  std::size_t together = 0;
  const double at_once = seconds([&] { for (const auto& found : extractor.extract(all_of_them)) count(found, together); });
  const double acts = seconds([&] { for (const auto& document : documents) count(extractor.find_acts(document), alone); });
  std::printf("MB/s of text, of processor time: files read %.1f; extraction %.1f, of many at once %.1f; read and extracted %.1f; citations of acts alone %.1f\n",
              text / reading, text / extraction, text / at_once, text / (reading + extraction), text / acts);
  std::printf("%zu citations alone, %zu in all that is extracted\n", alone, all);
  return all == alone && all == together;
}

}  // namespace

int main() {
  constexpr int kCopies = 40;
  const auto corpus = make_corpus(kCopies);
  const bool is_right = bench_stages(corpus);
  auto graph = policygraph::open_in_memory();
  policygraph::IngestOptions options;
  options.threads = 1;
  auto start = std::chrono::steady_clock::now();
  auto start_cpu = std::clock();
  auto result = policygraph::ingest(graph, {corpus.folder.string()}, options);
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  auto took_cpu = static_cast<double>(std::clock() - start_cpu) / CLOCKS_PER_SEC;
  fs::remove_all(corpus.folder);
  const auto text = static_cast<double>(result.bytes) / 1e6;
  std::printf("%zu documents, %.2f MB of files, %.2f MB of text, in %.2f s; %zu mentions, %zu assertions\n", result.documents,
              corpus.megabytes, text, took.count(), result.mentions, result.assertions);
  std::printf("on one core %.2f MB/s of files, %.2f MB/s of text; of processor time %.2f and %.2f\n", corpus.megabytes / took.count(),
              text / took.count(), corpus.megabytes / took_cpu, text / took_cpu);
  return is_right && result.failed == 0 && result.documents > 0 ? 0 : 1;
}
