#include "store/database.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include "policygraph/base/error.hpp"
#include "store/sqlite_forks.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

ErrorCode code_of(int result) noexcept {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::busy;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL: return ErrorCode::io;
    case SQLITE_TOOBIG: return ErrorCode::limit;
    case SQLITE_INTERRUPT: return ErrorCode::interrupted;
    default: return ErrorCode::format;
  }
}

std::string fact_of(int result, int system_error) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "is in use by another process";
    case SQLITE_FULL: return "cannot grow: the disk is full";
    case SQLITE_READONLY: return "cannot be written to";
    case SQLITE_CANTOPEN: return "cannot be opened";
    case SQLITE_NOTADB: return "is not a .pgraph file";
    case SQLITE_CORRUPT: return "is damaged; 'policygraph check' tells how; take a backup, or read the documents again";
    case SQLITE_TOOBIG: return "cannot hold a text or a value of more than 1,000,000,000 bytes";
    case SQLITE_IOERR:
      return system_error == 0 ? std::string("cannot be read or written")
                               : "cannot be read or written: " + std::string(std::strerror(system_error));
    default: return std::string("cannot be used: ") + sqlite3_errstr(result);
  }
}

/// SQLite calls a file damaged where the system could not read it. Who asks clears errno before.
bool is_unreadable(int result) noexcept { return (result & 0xFF) == SQLITE_CORRUPT && (errno == EIO || errno == ENXIO); }

sqlite3* opened(const std::string& uri, int flags, const char* vfs, int& result) {
  sqlite3* handle = nullptr;
  errno = 0;
  result = sqlite3_open_v2(uri.c_str(), &handle, flags, vfs);
  return handle;
}

}  // namespace

Database::Database(const std::string& uri, std::string name, int flags, const char* vfs) : name_(std::move(name)) {
  let_sqlite_fork();
  int result = SQLITE_OK;
  handle_.reset(opened(uri, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, vfs, result));
  if (handle_ == nullptr) throw std::bad_alloc();
  check(result);
}

void Database::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
void Database::Close::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

void Database::check(int result) const {
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
  if ((result & 0xFF) == SQLITE_NOMEM) throw std::bad_alloc();
  if (is_unreadable(result)) throw Error(ErrorCode::io, "'" + name_ + "' " + fact_of(SQLITE_IOERR, errno));
  throw Error(code_of(result), "'" + name_ + "' " + fact_of(result, sqlite3_system_errno(handle_.get())));
}

void Database::run(const std::string& sql) const {
  errno = 0;
  check(sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

std::uint64_t Database::number(const std::string& sql) const {
  Statement statement(*this, sql);
  return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(const std::string& sql) const {
  Statement statement(*this, sql);
  return statement.step() ? std::string(statement.text(0)) : std::string();
}

std::uint64_t Database::last_row() const noexcept { return static_cast<std::uint64_t>(sqlite3_last_insert_rowid(handle_.get())); }

void Database::wait_at_most(int milliseconds) const noexcept { sqlite3_busy_timeout(handle_.get(), milliseconds); }

void Database::prepare(Kept& kept, const char* sql) const {
  if (kept != nullptr) return;
  sqlite3_stmt* statement = nullptr;
  const auto result = sqlite3_prepare_v3(handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  kept.reset(statement);
  check(result);
}

void Database::run(Kept& kept, const char* sql) const {
  prepare(kept, sql);
  errno = 0;
  const auto result = sqlite3_step(kept.get());
  sqlite3_reset(kept.get());
  check(result);
}

void Database::begin(Begin begin) const {
  prepare(roll_back_, "ROLLBACK");
  let_go();
  if (sqlite3_get_autocommit(handle()) == 0) roll_back();  // the last one could not be
  if (begin == Begin::writing) run(write_, "BEGIN IMMEDIATE");
  else run(read_, "BEGIN");
}

void Database::let_go() const noexcept {
  for (auto* each = sqlite3_next_stmt(handle(), nullptr); each != nullptr; each = sqlite3_next_stmt(handle(), each)) {
    if (sqlite3_stmt_busy(each) != 0) sqlite3_reset(each);
  }
}

void Database::commit() const { run(commit_, "COMMIT"); }

void Database::roll_back() const noexcept {
  sqlite3_step(roll_back_.get());
  sqlite3_reset(roll_back_.get());
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  errno = 0;
  const auto result = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  check(result);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

void Statement::check(int result) const { database_->check(result); }

// Whoever stopped half way through its rows, for an error, left it running.
void Statement::ready() noexcept {
  if (sqlite3_stmt_busy(statement_.get()) != 0) sqlite3_reset(statement_.get());
}

Statement& Statement::bind(int place, std::uint64_t number) {
  ready();
  check(sqlite3_bind_int64(statement_.get(), place, static_cast<std::int64_t>(number)));
  return *this;
}
Statement& Statement::bind(int place, double number) {
  ready();
  check(sqlite3_bind_double(statement_.get(), place, number));
  return *this;
}
Statement& Statement::bind(int place, std::string_view text) {
  ready();
  const char* data = text.data() == nullptr ? "" : text.data();
  check(sqlite3_bind_text64(statement_.get(), place, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}
Statement& Statement::bind_blob(int place, std::string_view bytes) {
  ready();
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  check(sqlite3_bind_blob64(statement_.get(), place, data, bytes.size(), SQLITE_STATIC));
  return *this;
}
Statement& Statement::bind_null(int place) {
  ready();
  check(sqlite3_bind_null(statement_.get(), place));
  return *this;
}

void Statement::unbind() noexcept {
  ready();
  sqlite3_clear_bindings(statement_.get());
}

bool Statement::step() {
  errno = 0;
  const auto result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  check(result);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() noexcept { sqlite3_reset(statement_.get()); }

bool Statement::is_null(int column) const noexcept { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
double Statement::real(int column) const noexcept { return sqlite3_column_double(statement_.get(), column); }

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  if (text == nullptr && sqlite3_errcode(database_->handle()) == SQLITE_NOMEM) throw std::bad_alloc();
  return text == nullptr ? std::string_view() : std::string_view(text, size);
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

std::uint64_t Statement::number(int column) const {
  const auto number = sqlite3_column_int64(statement_.get(), column);
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER || number < 0)
    throw Error(ErrorCode::format, "'" + database_->name() + "' is damaged: a column holds no count or number");
  return static_cast<std::uint64_t>(number);
}

Changes::Changes(const Database& database, Database::Begin begin) : database_(database) { database_.begin(begin); }

Changes::~Changes() {
  if (!is_over_) database_.roll_back();
}

void Changes::commit() {
  database_.commit();
  is_over_ = true;
}

}  // namespace policygraph::inline v0::detail::store
