#include <algorithm>
#include <set>
#include <utility>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Quotations of a person or a body: what lies between quotation marks, over sentences, beside a verb of speaking.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMinWords = 7;
constexpr std::uint32_t kReach = 24;

class Statements {
 public:
  Statements(const Reading& reading, Extraction& out) : reading_(reading), out_(out), named_(out.mentions.size()) {}

  void run() {
    for (std::uint32_t i = 0; i < size(); ++i) {
      const char32_t mark = reading_.sign(i);
      const bool opens = (mark == U'\u201C' && text(i) == "\u201C") || (mark == U'\u00AB' && text(i) == "\u00AB");
      if (!opens) continue;
      const std::uint32_t close = closing(i);
      if (close == size() || is_paragraph(close)) {  // what opens before here is not closed either
        i = close;
        continue;
      }
      if (close - i > kMinWords && is_spoken(i, close)) emit(i, close);
      i = close;
    }
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(reading_.tokens().size()); }
  std::string_view text(std::uint32_t at) const { return reading_.text(at); }
  bool is_paragraph(std::uint32_t at) const { return reading_.token(at).kind == TokenKind::line_break && reading_.token(at).is_paragraph; }

  std::uint32_t closing(std::uint32_t open) const {
    const std::string_view mark = text(open) == "\u201C" ? "\u201D" : "\u00BB";
    std::uint32_t at = open + 1;
    while (at < size() && text(at) != mark && !is_paragraph(at)) ++at;
    return at;
  }

  bool is_spoken(std::uint32_t open, std::uint32_t close) const {
    const std::uint32_t last = std::min(size(), close + 1 + kReach);
    for (std::uint32_t i = close + 1; i < last && !is_paragraph(i); ++i) {
      if (reading_.match_at("speech_verbs", i) != nullptr) return true;
    }
    const std::uint32_t first = open > kReach ? open - kReach : 0;
    for (std::uint32_t i = open; i > first && !is_paragraph(i - 1); --i) {
      if (reading_.match_at("speech_verbs", i - 1) != nullptr) return true;
    }
    return false;
  }

  // The spans of what was named before; most texts have no statement to ask it for.
  void collect_names() {
    for (; named_ > 0; --named_) {
      const ExtractedMention& mention = out_.mentions[named_ - 1];
      if (!mention.label.empty()) names_.insert({mention.span.start, mention.span.end});
    }
  }

  void emit(std::uint32_t open, std::uint32_t close) {
    if (reading_.view().sentence_at(reading_.token(open).span.start) == nullptr) return;
    ExtractedMention found;
    found.span = reading_.span(open + 1, close);
    collect_names();
    if (names_.contains({found.span.start, found.span.end})) return;
    found.label = "Statement";
    found.extractor = "statement/1";
    found.confidence = 0.9F;
    found.properties.push_back(property("quote", Value(reading_.text(found.span)), found.span));
    out_.mentions.push_back(std::move(found));
  }

  const Reading& reading_;
  Extraction& out_;
  std::size_t named_;  // mentions from the first whose spans are not in names_ yet
  std::set<std::pair<std::uint32_t, std::uint32_t>> names_;
};

}  // namespace

void recognise_statements(const Reading& reading, Extraction& out) { Statements(reading, out).run(); }

}  // namespace policygraph::inline v0::detail::extract
