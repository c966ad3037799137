// A language file is one JSON object:
//
//   "code", "name", "script" ("latin" or "cyrillic")              one string
//   "abbreviations", "final_abbreviations", "suffixes",
//   "stop_words", "frequent", "typical", "foreign",
//   "number_joints", "half_joints", "number_articles"             a list of strings
//   "months" (1 to 12), "numbers", "magnitudes"                   lists of words by the number they stand for
//
// All but code, name and script may be left out. "frequent", "typical" and "foreign" tell languages apart: frequent words, letter groups of this
// language alone ("$" at the end: an ending), and letter groups it does not have.

#include <rapidjson/memorystream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <cctype>

#include "language_data.hpp"
#include "policygraph/base/error.hpp"
#include "word_key.hpp"

namespace policygraph::inline v0::detail::text {
namespace {

enum class Shape : std::uint8_t { one, list, by_number };

struct Section {
  std::string_view key;
  Shape shape;
};
constexpr Section kSections[] = {
    {"code", Shape::one},          {"name", Shape::one},
    {"script", Shape::one},        {"months", Shape::by_number},
    {"numbers", Shape::by_number}, {"magnitudes", Shape::by_number},
    {"abbreviations", Shape::list}, {"final_abbreviations", Shape::list},
    {"suffixes", Shape::list},     {"stop_words", Shape::list},
    {"frequent", Shape::list},     {"typical", Shape::list},
    {"foreign", Shape::list},       {"number_joints", Shape::list},
    {"half_joints", Shape::list},   {"number_articles", Shape::list},
};

const Section* section_of(std::string_view key) {
  for (const Section& section : kSections) {
    if (section.key == key) return &section;
  }
  return nullptr;
}

/// Takes the events of the reader; says what is wrong in `trouble` and stops the reader by false.
class Handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
 public:
  std::string trouble;

  explicit Handler(Language::Data& data) : data_(data) {}

  bool Default() { return refuse("a string was expected"); }  // numbers, true, false and null

  bool StartObject() {
    if (depth_ == 0 || (depth_ == 1 && section_ != nullptr && section_->shape == Shape::by_number)) {
      ++depth_;
      return true;
    }
    return refuse(expected());
  }

  bool EndObject(rapidjson::SizeType) {
    if (--depth_ == 1) section_ = nullptr;
    return true;
  }

  bool StartArray() {
    const bool fits = section_ != nullptr && depth_ == (section_->shape == Shape::list ? 1 : 2) && section_->shape != Shape::one;
    if (!fits || in_list_) return refuse(expected());
    in_list_ = true;
    return true;
  }

  bool EndArray(rapidjson::SizeType) {
    in_list_ = false;
    if (depth_ == 1) section_ = nullptr;
    return true;
  }

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view key(text, size);
    if (depth_ == 2) return number_key(key);
    section_ = section_of(key);
    if (section_ == nullptr) return refuse("unknown section '" + std::string(key) + "'");
    const auto bit = 1U << static_cast<unsigned>(section_ - kSections);
    if ((seen_ & bit) != 0) return refuse("section '" + std::string(key) + "' is there twice");
    seen_ |= bit;
    return true;
  }

  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view word(text, size);
    if (section_ == nullptr) return refuse("a language file is one object");
    if (section_->shape == Shape::one && depth_ == 1) return one(word);
    if (!in_list_) return refuse(expected());
    if (word.empty() || word.size() > WordKey::kMostBytes) return refuse("a word of 1 to 96 bytes was expected");
    section_->shape == Shape::list ? add_listed(word) : add_numbered(word);
    return true;
  }

  /// The first section that must be there and is not; empty when all are.
  std::string_view missing() const {
    for (unsigned i = 0; i < 3; ++i) {
      if ((seen_ & (1U << i)) == 0) return kSections[i].key;
    }
    return {};
  }

 private:
  bool refuse(std::string text) {
    trouble = std::move(text);
    return false;
  }

  std::string expected() const {
    if (section_ == nullptr) return "a language file is one object";
    const std::string name = "section '" + std::string(section_->key) + "' is ";
    if (section_->shape == Shape::one) return name + "one string";
    if (section_->shape == Shape::list) return name + "a list of strings";
    return name + "an object of lists of strings by number";
  }

  bool number_key(std::string_view key) {
    const auto number = Decimal::try_parse(key);
    if (!number) return refuse("'" + std::string(key) + "' is not a number");
    number_ = *number;
    if (section_->key != "months") return true;
    month_ = static_cast<int>(number->to_int64().value_or(0));
    return month_ >= 1 && month_ <= 12 ? true : refuse("month '" + std::string(key) + "' is not 1 to 12");
  }

  bool one(std::string_view word) {
    if (section_->key == "code") {
      data_.code = word;
    } else if (section_->key == "name") {
      data_.name = word;
    } else if (word == "latin" || word == "cyrillic") {
      data_.script = word == "latin" ? Script::latin : Script::cyrillic;
    } else {
      return refuse("unknown script '" + std::string(word) + "'; scripts: latin, cyrillic");
    }
    section_ = nullptr;
    return true;
  }

  void add_numbered(std::string_view word) {
    if (section_->key == "months") data_.months[word_key(word)] = month_;
    else if (section_->key == "numbers") add_number(word);
    else data_.magnitudes[word_key(word)] = number_;
  }

  void add_number(std::string_view word) {
    data_.numbers[word_key(word)] = number_;
    data_.has_teens = data_.has_teens || number_ == Decimal(11);
    data_.has_hundreds = data_.has_hundreds || number_ == Decimal(200);
  }

  void add_listed(std::string_view word) {
    if (section_->key == "abbreviations") data_.abbreviations.insert(abbreviation_key(word));
    else if (section_->key == "final_abbreviations") data_.final_abbreviations.insert(abbreviation_key(word));
    else if (section_->key == "stop_words") data_.stop_words.insert(word_key(word));
    else if (section_->key == "frequent") data_.frequent.insert(word_key(word));
    else if (section_->key == "typical") data_.typical.push_back(word_key(word));
    else if (section_->key == "foreign") data_.foreign.push_back(word_key(word));
    else if (section_->key == "number_joints") data_.number_joints.insert(word_key(word));
    else if (section_->key == "half_joints") data_.half_joints.insert(word_key(word));
    else if (section_->key == "number_articles") data_.number_articles.insert(word_key(word));
    else add_suffix(word_key(word));
  }

  void add_suffix(std::string suffix) {
    data_.longest_suffix = std::max(data_.longest_suffix, suffix.size());
    data_.suffixes.insert(std::move(suffix));
  }

  Language::Data& data_;
  const Section* section_ = nullptr;
  std::uint32_t seen_ = 0;
  int depth_ = 0;
  bool in_list_ = false;
  Decimal number_;
  int month_ = 0;
};

[[noreturn]] void fail(std::string_view json, std::string_view name, std::size_t offset, const std::string& text) {
  Place place = place_in(json, offset);
  place.document = name;
  throw Error(ErrorCode::format, text, std::move(place));
}

std::string lower_fragment(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

void note_first_letters(Language::Data& data) {
  for (const auto& [word, month] : data.months) data.of_months.add(word);
  for (const auto& [word, power] : data.magnitudes) data.of_magnitudes.add(word), data.of_numbers.add(word);
  for (const auto& [word, number] : data.numbers) data.of_numbers.add(word);
  for (const auto* words : {&data.number_joints, &data.half_joints, &data.number_articles}) {
    for (const std::string& word : *words) data.of_numbers.add(word);
  }
  for (const std::string& word : data.stop_words) data.of_stop_words.add(word);
}

}  // namespace

std::shared_ptr<const Language::Data> read_language(std::string_view json, std::string_view name) {
  auto data = std::make_shared<Language::Data>();
  Handler handler(*data);
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, handler);
  if (!handler.trouble.empty()) fail(json, name, stream.Tell(), handler.trouble);
  if (result.IsError()) fail(json, name, result.Offset(), lower_fragment(rapidjson::GetParseError_En(result.Code())));
  if (stream.Tell() < json.size()) fail(json, name, stream.Tell(), "a NUL byte ends the JSON early");
  if (!handler.missing().empty()) fail(json, name, json.size(), "section '" + std::string(handler.missing()) + "' is missing");
  note_first_letters(*data);
  return data;
}

}  // namespace policygraph::inline v0::detail::text
