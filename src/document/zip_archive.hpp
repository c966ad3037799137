#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::document {

// The directory of a ZIP file in memory and the parts it names (PKWARE APPNOTE 6.3.3: stored and deflated parts, no encryption, no
// ZIP64, which files below 4 GiB do without). Every offset is checked; what is wrong with a part is told when it is read.
class ZipArchive {
 public:
  struct Part {
    std::string_view name;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::size_t packed_size = 0;
    std::size_t header = 0;  // where its local header stands
  };

  // Empty where the bytes have no directory.
  explicit ZipArchive(std::string_view bytes);

  const std::vector<Part>& parts() const noexcept { return parts_; }
  const Part* find(std::string_view name) const noexcept;  // the first of the name
  // What a part unfolds to. Throws Error(limit) past `most` bytes, Error(format) where it is damaged, encrypted or packed in a
  // way that is not read.
  std::string read(const Part& part, std::size_t most) const;

 private:
  std::string_view bytes_;
  std::vector<Part> parts_;
};

}  // namespace policygraph::inline v0::detail::document
