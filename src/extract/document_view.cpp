#include <algorithm>

#include "extract/folding.hpp"
#include "extract/word_memory.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/extract/recognizer.hpp"
#include "text/append_tokens.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kEnoughToGuess = 60;  // bytes of a block whose language is worth guessing
constexpr double kSure = 0.6;
constexpr std::size_t kPlace = 16;  // bytes

}  // namespace

DocumentView::DocumentView(const Document& document, const Languages& languages)
    : DocumentView(document, languages, nullptr) {}

DocumentView::DocumentView(const Document& document, const Languages& languages, detail::extract::WordMemory& memory)
    : DocumentView(document, languages, &memory) {}

DocumentView::DocumentView(const Document& document, const Languages& languages, detail::extract::WordMemory* memory)
    : document_(&document), memory_(memory), text_(document.text()) {
  const Language& fallback = default_language(languages);
  tokens_.reserve(text().size() / 6 + 8);
  folded_.reserve(tokens_.capacity());
  if (memory_ != nullptr) word_numbers_.reserve(tokens_.capacity());
  folded_text_ = detail::extract::lowered(text());
  for (const Block& block : document.blocks()) {
    if (block.zone != Zone::furniture) add_block(block, languages, fallback);
  }
  place_tokens();
}

const Language& DocumentView::default_language(const Languages& languages) const {
  if (const Language* stated = languages.find(document_->source().language)) return *stated;
  if (const Language* guessed = languages.find(languages.guess(text()).code)) return *guessed;
  if (const Language* english = languages.find("en")) return *english;
  const std::vector<std::string> codes = languages.codes();
  if (codes.empty()) throw Error(ErrorCode::invalid_argument, "no language to read a document with");
  return languages.get(codes.front());
}

const Language& DocumentView::language_of(std::string_view block, std::uint32_t first, const Languages& languages,
                                          const Language& fallback) const {
  if (block.size() < kEnoughToGuess) return fallback;
  const auto tokens = std::span(tokens_).subspan(first);
  const Languages::Guess guess =
      memory_ == nullptr ? languages.guess(block, tokens)
                         : memory_->guess(languages, block, tokens, std::span(word_numbers_).subspan(first));
  const Language* found = guess.confidence >= kSure ? languages.find(guess.code) : nullptr;
  return found == nullptr ? fallback : *found;
}

void DocumentView::place_tokens() {
  token_places_.assign(text().size() / kPlace + 1, static_cast<std::uint32_t>(tokens_.size()));
  std::size_t place = 0;
  for (std::uint32_t token = 0; token < tokens_.size(); ++token) {
    for (const std::size_t last = tokens_[token].span.start / kPlace; place <= last; ++place) token_places_[place] = token;
  }
}

void DocumentView::add_block(const Block& block, const Languages& languages, const Language& fallback) {
  const std::string_view text = this->text().substr(block.span.start, block.span.size());
  const auto offset = static_cast<std::uint32_t>(tokens_.size());
  detail::text::append_tokens(text, tokens_);
  const auto tokens = std::span(tokens_).subspan(offset);
  read_words(block.span.start, offset);
  const Language& language = language_of(text, offset, languages, fallback);
  for (Sentence sentence : split_sentences(text, tokens, language)) {
    sentences_.push_back({{sentence.span.start + block.span.start, sentence.span.end + block.span.start},
                          sentence.first + offset, sentence.last + offset});
    sentence_languages_.push_back(&language);
    sentence_zones_.push_back(block.zone);
  }
  for (Token& token : tokens) token.span = {token.span.start + block.span.start, token.span.end + block.span.start};
}

// Numbers and folds the tokens of a block, whose spans still begin there.
void DocumentView::read_words(std::uint32_t block, std::uint32_t first) {
  folded_.resize(tokens_.size());
  if (memory_ != nullptr) word_numbers_.resize(tokens_.size(), detail::extract::WordMemory::kNotKept);
  for (std::uint32_t i = first; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    const Span word{token.span.start + block, token.span.end + block};
    const bool is_numbered = memory_ != nullptr && token.kind != TokenKind::line_break;
    const std::uint32_t number = is_numbered ? memory_->number(text_, word, token) : detail::extract::WordMemory::kNotKept;
    if (number == detail::extract::WordMemory::kNotKept) {
      folded_[i] = fold_unknown(word);
      continue;
    }
    word_numbers_[i] = number;
    const auto& known = (*memory_)[number];
    folded_[i] = known.folds_in_place ? word : put_folded(memory_->folded(known));
  }
}

Span DocumentView::fold_unknown(Span word) {
  if (detail::extract::folds_in_place(text_, word)) return word;
  return put_folded(detail::extract::fold_word(text_.substr(word.start, word.size())));
}

Span DocumentView::put_folded(std::string_view folded) {
  const auto start = static_cast<std::uint32_t>(folded_text_.size());
  folded_text_ += folded;
  return {start, static_cast<std::uint32_t>(folded_text_.size())};
}

const Language& DocumentView::language(const Sentence& sentence) const noexcept {
  return *sentence_languages_[static_cast<std::size_t>(&sentence - sentences_.data())];
}

Zone DocumentView::zone(const Sentence& sentence) const noexcept {
  return sentence_zones_[static_cast<std::size_t>(&sentence - sentences_.data())];
}

const Sentence* DocumentView::sentence_at(std::uint32_t offset) const noexcept {
  const auto after = std::ranges::upper_bound(sentences_, offset, {}, [](const Sentence& sentence) { return sentence.span.start; });
  if (after == sentences_.begin() || !(after - 1)->span.contains(offset)) return nullptr;
  return &*(after - 1);
}

std::uint32_t DocumentView::token_at(std::uint32_t offset) const noexcept {
  const std::size_t place = offset / kPlace;
  std::uint32_t token = place < token_places_.size() ? token_places_[place] : static_cast<std::uint32_t>(tokens_.size());
  while (token < tokens_.size() && tokens_[token].span.start < offset) ++token;  // a few at most: each takes a byte
  return token;
}

}  // namespace policygraph::inline v0
