#include "document/html_meta.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <rapidjson/document.h>

#include "document/cues.hpp"
#include "document/document_date.hpp"
#include "document/html_references.hpp"
#include "document/source_text.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kLongestValue = 4096;
constexpr std::size_t kLongestJson = std::size_t{1} << 20;
// Behind every name of cues/html.json: what the page shows rather than declares.
constexpr std::size_t kJsonRank = 100;
constexpr std::size_t kMicrodataRank = 101;
constexpr std::size_t kTimeRank = 102;
constexpr std::size_t kLinkRank = 0;

std::string value_of(std::string_view raw) {
  const std::string text = normalise(decode_html_references(raw.substr(0, kLongestValue), true)).text;
  std::string value;
  for (const char c : trimmed(text)) {
    const bool is_gap = c == '\n' || c == '\t' || c == ' ';
    if (is_gap && value.ends_with(' ')) continue;
    value += is_gap ? ' ' : c;
  }
  return value;
}

std::string lower(std::string_view raw) { return fold_case(raw.substr(0, 128)); }

using Ranks = std::unordered_map<std::string, std::size_t>;

// The best name so far wins.
bool beats(const Ranks& ranks, const std::string& name, std::size_t& best) {
  const auto found = ranks.find(name);
  if (found == ranks.end() || found->second >= best) return false;
  best = found->second;
  return true;
}

// The first member of that name with a string, in the value itself, in an array and under "@graph"; a walk with a
// queue.
std::string_view json_string(const rapidjson::Value& root, const char* name) {
  std::vector<const rapidjson::Value*> queue = {&root};
  for (std::size_t i = 0; i < queue.size() && queue.size() < 1000; ++i) {
    const auto& value = *queue[i];
    if (value.IsArray()) {
      for (const auto& item : value.GetArray()) queue.push_back(&item);
    } else if (value.IsObject()) {
      const auto found = value.FindMember(name);
      if (found != value.MemberEnd() && found->value.IsString())
        return {found->value.GetString(), found->value.GetStringLength()};
      const auto graph = value.FindMember("@graph");
      if (graph != value.MemberEnd()) queue.push_back(&graph->value);
    }
  }
  return {};
}

}  // namespace

void HtmlMeta::start_tag(const HtmlToken& token, bool in_furniture) {
  if (token.name == "meta") return meta(token);
  if (token.name == "html" && language_rank_ == kUnset) {
    const auto* language = token.attribute("lang");
    if (language == nullptr) language = token.attribute("xml:lang");
    if (language != nullptr) claims_.language = value_of(*language);
    if (!claims_.language.empty()) language_rank_ = 0;
  }
  if (token.name == "link") {
    const auto* relation = token.attribute("rel");
    const auto* target = token.attribute("href");
    if (relation != nullptr && target != nullptr && lower(*relation) == "canonical" &&
        target->find("://") != std::string_view::npos) {
      claims_.uri = value_of(*target);
      uri_rank_ = kLinkRank;
    }
  }
  microdata(token, in_furniture);
}

void HtmlMeta::meta(const HtmlToken& token) {
  const auto* content = token.attribute("content");
  const std::string_view* name = nullptr;
  for (const auto* key : {"property", "name", "itemprop", "http-equiv"}) {
    if (name == nullptr) name = token.attribute(key);
  }
  if (content == nullptr || name == nullptr || content->empty()) return;
  const auto& cues = HtmlCues::built_in();
  const std::string key = lower(*name);
  if (beats(cues.title, key, title_rank_)) claims_.title = value_of(*content);
  if (beats(cues.uri, key, uri_rank_)) claims_.uri = value_of(*content);
  if (beats(cues.publisher, key, publisher_rank_)) claims_.publisher = value_of(*content);
  if (beats(cues.language, key, language_rank_)) claims_.language = value_of(*content);
  if (beats(cues.tier, key, tier_rank_))
    claims_.tier = tier_by_name(lower(value_of(*content))).value_or(SourceTier::unknown);
  if (const auto found = cues.published.find(key); found != cues.published.end()) published(*content, found->second);
  if (key == "og:site_name") site_ = value_of(*content);
}

void HtmlMeta::microdata(const HtmlToken& token, bool in_furniture) {
  if (token.attributes.empty()) return;
  const auto* property = token.attribute("itemprop");
  const auto* date = token.attribute("datetime");
  if (property != nullptr && lower(*property) == "datepublished") {
    if (date == nullptr) date = token.attribute("content");
    if (date != nullptr) published(*date, kMicrodataRank);
  } else if (token.name == "time" && date != nullptr && !in_furniture) {
    published(*date, kTimeRank);
  }
}

void HtmlMeta::published(std::string_view value, std::size_t rank) {
  if (rank >= published_rank_) return;
  const auto date = date_of_attribute(value_of(value));
  if (!date) return;
  claims_.published = date;
  published_rank_ = rank;
}

void HtmlMeta::title_text(std::string_view raw) {
  if (title_element_.empty()) title_element_ = value_of(raw);
}

void HtmlMeta::json_ld(std::string_view raw) {
  if (raw.size() > kLongestJson || published_rank_ <= kJsonRank) return;
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(raw.data(), raw.size());
  if (json.HasParseError()) return;
  if (const auto date = json_string(json, "datePublished"); !date.empty()) published(date, kJsonRank);
}

std::string HtmlMeta::without_site(const std::string& whole) const {
  constexpr std::array<std::string_view, 7> kMarks = {" | ", " — ", " – ", " - ", " :: ", " » ", " / "};
  const std::string site = fold_name(site_.empty() ? claims_.publisher : site_);
  for (const auto mark : kMarks) {
    if (whole.find(mark.substr(1, mark.size() - 2)) == std::string::npos) continue;  // blanks are many, marks few
    const auto last = whole.rfind(mark);
    if (last == std::string::npos) continue;
    const auto first = whole.find(mark);
    if (!site.empty() && fold_name(whole.substr(0, first)) == site) return whole.substr(first + mark.size());
    const auto tail = whole.substr(last + mark.size());
    // An unnamed site is the shorter end, and behind a bar it nearly always is one.
    if ((!site.empty() && fold_name(tail) == site) || mark == " | " || mark == " :: ") {
      return tail.size() <= last ? whole.substr(0, last) : whole;
    }
  }
  return whole;
}

}  // namespace policygraph::inline v0::detail::document
