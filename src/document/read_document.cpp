#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "document/cues.hpp"
#include "document/readers.hpp"
#include "document/warc.hpp"
#include "policygraph/base/sha256.hpp"
#include "policygraph/document/document.hpp"
#include "policygraph/text/encoding.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0 {
namespace {

namespace inner = detail::document;

// Spans are 32 bits, and text may grow threefold when its bytes are repaired.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr std::size_t kLanguageSample = std::size_t{16} << 10;
constexpr double kSureOfScript = 0.6;

void refuse_large(std::size_t bytes, std::string_view name, const DocumentOptions& options) {
  const std::size_t limit = std::min(options.max_bytes, kMostBytes);
  if (bytes <= limit) return;
  throw Error(ErrorCode::limit, "'" + std::string(name) + "' has " + std::to_string(bytes) +
                                    " bytes; a document may have at most " + std::to_string(limit));
}

[[noreturn]] void refuse_file(const std::string& path, const std::string& why) {
  throw Error(ErrorCode::io, "cannot read '" + path + "': " + why);
}

struct OpenFile {
  explicit OpenFile(const std::string& path) noexcept : descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
  }
  const int descriptor;
};

std::string read_file(const std::string& path, const DocumentOptions& options) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) refuse_file(path, std::strerror(errno));
  if (!S_ISREG(facts.st_mode))
    refuse_file(path, S_ISDIR(facts.st_mode) ? "it is a folder" : "it is not a regular file");
  refuse_large(static_cast<std::size_t>(facts.st_size), path, options);
  const OpenFile file(path);
  if (file.descriptor < 0) refuse_file(path, std::strerror(errno));
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto count = ::read(file.descriptor, bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse_file(path, "the device failed");
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  bytes.resize(size);
  return bytes;
}

const std::string& first_of(std::initializer_list<const std::string*> choices) {
  static const std::string nothing;
  for (const auto* choice : choices) {
    if (!choice->empty()) return *choice;
  }
  return nothing;
}

std::string sample_of(const inner::Reading& reading) {
  std::string sample;
  for (const auto& block : reading.blocks) {
    if (block.zone == Zone::furniture || block.zone == Zone::keywords || block.zone == Zone::reference) continue;
    if (sample.size() >= kLanguageSample) break;
    sample.append(reading.text, block.span.start, std::min<std::size_t>(block.span.size(), kLanguageSample))
        .append("\n");
  }
  return sample;
}

// "ru-RU", "en_US": a language by its code, with or without a region; empty when it names none.
std::string language_named(std::string_view declared) {
  const auto& languages = Languages::built_in();
  std::string code(declared.substr(0, declared.find(',')));
  std::replace(code.begin(), code.end(), '_', '-');
  if (languages.find(code) != nullptr) return code;
  const std::string base = fold_case(code.substr(0, code.find('-')));
  return languages.find(base) != nullptr ? base : std::string();
}

// Likewise, and "uz", "Uzbek", "UZ-cyrl": the language whose script the text has.
std::string known_language(std::string_view declared, const Languages::Guess& guess) {
  if (auto named = language_named(declared); !named.empty()) return named;
  std::string code(declared.substr(0, declared.find(',')));
  std::replace(code.begin(), code.end(), '_', '-');
  const std::string base = fold_case(code.substr(0, code.find('-')));
  const bool is_same = guess.code.starts_with(base + "-");
  if (is_same) return guess.code;
  const std::string folded = fold_case(code);
  for (const auto& known : Languages::built_in().codes()) {
    if (fold_case(known) == folded) return known;
    if (base == "uz" && known.starts_with("uz-") && folded.find(fold_case(known.substr(3))) != std::string::npos)
      return known;
  }
  return base == "uz" ? "uz-Latn" : std::string();
}

bool is_cyrillic(std::string_view code) { return code == "ru" || code == "kk" || code == "uz-Cyrl"; }

// How many letters of each kind a text has, by a look at its bytes: at least and at most what a tokenizer would count, which
// leaves out the words that mix them.
struct LetterCounts {
  std::size_t latin_least = 0, latin_most = 0;
  std::size_t cyrillic_least = 0, cyrillic_most = 0;

  void add(std::size_t bytes, std::size_t latin, std::size_t cyrillic, std::size_t others) noexcept {
    if (cyrillic == 0 && others == 0) latin_least += latin;
    if (latin == 0 && others == 0) cyrillic_least += cyrillic;
    if (latin + others > 0) latin_most += bytes;
    if (cyrillic > 0) cyrillic_most += bytes;
  }
};

LetterCounts count_letters(std::string_view text) noexcept {
  LetterCounts counts;
  std::size_t start = 0, latin = 0, cyrillic = 0, others = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
    if (byte == ' ' || byte == '\n' || byte == '\t') {
      counts.add(at - start, latin, cyrillic, others);
      start = at + 1;
      latin = cyrillic = others = 0;
    } else if (byte < 0x80) {
      latin += (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z' ? 1 : 0;
    } else {
      const auto tail = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : '\0');
      const bool is_letter = byte == 0xD0 || byte == 0xD1 || byte == 0xD3 || (byte == 0xD2 && tail >= 0x8A);
      (is_letter ? cyrillic : others) += 1;
      at += is_letter ? 1 : 0;
    }
  }
  return counts;
}

// Whether a guess could be of no language of the other letters.
bool is_surely(bool is_of_cyrillic, std::string_view sample) noexcept {
  const auto counts = count_letters(sample);
  return is_of_cyrillic ? counts.cyrillic_least > counts.latin_most : counts.latin_least > counts.cyrillic_most;
}

// A page's declaration is often its template's and not its own: the letters of the text say which of the two holds.
std::string language_of(const inner::Reading& reading, const DocumentOptions& options,
                        std::vector<Diagnostic>& diagnostics, std::string_view name) {
  const std::string sample = sample_of(reading);
  const auto stays = [&](const std::string& code) {
    return !code.empty() && (!options.language.empty() || is_surely(is_cyrillic(code), sample));
  };
  auto named = language_named(options.language.empty() ? reading.declared.language : options.language);
  if (stays(named)) return named;
  const auto guess = Languages::built_in().guess(sample);
  if (!options.language.empty()) {
    const auto known = known_language(options.language, guess);
    return known.empty() ? options.language : known;
  }
  const auto& stated = reading.declared.language;
  const std::string declared = stated.empty() ? std::string() : known_language(stated, guess);
  if (declared.empty()) return guess.code;
  const bool differs = !guess.code.empty() && is_cyrillic(declared) != is_cyrillic(guess.code);
  if (!differs || guess.confidence < kSureOfScript) return declared;
  diagnostics.push_back({Severity::note, ErrorCode::format,
                         "the page says its language is '" + stated + "', its letters say '" + guess.code + "'",
                         std::string(name), std::nullopt});
  return guess.code;
}

SourceTier tier_of(const inner::Reading& reading, const DocumentOptions& options, const std::string& uri) {
  const auto declared = reading.declared.tier;
  const auto first = options.yields_to_document ? declared : options.tier;
  const auto second = options.yields_to_document ? options.tier : declared;
  if (first != SourceTier::unknown) return first;
  return second != SourceTier::unknown ? second : inner::tier_of_uri(uri);
}

SourceDocument source_of(const inner::Reading& reading, const DocumentOptions& options, std::string_view name,
                         std::vector<Diagnostic>& diagnostics) {
  const auto& declared = reading.declared;
  const auto& inferred = reading.inferred;
  const bool yields = options.yields_to_document;
  const std::string path(name);
  SourceDocument source;
  source.title = first_of({&options.title, &declared.title, &inferred.title});
  source.uri = yields ? first_of({&declared.uri, &options.uri, &path}) : first_of({&options.uri, &declared.uri, &path});
  source.publisher = yields ? first_of({&declared.publisher, &options.publisher, &inferred.publisher})
                            : first_of({&options.publisher, &declared.publisher, &inferred.publisher});
  const auto& first = yields ? declared.published : options.published;
  const auto& second = yields ? options.published : declared.published;
  const auto& published = first ? first : second ? second : inferred.published;
  source.published = published.value_or(PartialDate());
  source.language = language_of(reading, options, diagnostics, name);
  source.tier = tier_of(reading, options, source.uri);
  source.sha256 = sha256_hex(reading.text);
  return source;
}

Document document_of(std::string_view file_type, inner::Reading reading, std::string_view name, const DocumentOptions& options) {
  Document::Parts parts;
  parts.file_type = file_type;
  parts.diagnostics = std::move(reading.diagnostics);
  parts.source = source_of(reading, options, name, parts.diagnostics);
  parts.text = std::move(reading.text);
  parts.source_map = std::move(reading.map);
  parts.blocks = std::move(reading.blocks);
  parts.title_span = reading.title_span;
  parts.date_span = reading.date_span;
  return Document(std::move(parts));
}

// A page of an archive: its address is the one it was asked for at, whatever it says of itself.
Document read_archived(const inner::WarcPlace& place, std::string_view name, const DocumentOptions& options) {
  const std::size_t most = std::min(options.max_bytes, kMostBytes);
  const auto page = inner::read_warc_page(place.path, place.place, most);
  const bool is_page = page.kind == "text/html" || page.kind == "application/xhtml+xml";
  const auto& reader = inner::reader_for(is_page ? "page.html" : "page.txt", page.bytes);
  std::string label = options.encoding;
  if (label.empty() && encoding_by_label(page.charset)) label = page.charset;
  auto reading = reader.read({page.bytes, name, label, most});
  reading.declared.uri = page.uri;
  return document_of(reader.file_type, std::move(reading), name, options);
}

}  // namespace

Document read_document_bytes(std::string_view bytes, std::string_view name, const DocumentOptions& options) {
  refuse_large(bytes.size(), name, options);
  const auto& reader = inner::reader_for(name, bytes);
  return document_of(reader.file_type, reader.read({bytes, name, options.encoding, std::min(options.max_bytes, kMostBytes)}), name, options);
}

Document read_document(const std::string& path, const DocumentOptions& options) {
  const auto place = inner::warc_place(path);
  if (place && ::access(path.c_str(), F_OK) != 0) return read_archived(*place, path, options);
  return read_document_bytes(read_file(path, options), path, options);
}

}  // namespace policygraph::inline v0
