#include "graph/texts.hpp"

namespace policygraph::inline v0::detail::graph {

std::shared_ptr<const std::string> Texts::fetch(DocumentId document, const std::string& sha256) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(std::pair(document, std::string_view(sha256)));
    if (found != held_.end()) return found->second;
  }
  return journal_->text_version(document, sha256);
}

void Texts::hold(DocumentId document, const std::string& sha256, std::shared_ptr<const std::string> text) {
  const std::lock_guard lock(mutex_);
  held_[{document, sha256}] = std::move(text);
}

void Texts::release(DocumentId document, std::string_view sha256) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(std::pair(document, sha256));
  if (found != held_.end()) held_.erase(found);
}

Sources::FetchText fetch_for(std::shared_ptr<const Texts> texts, const History& history) {
  return [texts = std::move(texts), documents = history.documents()](DocumentId id) -> std::shared_ptr<const std::string> {
    const auto* source = documents.find(id);
    const bool is_held = source != nullptr && source->document.has_text && !source->document.is_redacted;
    return is_held ? texts->fetch(id, source->document.sha256) : nullptr;
  };
}

}  // namespace policygraph::inline v0::detail::graph
