#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::document {

struct CsvRecord {
  std::vector<std::string> fields;
  std::size_t line = 0;
  bool is_torn = false;  // a quote was not closed
};

// Records of RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes.
class CsvRecords {
 public:
  explicit CsvRecords(std::string_view text_view) : text_(text_view) {}

  bool next(CsvRecord& record) {
    if (at_ >= text_.size()) return false;
    record = {{}, line_, false};
    do record.fields.push_back(field(record));
    while (take(','));
    take('\r');
    if (take('\n')) ++line_;
    return true;
  }

 private:
  bool take(char c) noexcept {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string field(CsvRecord& record) {
    std::string value;
    if (!take('"')) {
      const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
      value = text_.substr(at_, end - at_);
      at_ = end;
      return value;
    }
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) return finish(record, std::move(value));
      if (c == '\n') ++line_;
      value += c;
    }
    record.is_torn = true;
    return value;
  }

  // What follows a closing quote up to the comma is damage.
  std::string finish(CsvRecord& record, std::string value) {
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    record.is_torn = record.is_torn || end != at_;
    at_ = end;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

}  // namespace policygraph::inline v0::detail::document
