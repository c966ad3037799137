#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

enum class SourceTier : std::uint8_t { official, igo, academic, media, social, unknown };
POLICYGRAPH_EXPORT std::string_view tier_name(SourceTier tier) noexcept;
POLICYGRAPH_EXPORT std::optional<SourceTier> tier_by_name(std::string_view name) noexcept;

/// What is kept of a document beside its text. An edit by hand or by Cypher is a document too (`kind` edit, text of the
/// edit).
struct SourceDocument {
  enum class Kind : std::uint8_t { read, edit };
  DocumentId id;
  Kind kind = Kind::read;
  std::string title;
  std::string uri;  ///< where it was published, else the path it was read from; identifies it when read again
  std::string publisher;
  PartialDate published;
  std::string language;  ///< "en", "uz-Latn", ...
  SourceTier tier = SourceTier::unknown;
  std::string sha256;  ///< of the normalised text, hexadecimal
  bool is_redacted = false;
  bool has_text = true;  ///< false: read from an export without texts; quotes cannot be verified
  friend bool operator==(const SourceDocument&, const SourceDocument&) = default;
};

/// The documents a snapshot rests on; texts are fetched when first asked for and then shared: while someone holds them,
/// and the latest 64 MiB in any case. Lookups are O(log n). Any thread may use it, so `fetch` must bear calls from
/// several threads.
class POLICYGRAPH_EXPORT Sources {
 public:
  using FetchText = std::function<std::shared_ptr<const std::string>(DocumentId)>;

  Sources() = default;
  Sources(std::vector<SourceDocument> documents, FetchText fetch);

  /// These sources with some documents in place of those of the same id or beside them, and without some. Shares what
  /// stays: O(changes since the sources were last put together), not O(documents).
  Sources with(std::vector<SourceDocument> documents, const std::vector<DocumentId>& removed, FetchText fetch) const;

  /// In order of id. O(documents) when first asked after `with`, as is `find_uri`.
  const std::vector<SourceDocument>& documents() const;
  const SourceDocument* find(DocumentId id) const noexcept;
  const SourceDocument* find_uri(std::string_view uri) const;
  /// The normalised text; null when it is redacted or not held.
  std::shared_ptr<const std::string> text(DocumentId id) const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared by copies: the documents never change, the texts held are behind a lock
};

}  // namespace policygraph::inline v0
