#include "exchange/json_records.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/istreamwrapper.h>
#include <rapidjson/reader.h>

namespace policygraph::inline v0::detail::exchange {
namespace {

/// A stream for RapidJSON that knows its offset and skips a byte order mark.
class Bytes {
 public:
  using Ch = char;
  explicit Bytes(std::istream& in) : in_(in), block_(1U << 16U, '\0') { fill(); }

  char Peek() const noexcept { return at_ < size_ ? block_[at_] : '\0'; }
  char Take() {
    const char c = Peek();
    if (at_ < size_ && ++at_ == size_) fill();
    return c;
  }
  std::size_t Tell() const noexcept { return before_ + at_; }
  bool at_end() const noexcept { return at_ >= size_; }

  // Required by the concept; only for writing.
  char* PutBegin() noexcept { return nullptr; }
  void Put(char) noexcept {}
  void Flush() noexcept {}
  std::size_t PutEnd(char*) noexcept { return 0; }

  void skip_mark() {
    for (const char c : {'\xEF', '\xBB', '\xBF'})
      if (Peek() == c) Take();
  }
  void skip_blanks() {
    while (!at_end() && (Peek() == ' ' || Peek() == '\n' || Peek() == '\r' || Peek() == '\t')) Take();
  }

 private:
  void fill() {
    before_ += size_;
    at_ = 0;
    in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    size_ = static_cast<std::size_t>(in_.gcount());
  }
  std::istream& in_;
  std::string block_;
  std::size_t at_ = 0, size_ = 0, before_ = 0;
};

/// Builds one value out of events; knows where the keys of an outermost object stand.
class Builder {
 public:
  bool is_open() const noexcept { return !frames_.empty(); }
  bool is_at_record() const noexcept { return frames_.size() == 1 && frames_.front().is_object; }
  std::size_t depth() const noexcept { return frames_.size(); }

  void open(bool is_object) {
    if (frames_.size() >= kMaxDepth) throw JsonFault{"nested deeper than " + std::to_string(kMaxDepth), "", 0};
    frames_.push_back({is_object, {}, {}, {}});
  }
  void key(std::string name) {
    auto& frame = frames_.back();
    if (frame.map.contains(name)) throw JsonFault{"key '" + name + "' comes twice", "/" + name, 0};
    frame.key = std::move(name);
  }
  const std::string& current_key() const noexcept { return frames_.back().key; }
  void add(Value value) {
    auto& frame = frames_.back();
    if (frame.is_object) frame.map.emplace(std::move(frame.key), std::move(value));
    else frame.list.push_back(std::move(value));
  }
  /// The value that just ended; already added to what holds it, unless it was the outermost.
  std::optional<Value> close() {
    auto frame = std::move(frames_.back());
    frames_.pop_back();
    Value value = frame.is_object ? Value(std::move(frame.map)) : Value(std::move(frame.list));
    if (frames_.empty()) return value;
    add(std::move(value));
    return std::nullopt;
  }

 private:
  struct Frame {
    bool is_object;
    ValueMap map;
    ValueList list;
    std::string key;
  };
  std::vector<Frame> frames_;
};

/// Events of RapidJSON to records. `lines`: each outermost object is a record; else lists inside it are.
class Handler {
 public:
  Handler(Bytes& bytes, const JsonVisitor& visitor, bool lines) : bytes_(bytes), visitor_(visitor), lines_(lines) {}

  bool Null() { return scalar({}); }
  bool Bool(bool value) { return scalar(value); }
  bool RawNumber(const char* text, unsigned size, bool) { return guard([&] { put(number({text, size})); }); }
  bool String(const char* text, unsigned size, bool) { return scalar(std::string_view(text, size)); }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  bool StartObject() {
    return guard([&] {
      if (!lines_ && !is_inside_) is_inside_ = true;
      else open(true);
    });
  }
  bool StartArray() {
    return guard([&] {
      if (!lines_ && !is_inside_) throw JsonFault{"expected an object, found a list", "", 0};
      if (builder_.is_open() || lines_ || in_list_) return open(false);
      in_list_ = true;
      record_.index = 0;
    });
  }
  bool Key(const char* text, unsigned size, bool) {
    return guard([&] {
      std::string name(text, size);
      if (builder_.is_open()) {
        if (builder_.is_at_record()) record_.field_offsets[name] = bytes_.Tell() - size;
        builder_.key(std::move(name));
      } else {
        if (!sections_.emplace(name, true).second) throw JsonFault{"key '" + name + "' comes twice", "/" + name, 0};
        record_.section = std::move(name);
      }
    });
  }
  bool EndObject(unsigned) {
    return guard([&] {
      if (builder_.is_open()) finish(builder_.close());
      else is_inside_ = false;
    });
  }
  bool EndArray(unsigned) {
    return guard([&] {
      if (builder_.is_open()) finish(builder_.close());
      else in_list_ = false;
    });
  }

  const std::optional<JsonFault>& fault() const noexcept { return fault_; }
  std::exception_ptr failure() const noexcept { return failure_; }
  std::string pointer() const {
    if (lines_) return {};
    if (!in_list_) return record_.section.empty() ? "" : "/" + record_.section;
    return "/" + record_.section + "/" + std::to_string(record_.index);
  }
  void next_line() { ++line_; }

 private:
  template <class Act>
  bool guard(Act act) {
    try {
      act();
      return true;
    } catch (const JsonFault& fault) {
      fault_ = fault;
      if (fault_->offset == 0) fault_->offset = bytes_.Tell();
      if (!fault_->pointer.starts_with(pointer())) fault_->pointer = pointer() + fault_->pointer;
    } catch (...) {
      failure_ = std::current_exception();
    }
    return false;
  }

  bool scalar(Value value) {
    return guard([&] { put(std::move(value)); });
  }

  void open(bool is_object) {
    if (!builder_.is_open()) {
      record_.offset = bytes_.Tell() - 1;
      record_.field_offsets.clear();
    }
    builder_.open(is_object);
  }

  void put(Value value) {
    if (builder_.is_open()) return builder_.add(std::move(value));
    if (!lines_ && !is_inside_) throw JsonFault{"expected an object", "", 0};
    if (lines_ || in_list_) throw JsonFault{"expected an object, found " + value.to_string().substr(0, 40), "", 0};
    visitor_.member(record_.section, std::move(value), bytes_.Tell());
  }

  void finish(std::optional<Value> ended) {
    if (!ended) return;
    if (ended->kind() != ValueKind::map) {
      if (lines_ || in_list_) throw JsonFault{"expected an object, found a list", "", 0};
      return visitor_.member(record_.section, std::move(*ended), record_.offset);
    }
    if (!lines_ && !in_list_) return visitor_.member(record_.section, std::move(*ended), record_.offset);
    record_.fields = ended->as_map();
    if (lines_) take_section();
    visitor_.record(record_);
    ++record_.index;
  }

  void take_section() {
    const auto at = record_.fields.find("record");
    if (at == record_.fields.end() || at->second.kind() != ValueKind::string)
      throw JsonFault{"a line without \"record\"", "", record_.offset};
    record_.section = at->second.as_string();
    record_.fields.erase(at);
  }

  static Value number(std::string_view text) {
    if (text.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc() || end != text.data() + text.size())
        throw JsonFault{"number " + std::string(text.substr(0, 40)) + " does not fit in 64 bits", "", 0};
      return value;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
      throw JsonFault{"number " + std::string(text.substr(0, 40)) + " does not fit in a double", "", 0};
    return value;
  }

  Bytes& bytes_;
  const JsonVisitor& visitor_;
  bool lines_;
  bool is_inside_ = false, in_list_ = false;
  std::size_t line_ = 0;
  Builder builder_;
  JsonRecord record_;
  std::map<std::string, bool, std::less<>> sections_;
  std::optional<JsonFault> fault_;
  std::exception_ptr failure_;
};

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag | rapidjson::kParseStopWhenDoneFlag;

void parse_one(rapidjson::Reader& reader, Bytes& bytes, Handler& handler) {
  const auto result = reader.Parse<kFlags>(bytes, handler);
  if (!result.IsError()) return;
  if (handler.failure()) std::rethrow_exception(handler.failure());
  if (handler.fault()) throw JsonFault(*handler.fault());
  throw JsonFault{std::string("not JSON: ") + rapidjson::GetParseError_En(result.Code()), handler.pointer(), result.Offset()};
}

/// JSON Lines begin with a line that says it is the record of the graph.
bool looks_like_lines(std::istream& in) {
  std::string head(1024, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  const auto line = std::string_view(head).substr(0, head.find('\n'));
  return line.find("\"record\"") != std::string_view::npos && line.find('}') != std::string_view::npos;
}

}  // namespace

void read_records(std::istream& in, const JsonVisitor& visitor) {
  const bool lines = looks_like_lines(in);
  Bytes bytes(in);
  bytes.skip_mark();
  bytes.skip_blanks();
  rapidjson::Reader reader;
  Handler handler(bytes, visitor, lines);
  if (bytes.at_end()) throw JsonFault{"the file is empty", "", 0};
  do {
    parse_one(reader, bytes, handler);
    bytes.skip_blanks();
  } while (lines && !bytes.at_end());
  if (!bytes.at_end()) throw JsonFault{"more text after the end of the graph", "", bytes.Tell()};
}

}  // namespace policygraph::inline v0::detail::exchange
