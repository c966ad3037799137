#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exchange/csv_scanner.hpp"
#include "exchange/csv_values.hpp"
#include "policygraph/exchange/read_csv.hpp"

namespace policygraph::inline v0::detail::exchange {

/// "\"name\"": in quotes, so that several names put together are told apart.
std::string in_quotes(std::string_view name);

/// The columns of a CSV file, by the first line.
class CsvColumns {
 public:
  /// What the schema says of a property; null: nothing.
  using RuleOf = std::function<const PropertyRule*(const std::string& property)>;

  /// Reads the first line. Throws Error(format) for names that are empty or come twice, Error(invalid_argument) for options that
  /// name no column.
  CsvColumns(CsvScanner& csv, const CsvOptions& options);
  /// Its number. Throws Error(invalid_argument) that lists the columns.
  std::size_t find(const std::string& name) const;
  const std::string& name(std::size_t column) const noexcept { return names_[column]; }

  /// Those that become properties: all but `taken` and what options leave out; each gets its type. Reads the file a second time
  /// where values must tell.
  void choose(const std::string& path, const CsvScanner& csv, const CsvOptions& options, const std::vector<std::size_t>& taken, const RuleOf& rule_of);
  const std::vector<std::size_t>& properties() const noexcept { return properties_; }
  PropertyType type(std::size_t column) const noexcept { return types_[column]; }

  /// The delimiter and the properties with their types, as they were told or found.
  std::string shown(char delimiter) const;

  /// Throws Error(format) where the row has more or fewer fields than there are columns.
  void check_row(const CsvScanner& csv) const;
  /// The value of a field; null where it is empty. Throws Error(format) that names the column.
  Value value(const CsvScanner& csv, std::size_t column) const;

 private:
  void tell_types(const std::string& path, const CsvScanner& csv, const std::vector<std::size_t>& untold);

  std::vector<std::string> names_;
  std::vector<std::size_t> properties_;
  std::vector<PropertyType> types_;  // by column
};

}  // namespace policygraph::inline v0::detail::exchange
