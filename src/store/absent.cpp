// In place of the rest where SQLite or xxHash was not there to build with.
#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"

namespace policygraph::inline v0 {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorCode::feature_not_built, "this build has no .pgraph files: libsqlite3-dev or libxxhash-dev was missing; JSON works");
}

}  // namespace

bool can_open_files() noexcept { return false; }
Graph open(const std::string&, const OpenOptions&) { refuse(); }
CheckReport check_file(const std::string&, const CheckOptions&) { refuse(); }
SalvageReport salvage_file(const std::string&, const std::string&, const SalvageOptions&) { refuse(); }
void redact_document(const std::string&, DocumentId, std::string_view, std::chrono::milliseconds) { refuse(); }
void backup_file(const std::string&, const std::string&) { refuse(); }

}  // namespace policygraph::inline v0
