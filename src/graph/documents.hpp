#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "graph/later_part.hpp"
#include "graph/pages.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::inline v0::detail::graph {

/// What is known of a document in force.
struct DocumentVersion {
  SourceDocument document;
  std::size_t since = 0;  ///< the part that brought this version; what earlier parts say of it is gone
};

/// The documents in force, by id. A value: copies share what did not change. Those of an image are read, all of them,
/// when one is first asked for: who opens a graph of a hundred thousand documents for one number does not wait for
/// them.
class Documents {
 public:
  /// Null: there is none in force.
  const DocumentVersion* find(DocumentId id) const {
    const auto* entry = changed_.find(id.value);
    if (entry != nullptr && entry->id) return entry->version.get();
    return kept_ == nullptr ? nullptr : kept_->find(id);
  }
  /// Null: it is no longer in force.
  void set(DocumentId id, std::shared_ptr<const DocumentVersion> version, Edition edition) {
    changed_.set(id.value, {std::move(version), id}, edition);
  }
  /// `visit(version)` for each in force, in order of id.
  template <class Visit>
  void visit(Visit visit) const {
    static const std::vector<DocumentVersion> none;
    const auto& kept = kept_ == nullptr ? none : kept_->all();
    auto next = kept.begin();
    changed_.visit([&](const Entry& entry) {
      if (!entry.id) return;
      for (; next != kept.end() && next->document.id < entry.id; ++next) visit(*next);
      if (next != kept.end() && next->document.id == entry.id) ++next;
      if (entry.version != nullptr) visit(*entry.version);
    });
    for (; next != kept.end(); ++next) visit(*next);
  }

  void write(ImageOut& out) const;
  void read(ImageIn& in);

 private:
  struct Entry {
    std::shared_ptr<const DocumentVersion> version;
    DocumentId id;  // none: it was never set
  };
  class Kept {
   public:
    explicit Kept(ImageIn::Later part) : later_(std::move(part)) {}
    const std::vector<DocumentVersion>& all() const {
      if (later_.is_wanted()) [[unlikely]]
        later_.take([this](ImageIn& in) { read(in); });
      return all_;
    }
    const DocumentVersion* find(DocumentId id) const {
      const auto& known = all();
      const auto found =
          std::ranges::lower_bound(known, id, {}, [](const DocumentVersion& version) { return version.document.id; });
      return found != known.end() && found->document.id == id ? &*found : nullptr;
    }

   private:
    void read(ImageIn& in) const;
    LaterPart later_;
    mutable std::vector<DocumentVersion> all_;  // in order of id
  };

  Paged<Entry, 32> changed_;  // since the image; each commit by hand brings one
  std::shared_ptr<const Kept> kept_;
};

}  // namespace policygraph::inline v0::detail::graph
