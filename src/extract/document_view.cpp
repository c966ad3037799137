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
  if (memory_ != nullptr) word_numbers_.reserve(tokens_.capacity());
  for (const Block& block : document.blocks()) {
    if (block.zone != Zone::furniture) add_block(block, languages, fallback);
  }
  place_tokens();
  fold_tokens();
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
  token_places_.reserve(text().size() / kPlace + 1);
  for (std::uint32_t token = 0; token < tokens_.size(); ++token) {
    while (token_places_.size() * kPlace <= tokens_[token].span.start) token_places_.push_back(token);
  }
}

void DocumentView::add_block(const Block& block, const Languages& languages, const Language& fallback) {
  const std::string_view text = this->text().substr(block.span.start, block.span.size());
  const auto offset = static_cast<std::uint32_t>(tokens_.size());
  detail::text::append_tokens(text, tokens_);
  const auto tokens = std::span(tokens_).subspan(offset);
  if (memory_ != nullptr) number_words(text, offset);
  const Language& language = language_of(text, offset, languages, fallback);
  for (Sentence sentence : split_sentences(text, tokens, language)) {
    sentences_.push_back({{sentence.span.start + block.span.start, sentence.span.end + block.span.start},
                          sentence.first + offset, sentence.last + offset});
    sentence_languages_.push_back(&language);
    sentence_zones_.push_back(block.zone);
  }
  for (Token& token : tokens) token.span = {token.span.start + block.span.start, token.span.end + block.span.start};
}

// Those of a block, whose spans still begin there.
void DocumentView::number_words(std::string_view block, std::uint32_t first) {
  const auto start = static_cast<std::uint32_t>(block.data() - text().data());
  for (std::size_t i = first; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    const bool is_break = token.kind == TokenKind::line_break;
    const Span word{token.span.start + start, token.span.end + start};
    word_numbers_.push_back(is_break ? detail::extract::WordMemory::kNotKept : memory_->number(text(), word, token));
  }
}

void DocumentView::fold_tokens() {
  folded_text_ = detail::extract::lowered(text());
  folded_.reserve(tokens_.size());
  for (std::uint32_t token = 0; token < tokens_.size(); ++token) fold_token(token);
}

void DocumentView::fold_token(std::uint32_t token) {
  const Span span = tokens_[token].span;
  const std::uint32_t number = memory_ == nullptr ? detail::extract::WordMemory::kNotKept : word_numbers_[token];
  const bool is_known = number != detail::extract::WordMemory::kNotKept;
  if (is_known ? (*memory_)[number].folds_in_place : detail::extract::folds_in_place(text(), span)) {
    folded_.push_back(span);
    return;
  }
  const auto start = static_cast<std::uint32_t>(folded_text_.size());
  if (is_known)
    folded_text_ += memory_->folded((*memory_)[number]);
  else
    detail::extract::fold_word(text(tokens_[token]), folded_text_);
  folded_.push_back({start, static_cast<std::uint32_t>(folded_text_.size())});
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
