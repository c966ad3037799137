#include "picture/script.hpp"

#include <string_view>

#include "picture/page_files.hpp"
#include "policygraph/base/sha256.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

std::string_view file(std::string_view path) {
  for (const auto& one : page_files())
    if (one.path == path) return one.text;
  return {};
}

std::string base64(const Sha256Digest& bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) { return i + k < bytes.size() ? static_cast<std::uint32_t>(bytes[i + k]) : 0U; };
    const auto three = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (std::uint32_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : kLetters[three >> (18U - 6U * k) & 63U];
  }
  return out;
}

}  // namespace

std::string style_element() { return "<style>\n" + std::string(file("page/page.css")) + "</style>\n"; }

std::string script_element() { return "<script>" + std::string(file("page/page.js")) + "</script>\n"; }

std::string page_policy(bool has_script) {
  std::string policy = "default-src 'none'; style-src 'unsafe-inline'";
  if (has_script) policy += "; script-src 'sha256-" + base64(sha256(file("page/page.js"))) + "'";
  return policy;
}

}  // namespace policygraph::inline v0::detail::picture
