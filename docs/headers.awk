# What Doxygen reads of a public header. The inline namespace is no part of a name that anyone writes; a comment before the namespace
# tells of the file; what looks like a command or a tag in a comment is text; digits stand without quotes between them; what specialises
# names of std behind the namespace is left out.
function flush_comment() { printf "%s", comment; comment = "" }

/\/\/\// { gsub(/@/, "\\@"); gsub(/<meta/, "\\&lt;meta"); gsub(/<ranges>/, "\\&lt;ranges\\&gt;") }
!/\/\// { while (match($0, /[0-9]'[0-9]/)) $0 = substr($0, 1, RSTART) substr($0, RSTART + 2) }

/^\/\/\// { comment = comment $0 "\n"; next }
/^namespace policygraph::inline v0/ {
  if (comment != "") printf "/// \\file\n"
  flush_comment()
  print "namespace policygraph {"
  next
}
/^$/ && comment != "" { comment = comment "\n"; next }
{ flush_comment(); print }
/^} +\/\/ namespace policygraph/ { exit }
