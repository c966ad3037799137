#include "extract/recognizers/words.hpp"

#include <algorithm>

#include "extract/folding.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLongLabel = 5;  // tokens of a label that has a line of its own

constexpr std::uint32_t kMaxRun = 24;  // longer is no name

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return are_equal(text, word); });
}

std::size_t possessive_size(std::string_view word) {
  if (word.size() > 4 && word.ends_with("\u2019s")) return 4;
  return word.size() > 2 && word.ends_with("'s") ? 2 : 0;
}

bool is_act(const ExtractedMention& mention) {
  constexpr std::string_view kReader = "legal-act";
  if (mention.extractor.size() < kReader.size() || mention.extractor.front() != kReader.front()) return false;
  return mention.extractor.starts_with(kReader) && !are_equal(mention.label, "Organization") && !are_equal(mention.label, "Agency");
}

// A thing that is told in small words holds names of others. A term that the text has set names its thing.
bool is_description(const ExtractedMention& mention) {
  if (are_equal(mention.extractor, "defined-term/1")) return false;
  if (are_equal(mention.label, "Agreement") || are_equal(mention.label, "Statement")) return true;
  const bool is_open = are_equal(mention.label, "Event") || are_equal(mention.label, "Programme");
  const auto name = std::ranges::find(mention.properties, "name", &ExtractedProperty::name);
  if (!is_open || name == mention.properties.end() || name->value.kind() != ValueKind::string) return is_open;
  const char first = name->value.as_string().empty() ? 'a' : name->value.as_string().front();
  return (first >= 'a' && first <= 'z' && mention.confidence < 0.9F) || mention.confidence <= 0.5F;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

}  // namespace

Words::Words(const Reading& reading, const Sentence& sentence, std::span<const std::uint32_t> tokens, std::vector<std::uint32_t>& all_marked)
    : reading_(&reading), sentence_(&sentence), tokens_(tokens), categories_(reading.categories_in(sentence.first, sentence.last)) {
  std::uint32_t capitals = 0, small = 0;
  const std::size_t first_marked = all_marked.size();
  for (std::uint32_t at = 0; at < tokens_.size(); ++at) {
    const std::uint32_t i = tokens_[at];
    has_quotes_ = has_quotes_ || is_opening(reading.sign(i));
    const Token& token = reading.token(i);
    const bool is_word = token.kind == TokenKind::word;
    capitals += is_word && token.is_capitalised ? 1 : 0;
    small += is_word && !token.is_capitalised ? 1 : 0;
    if ((is_word && token.is_capitalised) || token.kind == TokenKind::number) all_marked.push_back(at);
  }
  marked_ = std::span(all_marked).subspan(first_marked);
  tell_case(capitals, small);
  if (is_title_case_ && is_told_by_label()) is_title_case_ = false;
  if (reading.packs().grammars.empty() || tokens_.empty()) return;
  language_ = &reading.language(sentence);
  grammar_ = reading.grammar(*language_);
}

void Words::tell_case(std::uint32_t capitals, std::uint32_t small) noexcept {
  const bool is_closed = size() > 0 && sign(size() - 1) == U'.';  // a heading has no full stop
  is_title_case_ = capitals + small >= 4 && capitals >= (is_closed ? 8 : 3) * small;
}

// "Partners: Agency for Youth Affairs; IT Park", and a cell: names in them stand in capitals as they do in running text.
bool Words::is_told_by_label() const noexcept {
  if (reading_->match_at("page_labels", tokens_.front()) != nullptr) return true;
  if (tokens_.front() > 0) {  // <dt>Partners</dt><dd>UNDP, Ministry of Health</dd>
    const Sentence* before = reading_->view().sentence_at(reading_->token(tokens_.front() - 1).span.start);
    if (before != nullptr && before->last - before->first <= kLongLabel && reading_->match_at("page_labels", before->first) != nullptr) return true;
  }
  for (std::uint32_t i = 1; i < size(); ++i) {
    if (sign(i) == U'|') return true;  // a row of a table
  }
  const Block* block = reading_->view().document().block_at(sentence_->span.start);
  return block != nullptr && block->zone == Zone::table_cell;
}

bool Words::is_any(std::uint32_t word, std::initializer_list<std::string_view> folded_texts) const noexcept {
  return word < size() && is_one_of(folded(word), folded_texts);
}

bool Words::is_stop_word(std::uint32_t word) const {
  if (word >= size()) return false;
  if (language_ == nullptr) language_ = &reading_->language(*sentence_);
  return language_->is_stop_word(text(word));
}

bool Words::is_upper(std::uint32_t word) const noexcept { return is_word(word) && is_in_capitals(text(word), of(word)); }
bool Words::is_possessive(std::uint32_t word) const noexcept { return is_word(word) && possessive_size(text(word)) != 0; }
bool Words::is_dash(std::uint32_t word) const noexcept {
  const char32_t mark = sign(word);
  return mark == U'-' || mark == U'\u2013' || mark == U'\u2014' || mark == U'\u2010';
}

std::uint32_t Words::closing_quote(std::uint32_t open) const noexcept {
  const char32_t mark = sign(open);
  const char32_t closing = mark == U'\u00AB' ? U'\u00BB' : mark == U'"' ? U'"' : U'\u201D';
  std::uint32_t at = open + 1;
  while (at < size() && sign(at) != closing && (mark != U'\u201E' || sign(at) != U'\u201C')) ++at;
  return at;
}

std::uint32_t Words::at_or_after(std::uint32_t token) const noexcept {
  const std::uint32_t guess = token - sentence_->first;  // right where no line break stands before it
  if (guess < size() && tokens_[guess] == token) return guess;
  return static_cast<std::uint32_t>(std::ranges::lower_bound(tokens_, token) - tokens_.begin());
}

std::optional<WordMatch> Words::local(const PhraseMatch* match) const {
  if (match == nullptr || match->first < sentence_->first || match->last > sentence_->last) return std::nullopt;
  return made_local(*match);
}

std::optional<WordMatch> Words::match_before(CategoryName category, std::uint32_t end) const {
  if (end == 0) return std::nullopt;
  const auto found = match_over(category, end - 1);
  return found && found->range.last == end ? found : std::nullopt;
}

Span Words::span(Range range) const noexcept {
  Span out{reading_->token(tokens_[range.first]).span.start, reading_->token(tokens_[range.last - 1]).span.end};
  out.end -= static_cast<std::uint32_t>(possessive_size(text(range.last - 1)));
  return out;
}

std::string Words::name(Range range) const {
  const std::string_view written = reading_->text(span(range));
  std::string out;
  out.reserve(written.size());
  for (const char c : written) {
    if (!is_blank(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

Range Words::range(Span span) const noexcept {
  const auto starts = [&](std::uint32_t token) { return reading_->token(token).span.start; };
  const auto first = std::ranges::lower_bound(tokens_, span.start, {}, starts);
  const auto last = std::ranges::lower_bound(tokens_, span.end, {}, starts);
  return {static_cast<std::uint32_t>(first - tokens_.begin()), static_cast<std::uint32_t>(last - tokens_.begin())};
}

void append_words(const Reading& reading, const Sentence& stretch, std::vector<std::uint32_t>& out) {
  for (std::uint32_t i = stretch.first; i < stretch.last; ++i) {
    if (reading.token(i).kind != TokenKind::line_break) out.push_back(i);
  }
}

std::vector<Quoted> quotations(const Words& words) {
  std::vector<Quoted> out;
  for (std::uint32_t i = 0; words.has_quotes() && i < words.size(); ++i) {
    if (!words.is_open_quote(i)) continue;
    const std::uint32_t close = words.closing_quote(i);
    if (close == words.size()) break;
    if (close > i + 1) out.push_back({{i + 1, close}, {i, close + 1}});
    i = close;
  }
  return out;
}

bool is_initial(const Words& words, std::uint32_t at) {
  constexpr std::size_t kMostBytes = 5;  // "O‘"
  static constexpr std::array<std::string_view, 12> kPairs{"Sh", "Ch", "Yo", "Yu", "Ya", "Ye", "Zh", "Kh", "O‘", "G‘", "Дж", "Дз"};  // one sound each
  if (words.sign(at + 1) != U'.' || !words.is_capital(at)) return false;
  const std::string_view text = words.text(at);
  if (text.size() > kMostBytes) return false;
  return count_code_points(text) == 1 || std::ranges::find(kPairs, text) != kPairs.end();
}

std::uint32_t run_end(const Words& words, std::uint32_t first, std::uint32_t last) {
  std::uint32_t end = first;
  while (end < last && end < first + kMaxRun && words.is_capital(end)) {
    if (words.is_possessive(end)) return end + 1;
    if (is_initial(words, end) && end > first) break;
    if (end > first && words.is(end, "no") && (words.is_number(end + 1) || words.is_number(end + 2))) break;  // "Cabinet of Ministers No. 298"
    if (end > first && words.is_upper(end) && words.is_number(end + 1) && words.match("currencies", end)) break;  // "the Bank USD 5 million"
    ++end;
    const bool joins = end + 1 < last && words.is_capital(end + 1) && words.text(end) == "&";
    if (joins) ++end;
  }
  return end;
}

std::uint32_t run_begin(const Words& words, std::uint32_t last, std::uint32_t first) {
  std::uint32_t begin = last;
  while (begin > first && last - begin < kMaxRun && words.is_capital(begin - 1) && (begin == last || !words.is_possessive(begin - 1))) {
    --begin;
    const bool joins = begin > first + 1 && words.text(begin - 1) == "&" && words.is_capital(begin - 2);
    if (joins) --begin;
  }
  return begin;
}

namespace {

// The name that starts at a word, quoted or of capitals; empty for none.
Range name_at(const Words& words, std::uint32_t at, std::uint32_t& next) {
  if (words.is_open_quote(at)) {
    const std::uint32_t close = words.closing_quote(at);
    if (close == words.size()) return {};
    next = close + 1;
    return {at + 1, close};
  }
  next = run_end(words, at, words.size());
  return {at, next};
}

// Past a comma, "and" or "&" between two names; the same place when there is none.
std::uint32_t past_joint(const Words& words, std::uint32_t at) {
  std::uint32_t next = at;
  if (words.is_any(next, {",", ";"})) ++next;
  if (words.is_any(next, {"and", "or", "&"}) || (words.grammar() != nullptr && words.match("list_joints", next))) ++next;
  if (next != at && words.is(next, "the")) ++next;
  return next;
}

// Past "(2019)".
std::uint32_t past_note(const Words& words, std::uint32_t at) {
  return words.text(at) == "(" && words.is_number(at + 1) && words.text(at + 2) == ")" ? at + 3 : at;
}

}  // namespace

NameList read_list(const Words& words, std::uint32_t first) {
  NameList out;
  out.end = first;
  std::uint32_t at = words.is(first, "the") ? first + 1 : first;
  while (at < words.size()) {
    std::uint32_t next = at;
    const Range name = name_at(words, at, next);
    if (name.is_empty()) break;
    out.names.push_back(name);
    out.end = past_note(words, next);
    at = past_joint(words, out.end);
    if (at == out.end) break;
  }
  return out;
}

std::string_view without_possessive(const Words& words, std::uint32_t at) {
  std::string_view word = words.folded(at);
  if (words.is_possessive(at) && genitive_size(words.text(at)) == 0) word.remove_suffix(1);  // too short for folding to cut it
  return word;
}

bool is_surname(const Words& words, std::uint32_t at) {
  const std::string_view word = words.folded(at);
  return std::ranges::any_of(words.reading().packs().surname_endings, [&](std::string_view ending) {
    return word.size() > ending.size() + 2 && word.ends_with(ending);
  });
}

std::string fold_words(const Words& words, Range range) {
  std::string out;
  if (!range.is_empty() && range.last <= words.size()) out.reserve(words.span(range).size());
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (!words.is_word(i) && !words.is_number(i)) continue;
    if (!out.empty()) out.push_back(' ');
    std::string_view word = words.folded(i);
    if (i + 1 == range.last) word = without_possessive(words, i);
    out += word;
  }
  return out;
}

ExtractedProperty property(std::string_view name, Value value, Span span) {
  ExtractedProperty out;
  out.name = name;
  out.value = std::move(value);
  out.span = span;
  return out;
}

ExtractedMention mention(const Words& words, Range range, std::string_view label, std::string_view extractor, float confidence) {
  ExtractedMention out;
  out.span = words.span(range);
  out.label = label;
  out.extractor = extractor;
  out.confidence = confidence;
  return out;
}

ExtractedMention named(const Words& words, Range range, std::string_view label, std::string_view extractor, float confidence) {
  constexpr std::size_t kUsual = 4;  // properties
  ExtractedMention out = mention(words, range, label, extractor, confidence);
  out.properties.reserve(kUsual);
  out.properties.push_back(property("name", Value(words.name(range)), out.span));
  return out;
}

MentionsByPlace::MentionsByPlace(const Extraction& found) {
  places_.reserve(found.mentions.size());
  for (MentionIndex i = 0; i < found.mentions.size(); ++i) places_.push_back(std::uint64_t{found.mentions[i].span.start} << 32U | i);
  if (!std::ranges::is_sorted(places_)) std::ranges::sort(places_);
  order_.reserve(places_.size());
  for (const std::uint64_t place : places_) order_.push_back(static_cast<MentionIndex>(place));
}

std::span<const MentionIndex> MentionsByPlace::within(Span span) const {
  const auto first = std::ranges::lower_bound(places_, std::uint64_t{span.start} << 32U) - places_.begin();
  const std::uint64_t end = std::uint64_t{span.end} << 32U;
  auto last = first;  // no further than what is given
  while (last != static_cast<std::ptrdiff_t>(places_.size()) && places_[static_cast<std::size_t>(last)] < end) ++last;
  return std::span(order_).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
}

Cover::Cover(const Reading& reading, const Extraction& found) : Cover(reading, found, [](const ExtractedMention&) { return false; }) {}

Cover::Cover(const Reading& reading, const Extraction& found, bool (*is_left_out)(const ExtractedMention&)) : taken_(reading.tokens().size(), false) {
  for (const ExtractedMention& mention : found.mentions) {
    if (mention.label.empty() || is_left_out(mention) || is_act(mention) || is_description(mention)) continue;
    for (std::uint32_t i = reading.view().token_at(mention.span.start); i < taken_.size(); ++i) {
      if (reading.token(i).span.start >= mention.span.end) break;
      taken_[i] = true;
    }
  }
}

void Cover::add(const Words& words, Range range) {
  for (std::uint32_t i = range.first; i < range.last; ++i) taken_[words.token(i)] = true;
}

bool Cover::is_free(const Words& words, Range range) const noexcept {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (taken_[words.token(i)]) return false;
  }
  return true;
}

bool is_read_for_names(Zone zone) noexcept {
  return zone != Zone::furniture && zone != Zone::reference && zone != Zone::keywords;
}

namespace {

constexpr std::uint32_t kMostTokens = 4096;

bool is_link(std::string_view folded) { return is_one_of(folded, {"of", "for", "and", "the"}); }

// After a comma, or shortly after "of", or before a line that begins with "University".
bool ends_within_name(const Reading& reading, const Sentence& a, const Sentence& b) {
  if (reading.text(a.last - 1) == ",") return true;
  if (reading.token(a.last - 1).kind != TokenKind::word || !reading.token(b.first).is_capitalised) return false;
  if (a.last - a.first >= 2 && (is_link(reading.folded(a.last - 1)) || is_link(reading.folded(a.last - 2)))) return true;
  return reading.token(a.last - 1).is_capitalised && reading.match_at("organization_heads", b.first) != nullptr;
}

// Whether a line ends within a name.
bool goes_on(const Reading& reading, const Sentence& a, const Sentence& b) {
  if (b.last - a.first > kMostTokens || a.last == a.first) return false;
  if (!ends_within_name(reading, a, b)) return false;
  const auto& document = reading.view().document();
  return document.block_at(a.span.start) == document.block_at(b.span.start);
}

}  // namespace

std::vector<Sentence> joined_lines(const Reading& reading) {
  std::vector<Sentence> out;
  for (const Sentence& stretch : reading.stretches()) {
    if (!out.empty() && goes_on(reading, out.back(), stretch)) {
      out.back().last = stretch.last;
      out.back().span = cover(out.back().span, stretch.span);
    } else {
      out.push_back(stretch);
    }
  }
  return out;
}

bool is_break(const Words& words, std::uint32_t at) {
  if (at >= words.size()) return true;
  if (words.is_number(at) || words.is_dash(at) || words.text(at) == "%") return false;
  return !words.is_word(at) || words.match("name_breaks", at).has_value();
}

Range without_leaders(const Words& words, Range run) {
  while (!run.is_empty()) {
    const auto leader = words.match("name_leaders", run.first);
    const bool is_acronym = words.is_upper(run.first);  // "IT" is no "It"
    if (!leader || leader->range.last > run.last || is_acronym) break;
    run.first = leader->range.last;
  }
  return run;
}

}  // namespace policygraph::inline v0::detail::extract
