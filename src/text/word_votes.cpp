#include "word_votes.hpp"

#include <unordered_map>

#include "language_data.hpp"

namespace policygraph::inline v0::detail::text {

WordVotes::WordVotes(std::vector<Language> languages) : languages_(std::move(languages)) {
  std::unordered_map<std::string_view, std::uint32_t> telling;
  std::vector<LetterGroups::Group> groups;
  for (std::size_t i = 0; i < languages_.size(); ++i) {
    const Language::Data& data = languages_[i].data();
    const std::uint32_t bit = std::uint32_t{1} << i;
    for (const std::string& word : data.stop_words) telling[word] |= bit;
    for (const std::string& word : data.frequent) telling[word] |= bit;
    for (const auto& [word, month] : data.months) telling[word] |= bit;
    for (const std::string& group : data.typical) groups.push_back({group, std::uint64_t{1} << (2 * i)});
    for (const std::string& group : data.foreign) groups.push_back({group, std::uint64_t{2} << (2 * i)});
  }
  // All 32 bits together would read as the table's "none": a word of so many languages tells nothing anyway.
  for (const auto& [word, bits] : telling) {
    if (bits == base::NameTable::kNone) continue;
    telling_.add(word, bits);
    if (const PlainWord plain(word, 0, word.size()); plain.is_plain()) plain_.add(plain, bits);
  }
  groups_ = LetterGroups(groups);
}

ScriptVotes::ScriptVotes(const std::map<std::string, Language, std::less<>>& languages) {
  std::map<Script, std::vector<std::vector<Language>>> parts;
  for (const auto& [code, language] : languages) {
    auto& script = parts[language.script()];
    if (script.empty() || script.back().size() == WordVotes::kMostLanguages) script.emplace_back();
    script.back().push_back(language);
  }
  for (auto& [script, all] : parts) {
    for (auto& part : all) by_script[script].emplace_back(std::move(part));
  }
}

}  // namespace policygraph::inline v0::detail::text
