#include "graph/image.hpp"

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

[[noreturn]] void refuse(const char* fact) { throw Error(ErrorCode::format, std::string("the snapshot file is damaged: ") + fact); }

}  // namespace

std::string_view ImageIn::raw(std::uint64_t size) {
  if (size > left_.size()) refuse("its head ends too early");
  const auto taken = left_.substr(0, static_cast<std::size_t>(size));
  left_.remove_prefix(taken.size());
  return taken;
}

std::size_t ImageIn::count() {
  const auto number = this->number<std::uint64_t>();
  if (number > left_.size()) refuse("a count is larger than what follows");
  return static_cast<std::size_t>(number);
}

void ImageIn::check_array(std::uint64_t first, std::uint64_t count, std::size_t size, std::size_t alignment) const {
  const auto all = image_->arrays().size();
  if (first > all || count > (all - first) / size || first % alignment != 0) refuse("an array lies outside it");
}

ImageIn::Later ImageIn::later() {
  const auto first = number<std::uint64_t>();
  const auto head = array<char>();
  const auto* begin = image_->arrays().data() + first;
  if (first > image_->arrays().size() || begin > head.data()) refuse("a part lies outside it");
  return {image_, {begin, head.data() + head.size()}, head};
}

ImageIn ImageIn::Later::in() const {
  image->need(all);
  return ImageIn(image, {head.data(), head.size()});
}

}  // namespace policygraph::inline v0::detail::graph
