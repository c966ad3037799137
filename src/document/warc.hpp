#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"

namespace policygraph::inline v0::detail::document {

// Archives of web pages (ISO 28500): records one after the other, each packed by itself where the name ends in .gz. A record that
// holds a document is named by where it stands: "crawl.warc.gz#81223".

// What a record holds, where it is the answer of a server to one who asked for a page: its status 200, its type one that is read.
struct WarcPage {
  std::string uri;
  std::string kind;  // media type
  std::string charset;
  std::string date;  // when it was saved, as ISO 8601; empty: not told
  std::string bytes;
};
// From a record's bytes, unpacked, of which the last may be missing: then `bytes` are not complete. Throws Error(limit) where the
// content unfolds to more than `most` bytes.
std::optional<WarcPage> read_warc_record(std::string_view record, std::size_t most);
// The status of a record that is an answer to one who asked for a page, "404"; empty: it is none.
std::string warc_status(std::string_view record);

struct WarcListing {
  struct Page {
    std::uint64_t place = 0;  // in the file
    std::string uri;
  };
  std::vector<Page> pages;  // in order of place; of several of one address the one that was saved last
  std::vector<Diagnostic> diagnostics;
};
// Goes over a file; memory for one record at a time, at most. Where no record stands it goes on at the next one. Throws Error(io).
WarcListing list_warc(const std::string& path);
// The record that begins at a place. Throws Error(not_found) where no page begins there, Error(limit), Error(io).
WarcPage read_warc_page(const std::string& path, std::uint64_t place, std::size_t most);

bool is_warc_name(std::string_view path) noexcept;
// "crawl.warc.gz#81223" as its two parts.
struct WarcPlace {
  std::string path;
  std::uint64_t place = 0;
};
std::optional<WarcPlace> warc_place(std::string_view path);

}  // namespace policygraph::inline v0::detail::document
