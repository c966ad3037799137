#include "model/json_tree.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <set>
#include <utility>

namespace policygraph::inline v0::detail::model {
namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kLongestShown = 100;
constexpr unsigned kFlags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

// Builds the tree from the reader's events. The reader tells no positions, but it stands behind a scalar when it tells
// of it, and nothing but blanks, commas and colons lies between two tokens; so each token's start is found from the end
// of the last.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
 public:
  using Size = rapidjson::SizeType;

  TreeBuilder(const JsonFile& file, std::size_t skipped, const rapidjson::MemoryStream& stream)
      : file_(file), stream_(stream), skipped_(skipped), end_(skipped) {}

  bool Null() { return add(node(JsonNode::Kind::null)); }
  bool Bool(bool flag) {
    auto added = node(JsonNode::Kind::boolean);
    added.flag = flag;
    return add(std::move(added));
  }
  bool RawNumber(const char* text, Size size, bool) { return add(node(JsonNode::Kind::number, {text, size})); }
  bool String(const char* text, Size size, bool) { return add(node(JsonNode::Kind::string, {text, size})); }
  bool StartObject() { return open(JsonNode::Kind::object); }
  bool StartArray() { return open(JsonNode::Kind::array); }
  bool EndObject(Size) { return close(); }
  bool EndArray(Size) { return close(); }

  bool Key(const char* text, Size size, bool) {
    const auto start = scalar();
    auto& inner = open_.back();
    inner.name.assign(text, size);
    if (!inner.names.insert(inner.name).second)
      file_.refuse(ErrorCode::format, "'" + inner.name.substr(0, kLongestShown) + "' is given twice", start);
    return true;
  }

  JsonNode root;

 private:
  struct Open {
    JsonNode node;
    std::string name;             // of the member that comes next
    std::set<std::string> names;  // of an object's members so far
  };

  std::size_t token() const {
    return std::min(file_.text_view.find_first_not_of(" \t\r\n,:", end_), file_.text_view.size());
  }
  // The start of the scalar the reader has just read.
  std::size_t scalar() {
    const auto start = token();
    end_ = skipped_ + stream_.Tell();
    return start;
  }
  // The start of the bracket it is at.
  std::size_t bracket() {
    const auto start = token();
    end_ = start + 1;
    return start;
  }

  JsonNode node(JsonNode::Kind kind, std::string text = {}) { return {kind, false, scalar(), std::move(text), {}, {}}; }

  bool open(JsonNode::Kind kind) {
    const auto start = bracket();
    if (open_.size() == kDeepest) {
      file_.refuse(ErrorCode::limit, "nested deeper than " + std::to_string(kDeepest) + " levels", start);
    }
    open_.push_back({{kind, false, start, {}, {}, {}}, {}, {}});
    return true;
  }

  bool close() {
    bracket();
    auto node = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(node));
  }

  bool add(JsonNode node) {
    if (open_.empty()) {
      root = std::move(node);
      return true;
    }
    auto& inner = open_.back();
    if (inner.node.kind == JsonNode::Kind::array)
      inner.node.items.push_back(std::move(node));
    else
      inner.node.members.push_back({inner.name, std::move(node)});
    return true;
  }

  const JsonFile& file_;
  const rapidjson::MemoryStream& stream_;
  std::size_t skipped_;  // bytes of the file before the stream's first
  std::size_t end_;      // of the last token
  std::vector<Open> open_;
};

// The message of the parser as a fragment of ours.
std::string fragment(rapidjson::ParseErrorCode code) {
  std::string text = rapidjson::GetParseError_En(code);
  if (!text.empty() && text.back() == '.') text.pop_back();
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
    text.front() = static_cast<char>(text.front() + ('a' - 'A'));
  return "not JSON: " + text;
}

std::size_t after_mark(std::string_view text) { return text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; }

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const noexcept {
  auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.name == name; });
  return found == members.end() ? nullptr : &found->value;
}

Place JsonFile::place(std::size_t offset) const {
  auto place = place_in(text_view, offset);
  place.document = name_view;
  return place;
}

void JsonFile::refuse(ErrorCode code, std::string text, std::size_t offset) const {
  throw Error(code, std::move(text), place(offset));
}

JsonNode parse_json(const JsonFile& file) {
  const auto skipped = after_mark(file.text_view);
  const auto text = file.text_view.substr(skipped);
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  TreeBuilder builder(file, skipped, stream);
  if (const auto result = reader.Parse<kFlags>(stream, builder); result.IsError()) {
    file.refuse(ErrorCode::format, fragment(result.Code()), skipped + result.Offset());
  }
  // The parser takes a NUL byte for the end of the text.
  if (stream.Tell() < text.size())
    file.refuse(ErrorCode::format, "not JSON: text after the end", skipped + stream.Tell());
  return std::move(builder.root);
}

}  // namespace policygraph::inline v0::detail::model
