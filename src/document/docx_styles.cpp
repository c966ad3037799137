#include "document/docx_styles.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "document/html_tokenizer.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr int kDeepestStyle = 20;
constexpr std::uint32_t kMostItems = 1'000'000;

std::string attribute(const HtmlToken& token, std::string_view name) {
  const auto* value = token.attribute(name);
  return value == nullptr ? std::string() : std::string(*value);
}

int number(std::string_view text, int otherwise) noexcept {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// "heading 2" is one, in whatever language the ids are; "Title" is the first.
void take_name(DocxStyle& style, std::string_view name) {
  const std::string folded = fold_case(name);
  if (folded == "title") style.level = 1;
  if (folded.starts_with("heading ")) style.level = std::clamp(number(std::string_view(folded).substr(8), 0), 0, 6);
  if (folded.starts_with("toc ")) style.is_contents = true;
}

template <class Take>
void each_start_tag(std::string_view xml, Take take) {
  HtmlTokenizer tokens(xml, true);
  tokens.set_foreign(true);
  HtmlToken token;
  for (tokens.next(token); token.kind != HtmlToken::Kind::end_of_file; tokens.next(token)) {
    if (token.kind == HtmlToken::Kind::start_tag) take(token);
  }
}

}  // namespace

std::map<std::string, DocxStyle, std::less<>> read_docx_styles(std::string_view xml) {
  std::map<std::string, DocxStyle, std::less<>> styles;
  DocxStyle* style = nullptr;
  each_start_tag(xml, [&](const HtmlToken& token) {
    if (token.name == "w:style") style = &styles[attribute(token, "w:styleid")];
    if (style == nullptr) return;
    const auto value = attribute(token, "w:val");
    if (token.name == "w:name") take_name(*style, value);
    if (token.name == "w:basedon") style->based_on = value;
    if (token.name == "w:numid") style->list = value;
    if (token.name == "w:outlinelvl" && style->level == 0) style->level = number(value, 9) < 6 ? number(value, 9) + 1 : 0;
  });
  auto read = styles;
  for (auto& [id, one] : styles) {
    const auto* base = &one;
    for (int depth = 0; depth < kDeepestStyle && !base->based_on.empty(); ++depth) {
      const auto found = read.find(base->based_on);
      if (found == read.end()) break;
      base = &found->second;
      if (one.level == 0) one.level = base->level;
      if (one.list.empty()) one.list = base->list;
      one.is_contents = one.is_contents || base->is_contents;
    }
  }
  return styles;
}

DocxLists::DocxLists(std::string_view xml) {
  std::map<std::string, std::map<int, std::uint32_t>> kinds;
  std::string kind, list;
  int level = 0;
  std::uint32_t start = 1;
  each_start_tag(xml, [&](const HtmlToken& token) {
    const auto value = attribute(token, "w:val");
    if (token.name == "w:abstractnum") kind = attribute(token, "w:abstractnumid");
    if (token.name == "w:lvl") {
      level = number(attribute(token, "w:ilvl"), 0);
      start = 1;
    }
    if (token.name == "w:start") start = static_cast<std::uint32_t>(std::clamp(number(value, 1), 0, 1'000'000));
    if (token.name == "w:numfmt" && value != "bullet" && value != "none") kinds[kind][level] = start;
    if (token.name == "w:num") list = attribute(token, "w:numid");
    if (token.name != "w:abstractnumid" || list.empty()) return;
    for (const auto& [at, first] : kinds[value]) starts_[{list, at}] = first;
  });
}

std::uint32_t DocxLists::next(const std::string& list, int level) {
  const auto start = starts_.find({list, level});
  if (start == starts_.end()) return 0;
  // A deeper level begins anew under each item.
  counts_.erase(counts_.upper_bound({list, level}), counts_.upper_bound({list, 1000}));
  auto [count, is_first] = counts_.try_emplace({list, level}, start->second);
  if (!is_first) count->second = std::min(count->second + 1, kMostItems);
  return std::max(count->second, 1U);
}

}  // namespace policygraph::inline v0::detail::document
