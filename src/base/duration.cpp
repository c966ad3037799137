// Durations: text, sums and scaling. Fractions flow down exactly (those of texts and floats in units of 10^-15), and only the
// last nanosecond is cut.
#include <array>
#include <cmath>
#include <optional>

#include "base/temporal_parts.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::base::Cursor;
using detail::base::floor_div;
using detail::base::floor_mod;
using detail::base::I128;
using detail::base::kNanosPerSecond;
using detail::base::kSecondsPerDay;
using detail::base::out_of_range;

constexpr std::int64_t kOne = 1'000'000'000'000'000;  // the parts of a unit that are counted
constexpr const char* kTooLong = "a duration out of range";

/// A number of units: whole + fraction / kOne, both of one sign.
struct Amount {
  I128 whole = 0;
  I128 fraction = 0;
};

Amount times(const Amount& amount, int factor) noexcept {
  const I128 fraction = amount.fraction * factor;
  return {amount.whole * factor + fraction / kOne, fraction % kOne};
}

Amount plus(const Amount& a, const Amount& b) noexcept {
  const I128 fraction = a.fraction + b.fraction;
  return {a.whole + b.whole + fraction / kOne, fraction % kOne};
}

struct Amounts {
  Amount months;
  Amount days;
  Amount seconds;
  Amount nanoseconds;
};

std::optional<std::int64_t> narrow(I128 value) noexcept {
  if (value < INT64_MIN || value > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<Duration> make(I128 months, I128 days, I128 nanoseconds) noexcept {
  const auto m = narrow(months);
  const auto d = narrow(days);
  const auto s = narrow(floor_div<I128>(nanoseconds, kNanosPerSecond));
  if (!m || !d || !s) return std::nullopt;
  return Duration{*m, *d, *s, static_cast<std::int32_t>(floor_mod<I128>(nanoseconds, kNanosPerSecond))};
}

// Where the sum of a whole and a fraction has cancelling signs, the whole gives one up: both have one sign afterwards.
void settle(I128& whole, I128& fraction, I128 one) noexcept {
  whole += fraction / one;
  fraction %= one;
  if (whole > 0 && fraction < 0) {
    --whole;
    fraction += one;
  } else if (whole < 0 && fraction > 0) {
    ++whole;
    fraction -= one;
  }
}

// The wholes are below 2^70 (19 digits times 3600), so every product stays inside 128 bits.
std::optional<Duration> flow(const Amounts& parts) noexcept {
  I128 months = parts.months.whole;
  I128 month_rest = parts.months.fraction;
  settle(months, month_rest, kOne);
  constexpr I128 kFine = I128{kOne} * 1'000'000;  // a month is 30.436875 days
  I128 days = parts.days.whole;
  I128 day_rest = parts.days.fraction * 1'000'000 + month_rest * 30'436'875;
  settle(days, day_rest, kFine);
  const I128 rest_of_day = day_rest * kSecondsPerDay / 1'000'000;  // 10^-15 seconds
  const I128 fraction = parts.seconds.fraction + rest_of_day + parts.nanoseconds.fraction / kNanosPerSecond;
  return make(months, days, parts.seconds.whole * kNanosPerSecond + parts.nanoseconds.whole + fraction / 1'000'000);
}

Amount amount_of(double value) {
  if (!std::isfinite(value) || std::fabs(value) >= 9.2e18) out_of_range(kTooLong);
  const double whole = std::trunc(value);
  return {static_cast<I128>(whole), static_cast<I128>(std::llround((value - whole) * 1e15))};
}

// [+-]digits[.digits]: at most 18 digits before the point; what lies past 15 behind it is read and left aside.
Amount scan_amount(Cursor& in) noexcept {
  const bool negative = in.take('-');
  if (!negative) in.take('+');
  if (!in.at_digit()) in.fail("a number is wanted here");
  Amount amount;
  for (std::size_t digits = 0; in.at_digit() && !in.failed(); in.skip(), ++digits) {
    if (digits == 18) in.fail("a number here has at most 18 digits");
    amount.whole = amount.whole * 10 + (in.peek() - '0');
  }
  if (in.take('.') || in.take(',')) {
    if (!in.at_digit()) in.fail("a digit is wanted here");
    for (I128 unit = kOne / 10; in.at_digit() && !in.failed(); in.skip(), unit /= 10)
      amount.fraction += unit * (in.peek() - '0');
  }
  return negative ? times(amount, -1) : amount;
}

struct Unit {
  char letter;
  Amount Amounts::*part;
  int factor;
};
constexpr std::array<Unit, 4> kDateUnits = {
    {{'Y', &Amounts::months, 12}, {'M', &Amounts::months, 1}, {'W', &Amounts::days, 7}, {'D', &Amounts::days, 1}}};
constexpr std::array<Unit, 3> kTimeUnits = {
    {{'H', &Amounts::seconds, 3600}, {'M', &Amounts::seconds, 60}, {'S', &Amounts::seconds, 1}}};

// Amounts with their letters, each at most once and in order; how many there were.
template <class Units>
int scan_units(Cursor& in, const Units& units, Amounts& out) noexcept {
  int count = 0;
  for (std::size_t next = 0; !in.failed() && !in.at_end() && in.peek() != 'T'; ++count) {
    const Amount amount = scan_amount(in);
    while (next < units.size() && units[next].letter != in.peek()) ++next;
    if (next == units.size() || in.at_end()) {
      in.fail("a unit is wanted here: Y M W D, and H M S behind T, in this order");
      break;
    }
    out.*units[next].part = plus(out.*units[next].part, times(amount, units[next].factor));
    in.skip();
    ++next;
  }
  return count;
}

// A date and a time written for a duration: 2012-02-02T14:37:21.545 or 20120202T143721.545.
Amounts scan_as_date(Cursor& in) noexcept {
  constexpr const char* kWanted = "two digits are wanted here";
  Amounts out;
  const int years = in.take_digits(4, "four digits are wanted here");
  const bool extended = in.take('-');
  out.months.whole = 12 * years + in.take_digits(2, kWanted);
  if (extended && !in.take('-')) in.fail("a - is wanted here");
  out.days.whole = in.take_digits(2, kWanted);
  if (!in.take('T')) return out;
  out.seconds.whole = 3600 * in.take_digits(2, kWanted);
  if (extended ? !in.take(':') : !in.at_digit()) return out;
  out.seconds.whole += 60 * in.take_digits(2, kWanted);
  if (extended ? !in.take(':') : !in.at_digit()) return out;
  out.seconds.whole += in.take_digits(2, kWanted);
  if (in.take('.') || in.take(',')) out.nanoseconds.whole = detail::base::scan_nanoseconds(in);
  return out;
}

bool at_date(const Cursor& in) noexcept {
  const std::size_t digits = in.count_digits(9);
  return (digits == 4 && in.peek(4) == '-') || (digits == 8 && (in.peek(8) == 'T' || in.left() == 8));
}

Amounts scan_duration(Cursor& in) noexcept {
  Amounts out;
  const bool negative = in.take('-');
  if (!negative) in.take('+');
  if (!in.take('P')) in.fail("a duration begins with P");
  if (at_date(in)) {
    out = scan_as_date(in);
  } else {
    int count = scan_units(in, kDateUnits, out);
    if (in.take('T')) {
      const int times_read = scan_units(in, kTimeUnits, out);
      if (times_read == 0) in.fail("a time is wanted behind T");
      count += times_read;
    }
    if (count == 0) in.fail("a duration has at least one part");
  }
  if (!in.at_end()) in.fail("nothing may follow here");
  if (negative)
    for (Amount* part : {&out.months, &out.days, &out.seconds, &out.nanoseconds}) *part = times(*part, -1);
  return out;
}

void put_part(std::string& out, std::int64_t amount, char letter) {
  if (amount == 0) return;
  out += std::to_string(amount);
  out += letter;
}

// Seconds and nanoseconds share one sign in the text: -2 s and +1 ms are written -1.999.
void put_seconds(std::string& out, std::int64_t seconds, std::int64_t nanoseconds) {
  if (seconds == 0 && nanoseconds == 0) return;
  if (seconds < 0 || nanoseconds < 0) out += '-';
  detail::base::put_digits(out, seconds < 0 ? -seconds : seconds, 1);
  detail::base::put_fraction(out, nanoseconds < 0 ? -nanoseconds : nanoseconds);
  out += 'S';
}

I128 time_of(const Duration& duration) noexcept {
  return I128{duration.seconds} * kNanosPerSecond + duration.nanoseconds;
}

Duration checked(const std::optional<Duration>& made) {
  if (!made) out_of_range(kTooLong);
  return *made;
}

}  // namespace

Duration parse_duration(std::string_view text) {
  Cursor in(text);
  const Amounts parts = scan_duration(in);
  std::optional<Duration> made;
  if (!in.failed()) made = flow(parts);
  if (!made) in.fail_at(0, kTooLong);
  if (in.failed()) in.raise("a duration");
  return *made;
}

std::string to_string(const Duration& value) {
  const bool cut = value.seconds < 0 && value.nanoseconds > 0;
  const std::int64_t seconds = value.seconds + (cut ? 1 : 0);
  const std::int64_t nanoseconds = value.nanoseconds - (cut ? kNanosPerSecond : 0);
  std::string out = "P";
  put_part(out, value.months / 12, 'Y');
  put_part(out, value.months % 12, 'M');
  put_part(out, value.days, 'D');
  if (seconds != 0 || nanoseconds != 0) {
    out += 'T';
    put_part(out, seconds / 3600, 'H');
    put_part(out, seconds / 60 % 60, 'M');
    put_seconds(out, seconds % 60, nanoseconds);
  }
  return out.size() == 1 ? "PT0S" : out;
}

Duration operator+(const Duration& a, const Duration& b) {
  return checked(make(I128{a.months} + b.months, I128{a.days} + b.days, time_of(a) + time_of(b)));
}

Duration operator-(const Duration& a, const Duration& b) {
  return checked(make(I128{a.months} - b.months, I128{a.days} - b.days, time_of(a) - time_of(b)));
}

Duration operator-(const Duration& a) { return Duration{} - a; }

double average_seconds(const Duration& duration) noexcept {
  const double days = static_cast<double>(duration.months) * 30.436875 + static_cast<double>(duration.days);
  return days * static_cast<double>(kSecondsPerDay) + static_cast<double>(duration.seconds) +
         duration.nanoseconds / 1e9;
}

Duration flow_down(const DurationParts& parts) { return flow_down(Duration{}, parts); }

Duration flow_down(const Duration& whole, const DurationParts& parts) {
  Amounts sum{amount_of(parts.months), amount_of(parts.days), amount_of(parts.seconds), amount_of(parts.nanoseconds)};
  sum.months.whole += whole.months;
  sum.days.whole += whole.days;
  sum.seconds.whole += whole.seconds;
  sum.nanoseconds.whole += whole.nanoseconds;
  return checked(flow(sum));
}

Duration scale_whole(const Duration& duration, std::int64_t factor) {
  I128 time = 0;
  if (__builtin_mul_overflow(time_of(duration), I128{factor}, &time)) out_of_range(kTooLong);
  return checked(make(I128{duration.months} * factor, I128{duration.days} * factor, time));
}

// What is left of months goes to days, what is left of days to nanoseconds, as fractions of one divisor: nothing is lost on the way.
Duration divide_whole(const Duration& duration, std::int64_t by) {
  if (by == 0) throw Error(ErrorCode::run, "division by zero");
  const I128 sign = by < 0 ? -1 : 1;
  const I128 divisor = sign * by;
  const I128 fine = divisor * 1'000'000;
  const I128 months = sign * duration.months, all_days = sign * duration.days, time = sign * time_of(duration);
  I128 days = all_days / divisor;
  I128 rest = all_days % divisor * 1'000'000 + months % divisor * 30'436'875;  // a month is 30.436875 days
  settle(days, rest, fine);
  const I128 seconds = rest * kSecondsPerDay;
  const I128 nanoseconds = seconds % fine * kNanosPerSecond;
  I128 whole = seconds / fine * kNanosPerSecond + nanoseconds / fine + time / divisor;
  I128 last = nanoseconds % fine + time % divisor * 1'000'000;
  settle(whole, last, fine);
  return checked(make(months / divisor, days, whole));
}

namespace {

// A float that is a short fraction of a power of two: 2.5 is 5 of 2.
struct Ratio {
  std::int64_t above = 0, below = 1;
};
std::optional<Ratio> ratio_of(double factor) noexcept {
  constexpr int kBits = 20;
  if (!(std::fabs(factor) < 1 << kBits)) return std::nullopt;
  const double above = std::ldexp(factor, kBits);
  if (above != std::trunc(above)) return std::nullopt;
  Ratio out{static_cast<std::int64_t>(above), std::int64_t{1} << kBits};
  for (; out.below > 1 && out.above % 2 == 0; out.below /= 2) out.above /= 2;
  return out;
}

// Whether so many of them are a duration still.
bool is_in_range(const Duration& duration, std::int64_t factor) noexcept {
  constexpr auto kMost = std::int64_t{1} << 62U;
  const auto fits = [factor](std::int64_t part) {
    const I128 product = I128{part} * factor;
    return product < kMost && product > -kMost;
  };
  return fits(duration.months) && fits(duration.days) && fits(duration.seconds);
}

}  // namespace

Duration scale(const Duration& duration, double factor) {
  const auto ratio = ratio_of(factor);
  if (ratio && is_in_range(duration, ratio->above)) return divide_whole(scale_whole(duration, ratio->above), ratio->below);
  return flow_down({static_cast<double>(duration.months) * factor, static_cast<double>(duration.days) * factor,
                    static_cast<double>(duration.seconds) * factor, duration.nanoseconds * factor});
}

Duration divide(const Duration& duration, double divisor) {
  if (divisor == 0) throw Error(ErrorCode::run, "division by zero");
  const auto ratio = ratio_of(divisor);
  if (ratio && is_in_range(duration, ratio->below)) return divide_whole(scale_whole(duration, ratio->below), ratio->above);
  return flow_down({static_cast<double>(duration.months) / divisor, static_cast<double>(duration.days) / divisor,
                    static_cast<double>(duration.seconds) / divisor, duration.nanoseconds / divisor});
}

}  // namespace policygraph::inline v0
