#include "store/raw_pages.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::size_t kPage = 4096;
constexpr char kLeafOfTable = 0x0D;
constexpr std::size_t kHeadOfLeaf = 8;
constexpr std::size_t kLogHeader = 32, kFrameHeader = 24;
constexpr std::size_t kMostOfCell = kPage - 35, kLeastOfCell = (kPage - 12) * 32 / 255 - 23;

/// Big-endian.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

/// SQLite's: up to nine bytes, the high bits first. Empty: they end too early.
std::optional<std::uint64_t> varint(std::string_view bytes, std::size_t& at) noexcept {
  std::uint64_t value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at >= bytes.size()) return std::nullopt;
    const auto byte = static_cast<std::uint8_t>(bytes[at++]);
    if (i == 8) return value << 8U | byte;
    value = value << 7U | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) return value;
  }
  return value;
}

std::size_t size_of(std::uint64_t type) noexcept {
  constexpr std::size_t kSizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
  if (type < 10) return kSizes[type];
  return static_cast<std::size_t>((type - 12) / 2);
}

RawField field(std::uint64_t type, std::string_view bytes) noexcept {
  RawField out;
  if (type == 0) return out;
  if (type >= 12) {
    out.kind = type % 2 == 0 ? RawField::Kind::blob : RawField::Kind::text;
    out.bytes = bytes;
  } else if (type == 7) {
    out.kind = RawField::Kind::real;
    out.real = std::bit_cast<double>(number_at(bytes, 0, 8));
  } else {
    out.kind = RawField::Kind::integer;
    const auto bits = static_cast<unsigned>(64 - 8 * bytes.size());
    out.integer = type >= 8 ? static_cast<std::int64_t>(type - 8) : static_cast<std::int64_t>(number_at(bytes, 0, bytes.size()) << bits) >> bits;
  }
  return out;
}

/// False where it is no record.
bool read_record(std::string_view payload, std::vector<RawField>& fields) {
  std::size_t at = 0;
  const auto head = varint(payload, at);
  if (!head || *head > payload.size() || *head > 256) return false;
  auto body = static_cast<std::size_t>(*head);
  while (at < *head) {
    const auto type = varint(payload, at);
    if (!type || *type == 10 || *type == 11 || *type > (std::uint64_t{1} << 34U)) return false;
    const auto size = size_of(*type);
    if (size > payload.size() - body) return false;
    fields.push_back(field(*type, payload.substr(body, size)));
    body += size;
  }
  return at == *head && body == payload.size();
}

/// Of a record of that size, the bytes that lie in the leaf itself.
std::size_t size_in_leaf(std::uint64_t size) noexcept {
  if (size <= kMostOfCell) return static_cast<std::size_t>(size);
  const auto here = kLeastOfCell + static_cast<std::size_t>((size - kLeastOfCell) % (kPage - 4));
  return here > kMostOfCell ? kLeastOfCell : here;
}

/// With the number of its overflow page; 0: it is none.
std::size_t size_of_cell(std::string_view page, std::size_t begin) noexcept {
  auto at = begin;
  const auto size = varint(page, at);
  if (!size || !varint(page, at)) return 0;
  const auto here = size_in_leaf(*size);
  return std::max<std::size_t>(at - begin + here + (here == *size ? 0 : 4), 4);
}

using Pieces = std::vector<std::pair<std::size_t, std::size_t>>;  // of a page: begin and end

/// False where they lead nowhere.
bool add_free_blocks(std::string_view page, Pieces& pieces) {
  auto at = static_cast<std::size_t>(number_at(page, 1, 2));
  while (at != 0) {
    if (at + 4 > kPage) return false;
    const auto next = static_cast<std::size_t>(number_at(page, at, 2));
    pieces.emplace_back(at, at + static_cast<std::size_t>(number_at(page, at + 2, 2)));
    if (next != 0 && next <= at) return false;
    at = next;
  }
  return true;
}

/// Whether the cells, free blocks and lost bytes of a leaf are all that lies behind its head, and no byte is of two.
bool adds_up(std::string_view page) {
  const auto count = static_cast<std::size_t>(number_at(page, 3, 2));
  if (kHeadOfLeaf + 2 * count > kPage) return false;
  Pieces pieces;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(number_at(page, kHeadOfLeaf + 2 * i, 2));
    const auto size = at < kPage ? size_of_cell(page, at) : 0;
    if (size == 0) return false;
    pieces.emplace_back(at, at + size);
  }
  if (!add_free_blocks(page, pieces)) return false;
  pieces.emplace_back(kPage, kPage);
  std::ranges::sort(pieces);
  auto end = static_cast<std::size_t>(number_at(page, 5, 2));
  if (end < kHeadOfLeaf + 2 * count) return false;
  std::size_t lost = 0;
  for (const auto& [from, to] : pieces) {
    if (from < end) return false;
    lost += from - end;
    end = to;
  }
  return end == kPage && lost == number_at(page, 7, 1);
}

std::uint64_t size_of_file(int file) {
  struct stat facts {};
  return file >= 0 && fstat(file, &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

}  // namespace

RawPages::RawPages(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ < 0) throw Error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, "cannot read '" + path + "': " + std::strerror(errno));
  page_count_ = (size_of_file(file_) + kPage - 1) / kPage;
  log_ = ::open((path + "-wal").c_str(), O_RDONLY | O_CLOEXEC);
  if (log_ >= 0) read_log(path);
  work_left_ = 4 * kPage * (page_count_ + frames_.size()) + (std::uint64_t{16} << 20U);
}

RawPages::~RawPages() {
  for (const int file : {file_, log_})
    if (file >= 0) ::close(file);
}

// Frames of an earlier round have other salts. Checksums are not looked at: rows have digests of their own.
void RawPages::read_log(const std::string&) {
  std::string head(kLogHeader, '\0');
  if (pread(log_, head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) return;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> open;  // of a commit that has not ended
  const auto size = size_of_file(log_);
  for (std::uint64_t place = kLogHeader; place + kFrameHeader + kPage <= size; place += kFrameHeader + kPage) {
    std::string frame(kFrameHeader, '\0');
    if (pread(log_, frame.data(), frame.size(), static_cast<off_t>(place)) != static_cast<ssize_t>(frame.size())) return;
    if (frame.compare(8, 8, head, 16, 8) != 0) continue;
    open.emplace_back(number_at(frame, 0, 4), place + kFrameHeader);
    if (number_at(frame, 4, 4) == 0) continue;
    for (const auto& [page, at] : open) newest_[page] = at;
    frames_.insert(frames_.end(), open.begin(), open.end());
    open.clear();
  }
}

bool RawPages::read(int file, std::uint64_t place, Page& page) const {
  page.assign(kPage, '\0');
  std::size_t done = 0;
  while (done < kPage) {
    const auto count = pread(file, page.data() + done, kPage - done, static_cast<off_t>(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;  // the last one may be cut short, a bad one unreadable
    done += static_cast<std::size_t>(count);
  }
  return done > 0;
}

bool RawPages::read_newest(std::uint64_t number, Page& page) const {
  const auto found = newest_.find(number);
  if (found != newest_.end()) return read(log_, found->second, page);
  return number > 0 && number <= page_count_ && read(file_, (number - 1) * kPage, page);
}

void RawPages::visit(const std::function<void(const RawRow&)>& look) {
  Page page;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (read(log_, frame->second, page)) visit_page(page, frame->first == 1, look);
  }
  for (std::uint64_t number = 1; number <= page_count_; ++number) {
    if (read(file_, (number - 1) * kPage, page)) visit_page(page, number == 1, look);
  }
}

std::uint64_t RawPages::user_version() const {
  Page page;
  return read_newest(1, page) ? number_at(page, 60, 4) : 0;
}

std::optional<std::uint64_t> RawPages::last_row(std::uint64_t root) {
  constexpr char kInnerOfTable = 0x05;
  constexpr int kDeepest = 20;
  Page page;
  for (int depth = 0; depth < kDeepest && read_newest(root, page); ++depth) {
    if (page[0] == kLeafOfTable) {
      const auto last = last_cell(page);
      return last == 0U && depth > 0 ? std::nullopt : last;
    }
    if (page[0] != kInnerOfTable) return std::nullopt;
    root = number_at(page, 8, 4);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> RawPages::last_cell(const Page& page) {
  const auto count = static_cast<std::size_t>(number_at(page, 3, 2));
  if (!adds_up(page)) return std::nullopt;
  if (count == 0) return 0;
  auto at = static_cast<std::size_t>(number_at(page, kHeadOfLeaf + 2 * (count - 1), 2));
  return varint(page, at) ? varint(page, at) : std::nullopt;
}

void RawPages::visit_page(const Page& page, bool is_first, const std::function<void(const RawRow&)>& look) {
  const std::size_t head = is_first ? 100 : 0;
  if (page[head] != kLeafOfTable) return;
  const auto count = std::min<std::uint64_t>(number_at(page, head + 3, 2), (kPage - head - 8) / 2);
  for (std::size_t i = 0; i < count; ++i) visit_cell(page, static_cast<std::size_t>(number_at(page, head + 8 + 2 * i, 2)), look);
}

void RawPages::visit_cell(std::string_view page, std::size_t at, const std::function<void(const RawRow&)>& look) {
  if (at >= page.size()) return;
  const auto size = varint(page, at);
  const auto id = varint(page, at);
  if (!size || !id || *size > (page_count_ + frames_.size()) * kPage) return;
  const auto here = size_in_leaf(*size);
  const bool is_whole = here == *size;
  if (here + (is_whole ? 0 : 4) > page.size() - at) return;
  std::string payload(page.substr(at, here));
  if (!is_whole && !follow(number_at(page, at + here, 4), *size, payload)) return;
  RawRow row;
  row.id = *id;
  if (read_record(payload, row.fields)) look(row);
}

bool RawPages::follow(std::uint64_t number, std::uint64_t size, std::string& payload) {
  Page page;
  while (payload.size() < size) {
    if (work_left_ < kPage || !read_newest(number, page)) return false;
    work_left_ -= kPage;
    const auto more = std::min<std::uint64_t>(size - payload.size(), kPage - 4);
    payload.append(page, 4, static_cast<std::size_t>(more));
    number = number_at(page, 0, 4);
  }
  return true;
}

}  // namespace policygraph::inline v0::detail::store
