#include "policygraph/store/open.hpp"

#include <memory>
#include <utility>

#include "policygraph/base/error.hpp"
#include "store/access.hpp"
#include "store/file_journal.hpp"
#include "store/layout.hpp"

namespace policygraph::inline v0 {
namespace {

namespace store = detail::store;

void check(const OpenOptions& options) {
  if (!(options.share_for_news > 0 && options.share_for_news <= 1))
    throw Error(ErrorCode::invalid_argument, "the share of time for news is above 0 and at most 1; 1 is for every snapshot to be the newest");
}

void check_same(const std::string& path, const Schema& wanted, const Schema& held) {
  if (wanted.to_json() == held.to_json()) return;
  throw Error(ErrorCode::schema, "'" + path + "' has the schema '" + held.name() + "' and another one was asked for; leave the schema out to take the file's");
}

Graph open_to_read(const std::string& path, const OpenOptions& options) {
  const auto schema = store::read_schema(*store::open_for_reading(path));
  if (options.schema) check_same(path, *options.schema, schema);
  return Graph(schema, std::make_unique<store::FileJournal>(path, nullptr, options.snapshot_from, options.share_for_news));
}

}  // namespace

bool can_open_files() noexcept { return true; }

Graph open(const std::string& path, const OpenOptions& options) {
  check(options);
  if (options.read_only) return open_to_read(path, options);
  auto database = options.create ? store::create(path, options.schema.value_or(Schema::policy())) : store::open_for_writing(path);
  const auto schema = store::read_schema(*database);
  if (options.schema) check_same(path, *options.schema, schema);
  return Graph(schema, std::make_unique<store::FileJournal>(path, std::move(database), options.snapshot_from, options.share_for_news));
}

}  // namespace policygraph::inline v0
