// Documents that an answer rests on, as BibTeX and as CSL-JSON.
#include <algorithm>
#include <sstream>

#include "exchange/json_out.hpp"
#include "exchange/one_line.hpp"
#include "exchange/passages.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::size_t kMaxQuotes = 20;
constexpr std::size_t kShortestWord = 3;

/// A document and what was quoted of it.
struct Work {
  const SourceDocument* source;
  std::vector<const Citation*> passages;
};

std::vector<Work> works_of(const Snapshot& snapshot, const std::vector<Citation>& passages) {
  std::vector<Work> out;
  std::map<DocumentId, std::size_t> places;
  for (const auto& passage : passages) {
    const auto* source = snapshot.sources().find(passage.document);
    if (source == nullptr) continue;
    const auto [at, is_new] = places.try_emplace(passage.document, out.size());
    if (is_new) out.push_back({source, {}});
    out[at->second].passages.push_back(&passage);
  }
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_dated(const PartialDate::Point& point) {
  using enum PartialDate::Precision;
  return point.precision == day || point.precision == month || point.precision == season || point.precision == year;
}

/// "presidential2020_7": the first word of ASCII letters, the year, and the document's number, which alone makes it one.
std::string key_of(const SourceDocument& source) {
  std::string word;
  for (const char c : source.title + " ") {
    if (is_letter(c)) word += static_cast<char>(c | 0x20);
    else if (word.size() >= kShortestWord) break;
    else word.clear();
  }
  const auto year = is_dated(source.published.from()) ? std::to_string(source.published.from().year) : std::string();
  return (word.empty() ? "document" : word) + year + "_" + std::to_string(source.id.value);
}

std::string title_of(const SourceDocument& source) { return one_line(source.title.empty() ? source.uri : source.title); }

/// What was quoted, and where it stands.
std::string quotes_of(const Work& work) {
  std::string out;
  for (std::size_t i = 0; i < std::min(work.passages.size(), kMaxQuotes); ++i) {
    const auto& passage = *work.passages[i];
    out += (out.empty() ? "“" : "; “") + one_line(passage.quote) + "”";
    if (const auto place = place_of(passage); !place.empty()) out += " (" + place + ")";
  }
  if (work.passages.size() > kMaxQuotes) out += "; and " + std::to_string(work.passages.size() - kMaxQuotes) + " more";
  return out;
}

std::string tex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\textbackslash{}";
    else if (c == '~') out += "\\textasciitilde{}";
    else if (c == '^') out += "\\textasciicircum{}";
    else if (std::string_view("{}%#$&_").find(c) != std::string_view::npos) (out += '\\') += c;
    else out += c;
  }
  return out;
}

std::string entry(const Work& work) {
  const auto& source = *work.source;
  std::string out = "@misc{" + key_of(source) + ",\n  title = {{" + tex(title_of(source)) + "}}";
  const auto field = [&](const char* name, const std::string& text) {
    if (!text.empty()) out += std::string(",\n  ") + name + " = {" + text + "}";
  };
  field("publisher", tex(one_line(source.publisher)));
  if (is_dated(source.published.from())) {
    field("year", std::to_string(source.published.from().year));
    field("date", tex(source.published.to_string()));
  }
  if (is_web_address(source.uri)) field("url", encoded_uri(source.uri));
  field("language", tex(one_line(source.language)));
  field("annotation", tex(quotes_of(work)));
  return out + "\n}\n";
}

void write_point(JsonOut& json, const PartialDate::Point& point) {
  json.begin_list();
  json.number(static_cast<std::uint64_t>(point.year));
  if (point.month >= 1 && point.month <= 12) json.number(point.month);
  if (point.day != 0) json.number(point.day);
  json.end_list();
}

/// Parts where the date has them; else as it is written.
void write_date(JsonOut& json, const PartialDate& date) {
  json.begin_object();
  const bool has_parts = is_dated(date.from()) && (!date.is_interval() || is_dated(date.to()));
  if (date.from().qualifier != PartialDate::Qualifier::none) {
    json.key("circa");
    json.boolean(true);
  }
  if (has_parts) {
    json.key("date-parts");
    json.list([&] {
      write_point(json, date.from());
      if (date.is_interval()) write_point(json, date.to());
    });
    if (date.from().precision == PartialDate::Precision::season) {
      json.key("season");
      json.number(date.from().month - 20U);
    }
  } else {
    json.key("literal");
    json.text(date.to_string());
  }
  json.end_object();
}

void write_item(JsonOut& json, const Work& work) {
  const auto& source = *work.source;
  const auto text = [&](const char* key, const std::string& value) {
    if (value.empty()) return;
    json.key(key);
    json.text(value);
  };
  json.begin_object();
  if (is_web_address(source.uri)) text("URL", encoded_uri(source.uri));
  text("id", key_of(source));
  if (!source.published.is_unknown()) {
    json.key("issued");
    write_date(json, source.published);
  }
  text("language", one_line(source.language));
  text("note", quotes_of(work));
  text("publisher", one_line(source.publisher));
  text("title", title_of(source));
  text("type", "document");
  json.end_object();
}

}  // namespace

std::string to_bibtex(const Snapshot& snapshot, const std::vector<Citation>& passages) {
  std::string out;
  for (const auto& work : works_of(snapshot, passages)) out += (out.empty() ? "" : "\n") + entry(work);
  return out;
}

std::string to_csl_json(const Snapshot& snapshot, const std::vector<Citation>& passages) {
  std::ostringstream out;
  JsonOut json(out);
  json.list([&] {
    for (const auto& work : works_of(snapshot, passages)) {
      json.new_line();
      write_item(json, work);
    }
  });
  json.flush();
  return std::move(out).str() + "\n";
}

}  // namespace policygraph::inline v0::detail::exchange
