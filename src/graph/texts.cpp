#include "graph/texts.hpp"

namespace policygraph::inline v0::detail::graph {

std::shared_ptr<const std::string> Texts::fetch(DocumentId document, const std::string& sha256) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find({document, sha256});
    if (found != held_.end()) return found->second;
  }
  return journal_->text(document);
}

void Texts::hold(DocumentId document, const std::string& sha256, std::shared_ptr<const std::string> text) {
  const std::lock_guard lock(mutex_);
  held_[{document, sha256}] = std::move(text);
}

void Texts::release(DocumentId document, const std::string& sha256) {
  const std::lock_guard lock(mutex_);
  held_.erase({document, sha256});
}

Sources::FetchText fetch_for(std::shared_ptr<const Texts> texts, const History& history) {
  auto versions = std::make_shared<std::map<DocumentId, std::string>>();
  for (const auto& [id, source] : history.documents()) {
    if (source.document.has_text && !source.document.is_redacted)
      versions->emplace_hint(versions->end(), id, source.document.sha256);
  }
  return
      [texts = std::move(texts), versions = std::move(versions)](DocumentId id) -> std::shared_ptr<const std::string> {
        const auto found = versions->find(id);
        return found == versions->end() ? nullptr : texts->fetch(id, found->second);
      };
}

}  // namespace policygraph::inline v0::detail::graph
