#include <algorithm>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// The page of a project: a heading that names it, and below it what is told by labels, "Donor: X", "Исполнитель: Y", "Budjet: Z".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kWithin = 14;     // sentences below the heading
constexpr int kLeastLabels = 2;
constexpr std::uint32_t kLongLine = 12;   // tokens of a line that a label opens
constexpr std::uint32_t kLongTitle = 24;  // tokens
constexpr std::uint32_t kBehindHeading = 1;  // tokens that may follow a heading's words

// A label ends with a colon or has a cell of its own.
bool is_label(const Reading& reading, const PhraseMatch& match, const Sentence& sentence) {
  const bool opens = match.first == sentence.first || reading.sign(match.first - 1) == U'.' || reading.sign(match.first - 1) == U'|';
  const bool is_line = match.first == sentence.first && sentence.last - sentence.first <= kLongLine && reading.sign(sentence.last - 1) != U'.';
  return opens && (match.last >= sentence.last || reading.sign(match.last) == U':' || is_line);
}

// "What we do", "Паспорт проекта": the heading of a part of a page, which names nothing.
bool is_page_heading(const Reading& reading, const Sentence& line) {
  const PhraseMatch* found = reading.match_at("page_headings", line.first);
  return found != nullptr && found->last + kBehindHeading >= line.last;
}

int labels_below(const Reading& reading, std::size_t heading) {
  const auto sentences = reading.view().sentences();
  int count = 0;
  for (std::size_t i = heading + 1; i < std::min(sentences.size(), heading + 1 + kWithin); ++i) {
    if (reading.view().zone(sentences[i]) == Zone::heading && !is_page_heading(reading, sentences[i])) break;
    for (const PhraseMatch& match : reading.matches_in("page_labels", sentences[i].first, sentences[i].last)) count += is_label(reading, match, sentences[i]) ? 1 : 0;
  }
  return count;
}

bool is_named(const Extraction& out, Span heading) {
  return std::ranges::any_of(out.mentions, [&](const ExtractedMention& mention) {
    return heading.contains(mention.span) && (mention.label == "Programme" || mention.extractor.starts_with("legal-act"));
  });
}

void add_title(const Reading& reading, const Sentence& line, std::uint32_t first, Extraction& out) {
  std::vector<std::uint32_t> tokens, marked;
  append_words(reading, line, tokens);
  const Words words(reading, line, tokens, marked);
  Range name{0, words.size()};
  while (name.first < name.last && words.token(name.first) < first) ++name.first;
  if (words.text(name.first + 1) == ":" && words.match("programme_heads", name.first)) name.first += 2;  // "Project: X"
  if (words.text(name.first + 1) == ":" && words.match("countries", name.first)) name.first += 2;  // "Kazakhstan: X"
  if (!name.is_empty() && words.text(name.last - 1) == ".") --name.last;
  Range acronym;
  if (name.size() > 4 && words.text(name.last - 1) == ")" && words.is_upper(name.last - 2) && words.text(name.last - 3) == "(") {
    acronym = {name.last - 2, name.last - 1};
    name.last -= 3;
  }
  if (name.is_empty()) return;
  ExtractedMention found = named(words, name, "Programme", "page-title/1", 0.7F);
  found.properties.push_back(property("kind", Value("project"), found.span));
  if (!acronym.is_empty()) found.properties.push_back(property("aliases", Value(ValueList{Value(words.name(acronym))}), words.span(acronym)));
  out.mentions.push_back(std::move(found));
}

// "Project title: X", "Название проекта" in a cell beside its name.
void read_labelled(const Reading& reading, Extraction& out) {
  const auto sentences = reading.view().sentences();
  for (const PhraseMatch& match : reading.matches("title_labels")) {
    const Sentence* line = reading.view().sentence_at(reading.token(match.first).span.start);
    if (line == nullptr || !is_label(reading, match, *line)) continue;
    const bool is_cell = match.last >= line->last || match.last + 1 >= line->last;
    if (is_cell && line + 1 == sentences.data() + sentences.size()) continue;
    const Sentence& told = is_cell ? *(line + 1) : *line;
    if (told.last - told.first <= kLongTitle && !is_named(out, told.span)) add_title(reading, told, is_cell ? told.first : match.last + 1, out);
  }
}

bool opens_with_label(const Reading& reading, const Sentence& line) {
  return reading.match_at("title_labels", line.first) != nullptr || reading.match_at("page_labels", line.first) != nullptr;
}

}  // namespace

void recognise_page_titles(const Reading& reading, Extraction& out) {
  if (!reading.matches("title_labels").empty()) read_labelled(reading, out);
  if (reading.matches("page_labels").size() < kLeastLabels) return;
  const auto sentences = reading.view().sentences();
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const Sentence& line = sentences[i];
    const bool is_top = i == 0 && reading.sign(line.last - 1) != U'.';
    const bool is_heading = (reading.view().zone(line) == Zone::heading || is_top) && !opens_with_label(reading, line) && !is_page_heading(reading, line);
    if (!is_heading || line.last - line.first > kLongTitle || labels_below(reading, i) < kLeastLabels || is_named(out, line.span)) continue;
    add_title(reading, line, line.first, out);
  }
}

}  // namespace policygraph::inline v0::detail::extract
