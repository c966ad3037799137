// Reading documents into a graph, in MB/s on one core. The documents are the samples, each taken many times under its own
// name and with a line of its own, so that none is recognised as read before. Run from the repository.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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
      std::ofstream out(folder / (entry.path().stem().string() + "-" + std::to_string(i) + extension.string()), std::ios::binary);
      out << text << "\nCopy " << i << ".\n";
    }
  }
  double bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder)) bytes += static_cast<double>(entry.file_size());
  return {folder, bytes / 1e6};
}

}  // namespace

int main() {
  constexpr int kCopies = 40;
  const auto corpus = make_corpus(kCopies);
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
  return result.failed == 0 && result.documents > 0 ? 0 : 1;
}
