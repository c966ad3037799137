#include <sqlite3.h>

#include "policygraph/store/file.hpp"
#include "store/access.hpp"
#include "store/new_file.hpp"

namespace policygraph::inline v0 {

namespace store = detail::store;

void backup_file(const std::string& path, const std::string& to) {
  const auto from = store::open_for_reading(path);
  store::NewFile file(to);
  store::copy_pages(*from, store::Database(file.path(), to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  file.give_name();
}

}  // namespace policygraph::inline v0
