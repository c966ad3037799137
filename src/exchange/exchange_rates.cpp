#include "policygraph/exchange/exchange_rates.hpp"

#include <array>
#include <optional>
#include <utility>

#include "document/csv_records.hpp"
#include "model/json_tree.hpp"
#include "model/suggestion.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::document::CsvRecord;
using detail::document::CsvRecords;
using detail::model::JsonFile;
using detail::model::JsonNode;

constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr std::array<std::string_view, 5> kFields{"date", "from", "to", "rate", "source"};
constexpr std::size_t kNeeded = 4;  // all but the source

// What one row says, field by field; none: not said.
using Row = std::array<std::optional<std::string>, kFields.size()>;

std::size_t field_number(std::string_view name) {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i] == name) return i;
  }
  throw Error(ErrorCode::format, "unknown column '" + std::string(name) + "'" + detail::model::did_you_mean(name, kFields) +
                                     "; a rate has date, from, to, rate and source");
}

std::string currency_of(const std::string& code) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code.size() == 3 && std::ranges::all_of(code, is_capital)) return code;
  throw Error(ErrorCode::format, "'" + code + "' is no currency; write its three letters: USD");
}

Decimal rate_number(const std::string& text) {
  if (const auto rate = Decimal::try_parse(text)) return *rate;
  throw Error(ErrorCode::format, "'" + text + "' is no rate; write it as 12650.5");
}

Day day_of(const std::string& text) try {
  return parse_day(text);
} catch (const Error&) {
  throw Error(ErrorCode::format, "'" + text + "' is no day; write it as 2024-05-06");
}

ExchangeRate rate_of(Row row) {
  for (std::size_t i = 0; i < kNeeded; ++i) {
    if (!row[i] || row[i]->empty()) throw Error(ErrorCode::format, "the rate has no '" + std::string(kFields[i]) + "'");
  }
  return {currency_of(*row[1]), currency_of(*row[2]), rate_number(*row[3]), day_of(*row[0]), row[4].value_or("")};
}

class CsvTable {
 public:
  CsvTable(std::string_view text, std::string_view path) : text_(text), path_(path) {}

  std::vector<ExchangeRate> read() {
    CsvRecords records(text_);
    CsvRecord record;
    std::vector<ExchangeRate> out;
    for (bool is_first = true; records.next(record); is_first = false) {
      if (record.fields.size() == 1 && record.fields[0].empty()) continue;
      try {
        if (record.is_torn) throw Error(ErrorCode::format, "a quoted field is not closed, or goes on after its quote");
        is_first ? read_columns(record) : out.push_back(rate_of(row_of(record)));
      } catch (const Error& error) {
        throw Error(error.code(), error.text(), place_of(record.line));
      }
    }
    if (columns_.empty()) throw Error(ErrorCode::format, "no table of rates: its first line is date,from,to,rate,source", place_of(1));
    return out;
  }

 private:
  void read_columns(const CsvRecord& record) {
    for (const auto& name : record.fields) columns_.push_back(field_number(name));
  }

  Row row_of(const CsvRecord& record) const {
    if (record.fields.size() != columns_.size()) {
      throw Error(ErrorCode::format, std::to_string(record.fields.size()) + " fields where the first line names " + std::to_string(columns_.size()));
    }
    Row out;
    for (std::size_t i = 0; i < columns_.size(); ++i) out[columns_[i]] = record.fields[i];
    return out;
  }

  Place place_of(std::size_t line) const {
    Place out;
    out.line = static_cast<std::uint32_t>(line);
    out.document = path_;
    return out;
  }

  std::string_view text_, path_;
  std::vector<std::size_t> columns_;
};

Row row_of(const JsonFile& file, const JsonNode& node) {
  if (node.kind != JsonNode::Kind::object) throw Error(ErrorCode::format, "a rate is an object of date, from, to, rate and source");
  Row out;
  for (const auto& [name, value] : node.members) {
    if (value.kind != JsonNode::Kind::string && value.kind != JsonNode::Kind::number) {
      file.refuse(ErrorCode::format, "'" + name + "' of a rate is a text or a number", value.offset);
    }
    out[field_number(name)] = value.text;
  }
  return out;
}

std::vector<ExchangeRate> read_json(const JsonFile& file) {
  const auto root = detail::model::parse_json(file);
  if (root.kind != JsonNode::Kind::array) file.refuse(ErrorCode::format, "rates are an array of objects", root.offset);
  std::vector<ExchangeRate> out;
  for (const auto& node : root.items) {
    try {
      out.push_back(rate_of(row_of(file, node)));
    } catch (const Error& error) {
      if (error.place() && !error.place()->document.empty()) throw;
      file.refuse(ErrorCode::format, error.text(), node.offset);
    }
  }
  return out;
}

}  // namespace

std::vector<ExchangeRate> read_exchange_rates(std::string_view text, std::string_view path) {
  if (text.size() > kMostBytes) throw Error(ErrorCode::limit, "a table of rates of more than 256 MiB");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && (text[first] == '[' || text[first] == '{');
  return is_json ? read_json({path, text}) : CsvTable(text, path).read();
}

}  // namespace policygraph::inline v0
