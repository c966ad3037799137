#include "policygraph/resolve/resolve.hpp"

#include <algorithm>

#include "resolve/intake.hpp"

namespace policygraph::inline v0 {

ResolveCounts add_documents(Transaction& transaction, std::vector<ExtractedDocument> documents,
                            const ResolveOptions& options) {
  std::ranges::sort(documents, detail::resolve::comes_before,
                    [](const auto& each) -> const SourceDocument& { return each.document.source(); });
  detail::resolve::Intake intake(transaction, options);
  for (auto& document : documents) {
    ExtractedDocument taken = std::move(document);  // its memory serves the next ones
    if (const auto placing = intake.place(taken.document.source()))
      intake.add(*placing, taken.document, std::move(taken.extraction));
  }
  return intake.finish();
}

}  // namespace policygraph::inline v0
