#include "document/document_date.hpp"

#include <array>
#include <vector>

#include "document/source_text.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

// Runs of digits, runs of letters, single marks; blanks are left out but remembered.
struct Item {
  enum class Kind : unsigned char { number, word, mark } kind = Kind::mark;
  std::string_view text;
  std::uint32_t start = 0;
  bool after_blank = false;
};

Item::Kind kind_of(char32_t c) noexcept {
  if (is_digit(c)) return Item::Kind::number;
  if (c < 0x80) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' || c == '`';
    return is_word ? Item::Kind::word : Item::Kind::mark;
  }
  return is_letter(c) || is_apostrophe(c) ? Item::Kind::word : Item::Kind::mark;
}

std::vector<Item> items_of(std::string_view text) {
  std::vector<Item> items;
  items.reserve(text.size() / 6 + 8);
  bool after_blank = true;
  for (std::uint32_t at = 0; at < text.size();) {
    const auto c = code_point_at(text, at);
    if (c.value == ' ' || c.value == '\n' || c.value == '\t' || (c.value >= 0x80 && is_blank(c.value))) {
      after_blank = true;
    } else {
      const auto kind = kind_of(c.value);
      const bool joins = !items.empty() && !after_blank && kind != Item::Kind::mark && items.back().kind == kind;
      if (joins)
        items.back().text = text.substr(items.back().start, at + c.size - items.back().start);
      else
        items.push_back({kind, text.substr(at, c.size), at, after_blank});
      after_blank = false;
    }
    at += c.size;
  }
  return items;
}

// Every form of a date has a year of four digits and another number, or three numbers with a mark between.
bool may_hold_date(std::string_view text) noexcept {
  int numbers = 0;
  int chained = 0;  // numbers up to this one with single bytes between
  bool has_year = false;
  for (std::size_t at = 0, last = 0; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    const auto start = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    has_year = has_year || at - start == 4;
    chained = ++numbers > 1 && start == last + 1 ? chained + 1 : 1;
    if ((has_year && numbers >= 2) || chained >= 3) return true;
    last = at;
  }
  return false;
}

int number_of(const Item& item) noexcept {
  if (item.kind != Item::Kind::number || item.text.size() > 4) return -1;
  int value = 0;
  for (const char c : item.text) value = value * 10 + (c - '0');
  return value;
}

const std::vector<const Language*>& built_in_languages() {
  static const auto all = [] {
    std::vector<const Language*> out;
    for (const auto& code : Languages::built_in().codes()) out.push_back(Languages::built_in().find(code));
    return out;
  }();
  return all;
}

int month_of(const Item& item) {
  if (item.kind != Item::Kind::word) return 0;
  for (const Language* language : built_in_languages()) {
    if (const auto month = language->month(item.text)) return *month;
  }
  return 0;
}

bool is_year(const Item& item) noexcept {
  return item.text.size() == 4 && number_of(item) >= 1800 && number_of(item) <= 2100;
}

std::optional<PartialDate> make_date(int year, int month, int day) {
  if (year < 1800 || year > 2100 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  return PartialDate::day(year, month, day);
}

// The items a date may take, from one on; marks past the end are empty.
class Window {
 public:
  Window(const std::vector<Item>& items_view, std::size_t first) : items_(items_view), at_(first) {}
  const Item& here() const noexcept { return at_ < items_.size() ? items_[at_] : kNone; }
  const Item& next() noexcept {
    const Item& item = here();
    ++at_;
    return item;
  }
  bool skip(std::string_view text) noexcept {
    if (here().text != text) return false;
    ++at_;
    return true;
  }
  std::uint32_t end() const noexcept {
    const Item& last = items_[std::min(at_, items_.size()) - 1];
    return last.start + static_cast<std::uint32_t>(last.text.size());
  }

 private:
  static constexpr Item kNone{};
  const std::vector<Item>& items_;
  std::size_t at_;
};

int full_year(const Item& item) noexcept {
  const int value = number_of(item);
  if (item.text.size() == 4) return value;
  return item.text.size() == 2 ? (value < 70 ? 2000 : 1900) + value : -1;
}

// 12.05.2024, 2024-05-12
std::optional<PartialDate> numeric_date(Window& at) {
  const Item first = at.next();
  const Item mark = at.next();
  if (mark.after_blank || (mark.text != "." && mark.text != "-" && mark.text != "/")) return {};
  const Item second = at.next();
  if (!at.skip(mark.text)) return {};
  const Item third = at.next();
  if (second.after_blank || third.after_blank || second.text.size() > 2) return {};
  if (first.text.size() == 4) return make_date(number_of(first), number_of(second), number_of(third));
  if (first.text.size() > 2) return {};
  const bool is_month_first = mark.text == "/" && number_of(second) > 12;
  const int day = number_of(is_month_first ? second : first);
  return make_date(full_year(third), number_of(is_month_first ? first : second), day);
}

// Names of months are looked up last: most numbers have no year after them, and most words no number.
std::optional<PartialDate> make_named_date(const Item& year, const Item& month, int day) {
  if (!is_year(year) || day < 1) return {};
  return make_date(number_of(year), month_of(month), day);
}

// 12 May 2024, 12th of May, 2024, 12 мая 2024, «12» мая 2024
std::optional<PartialDate> day_first_date(Window& at) {
  const int day = number_of(at.next());
  if (day < 1) return {};
  at.skip("»") || at.skip("”") || at.skip("\"");
  if (at.here().kind == Item::Kind::word && !at.here().after_blank) at.next();
  at.skip("-");
  at.skip("of");
  const Item& month = at.next();
  at.skip(".");
  at.skip(",");
  return make_named_date(at.next(), month, day);
}

// May 12, 2024
std::optional<PartialDate> month_first_date(Window& at) {
  const Item& month = at.next();
  at.skip(".");
  const int day = number_of(at.next());
  if (day < 1) return {};
  if (at.here().kind == Item::Kind::word && !at.here().after_blank) at.next();
  at.skip(",");
  return make_named_date(at.next(), month, day);
}

// 2024-yil 12-may, 2024 йил 12 май
std::optional<PartialDate> year_first_date(Window& at) {
  const Item year = at.next();
  if (!is_year(year)) return {};
  at.skip("-");
  const std::string word = fold_case(at.next().text);
  if (!word.starts_with("yil") && !word.starts_with("йил") && !word.starts_with("жыл")) return {};
  const int day = number_of(at.next());
  at.skip("-");
  const int month = month_of(at.next());
  return month == 0 ? std::nullopt : make_date(number_of(year), month, day);
}

// The first form that fits. A word begins but one of them.
std::optional<FoundDate> date_at(const std::vector<Item>& items, std::size_t first) {
  constexpr std::array kOfNumbers = {numeric_date, day_first_date, year_first_date};
  constexpr std::array kOfWords = {month_first_date};
  const auto try_forms = [&](const auto& forms) -> std::optional<FoundDate> {
    for (const auto form : forms) {
      Window at(items, first);
      if (const auto date = form(at)) return FoundDate{*date, {items[first].start, at.end()}};
    }
    return {};
  };
  if (items[first].kind == Item::Kind::mark) return {};
  return items[first].kind == Item::Kind::number ? try_forms(kOfNumbers) : try_forms(kOfWords);
}

}  // namespace

std::optional<FoundDate> find_date(std::string_view text) {
  if (!may_hold_date(text)) return {};
  const auto items = items_of(text);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto found = date_at(items, i)) return found;
  }
  return {};
}

std::optional<PartialDate> date_of_attribute(std::string_view value) {
  value = trimmed(value).substr(0, 64);
  if (const auto found = find_date(value)) return found->date;
  const auto items = items_of(value);
  if (items.empty() || !is_year(items[0])) return {};
  const int month = items.size() >= 3 ? number_of(items[2]) : 0;
  if (month >= 1 && month <= 12) return PartialDate::month(number_of(items[0]), month);
  return items.size() == 1 ? std::optional(PartialDate::year(number_of(items[0]))) : std::nullopt;
}

}  // namespace policygraph::inline v0::detail::document
