#include "exchange/csv_columns.hpp"

#include <algorithm>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::exchange {

std::string in_quotes(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

namespace {

bool has_lone_return(std::string_view field) noexcept {
  for (auto at = field.find('\r'); at != std::string_view::npos; at = field.find('\r', at + 1))
    if (at + 1 == field.size() || field[at + 1] != '\n') return true;
  return false;
}

}  // namespace

CsvColumns::CsvColumns(CsvScanner& csv, const CsvOptions& options) {
  if (!csv.next()) csv.refuse("no table: the first line names the columns");
  for (const auto field : csv.fields()) {
    if (has_lone_return(field)) csv.refuse_returns();
    if (field.empty()) csv.refuse("column " + std::to_string(names_.size() + 1) + " has no name");
    if (std::ranges::find(names_, field) != names_.end()) csv.refuse("two columns are named '" + std::string(field) + "'");
    names_.emplace_back(field);
  }
  types_.assign(names_.size(), PropertyType::string);
  for (const auto& [name, type] : options.types) find(name);
  for (const auto& name : options.left_out) find(name);
}

std::size_t CsvColumns::find(const std::string& name) const {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  std::string names;
  for (const auto& one : names_) names += (names.empty() ? "" : ", ") + one;
  throw Error(ErrorCode::invalid_argument, "no column '" + name + "'; there are: " + names);
}

void CsvColumns::choose(const std::string& path, const CsvScanner& csv, const CsvOptions& options, const std::vector<std::size_t>& taken,
                        const RuleOf& rule_of) {
  std::vector<std::size_t> untold;
  for (std::size_t column = 0; column < names_.size(); ++column) {
    if (std::ranges::find(taken, column) != taken.end() || options.left_out.contains(names_[column])) continue;
    properties_.push_back(column);
    const auto* rule = rule_of(names_[column]);
    if (const auto given = options.types.find(names_[column]); given != options.types.end())
      types_[column] = given->second;
    else if (rule != nullptr && rule->type != PropertyType::any)
      types_[column] = rule->type;
    else
      untold.push_back(column);
  }
  if (!untold.empty()) tell_types(path, csv, untold);
}

void CsvColumns::tell_types(const std::string& path, const CsvScanner& csv, const std::vector<std::size_t>& untold) {
  std::vector<FieldTypes> told(names_.size());
  CsvScanner rows(path, csv.delimiter());
  for (rows.next(); rows.next();) {
    check_row(rows);
    bool is_all_text = true;
    for (const auto column : untold) {
      told[column].see(rows.fields()[column]);
      is_all_text &= told[column].is_text();
    }
    if (is_all_text) break;
  }
  for (const auto column : untold) types_[column] = told[column].type();
}

std::string CsvColumns::shown(char delimiter) const {
  std::string out = "; delimiter " + in_quotes(std::string(1, delimiter)) + "; columns";
  for (const auto column : properties_) out += " " + in_quotes(names_[column]) + " " + std::string(property_type_name(types_[column]));
  return out;
}

void CsvColumns::check_row(const CsvScanner& csv) const {
  if (csv.fields().size() == names_.size()) return;
  csv.refuse(std::to_string(csv.fields().size()) + " fields where the first line names " + std::to_string(names_.size()) + " columns");
}

Value CsvColumns::value(const CsvScanner& csv, std::size_t column) const {
  const auto field = csv.fields()[column];
  if (field.empty()) return {};
  if (auto read = read_field(field, types_[column])) return *std::move(read);
  csv.refuse("'" + std::string(field.substr(0, 100)) + "' in column '" + names_[column] + "' is no " +
             std::string(property_type_name(types_[column])) + "; say another type for the column, for instance string");
}

}  // namespace policygraph::inline v0::detail::exchange
