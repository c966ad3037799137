#include "extract/recognizers/reference_markers.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "extract/walk.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostDigits = 3;       // [2024] is a year
constexpr std::uint32_t kMostInside = 40;    // bytes between the brackets
constexpr std::size_t kMostNumbers = 20;     // of one pair of brackets
constexpr std::size_t kMostEntries = 999;
constexpr std::size_t kMostFindings = 100;   // of one document
constexpr std::size_t kMostActs = 64;        // looked at in one entry
constexpr std::size_t kMostQuoted = 60;      // bytes of an entry

struct Marker {
  Span span;
  std::vector<int> numbers;
};

struct Entry {
  int number = 0;
  Span span;
};

struct Act {
  Span span;
  MentionIndex mention = kNoMention;
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

// A number and what it may reach to: "7", "7–9".
class Numbers {
 public:
  explicit Numbers(std::string_view text) : text_(text) {}

  // Those that a list of numbers names; empty where the text is none.
  std::vector<int> read() {
    std::vector<int> out;
    while (true) {
      const auto first = number();
      if (!first) return {};
      const auto last = take("–") || take("-") ? number() : first;
      if (!last || *last < *first || out.size() + static_cast<std::size_t>(*last - *first) >= kMostNumbers) return {};
      for (int i = *first; i <= *last; ++i) out.push_back(i);
      if (at_ == text_.size()) return out;
      if (!take(",") && !take(";")) return {};
    }
  }

 private:
  void skip() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(std::string_view sign) {
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  std::optional<int> number() {
    skip();
    const std::size_t start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    const auto value = parse_digits(text_.substr(start, at_ - start), kMostDigits);
    skip();
    return value && *value > 0 ? value : std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::vector<Marker> find_markers(std::string_view text) {
  std::vector<Marker> out;
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    if (at + 1 >= text.size() || !is_digit(text[at + 1])) continue;
    const std::size_t close = text.substr(0, std::min(text.size(), at + kMostInside)).find(']', at);
    if (close == std::string_view::npos) continue;
    auto numbers = Numbers(text.substr(at + 1, close - at - 1)).read();
    if (!numbers.empty()) out.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(close + 1)}, std::move(numbers)});
  }
  return out;
}

std::uint32_t line_start(std::string_view text, std::uint32_t at) {
  const auto before = text.substr(0, at).rfind('\n');
  return before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
}

std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
}

bool begins_line(std::string_view text, const Marker& marker) {
  const std::uint32_t start = line_start(text, marker.span.start);
  const auto is_bullet = [](char c) { return is_blank(c) || c == '-' || c == '*'; };
  return std::ranges::all_of(text.substr(start, marker.span.start - start), is_bullet);
}

bool has_letters(std::string_view text) {
  // Bytes that begin a letter of two: quotation marks begin C2 or E2.
  const auto is_letter = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || (byte >= 0xC3U && byte < 0xE2U);
  };
  return std::ranges::any_of(text, is_letter);
}

std::vector<Entry> entries_below(std::string_view text, std::uint32_t heading_end) {
  std::vector<Entry> out;
  for (std::uint32_t at = heading_end; at < text.size() && out.size() < kMostEntries;) {
    const std::uint32_t start = at + 1, end = line_end(text, start);
    const auto line = text.substr(start, end - start);
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const bool is_numbered = digits > 0 && digits <= kMostDigits && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
    const int number = is_numbered ? parse_digits(line.substr(0, digits), kMostDigits).value_or(0) : 0;
    if (number == static_cast<int>(out.size()) + 1) out.push_back({number, {start, end}});
    else if (!out.empty()) out.back().span.end = end;
    else if (has_letters(line)) break;
    at = end;
  }
  return out;
}

// The last lines of the text that begin with rising numbers from 1 on.
std::vector<Entry> find_entries(std::string_view text, const std::vector<Marker>& markers) {
  std::vector<Entry> out;
  for (const Marker& marker : markers) {
    if (marker.numbers.size() != 1 || !begins_line(text, marker)) continue;
    const int number = marker.numbers.front();
    if (number == 1) out.clear();
    if (number == 1 || (!out.empty() && number > out.back().number)) out.push_back({number, {marker.span.start, line_end(text, marker.span.end)}});
  }
  for (std::size_t i = 1; i < out.size(); ++i) out[i - 1].span.end = out[i].span.start;
  return out;
}

// "1. Decree No. 5 ..." below a heading "References": lines that begin so, one number after the other.
std::vector<Entry> find_listed(const Reading& reading) {
  const std::string_view text = reading.text();
  std::vector<Entry> out;
  for (const PhraseMatch& match : reading.matches("reference_headings")) {
    const Span heading = reading.span(match);
    const std::uint32_t end = line_end(text, heading.end);
    if (line_start(text, heading.start) != heading.start || has_letters(text.substr(heading.end, end - heading.end))) continue;
    auto entries = entries_below(text, end);
    if (entries.size() > 1) out = std::move(entries);
  }
  return out;
}

class References {
 public:
  References(const Reading& reading, Extraction& out) : reading_(reading), text_(reading.text()), schema_(reading.schema()), out_(out) {}

  void run() {
    markers_ = find_markers(text_);
    if (markers_.empty()) return;
    entries_ = find_entries(text_, markers_);
    if (entries_.size() < 2) entries_ = find_listed(reading_);
    if (entries_.size() < 2) return;
    std::erase_if(markers_, [&](const Marker& marker) { return marker.span.start >= entries_.front().span.start; });
    if (!are_references()) return;
    find_acts();
    std::uint32_t from = 0;
    for (const Marker& marker : markers_) {
      check(marker, from);
      from = marker.span.end;
    }
  }

 private:
  // Judgements number their paragraphs so, which nothing in front of them points to.
  bool are_references() const {
    const auto is_met = [&](const Marker& marker) { return entry(marker.numbers.front()) != nullptr; };
    return !markers_.empty() && 2 * std::ranges::count_if(markers_, is_met) >= std::ssize(markers_);
  }

  const Entry* entry(int number) const {
    const auto found = std::ranges::lower_bound(entries_, number, {}, &Entry::number);
    return found != entries_.end() && found->number == number ? &*found : nullptr;
  }

  void find_acts() {
    for (MentionIndex i = 0; i < out_.mentions.size(); ++i) {
      const ExtractedMention& mention = out_.mentions[i];
      if (!mention.label.empty() && schema_.is_a(mention.label, "LegalAct")) acts_.push_back({mention.span, i});
    }
    std::ranges::stable_sort(acts_, {}, [](const Act& act) { return act.span.start; });
  }

  void check(const Marker& marker, std::uint32_t from) {
    const Entry* named = nullptr;
    for (const int number : marker.numbers) {
      if (const Entry* found = entry(number)) named = found;
      else report("MARKER_WITHOUT_ENTRY", "[" + std::to_string(number) + "] stands in the text, and the references have no such entry", {}, marker.span);
    }
    const Act* act = act_before(marker, from);
    if (act == nullptr || named == nullptr) return;
    const auto names_it = [&](int number) { return entry(number) != nullptr && names(*entry(number), *act); };
    if (std::ranges::any_of(marker.numbers, names_it)) return;
    const Span words{act->span.start, marker.span.end};
    report("MARKER_MISMATCH", name(*act) + " is followed by [" + std::to_string(named->number) + "], whose entry is “" + beginning(*named) + "”", {act->mention}, words);
    if (std::ranges::any_of(entries_, [&](const Entry& one) { return names(one, *act); }) || !unnamed_.insert(name(*act)).second) return;
    report("ACT_WITHOUT_ENTRY", name(*act) + " is cited by a number, and no entry of the references names it", {act->mention}, words);
  }

  // The act that a marker is set to: right in front of it, or the one that an item of a list is about which the marker ends.
  const Act* act_before(const Marker& marker, std::uint32_t from) const {
    const auto after = std::ranges::upper_bound(acts_, marker.span.start, {}, [](const Act& act) { return act.span.start; });
    if (after == acts_.begin()) return nullptr;
    const Act& act = *std::prev(after);
    const std::uint32_t line = line_start(text_, marker.span.start);
    if (act.span.end > marker.span.start || act.span.start < std::max(from, line)) return nullptr;
    const bool is_beside = !has_letters(text_.substr(act.span.end, marker.span.start - act.span.end));
    return is_beside || is_item(line, act, marker) ? &act : nullptr;
  }

  // "7. Resolution No. 617 on youth [7];"
  bool is_item(std::uint32_t line, const Act& act, const Marker& marker) const {
    const std::string_view sign = text_.substr(line, act.span.start - line);
    const bool is_listed = std::ranges::any_of(sign, [](char c) { return c == '.' || c == ')' || c == '-' || c == '*'; });
    const auto is_sign = [](char c) { return is_blank(c) || is_digit(c) || c == '.' || c == ')' || c == '-' || c == '*'; };
    const std::uint32_t end = line_end(text_, marker.span.end);
    return is_listed && std::ranges::all_of(sign, is_sign) && !has_letters(text_.substr(marker.span.end, end - marker.span.end));
  }

  bool names(const Entry& entry, const Act& act) const {
    auto at = std::ranges::lower_bound(acts_, entry.span.start, {}, [](const Act& one) { return one.span.start; });
    for (std::size_t steps = 0; at != acts_.end() && at->span.start < entry.span.end && steps < kMostActs; ++at, ++steps) {
      if (head_of(out_, at->mention) == head_of(out_, act.mention) || (!number(*at).empty() && number(*at) == number(act))) return true;
    }
    return false;
  }

  std::string_view number(const Act& act) const {
    for (const ExtractedProperty& property : out_.mentions[act.mention].properties) {
      if (property.name == "number" && property.value.kind() == ValueKind::string) return property.value.as_string();
    }
    return {};
  }

  std::string name(const Act& act) const {
    const std::string& label = out_.mentions[act.mention].label;
    return number(act).empty() ? "the " + label : label + " " + std::string(number(act));
  }

  std::string beginning(const Entry& entry) const {
    std::string_view words = text_.substr(entry.span.start, entry.span.size());
    words.remove_prefix(std::min(words.find_first_not_of(" \t0123456789[].)"), words.size()));
    words = words.substr(0, words.find('\n'));
    if (words.size() <= kMostQuoted) return std::string(words);
    std::size_t size = kMostQuoted;
    while ((static_cast<unsigned char>(words[size]) & 0xC0U) == 0x80U) --size;
    return std::string(words.substr(0, size)) + "…";
  }

  void report(std::string code, std::string explanation, std::vector<MentionIndex> mentions, Span span) {
    if (++reported_ <= kMostFindings) out_.findings.push_back({std::move(code), Severity::warning, std::move(explanation), std::move(mentions), span});
  }

  const Reading& reading_;
  std::string_view text_;
  const Schema& schema_;
  Extraction& out_;
  std::vector<Marker> markers_;
  std::vector<Entry> entries_;
  std::vector<Act> acts_;
  std::set<std::string> unnamed_;
  std::size_t reported_ = 0;
};

}  // namespace

void check_references(const Reading& reading, Extraction& out) { References(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
