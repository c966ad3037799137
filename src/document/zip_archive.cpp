#include "document/zip_archive.hpp"

#include <algorithm>
#include <optional>

#include "document/inflate.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLongestComment = 65535;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kHeaderSize = 30;
constexpr std::string_view kEndMark = "PK\x05\x06";
constexpr std::string_view kEntryMark = "PK\x01\x02";
constexpr std::string_view kHeaderMark = "PK\x03\x04";
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

// Little-endian. Requires that the bytes are there.
std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) noexcept {
  std::size_t value = 0;
  for (std::size_t i = size; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

bool has_mark(std::string_view bytes, std::size_t at, std::string_view mark, std::size_t size) noexcept {
  return at <= bytes.size() && bytes.size() - at >= size && bytes.substr(at, mark.size()) == mark;
}

// Where the record that ends the directory stands: the last in the file.
std::optional<std::size_t> end_record(std::string_view bytes) noexcept {
  const auto first = bytes.size() - std::min(bytes.size(), kEndSize + kLongestComment);
  const auto tail = bytes.substr(first);
  const auto found = tail.rfind(kEndMark);
  if (found == std::string_view::npos || !has_mark(bytes, first + found, kEndMark, kEndSize)) return std::nullopt;
  return first + found;
}

[[noreturn]] void refuse(ErrorCode code, const ZipArchive::Part& part, const std::string& why) {
  throw Error(code, "its part '" + std::string(part.name.substr(0, 100)) + "' " + why);
}

}  // namespace

ZipArchive::ZipArchive(std::string_view bytes) : bytes_(bytes) {
  const auto end = end_record(bytes);
  if (!end) return;
  const auto count = number(bytes, *end + 10, 2);
  std::size_t at = number(bytes, *end + 16, 4);
  for (std::size_t i = 0; i < count && has_mark(bytes, at, kEntryMark, kEntrySize); ++i) {
    const auto name_size = number(bytes, at + 28, 2);
    if (name_size > bytes.size() - at - kEntrySize) return;
    Part part;
    part.flags = static_cast<std::uint16_t>(number(bytes, at + 8, 2));
    part.method = static_cast<std::uint16_t>(number(bytes, at + 10, 2));
    part.packed_size = number(bytes, at + 20, 4);
    part.header = number(bytes, at + 42, 4);
    part.name = bytes.substr(at + kEntrySize, name_size);
    parts_.push_back(part);
    at += kEntrySize + name_size + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
  }
}

const ZipArchive::Part* ZipArchive::find(std::string_view name) const noexcept {
  const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.name == name; });
  return found == parts_.end() ? nullptr : &*found;
}

std::string ZipArchive::read(const Part& part, std::size_t most) const {
  if ((part.flags & 1U) != 0) refuse(ErrorCode::format, part, "is encrypted; save the file without a password");
  if (part.method != kStored && part.method != kDeflated) refuse(ErrorCode::format, part, "is packed in a way that is not read");
  if (!has_mark(bytes_, part.header, kHeaderMark, kHeaderSize)) refuse(ErrorCode::format, part, "is not where the directory says");
  const auto start = part.header + kHeaderSize + number(bytes_, part.header + 26, 2) + number(bytes_, part.header + 28, 2);
  if (start > bytes_.size() || part.packed_size > bytes_.size() - start) refuse(ErrorCode::format, part, "is cut off");
  const auto packed = bytes_.substr(start, part.packed_size);
  const auto refuse_size = [&] { refuse(ErrorCode::limit, part, "unfolds to more than " + std::to_string(most) + " bytes"); };
  if (part.method == kStored) {
    if (packed.size() > most) refuse_size();
    return std::string(packed);
  }
  auto unpacked = unpack(packed, Packing::raw, most);
  if (unpacked.is_broken) refuse(ErrorCode::format, part, "is damaged");
  if (!unpacked.is_whole) refuse_size();
  return std::move(unpacked.bytes);
}

}  // namespace policygraph::inline v0::detail::document
