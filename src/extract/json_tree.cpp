#include "extract/json_tree.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kUsual = 4;  // members

[[noreturn]] void refuse_at(std::string_view fault, std::size_t offset, std::string_view text, std::string_view file) {
  throw Error(ErrorCode::format, std::string(file) + ": " + std::string(fault), place_in(text, offset));
}

// Builds the tree bottom-up: open containers lie on a stack, a closed one moves into the one below.
class Builder {
 public:
  explicit Builder(const rapidjson::MemoryStream& stream) : stream_(stream) {}

  bool Null() { return add(JsonNode::Kind::null, ""); }
  bool Bool(bool value) { return add(JsonNode::Kind::boolean, value ? "true" : "false"); }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return add(JsonNode::Kind::number, {text, size}); }
  bool String(const char* text, rapidjson::SizeType size, bool) { return add(JsonNode::Kind::string, {text, size}); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    key_.assign(text, size);
    return true;
  }
  bool StartObject() { return open(JsonNode::Kind::object); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(JsonNode::Kind::array); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  JsonNode take() { return std::move(root_); }

 private:
  bool add(JsonNode::Kind kind, std::string_view text) {
    place({kind, stream_.Tell(), std::string(text), {}}, std::move(key_));
    return true;
  }
  bool open(JsonNode::Kind kind) {
    if (open_.size() == kMaxDepth) return false;
    open_.emplace_back(std::move(key_), JsonNode{kind, stream_.Tell(), {}, {}});
    key_.clear();
    return true;
  }
  bool close() {
    auto [key, node] = std::move(open_.back());
    open_.pop_back();
    place(std::move(node), std::move(key));
    return true;
  }
  void place(JsonNode node, std::string key) {
    key_.clear();
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      auto& children = open_.back().second.children;
      if (children.empty()) children.reserve(kUsual);
      children.push_back({std::move(key), std::move(node)});
    }
  }

  const rapidjson::MemoryStream& stream_;
  std::string key_;
  std::vector<std::pair<std::string, JsonNode>> open_;
  JsonNode root_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const noexcept {
  for (const auto& [key, node] : children) {
    if (key == name) return &node;
  }
  return nullptr;
}

namespace {

template <unsigned kFlags>
JsonNode parse(std::string_view text, std::string_view file) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  Builder builder(stream);
  rapidjson::Reader reader;
  const auto result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    const bool is_deep = result.Code() == rapidjson::kParseErrorTermination;
    refuse_at(is_deep ? "nested deeper than 16" : rapidjson::GetParseError_En(result.Code()), result.Offset(), text, file);
  }
  return builder.take();
}

}  // namespace

// The reader checks UTF-8 letter by letter; where all of it is known to be right it need not.
JsonNode parse_json(std::string_view text, std::string_view file) {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  if (is_valid_utf8(text)) return parse<kFlags>(text, file);
  return parse<kFlags | rapidjson::kParseValidateEncodingFlag>(text, file);
}

void refuse(std::string_view fault, const JsonNode& node, std::string_view text, std::string_view file) {
  refuse_at(fault, node.offset == 0 ? 0 : node.offset - 1, text, file);
}

}  // namespace policygraph::inline v0::detail::extract
