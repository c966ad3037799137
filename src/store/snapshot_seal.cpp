#include "store/snapshot_seal.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "policygraph/base/sha256.hpp"
#include "store/bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

std::string first_line(const char* path) {
  constexpr std::size_t kMost = 64;
  std::string line(kMost, '\0');
  std::ifstream file(path);
  file.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(file.gcount()));
  return line.substr(0, line.find('\n'));
}

template <class T>
T start_of(const Sha256Digest& digest) noexcept {
  T start{};
  static_assert(sizeof start <= sizeof digest);
  std::memcpy(&start, digest.data(), sizeof start);
  return start;
}

}  // namespace

const std::string& this_machine() {
  static const std::string machine = [] {
    auto id = first_line("/etc/machine-id");
    return id.empty() ? first_line("/var/lib/dbus/machine-id") : id;
  }();
  return machine;
}

// machine-id(5) asks that the id itself be given to nobody: what is written is a digest of it and of what differs in every file.
SnapshotSeal::SnapshotSeal(const HashKey& key, std::string_view machine) : machine_(machine) {
  ByteOut out;
  out.raw("policygraph snapshot");
  for (const auto part : key) out.fixed64(part);
  out.raw(machine_);
  seed_ = start_of<std::uint64_t>(sha256(out.bytes()));
}

Digest SnapshotSeal::of_header(std::string_view bytes) const {
  return start_of<Digest>(sha256(std::string(bytes) + "policygraph snapshot" + machine_));
}

}  // namespace policygraph::inline v0::detail::store
