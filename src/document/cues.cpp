#include "document/cues.hpp"

#include <algorithm>
#include <cstring>

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "document/cue_data.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

using Lists = std::unordered_map<std::string, std::vector<std::string>>;

// {"list": ["phrase", ...], ...}
Lists read_lists(const base::EmbeddedFile& file) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(file.text.data(), file.text.size());
  if (json.HasParseError() || !json.IsObject()) {
    throw Error(ErrorCode::format, "cue file '" + std::string(file.path) + "' is not a JSON object of lists of words",
                place_in(file.text, json.GetErrorOffset()));
  }
  Lists lists;
  for (const auto& member : json.GetObject()) {
    auto& list = lists[member.name.GetString()];
    for (const auto& word : member.value.GetArray()) list.emplace_back(word.GetString(), word.GetStringLength());
  }
  return lists;
}

Lists read_file(std::string_view path) {
  for (const auto& file : cue_data()) {
    if (file.path == path) return read_lists(file);
  }
  throw Error(ErrorCode::not_found, "no cue file '" + std::string(path) + "' is compiled in");
}

TextCues read_text_cues() {
  TextCues cues;
  const std::unordered_map<std::string, PhraseSet*> places = {{"reference_headings", &cues.reference_headings},
                                                              {"note_headings", &cues.note_headings},
                                                              {"keyword_starts", &cues.keyword_starts},
                                                              {"published_starts", &cues.published_starts},
                                                              {"section_words", &cues.section_words},
                                                              {"masthead_words", &cues.masthead_words},
                                                              {"home_words", &cues.home_words},
                                                              {"street_words", &cues.street_words},
                                                              {"contact_starts", &cues.contact_starts},
                                                              {"furniture_lines", &cues.furniture_lines},
                                                              {"furniture_starts", &cues.furniture_starts},
                                                              {"furniture_parts", &cues.furniture_parts}};
  for (const auto& file : cue_data()) {
    if (file.path == "cues/html.json" || file.path == "cues/hosts.json") continue;
    for (const auto& [name, words] : read_lists(file)) {
      const auto place = places.find(name);
      if (place == places.end()) {
        throw Error(ErrorCode::format, "cue file '" + std::string(file.path) + "' has an unknown list '" + name + "'");
      }
      for (const auto& word : words) place->second->add(word);
    }
  }
  return cues;
}

std::unordered_map<std::string, std::size_t> ranked(const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::size_t> ranks;
  for (std::size_t i = 0; i < names.size(); ++i) ranks.emplace(names[i], i);
  return ranks;
}

HtmlCues read_html_cues() {
  const auto lists = read_file("cues/html.json");
  const auto set = [&](const char* name) {
    const auto& words = lists.at(name);
    return std::unordered_set<std::string>(words.begin(), words.end());
  };
  HtmlCues cues;
  cues.roles = set("furniture_roles");
  cues.class_words = set("furniture_class_words");
  cues.class_tokens = set("furniture_class_tokens");
  cues.title = ranked(lists.at("title"));
  cues.uri = ranked(lists.at("uri"));
  cues.publisher = ranked(lists.at("publisher"));
  cues.published = ranked(lists.at("published"));
  cues.language = ranked(lists.at("language"));
  cues.tier = ranked(lists.at("tier"));
  return cues;
}

std::unordered_map<std::string, SourceTier> read_hosts() {
  std::unordered_map<std::string, SourceTier> hosts;
  for (const auto& [tier, names] : read_file("cues/hosts.json")) {
    for (const auto& name : names) hosts.emplace(name, tier_by_name(tier).value_or(SourceTier::unknown));
  }
  return hosts;
}

std::string host_of(std::string_view uri) {
  const auto scheme = uri.find("://");
  if (scheme == std::string_view::npos) return {};
  auto host = uri.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  return fold_case(host.substr(0, host.find(':')));
}

}  // namespace

std::size_t PhraseSet::beginning(std::string_view word) noexcept {
  std::uint32_t bytes = 0;
  if (word.size() >= sizeof bytes) {
    std::memcpy(&bytes, word.data(), sizeof bytes);
  } else {
    for (const char c : word) bytes = bytes << 8U | static_cast<unsigned char>(c);
  }
  return bytes * 0x9E3779B1U >> 20U;
}

void PhraseSet::add(std::string_view phrase) {
  std::string folded = fold_name(phrase);
  if (folded.empty()) return;
  const auto words = static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1;
  most_words_ = std::max(most_words_, words);
  longest_ = std::max(longest_, folded.size());
  const std::string first = folded.substr(0, folded.find(' '));
  beginnings_.set(beginning(first));
  first_words_.insert(first);
  phrases_.insert(std::move(folded));
}

std::size_t PhraseSet::starts(std::string_view folded) const { return starts(folded, folded.substr(0, folded.find(' '))); }

std::size_t PhraseSet::starts(std::string_view folded, std::string_view first) const {
  if (!beginnings_.test(beginning(first)) || first_words_.find(first) == first_words_.end()) return 0;
  std::size_t longest = 0;
  std::size_t end = 0;
  for (std::size_t words = 0; words < most_words_ && end < folded.size(); ++words) {
    end = std::min(folded.find(' ', end + (words > 0 ? 1 : 0)), folded.size());
    if (is(folded.substr(0, end))) longest = end;
  }
  return longest;
}

bool PhraseSet::within(std::string_view folded) const {
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (starts(folded, folded.substr(0, end)) > 0) return true;
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return false;
}

const TextCues& TextCues::built_in() {
  static const TextCues cues = read_text_cues();
  return cues;
}

const HtmlCues& HtmlCues::built_in() {
  static const HtmlCues cues = read_html_cues();
  return cues;
}

SourceTier tier_of_uri(std::string_view uri) {
  static const auto hosts = read_hosts();
  for (std::string suffix = host_of(uri); !suffix.empty();) {
    if (const auto found = hosts.find(suffix); found != hosts.end()) return found->second;
    const auto dot = suffix.find('.');
    suffix = dot == std::string::npos ? std::string() : suffix.substr(dot + 1);
  }
  return SourceTier::unknown;
}

}  // namespace policygraph::inline v0::detail::document
