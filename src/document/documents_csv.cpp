#include "document/documents_csv.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "document/csv_records.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::array<std::string_view, 7> kColumns = {"file",      "title",    "uri",        "publisher",
                                                      "published", "language", "source_tier"};

class CsvReader {
 public:
  CsvReader(std::string_view path_view, const DocumentOptions& defaults) : path_(path_view), defaults_(defaults) {}

  DocumentsCsv read(std::string_view text) {
    CsvRecords records(text);
    CsvRecord record;
    if (!records.next(record) || !take_header(record)) return std::move(csv_);
    while (records.next(record)) take_row(record);
    return std::move(csv_);
  }

 private:
  void warn(std::size_t line, std::string text) {
    csv_.diagnostics.push_back({Severity::warning, ErrorCode::format,
                                "line " + std::to_string(line) + ": " + std::move(text), std::string(path_),
                                std::nullopt});
  }

  bool take_header(const CsvRecord& record) {
    for (const auto& field : record.fields) {
      const auto found = std::find(kColumns.begin(), kColumns.end(), fold_case(field));
      if (found == kColumns.end())
        warn(record.line,
             "unknown column '" + field + "'; columns: file,title,uri,publisher,published,language,source_tier");
      columns_.push_back(found == kColumns.end() ? std::string_view() : *found);
    }
    const bool has_file = std::find(columns_.begin(), columns_.end(), "file") != columns_.end();
    if (!has_file) warn(record.line, "no column 'file'; the rows were not read");
    return has_file;
  }

  void take_row(const CsvRecord& record) {
    if (record.fields.size() == 1 && record.fields[0].empty()) return;
    if (record.is_torn)
      return warn(record.line, "a quoted field is not closed, or goes on after its quote; the row was not read");
    if (record.fields.size() != columns_.size()) {
      return warn(record.line, std::to_string(record.fields.size()) + " fields where the header has " +
                                   std::to_string(columns_.size()) + "; the row was not read");
    }
    DocumentOptions options = defaults_;
    std::string file;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (record.fields[i].empty()) continue;
      if (columns_[i] == "file")
        file = record.fields[i];
      else
        take_field(record.line, columns_[i], record.fields[i], options);
    }
    if (file.empty()) return warn(record.line, "the row names no file");
    if (!csv_.rows.emplace(file, std::move(options)).second)
      warn(record.line, "'" + file + "' has a row already; this one was not read");
  }

  void take_field(std::size_t line, std::string_view column, const std::string& value, DocumentOptions& options) {
    if (column == "title") options.title = value;
    if (column == "uri") options.uri = value;
    if (column == "publisher") options.publisher = value;
    if (column == "language") options.language = value;
    if (column == "published") {
      if (const auto date = PartialDate::try_parse(value))
        options.published = date;
      else
        warn(line, "'" + value + "' is not a date; write 2024, 2024-05 or 2024-05-31");
    }
    if (column == "source_tier") {
      if (const auto tier = tier_by_name(value))
        options.tier = *tier;
      else
        warn(line, "'" + value + "' is not a source tier; tiers: official, igo, academic, media, social, unknown");
    }
  }

  std::string_view path_;
  const DocumentOptions& defaults_;
  std::vector<std::string_view> columns_;
  DocumentsCsv csv_;
};

}  // namespace

DocumentsCsv read_documents_csv(std::string_view text, std::string_view path, const DocumentOptions& defaults) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (is_valid_utf8(text)) return CsvReader(path, defaults).read(text);
  DocumentsCsv csv = CsvReader(path, defaults).read(repair_utf8(text));
  csv.diagnostics.push_back({Severity::warning, ErrorCode::encoding,
                             "the file is not UTF-8; what is not stands as U+FFFD", std::string(path), std::nullopt});
  return csv;
}

}  // namespace policygraph::inline v0::detail::document
