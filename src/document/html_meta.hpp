#pragma once

#include <string>
#include <string_view>

#include "document/html_tokenizer.hpp"
#include "document/readers.hpp"

namespace policygraph::inline v0::detail::document {

// Gathers what a page says of itself in meta, link, time and html elements and in JSON-LD. The names looked for, and
// which of them wins, are in cues/html.json; of equal names the first counts.
class HtmlMeta {
 public:
  void start_tag(const HtmlToken& token, bool in_furniture);
  void title_text(std::string_view raw);
  void json_ld(std::string_view raw);

  const Claims& claims() const noexcept { return claims_; }
  const std::string& title_element() const noexcept { return title_element_; }
  // A title without the name of the site that stands before or after it.
  std::string without_site(const std::string& whole) const;

 private:
  static constexpr std::size_t kUnset = 1000;

  void meta(const HtmlToken& token);
  void microdata(const HtmlToken& token, bool in_furniture);
  void published(std::string_view value, std::size_t rank);

  Claims claims_;
  std::string title_element_;
  std::string site_;
  std::size_t title_rank_ = kUnset, uri_rank_ = kUnset, publisher_rank_ = kUnset, published_rank_ = kUnset;
  std::size_t language_rank_ = kUnset, tier_rank_ = kUnset;
};

}  // namespace policygraph::inline v0::detail::document
