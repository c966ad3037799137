#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "policygraph/model/value.hpp"

// A compacted snapshot as bytes that are used where they lie (decision 9).
namespace policygraph::inline v0::detail::graph {

/// How values are bytes; whoever keeps the image knows.
struct ValueCodec {
  std::string (*bytes)(const Value& value) = nullptr;
  Value (*value)(std::string_view bytes) = nullptr;  ///< throws Error(format)
};

/// The bytes of an image: the arrays, used where they lie and not looked at before, and the head, which is read when a
/// graph is opened. Bytes are compared with digests a chunk at a time, when first needed; any thread may ask.
class Image {
 public:
  static constexpr std::size_t kChunk = std::size_t{1} << 16U;

  virtual ~Image() = default;
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  std::span<const char> arrays() const noexcept { return arrays_; }
  std::string_view head() const noexcept { return head_; }
  const ValueCodec& codec() const noexcept { return codec_; }

  /// To be called before bytes of the arrays are read. Bytes that are not as they were written are put right first.
  void need(const void* at, std::size_t size) const {
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(at) - arrays_.data());
    for (auto chunk = begin / kChunk; chunk * kChunk < begin + size; ++chunk) {
      if (sound_[chunk].load(std::memory_order_acquire) == 0) [[unlikely]] make_sound(chunk);
    }
  }
  template <class T>
  void need(std::span<const T> items) const {
    if (!items.empty()) need(items.data(), items.size_bytes());
  }

 protected:
  Image(std::span<const char> arrays, std::string_view head, const ValueCodec& codec)
      : arrays_(arrays), head_(head), codec_(codec), sound_(std::make_unique<std::atomic<std::uint8_t>[]>(chunk_count())) {}
  std::size_t chunk_count() const noexcept { return (arrays_.size() + kChunk - 1) / kChunk; }
  void mark_sound(std::size_t chunk) const noexcept { sound_[chunk].store(1, std::memory_order_release); }

 private:
  /// Compares the chunk with its digest and puts it right; then marks it. Throws where that cannot be done.
  virtual void make_sound(std::size_t chunk) const = 0;

  std::span<const char> arrays_;
  std::string_view head_;
  ValueCodec codec_;
  std::unique_ptr<std::atomic<std::uint8_t>[]> sound_;
};

/// What may lie in an array: numbers, and structs of numbers without gaps.
template <class T>
concept Storable = std::is_arithmetic_v<T> || std::is_enum_v<T> || (std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>);

/// Writes an image; equal graphs give equal bytes. Arrays go to the sink as they come.
class ImageOut {
 public:
  using Sink = std::function<void(std::string_view bytes)>;
  ImageOut(Sink sink, const ValueCodec& codec) : sink_(std::move(sink)), codec_(codec) {}

  template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void number(T value) {
    head_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view text) {
    number(std::uint64_t{text.size()});
    head_ += text;
  }
  void value(const Value& value) { text(codec_.bytes(value)); }
  template <Storable T>
  void array(std::span<const T> items) {
    align();
    number(size_);
    number(std::uint64_t{items.size()});
    put({reinterpret_cast<const char*>(items.data()), items.size_bytes()});
  }
  template <Storable T>
  void array(const std::vector<T>& items) {
    array(std::span<const T>(items));
  }
  /// What `write` writes is read apart, and later: of the head there is a mark alone.
  template <class Write>
  void later(Write write) {
    align();
    const auto first = size_;
    std::string apart;
    apart.swap(head_);
    write();
    apart.swap(head_);
    number(first);
    array(std::span<const char>(apart));
  }
  const std::string& head() const noexcept { return head_; }
  std::uint64_t size() const noexcept { return size_; }  ///< of the arrays

 private:
  static constexpr std::size_t kAlignment = 8;
  void align() { put(std::string_view("\0\0\0\0\0\0\0", (kAlignment - size_ % kAlignment) % kAlignment)); }
  void put(std::string_view bytes) {
    size_ += bytes.size();
    if (!bytes.empty()) sink_(bytes);
  }

  Sink sink_;
  ValueCodec codec_;
  std::string head_;
  std::uint64_t size_ = 0;
};

/// Reads what ImageOut wrote and trusts no place or size: past the end it is Error(format). Arrays are spans of the image
/// and must be `need`ed before their items are read.
class ImageIn {
 public:
  explicit ImageIn(const std::shared_ptr<const Image>& image) : ImageIn(image, image->head()) {}

  const std::shared_ptr<const Image>& image() const noexcept { return image_; }
  template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  T number() {
    T value;
    std::memcpy(&value, raw(sizeof value).data(), sizeof value);
    return value;
  }
  std::uint32_t small() { return number<std::uint32_t>(); }
  bool flag() { return number<std::uint8_t>() != 0; }
  std::string_view text() { return raw(number<std::uint64_t>()); }
  Value value() { return image_->codec().value(text()); }
  template <Storable T>
  std::span<const T> array() {
    const auto first = number<std::uint64_t>();
    const auto count = number<std::uint64_t>();
    check_array(first, count, sizeof(T), alignof(T));
    return {reinterpret_cast<const T*>(image_->arrays().data() + first), static_cast<std::size_t>(count)};
  }
  /// A count of things that take at least a byte each.
  std::size_t count();

  /// What was written to be read later.
  struct Later {
    std::shared_ptr<const Image> image;
    std::span<const char> all;   // its arrays and its head
    std::span<const char> head;  // the end of them
    /// All of it is sound then.
    ImageIn in() const;
  };
  Later later();

 private:
  ImageIn(std::shared_ptr<const Image> image, std::string_view head) : image_(std::move(image)), left_(head) {}
  std::string_view raw(std::uint64_t size);
  void check_array(std::uint64_t first, std::uint64_t count, std::size_t size, std::size_t alignment) const;

  std::shared_ptr<const Image> image_;
  std::string_view left_;
};

/// An array that is owned, or lies in an image.
template <class T>
class Stored {
 public:
  Stored() = default;
  Stored(std::vector<T> own) noexcept : own_(std::move(own)) {}
  explicit Stored(std::span<const T> kept) noexcept : kept_(kept) {}

  std::span<const T> all() const noexcept { return kept_.data() == nullptr ? std::span<const T>(own_) : kept_; }
  const T* data() const noexcept { return all().data(); }
  std::size_t size() const noexcept { return all().size(); }
  bool empty() const noexcept { return size() == 0; }
  const T& operator[](std::size_t place) const noexcept { return data()[place]; }
  auto begin() const noexcept { return all().begin(); }
  auto end() const noexcept { return all().end(); }
  std::size_t memory_bytes() const noexcept { return own_.capacity() * sizeof(T); }

 private:
  std::vector<T> own_;
  std::span<const T> kept_;
};

}  // namespace policygraph::inline v0::detail::graph
