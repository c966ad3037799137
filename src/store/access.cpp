// How SQLite is asked to open the file. The file itself is never opened here: closing a descriptor of ours would drop
// the locks of SQLite's.
#include "store/access.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <vector>

#include "policygraph/base/error.hpp"
#include "store/layout.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr int kPatience = 5000;  // milliseconds, for locks that are held for moments

/// SQLite takes some names for other things than files.
std::string file_name(const std::string& path) { return path.starts_with('/') ? path : "./" + path; }

std::string uri_of(const std::string& path, const std::string& parameters) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char letter : file_name(path)) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                          byte == '/' || byte == '.' || byte == '-' || byte == '_';
    if (is_plain) uri += letter;
    else (uri += '%') += {kDigits[byte >> 4], kDigits[byte & 15U]};
  }
  return uri + "?" + parameters;
}

void check_path(const std::string& path, bool must_exist) {
  if (path.empty()) throw Error(ErrorCode::invalid_argument, "the path of a graph is empty; open_in_memory makes one without a file");
  if (path.find('\0') != std::string::npos) throw Error(ErrorCode::invalid_argument, "a path has no zero bytes");
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw Error(ErrorCode::io, "'" + path + "' is a folder; name a file");
  if (std::filesystem::exists(path, error)) return;
  if (must_exist) throw Error(ErrorCode::not_found, "no file '" + path + "'");
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, error))
    throw Error(ErrorCode::not_found, "no folder '" + folder.string() + "' to make '" + path + "' in");
}

void set_up(const Database& database) {
  database.wait_at_most(kPatience);
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  database.run("PRAGMA trusted_schema = OFF");
  database.run("PRAGMA cell_size_check = ON");
}

// EXTRA before the first switch to the log: it is a transaction with a rollback journal, and were the journal to come
// back after a crash, the log would be thrown away with what was committed since.
void set_up_writing(const Database& database) {
  database.run("PRAGMA synchronous = EXTRA");
  if (database.text("PRAGMA journal_mode = WAL") != "wal")
    throw Error(ErrorCode::io, "'" + database.name() + "' lies where SQLite's write-ahead log does not work (a network drive?)");
  database.run("PRAGMA secure_delete = OFF");
  database.run("PRAGMA journal_size_limit = 67108864");
}

std::unique_ptr<Database> open_writable(const std::string& path, int flags) {
  auto database = std::make_unique<Database>(file_name(path), path, SQLITE_OPEN_READWRITE | flags);
  set_up(*database);
  if (sqlite3_db_readonly(database->handle(), "main") == 1)
    throw Error(ErrorCode::io, "'" + path + "' may not be written to; open it for reading only");
  return database;
}

bool has_log(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path + "-wal", error);
  return !error && size > 0;
}

std::unique_ptr<Database> open_shared(const std::string& path) {
  auto database = open_writable(path, 0);
  database->run("PRAGMA query_only = ON");
  return database;
}

std::unique_ptr<Database> open_read_only(const std::string& path) {
  auto database = std::make_unique<Database>(file_name(path), path, SQLITE_OPEN_READONLY);
  set_up(*database);
  return database;
}

/// For a folder that may not be written to and no writer at work.
std::unique_ptr<Database> open_still(const std::string& path) {
  if (!has_log(path)) {
    auto database = std::make_unique<Database>(uri_of(path, "immutable=1"), path, SQLITE_OPEN_READONLY);
    set_up(*database);
    return database;
  }
  auto database = std::make_unique<Database>(uri_of(path, "mode=ro"), path, SQLITE_OPEN_READONLY, "unix-none");
  set_up(*database);
  database->run("PRAGMA locking_mode = EXCLUSIVE");
  return database;
}

std::optional<ino_t> inode_of(const std::string& path) {
  struct stat facts {};
  return stat(path.c_str(), &facts) == 0 ? std::optional(facts.st_ino) : std::nullopt;
}

/// A line of /proc/locks: "1: POSIX  ADVISORY  WRITE 4711 08:01:131 120 120". SQLite's lock for writing is byte 120 of
/// the -shm. The device is not compared: some file systems show another one there.
std::optional<long> holder_in(const std::string& line, ino_t inode) {
  std::istringstream words(line);
  std::string number, type, kind, mode, file;
  long process = 0, first = 0;
  std::string last;
  if (!(words >> number >> type >> kind >> mode >> process >> file >> first >> last)) return std::nullopt;
  const auto colon = file.rfind(':');
  const bool is_it = type == "POSIX" && mode == "WRITE" && colon != std::string::npos && file.substr(colon + 1) == std::to_string(inode);
  const bool covers = first <= 120 && (last == "EOF" || std::strtol(last.c_str(), nullptr, 10) >= 120);
  return is_it && covers && process > 0 ? std::optional(process) : std::nullopt;
}

std::string name_of(long process) {
  if (process == getpid()) return "this process, through another handle,";
  std::string name;
  std::getline(std::ifstream("/proc/" + std::to_string(process) + "/comm") >> std::ws, name);
  return "process " + std::to_string(process) + (name.empty() ? "" : " (" + name + ")");
}

}  // namespace

bool may_write(const std::string& path) {
  const auto folder = std::filesystem::path(file_name(path)).parent_path();
  return access(path.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK | X_OK) == 0;
}

std::unique_ptr<Database> open_for_writing(const std::string& path) {
  check_path(path, true);
  auto database = open_writable(path, 0);
  check_tables(*database);
  set_up_writing(*database);
  return database;
}

std::unique_ptr<Database> create(const std::string& path, const Schema& schema) {
  check_path(path, false);
  auto database = open_writable(path, SQLITE_OPEN_CREATE);
  if (database->number("PRAGMA application_id") == 0 && is_empty(*database)) {
    set_up_writing(*database);
    create_tables(*database, schema);
  }
  check_tables(*database);
  set_up_writing(*database);
  return database;
}

std::unique_ptr<Database> open_for_reading(const std::string& path) {
  check_path(path, true);
  std::vector<std::function<std::unique_ptr<Database>(const std::string&)>> ways = {open_read_only, open_still};
  if (may_write(path)) ways.insert(ways.begin(), open_shared);
  for (std::size_t i = 0;; ++i) {
    try {
      auto database = ways[i](path);
      check_tables(*database);
      return database;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::io || i + 1 == ways.size()) throw;
    }
  }
}

std::string writer_of(const std::string& path) {
  const auto inode = inode_of(path + "-shm");
  std::ifstream locks("/proc/locks");
  for (std::string line; inode && std::getline(locks, line);) {
    if (const auto process = holder_in(line, *inode)) return name_of(*process);
  }
  return "another process";
}

}  // namespace policygraph::inline v0::detail::store
