#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>

#include "document/inflate.hpp"
#include "document/mime.hpp"
#include "document/warc.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kHeld = std::size_t{4} << 20;
constexpr std::size_t kFirstWindow = std::size_t{256} << 10;
constexpr std::size_t kHead = std::size_t{32} << 10;       // of a record: enough for both kinds of headers
constexpr std::size_t kMostPacked = std::size_t{512} << 20;  // of one record
constexpr std::size_t kMostUnpacked = std::size_t{2} << 30;  // to go over
constexpr std::size_t kHeadMargin = 64;  // line breaks behind a record
constexpr std::string_view kGzip = "\x1F\x8B", kPacked = "\x1F\x8B\x08";
constexpr std::string_view kStart = "WARC/1.";
constexpr std::size_t kMostLost = 1000;  // places without a record, of one file
constexpr std::size_t kMostTold = 100;   // diagnostics

[[noreturn]] void refuse_file(const std::string& path, const std::string& why) { throw Error(ErrorCode::io, "cannot read '" + path + "': " + why); }

class File {
 public:
  explicit File(const std::string& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat facts {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &facts) != 0) refuse_file(path, std::strerror(errno));
    size_ = static_cast<std::uint64_t>(facts.st_size);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  std::uint64_t size() const noexcept { return size_; }
  // Bytes of the file, as many as there are; good until the next call. Small steps read the file once.
  std::string_view at(std::uint64_t place, std::size_t most) {
    const auto wanted = place >= size_ ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - place));
    if (place < held_from_ || place + wanted > held_from_ + held_.size()) hold(place, std::max(wanted, kHeld));
    const auto from = static_cast<std::size_t>(place - held_from_);
    return std::string_view(held_).substr(std::min(from, held_.size()), wanted);
  }

 private:
  void hold(std::uint64_t place, std::size_t most) {
    held_from_ = place;
    held_.assign(place >= size_ ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - place)), '\0');
    std::size_t done = 0;
    while (done < held_.size()) {
      const auto count = ::pread(descriptor_, held_.data() + done, held_.size() - done, static_cast<off_t>(place + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) refuse_file(path_, "the device failed");
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    held_.resize(done);
  }

  std::string path_;
  int descriptor_;
  std::uint64_t size_ = 0;
  std::string held_;
  std::uint64_t held_from_ = 0;
};

// Bytes of a record that is not packed; 0: none stands here.
std::uint64_t plain_size(std::string_view head) {
  const auto line = head.find('\n');
  if (!head.starts_with("WARC/") || line == std::string_view::npos) return 0;
  const auto headers = MimeHeaders::read(head.substr(line + 1));
  const auto length = headers.value("content-length");
  std::uint64_t size = 0;
  if (std::from_chars(length.data(), length.data() + length.size(), size).ec != std::errc() || size > (std::uint64_t{1} << 62)) return 0;
  return line + 1 + headers.size() + size;
}

// A record as it stands in the file.
struct Record {
  std::string head;        // the beginning of it, unpacked
  std::uint64_t next = 0;  // where what follows stands; 0: here is no record, or none that ends
  bool is_many = false;    // several were packed as one
};

Record packed_record(File& file, std::uint64_t place) {
  Record record;
  for (std::size_t window = kFirstWindow; window <= kMostPacked; window *= 4) {
    const auto bytes = file.at(place, window);
    const auto size = packed_size(bytes, Packing::gzip, kMostUnpacked);
    if (size.packed > 0) {
      record.head = unpack(bytes, Packing::gzip, kHead).bytes;
      record.next = place + size.packed;
      const auto own = plain_size(record.head);
      record.is_many = own > 0 && own + kHeadMargin < size.unpacked;
      return record;
    }
    if (bytes.size() < window) break;
  }
  return record;
}

Record record_at(File& file, std::uint64_t place) {
  if (file.at(place, kGzip.size()) == kGzip) return packed_record(file, place);
  Record record;
  record.head = file.at(place, kHead);
  const auto size = plain_size(record.head);
  if (size > 0 && size <= file.size() - place) record.next = place + size;
  return record;
}

// Empty lines part records.
std::uint64_t skip_lines(File& file, std::uint64_t place) {
  for (;;) {
    const auto bytes = file.at(place, kFirstWindow);
    const auto found = bytes.find_first_not_of("\r\n");
    if (found != std::string_view::npos || bytes.empty()) return place + (found == std::string_view::npos ? 0 : found);
    place += bytes.size();
  }
}

// The next place from `place` on where a record may begin: at the start of a line, or packed. The end of the file where there is none.
std::uint64_t next_start(File& file, std::uint64_t place) {
  for (; place < file.size(); place += kFirstWindow) {
    const auto bytes = file.at(place, kFirstWindow + kStart.size() + 1);
    for (std::size_t i = 0; i < std::min(bytes.size(), kFirstWindow); ++i) {
      const auto here = bytes.substr(i);
      if (here.starts_with(kPacked)) return place + i;
      if (here.starts_with('\n') && here.substr(1).starts_with(kStart)) return place + i + 1;
    }
  }
  return file.size();
}

// Goes from record to record.
class Listing {
 public:
  explicit Listing(const std::string& path) : path_(path), file_(path) {}

  WarcListing run() {
    for (std::uint64_t place = skip_lines(file_, 0); place < file_.size() && lost_ < kMostLost;) {
      const auto record = record_at(file_, place);
      const bool is_whole = record.next != 0 && !record.is_many && record.head.starts_with("WARC/");
      if (is_whole) take(record.head, place);
      place = is_whole ? skip_lines(file_, record.next) : behind_trouble(record, place);
    }
    for (auto& [uri, saved] : latest_) listing_.pages.push_back({saved.place, uri});
    std::sort(listing_.pages.begin(), listing_.pages.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
    tell_statuses();
    return std::move(listing_);
  }

 private:
  struct Saved {
    std::uint64_t place = 0;
    std::string date;
  };

  void complain(Severity severity, std::string what) {
    if (listing_.diagnostics.size() < kMostTold) listing_.diagnostics.push_back({severity, ErrorCode::format, std::move(what), path_, std::nullopt});
  }

  // The head alone says what a record is; what it holds may be packed and cut off.
  void take(const std::string& head, std::uint64_t place) {
    if (const auto status = warc_status(head); !status.empty() && status != "200") ++statuses_[status];
    try {
      const auto page = read_warc_record(head, kMostUnpacked);
      if (!page) return;
      auto& saved = latest_.try_emplace(page->uri).first->second;
      if (page->date.empty() || saved.date <= page->date) saved = {place, page->date};
    } catch (const Error& error) {
      complain(Severity::error, error.text() + " (byte " + std::to_string(place) + ")");
    }
  }

  std::uint64_t behind_trouble(const Record& record, std::uint64_t place) {
    ++lost_;
    const auto next = record.is_many ? file_.size() : next_start(file_, place + 1);
    const std::string rest = next >= file_.size() || lost_ == kMostLost ? "what follows was not read" : "reading goes on at byte " + std::to_string(next);
    const std::string what = record.is_many ? "records are packed as one (unpack the file: gunzip)" : "no whole record stands";
    complain(Severity::error, what + " at byte " + std::to_string(place) + "; " + rest);
    return next;
  }

  void tell_statuses() {
    std::string told;
    for (const auto& [status, count] : statuses_) told += (told.empty() ? "" : ", ") + std::to_string(count) + " of status " + status;
    if (!told.empty()) complain(Severity::note, "answers that are no page: " + told);
  }

  const std::string& path_;
  File file_;
  WarcListing listing_;
  std::map<std::string, Saved> latest_;
  std::map<std::string, std::size_t> statuses_;
  std::size_t lost_ = 0;
};

}  // namespace

WarcListing list_warc(const std::string& path) { return Listing(path).run(); }

WarcPage read_warc_page(const std::string& path, std::uint64_t place, std::size_t most) {
  File file(path);
  const auto record = record_at(file, place);
  std::string bytes;
  if (record.next != 0) bytes = file.at(place, static_cast<std::size_t>(std::min<std::uint64_t>(record.next - place, kMostPacked)));
  if (bytes.starts_with(kGzip)) {
    auto out = unpack(bytes, Packing::gzip, most + kHead);
    if (!out.is_whole) throw Error(ErrorCode::limit, "the record at byte " + std::to_string(place) + " of '" + path + "' unfolds to more than " + std::to_string(most) + " bytes");
    bytes = std::move(out.bytes);
  }
  auto page = read_warc_record(bytes, most);
  if (!page) throw Error(ErrorCode::not_found, "no page begins at byte " + std::to_string(place) + " of '" + path + "'");
  if (page->bytes.size() > most)
    throw Error(ErrorCode::limit, "'" + page->uri + "' has " + std::to_string(page->bytes.size()) + " bytes; a document may have at most " + std::to_string(most));
  return std::move(*page);
}

}  // namespace policygraph::inline v0::detail::document
