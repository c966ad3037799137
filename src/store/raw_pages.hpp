#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace policygraph::inline v0::detail::store {

/// A value of a row as it lies in a page; views bytes that last for the call they are given to.
struct RawField {
  enum class Kind : std::uint8_t { null, integer, real, text, blob };
  Kind kind = Kind::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view bytes;
};
struct RawRow {
  std::uint64_t id = 0;
  std::vector<RawField> fields;
};

/// The pages of a database and of its log, read as bytes, whatever is wrong with them: no tree is followed, each page is looked
/// at for itself. Of SQLite's formats ("Database File Format", sqlite.org/fileformat2.html) it needs the leaves of tables,
/// records, overflow pages and frames of the log; pages have 4,096 bytes. Nothing read is trusted.
class RawPages {
 public:
  /// Throws Error(not_found, io).
  explicit RawPages(const std::string& path);
  ~RawPages();
  RawPages(const RawPages&) = delete;
  RawPages& operator=(const RawPages&) = delete;

  std::uint64_t size() const noexcept { return page_count_; }
  /// 0 where it cannot be read.
  std::uint64_t user_version() const;
  /// Every row of every leaf: those of the log first, the newest first, then those of the database. A row may come more than
  /// once, also as it was before, and be nonsense. O(size of the files).
  void visit(const std::function<void(const RawRow&)>& look);
  /// The number of the last row of the table whose root that page is, found along the right edge of its tree; 0: it has
  /// none. Empty where a page on the way is damaged, or the bytes of the last do not add up.
  std::optional<std::uint64_t> last_row(std::uint64_t root);

 private:
  using Page = std::string;
  void read_log(const std::string& path);
  bool read(int file, std::uint64_t place, Page& page) const;
  bool read_newest(std::uint64_t number, Page& page) const;
  static std::optional<std::uint64_t> last_cell(const Page& page);
  void visit_page(const Page& page, bool is_first, const std::function<void(const RawRow&)>& look);
  void visit_cell(std::string_view page, std::size_t at, const std::function<void(const RawRow&)>& look);
  bool follow(std::uint64_t number, std::uint64_t size, std::string& payload);

  int file_ = -1, log_ = -1;
  std::uint64_t page_count_ = 0;
  std::uint64_t work_left_ = 0;  // bytes of overflow pages that may still be read
  std::vector<std::pair<std::uint64_t, std::uint64_t>> frames_;  // page and place in the log, in order
  std::map<std::uint64_t, std::uint64_t> newest_;               // of a page: its place in the log
};

}  // namespace policygraph::inline v0::detail::store
