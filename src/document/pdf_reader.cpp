#include <algorithm>

#include "document/pdf_pages.hpp"
#include "document/process.hpp"
#include "document/readers.hpp"

// PDF, by poppler's pdftotext: a program of its own, which a broken or hostile file can bring down without us. Form feeds stay in
// the text: they say on which page a word stands.
namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::string_view kProgram = "pdftotext";

[[noreturn]] void refuse(const ReadRequest& request, ErrorCode code, const std::string& why) {
  throw Error(code, "'" + std::string(request.name) + "' is a PDF file " + why);
}

std::string first_line(std::string_view text) {
  std::string line(text.substr(0, std::min<std::size_t>(text.find('\n'), 200)));
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F; });
  return line;
}

void refuse_failure(const ReadRequest& request, const ProcessResult& result, const ProcessLimits& limits) {
  using End = ProcessResult::End;
  if (result.end == End::out_of_time)
    refuse(request, ErrorCode::limit, "that pdftotext did not finish within " + std::to_string(limits.time.count()) + " seconds; split it");
  if (result.end == End::too_much_output)
    refuse(request, ErrorCode::limit, "with more than " + std::to_string(limits.output_bytes) + " bytes of text; a document may have no more");
  if (result.end == End::killed) refuse(request, ErrorCode::format, "that brought pdftotext down; it is damaged, or asks for too much memory");
  if (result.exit_code == 0) return;
  if (result.complaints.find("Incorrect password") != std::string::npos)
    refuse(request, ErrorCode::format, "under a password; save it without one");
  const auto said = first_line(result.complaints);
  refuse(request, ErrorCode::format, "that cannot be read" + (said.empty() ? std::string() : ": " + said));
}

class PdfText {
 public:
  explicit PdfText(const ReadRequest& request) : request_(request), program_(find_program(kProgram)) {
    if (program_.empty())
      refuse(request, ErrorCode::feature_not_built, "and pdftotext is not on the PATH; install poppler-utils (on Debian: apt-get install poppler-utils)");
    limits_.output_bytes = request.max_bytes;
  }

  // As the page is laid out, so that rows of tables stay together; where it has two columns of text, in the order of reading.
  std::string read() {
    std::string laid_out = run({"-layout"});
    const auto pages = split_pages(laid_out);
    if (std::none_of(pages.begin(), pages.end(), has_two_columns)) return laid_out;
    const std::string in_order = run({});
    const auto ordered = split_pages(in_order);
    std::string text;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      text += i < ordered.size() && has_two_columns(pages[i]) ? ordered[i] : pages[i];
      text += '\f';
    }
    return text;
  }

 private:
  std::string run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-enc", "UTF-8", "-eol", "unix", "-", "-"});
    auto result = run_process(program_, arguments, request_.bytes, limits_);
    refuse_failure(request_, result, limits_);
    return std::move(result.output);
  }

  const ReadRequest& request_;
  const std::string program_;
  ProcessLimits limits_;
};

void report_pages(Reading& reading, const std::string& text, std::string_view name) {
  const auto pages = split_pages(text);
  const auto empty = pages_without_text(pages);
  if (empty.empty()) return;
  const auto which = empty.size() == pages.size() ? "none of its " + std::to_string(pages.size()) + " pages holds text"
                                                  : (empty.size() == 1 ? "page " : "pages ") + page_numbers(empty) + " of " +
                                                        std::to_string(pages.size()) + (empty.size() == 1 ? " holds" : " hold") + " no text";
  reading.diagnostics.push_back({Severity::warning, ErrorCode::format, which + "; a scanned page is read after character recognition (ocrmypdf, for instance)",
                                 std::string(name), std::nullopt});
}

}  // namespace

Reading read_pdf(const ReadRequest& request) {
  const std::string text = join_torn_words(PdfText(request).read());
  Reading reading = read_plain(text, request.name);
  OffsetMap map;
  map.replace(0, request.bytes.size(), reading.text.size());
  reading.map = std::move(map);
  report_pages(reading, text, request.name);
  return reading;
}

}  // namespace policygraph::inline v0::detail::document
