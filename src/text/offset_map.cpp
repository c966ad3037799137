#include "policygraph/text/offset_map.hpp"

#include <algorithm>

namespace policygraph::inline v0 {
namespace {

std::uint32_t narrow(std::size_t value) noexcept { return static_cast<std::uint32_t>(value); }

}  // namespace

OffsetMap OffsetMap::identity(std::size_t size) {
  OffsetMap map;
  map.copy(0, size);
  return map;
}

void OffsetMap::copy(std::size_t source, std::size_t size) {
  if (size > 0) append(source, size, 1, 1);
}

void OffsetMap::replace(std::size_t source, std::size_t source_size, std::size_t target_size) {
  if (source_size > 0 || target_size > 0) append(source, 1, target_size, source_size);
}

void OffsetMap::append(std::size_t source, std::size_t units, std::size_t unit_target, std::size_t unit_source) {
  if (!stretches_.empty() && source < source_size_) return absorb(source, units, unit_target, unit_source);
  Stretch* last = stretches_.empty() ? nullptr : &stretches_.back();
  const bool alike = last != nullptr && last->unit_target == unit_target && last->unit_source == unit_source;
  if (alike && source == source_size_) {
    last->units += narrow(units);
  } else {
    stretches_.push_back(
        {narrow(target_size_), narrow(source), narrow(units), narrow(unit_target), narrow(unit_source)});
  }
  target_size_ += units * unit_target;
  source_size_ = source + units * unit_source;
}

// The new piece begins inside source already used: it and every unit past its start become one unit over both sources.
void OffsetMap::absorb(std::size_t source, std::size_t units, std::size_t unit_target, std::size_t unit_source) {
  target_size_ += units * unit_target;
  source_size_ = std::max(source_size_, source + units * unit_source);
  Stretch whole{0, 0, 1, 0, 0};
  while (!stretches_.empty() && stretches_.back().source_end() > source) {
    Stretch& last = stretches_.back();
    const std::size_t before = source > last.source ? source - last.source : 0;
    const std::uint32_t kept = last.unit_source == 0 ? 0 : narrow(before / last.unit_source);
    whole.target = last.target + kept * last.unit_target;
    whole.source = last.source + kept * last.unit_source;
    if (kept > 0) {
      last.units = kept;
      break;
    }
    stretches_.pop_back();
  }
  whole.unit_target = narrow(target_size_ - whole.target);
  whole.unit_source = narrow(source_size_ - whole.source);
  stretches_.push_back(whole);
}

Span OffsetMap::to_source(Span target) const noexcept {
  const auto ends_after = [](std::uint32_t offset, const Stretch& s) { return offset < s.target_end(); };
  const auto first = std::upper_bound(stretches_.begin(), stretches_.end(), target.start, ends_after);
  if (first == stretches_.end()) return {narrow(source_size_), narrow(source_size_)};
  const std::uint32_t into = target.start > first->target ? target.start - first->target : 0;
  const std::uint32_t start = first->source + into / first->unit_target * first->unit_source;
  if (target.empty()) return {start, start};
  const auto ends_at = [](const Stretch& s, std::uint32_t offset) { return s.target_end() < offset; };
  const auto last = std::lower_bound(first, stretches_.end(), target.end, ends_at);
  if (last == stretches_.end()) return {start, narrow(source_size_)};
  const std::uint32_t units = (target.end - last->target + last->unit_target - 1) / last->unit_target;
  return {start, std::max(start, last->source + units * last->unit_source)};
}

Span OffsetMap::to_target(Span source) const noexcept {
  const auto ends_after = [](std::uint32_t offset, const Stretch& s) { return offset < s.source_end(); };
  const auto first = std::upper_bound(stretches_.begin(), stretches_.end(), source.start, ends_after);
  if (first == stretches_.end()) return {narrow(target_size_), narrow(target_size_)};
  const std::uint32_t into = source.start > first->source ? source.start - first->source : 0;
  const std::uint32_t start = first->target + into / first->unit_source * first->unit_target;
  if (source.empty()) return {start, start};
  const auto starts_before = [](const Stretch& s, std::uint32_t offset) { return s.source < offset; };
  auto last = std::lower_bound(first, stretches_.end(), source.end, starts_before);
  if (last == first) return {start, start};
  --last;
  if (last->unit_source == 0) return {start, std::max(start, last->target)};
  const std::uint32_t taken = std::min(source.end, last->source_end()) - last->source;
  const std::uint32_t units = (taken + last->unit_source - 1) / last->unit_source;
  return {start, std::max(start, last->target + units * last->unit_target)};
}

// A copied stretch of B is cut along the stretches of A -> B. A cut inside one of their units takes the unit's whole source;
// `append` joins it with the neighbour that took the same.
void OffsetMap::compose_copy(const OffsetMap& first, const Stretch& copied, std::size_t& cursor) {
  std::uint32_t at = copied.source;
  const std::uint32_t end = copied.source_end();
  while (cursor < first.stretches_.size() && first.stretches_[cursor].target_end() <= at) ++cursor;
  for (std::size_t i = cursor; at < end && i < first.stretches_.size(); ++i) {
    const Stretch& s = first.stretches_[i];
    if (s.target_end() <= at) continue;
    const std::uint32_t stop = std::min(end, s.target_end());
    while (at < stop) {
      const std::uint32_t unit = (at - s.target) / s.unit_target;
      const std::uint32_t cut = (at - s.target) % s.unit_target;
      const std::uint32_t whole = (stop - at) / s.unit_target;
      const std::uint32_t source = s.source + unit * s.unit_source;
      if (cut == 0 && whole > 0) {
        append(source, whole, s.unit_target, s.unit_source);
        at += whole * s.unit_target;
      } else {
        const std::uint32_t size = std::min(stop - at, s.unit_target - cut);
        append(source, 1, size, s.unit_source);
        at += size;
      }
    }
  }
  // Bytes past what the first map covers rest on its end.
  if (at < end) append(first.source_size_, 1, end - at, 0);
}

bool OffsetMap::is_identity() const noexcept {
  if (source_size_ != target_size_ || stretches_.size() > 1) return false;
  return stretches_.empty() || (stretches_.front().unit_target == 1 && stretches_.front().unit_source == 1);
}

OffsetMap OffsetMap::compose(OffsetMap first, OffsetMap second) {
  if (first.target_size_ == second.source_size_) {
    if (first.is_identity()) return second;
    if (second.is_identity()) return first;
  }
  OffsetMap map;
  std::size_t cursor = 0;
  for (const Stretch& s : second.stretches_) {
    if (s.unit_source == 1 && s.unit_target == 1) {
      map.compose_copy(first, s, cursor);
      continue;
    }
    for (std::uint32_t unit = 0; unit < s.units; ++unit) {
      const std::uint32_t at = s.source + unit * s.unit_source;
      const Span source = first.to_source({at, at + s.unit_source});
      if (s.unit_target > 0 || source.start >= map.source_size_) map.replace(source.start, source.size(), s.unit_target);
    }
  }
  map.source_size_ = std::max(map.source_size_, first.source_size_);
  return map;
}

}  // namespace policygraph::inline v0
