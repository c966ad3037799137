#pragma once

#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::picture {

/// Text fit for element content and for quoted attributes of HTML and of XML alike: & < > " ' escaped, bad UTF-8 repaired, what XML
/// forbids and what turns the direction of writing left out (such marks in a document would run on into the page).
std::string escaped(std::string_view text);

/// The address escaped for an attribute when it is http or https; else empty: no other scheme becomes a link.
std::string link_address(std::string_view uri);

/// At most `width` code points, the last one an ellipsis when something was cut.
std::string shortened(std::string_view text, std::size_t width);

/// How many letters of usual width the text takes: letters of East Asian scripts and pictures count as two, Cyrillic
/// ones as 1.2.
double letters_wide(std::string_view text);

/// An amount at the front of a text with its digits in groups of three (narrow no-break blanks): "4 900 000 EUR". Other text as it is.
std::string grouped(std::string_view text);

/// A number with one decimal, without a locale, never "-0.0".
std::string number(double value);

}  // namespace policygraph::inline v0::detail::picture
