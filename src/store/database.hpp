#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace policygraph::inline v0::detail::store {

class Database;

/// A statement of a database, which it may not outlive. Columns are numbered from 0, parameters from 1.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  Statement& bind(int place, std::uint64_t number);
  Statement& bind(int place, double number);
  Statement& bind(int place, std::string_view text);
  Statement& bind_blob(int place, std::string_view bytes);
  Statement& bind_null(int place);
  void unbind() noexcept;  ///< all are null
  /// Whether there is a row; after the last the statement is ready to run again. Text and bytes of a row last until the
  /// next call.
  bool step();
  /// Runs what gives no rows.
  void run();
  void reset() noexcept;

  bool is_null(int column) const noexcept;
  double real(int column) const noexcept;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  /// Throws Error(format) where it is no integer, or a negative one.
  std::uint64_t number(int column) const;

 private:
  void check(int result) const;
  void ready() noexcept;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// A connection. One thread at a time. Every failure of SQLite is an Error with the path: busy, io (the system refuses,
/// the disk is full), format (damage), limit.
class Database {
 public:
  /// `flags` and `vfs` as sqlite3_open_v2 has them; `name` is what errors call it.
  Database(const std::string& uri, std::string name, int flags, const char* vfs = nullptr);

  void run(const std::string& sql) const;
  std::uint64_t number(const std::string& sql) const;
  std::string text(const std::string& sql) const;
  void wait_at_most(int milliseconds) const noexcept;
  std::uint64_t last_row() const noexcept;  ///< the number of the row inserted last
  enum class Begin : std::uint8_t { reading, writing };
  /// Begins a transaction; what ends one that is not committed is made ready before, as it may need no memory then.
  void begin(Begin begin) const;
  void commit() const;
  /// Whoever was stopped by an error half way through its rows lets go of the state it saw.
  void let_go() const noexcept;
  void roll_back() const noexcept;

  const std::string& name() const noexcept { return name_; }
  sqlite3* handle() const noexcept { return handle_.get(); }
  /// Throws unless the result is that all went well.
  void check(int result) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept;
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Kept = std::unique_ptr<sqlite3_stmt, Close>;
  void prepare(Kept& kept, const char* sql) const;
  void run(Kept& kept, const char* sql) const;

  std::string name_;
  std::unique_ptr<sqlite3, Close> handle_;
  mutable Kept read_, write_, commit_, roll_back_;  // prepared when first needed
};

/// A transaction of SQLite: rolled back unless committed.
class Changes {
 public:
  explicit Changes(const Database& database, Database::Begin begin = Database::Begin::writing);
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  void commit();

 private:
  const Database& database_;
  bool is_over_ = false;
};

}  // namespace policygraph::inline v0::detail::store
