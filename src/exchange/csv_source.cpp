#include "exchange/csv_source.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/base/sha256.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::size_t kMostText = std::size_t{64} << 20U;
constexpr std::string_view kExtractor = "csv/1";

/// Up to `most` bytes.
std::string read_piece(std::istream& in, const std::string& path, std::size_t most) {
  std::string piece(most, '\0');
  in.read(piece.data(), static_cast<std::streamsize>(most));
  if (in.bad()) throw Error(ErrorCode::io, "cannot read '" + path + "'");
  piece.resize(static_cast<std::size_t>(in.gcount()));
  return piece;
}

struct Content {
  std::shared_ptr<const std::string> text;  // null: the file is too large for it to be kept
  std::string sha256;                       // of the text; of a large file that of the digests of its pieces
};

Content read_content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  auto text = read_piece(in, path, kMostText + 1);
  if (text.size() <= kMostText) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    auto digest = sha256_hex(text);
    return {std::make_shared<const std::string>(std::move(text)), std::move(digest)};
  }
  std::string digests = sha256_hex(text);
  for (text = read_piece(in, path, kMostText); !text.empty(); text = read_piece(in, path, kMostText)) digests += sha256_hex(text);
  return {nullptr, sha256_hex(digests)};
}

constexpr std::string_view kProgram = "policygraph csv/1";

/// How the document was read last; null: nothing tells.
const Run* last_reading(const Snapshot& before, const std::string& head) {
  const Run* last = nullptr;
  for (const auto* run : before.runs())
    if (run->program == kProgram && run->options.starts_with(head) && (last == nullptr || last->id < run->id)) last = run;
  return last;
}

}  // namespace

CsvSource::CsvSource(Transaction& transaction, const Snapshot& before, const std::string& path, const std::string& purpose, const std::string& reading,
                     bool cite_rows)
    : transaction_(transaction), cites_rows_(cite_rows) {
  auto content = read_content(path);
  SourceDocument document;
  document.title = std::filesystem::path(path).filename().string();
  document.uri = path + "#" + purpose;
  document.sha256 = std::move(content.sha256);
  if (content.text == nullptr || !cite_rows) {
    content.text.reset();
    cites_rows_ = false;
  }
  add(before, std::move(document), reading, std::move(content.text));
}

void CsvSource::add(const Snapshot& before, SourceDocument document, const std::string& reading, std::shared_ptr<const std::string> text) {
  const auto* old = before.sources().find_uri(document.uri);
  const auto head = document.uri + "\n";
  const auto* last = old == nullptr ? nullptr : last_reading(before, head);
  is_unchanged_ = last != nullptr && last->options == head + reading && old->sha256 == document.sha256 && old->has_text == (text != nullptr);
  if (is_unchanged_) return;
  is_replaced_ = old != nullptr;
  transaction_.add_run({{}, std::string(kProgram), head + reading, {}});
  if (old == nullptr) {
    document_ = transaction_.add_document(std::move(document), std::move(text));
  } else {
    document_ = old->id;
    transaction_.replace_document(document_, std::move(document), std::move(text));
  }
  if (!cites_rows_) of_all_ = transaction_.add_evidence({document_, {0, 0}, std::string(kExtractor), 1.0F});
}

EvidenceId CsvSource::evidence(const CsvScanner& csv) {
  if (!cites_rows_) return of_all_;
  const Span row{static_cast<std::uint32_t>(csv.begin()), static_cast<std::uint32_t>(csv.end())};
  return transaction_.add_evidence({document_, row, std::string(kExtractor), 1.0F});
}

}  // namespace policygraph::inline v0::detail::exchange
