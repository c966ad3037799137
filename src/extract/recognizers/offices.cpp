#include <algorithm>

#include "extract/recognizers/countries.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Offices of a state that the text names apart from acts, in languages that mark cases: "под председательством Президента Республики
// Узбекистан", "Prezidentimiz". In front of a person's name the words are that person's title; "our president" is the office all the same.
namespace policygraph::inline v0::detail::extract {
namespace {

class SentenceOffices {
 public:
  SentenceOffices(const Words& words, const Cover& cover, Extraction& out) : words_(words), cover_(cover), out_(out) {}

  void run() {
    for (const WordMatch& issuer : words_.matches("act_issuers")) {
      const bool is_title = words_.is_capital(issuer.range.last);
      if (issuer.range.size() > 1 && !is_title) emit(issuer);
    }
    for (const WordMatch& own : words_.matches("own_offices")) emit(own);
  }

 private:
  void emit(const WordMatch& words) {
    const std::string_view state = words.entry->field("jurisdiction");
    if (state.empty() || !cover_.is_free(words_, words.range)) return;
    const auto offices = words_.reading().packs().words("", "offices");
    const auto office = std::ranges::find_if(offices, [&](const PackEntry* entry) { return entry->id == words.entry->id && entry->field("jurisdiction") == state; });
    if (office == offices.end()) return;
    ExtractedMention found = mention(words_, words.range, "Agency", "office/1", 0.8F);
    found.properties.push_back(property("name", Value((*office)->phrases.front()), found.span));
    found.properties.push_back(property("kind", Value("government"), found.span));
    found.properties.push_back(property("country", Value(state), found.span));
    ValueList aliases;
    const std::string_view own = (*office)->field(words_.reading().language(words_.sentence()).code());
    if (!own.empty()) aliases.emplace_back(own);
    if (const std::string written = words_.name(words.range); written != own) aliases.emplace_back(written);
    found.properties.push_back(property("aliases", Value(std::move(aliases)), found.span));
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  const Cover& cover_;
  Extraction& out_;
};

}  // namespace

void recognise_offices(const Reading& reading, Extraction& out) {
  if (reading.matches("act_issuers").empty() && reading.matches("own_offices").empty()) return;
  const Cover cover(reading, out, [](const ExtractedMention& mention) { return mention.label == "Place"; });
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() != nullptr && !words.is_title_case()) SentenceOffices(words, cover, out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
