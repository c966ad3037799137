#include "document/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kPiece = std::size_t{16} << 10;
constexpr int kRawWindow = -MAX_WBITS;
constexpr int kGzipWindow = MAX_WBITS + 16;

class Stream {
 public:
  Stream(std::string_view packed, Packing packing) : packed_(packed) {
    if (::inflateInit2(&state_, packing == Packing::raw ? kRawWindow : kGzipWindow) != Z_OK) throw std::bad_alloc();
    piece_.resize(kPiece);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { ::inflateEnd(&state_); }

  // The next bytes; empty at the end, and where the stream is broken or breaks off.
  std::string_view next() {
    while (!is_ended_ && !is_broken_) {
      feed();
      state_.next_out = reinterpret_cast<Bytef*>(piece_.data());
      state_.avail_out = static_cast<uInt>(piece_.size());
      const int status = ::inflate(&state_, Z_NO_FLUSH);
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      const auto written = piece_.size() - state_.avail_out;
      is_ended_ = status == Z_STREAM_END;
      is_broken_ = !is_ended_ && (status != Z_OK || (written == 0 && used() == packed_.size()));
      if (written > 0) return std::string_view(piece_).substr(0, written);
    }
    return {};
  }
  std::size_t used() const noexcept { return fed_ - state_.avail_in; }
  bool is_ended() const noexcept { return is_ended_; }
  bool is_broken() const noexcept { return is_broken_; }

 private:
  void feed() noexcept {
    if (state_.avail_in > 0 || fed_ == packed_.size()) return;
    const auto size = std::min<std::size_t>(packed_.size() - fed_, std::numeric_limits<uInt>::max());
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data() + fed_));  // zlib only reads it
    state_.avail_in = static_cast<uInt>(size);
    fed_ += size;
  }

  const std::string_view packed_;
  z_stream state_{};
  std::string piece_;
  std::size_t fed_ = 0;
  bool is_ended_ = false;
  bool is_broken_ = false;
};

}  // namespace

Unpacked unpack(std::string_view packed, Packing packing, std::size_t most) {
  Stream stream(packed, packing);
  Unpacked out;
  bool is_cut = false;
  for (auto piece = stream.next(); !piece.empty() && !is_cut; piece = stream.next()) {
    is_cut = piece.size() > most - out.bytes.size();
    out.bytes.append(piece.substr(0, most - out.bytes.size()));
    if (is_cut) break;
  }
  out.used = stream.used();
  out.is_whole = stream.is_ended() && !is_cut;
  out.is_broken = stream.is_broken();
  return out;
}

PackedSize packed_size(std::string_view packed, Packing packing, std::size_t most) {
  Stream stream(packed, packing);
  std::size_t size = 0;
  for (auto piece = stream.next(); !piece.empty(); piece = stream.next()) {
    size += piece.size();
    if (size > most) return {};
  }
  return stream.is_ended() ? PackedSize{stream.used(), size} : PackedSize{};
}

}  // namespace policygraph::inline v0::detail::document
