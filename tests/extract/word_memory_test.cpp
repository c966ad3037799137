#include "extract/word_memory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "extract/packs.hpp"
#include "extract/reading.hpp"
#include "extract/recognizers/words.hpp"
#include "policygraph/extract/extractor.hpp"
#include "policygraph/extract/recognizer.hpp"
#include "support/repository.hpp"

namespace policygraph {
namespace {

using detail::extract::Reading;
using detail::extract::WordMemories;
using detail::extract::WordMemory;

const detail::extract::Vocabulary& vocabulary() { return Packs::built_in().data().phrases.vocabulary; }

WordMemories memories() { return {vocabulary(), detail::extract::votes_of(Languages::built_in())}; }

std::vector<Document> samples() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(testing::repository() / "examples" / "documents")) {
    if (entry.path().extension() == ".txt" || entry.path().extension() == ".html") paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  std::vector<Document> out;
  for (const std::string& path : paths) out.push_back(read_document(path));
  out.push_back(read_document_bytes("Kazakhstan’s EU’s it's O‘zbekiston PARTNЁR партнёр Ҳукумат İstanbul Straße № — 2030 " + std::string(40, 'w') + " a", "odd.txt"));
  out.push_back(read_document_bytes("", "empty.txt"));
  return out;
}

void expect_equal(const DocumentView& with, const DocumentView& without) {
  ASSERT_EQ(with.tokens().size(), without.tokens().size());
  for (std::uint32_t i = 0; i < with.tokens().size(); ++i) EXPECT_EQ(with.folded(i), without.folded(i));
  ASSERT_EQ(with.sentences().size(), without.sentences().size());
  for (std::size_t i = 0; i < with.sentences().size(); ++i) {
    EXPECT_EQ(with.language(with.sentences()[i]).code(), without.language(without.sentences()[i]).code());
  }
}

TEST(WordMemory, ViewsAreTheSameWithoutOne) {
  WordMemories all = memories();
  for (int round = 0; round < 2; ++round) {
    const auto memory = all.take();
    for (const Document& document : samples()) {
      expect_equal(DocumentView(document, Languages::built_in(), *memory), DocumentView(document, Languages::built_in()));
    }
  }
}

TEST(WordMemory, KnowsTheWordsOfThePacks) {
  WordMemories all = memories();
  const auto memory = all.take();
  for (const Document& document : samples()) {
    const DocumentView view(document, Languages::built_in(), *memory);
    for (std::uint32_t i = 0; i < view.tokens().size(); ++i) {
      const auto number = view.word_numbers()[i];
      if (number == WordMemory::kNotKept) continue;
      const auto hit = detail::extract::look_up(vocabulary(), view.text(view.tokens()[i]), view.folded(i));
      EXPECT_EQ((*memory)[number].hit.word, hit.word);
      EXPECT_EQ((*memory)[number].hit.stem, hit.stem);
    }
  }
}

// Of every category in order, as text.
std::string phrases_of(const Reading& reading) {
  std::string out;
  for (const auto& [name, number] : reading.packs().categories) {
    for (const auto& match : reading.matches(number)) {
      out += name + " " + std::to_string(match.first) + " " + std::to_string(match.last) + " " + reading.entry(match).id + "\n";
    }
  }
  return out;
}

TEST(WordMemory, PhrasesAreTheSameWithoutOne) {
  WordMemories all = memories();
  const Packs::Data& packs = Packs::built_in().data();
  for (int round = 0; round < 2; ++round) {
    const auto memory = all.take();
    for (const Document& document : samples()) {
      const DocumentView with(document, Languages::built_in(), *memory), without(document, Languages::built_in());
      const Reading quick(with, packs, Languages::built_in(), Schema::policy()), slow(without, packs, Languages::built_in(), Schema::policy());
      EXPECT_EQ(phrases_of(quick), phrases_of(slow));
    }
  }
}

TEST(WordMemory, WordsPastItsBoundsAreNotKept) {
  WordMemories all = memories();
  const auto memory = all.take();
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "word" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i) + " ";
  const Document many = read_document_bytes(text, "many.txt");
  const DocumentView view(many, Languages::built_in(), *memory);
  expect_equal(view, DocumentView(many, Languages::built_in()));
  EXPECT_EQ(view.word_numbers().back(), WordMemory::kNotKept);
  (*memory).make_room();
  const Document few = read_document_bytes("The Law of 2020.", "few.txt");
  EXPECT_NE(DocumentView(few, Languages::built_in(), *memory).word_numbers().front(), WordMemory::kNotKept);
}

TEST(WordMemory, WordsThatFoldPastItsBoundsAreNotKept) {
  WordMemories all = memories();
  const auto memory = all.take();
  std::string capitals;
  for (int i = 0; i < 16; ++i) capitals += "İ";  // 32 bytes, and more in small letters
  const Document odd = read_document_bytes(capitals + " " + capitals + " Партнёр EU’s " + capitals, "odd.txt");
  for (int round = 0; round < 3; ++round) {
    const DocumentView view(odd, Languages::built_in(), *memory);
    expect_equal(view, DocumentView(odd, Languages::built_in()));
    const bool is_kept = view.word_numbers().front() != WordMemory::kNotKept;
    EXPECT_EQ(is_kept, view.folded(0).size() <= 32);
  }
}

TEST(WordMemory, WordsUsedOftenAreKeptWhenRoomIsMade) {
  WordMemories all = memories();
  const auto memory = all.take();
  std::string text;
  for (int i = 0; i < 13000; ++i) text += (i % 2 == 0 ? "EU’s Law of O‘zbekiston w" : "Закон Партнёра w") + std::to_string(i) + " x" + std::to_string(i) + "y ";
  const Document many = read_document_bytes(text, "many.txt");
  expect_equal(DocumentView(many, Languages::built_in(), *memory), DocumentView(many, Languages::built_in()));
  (*memory).make_room();
  const auto often = DocumentView(read_document_bytes("Law", "few.txt"), Languages::built_in(), *memory).word_numbers().front();
  EXPECT_LT(often, 10U);
  expect_equal(DocumentView(many, Languages::built_in(), *memory), DocumentView(many, Languages::built_in()));
  for (const Document& document : samples()) {
    expect_equal(DocumentView(document, Languages::built_in(), *memory), DocumentView(document, Languages::built_in()));
  }
}

TEST(WordMemory, WhatWasReadBeforeChangesNothing) {
  const Extractor reads_all;
  for (const Document& document : samples()) {
    const std::string first = to_text(Extractor().extract(document), document.text());
    EXPECT_EQ(to_text(reads_all.extract(document), document.text()), first);
    std::string at_once;
    std::thread other([&] { at_once = to_text(reads_all.extract(document), document.text()); });
    EXPECT_EQ(to_text(reads_all.extract(document), document.text()), first);
    other.join();
    EXPECT_EQ(at_once, first);
  }
}

}  // namespace
}  // namespace policygraph
