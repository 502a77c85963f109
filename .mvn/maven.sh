# Sourced by mvnw after jdk.sh: sets $maven to a Maven launcher of at least 3.9.
# A generated Maven wrapper would name a download host; this one asks whatever Maven is installed, with its settings and mirrors.
maven_version=3.9.16
maven_sha512=ed41650d42485cfc243fad22158caf9cbb5dc408ce7a09ddb94dd42a019de929ca43065bfa450612cf12bf78b5cafa3884b96c090de326ff590448c933454af3
maven_cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/pgtrickle
maven_home=$maven_cache/maven-$maven_version

# Prints the version of the Maven launcher $1. The jar's name tells it without the second that a JVM start costs.
version_of_maven() {
  launcher=$(readlink -f "$1" 2>/dev/null || printf '%s' "$1")
  for core in "${launcher%/*}"/../lib/maven-core-*.jar; do
    if [ -e "$core" ]; then
      core=${core##*/maven-core-}
      printf '%s\n' "${core%.jar}"
      return 0
    fi
  done
  "$1" --version 2>/dev/null | sed -n 's/^[^A]*Apache Maven \([0-9.]*\).*/\1/p'
}

is_wanted_maven() {
  case $(version_of_maven "$1") in
    3.9.* | 3.[1-9][0-9]* | [4-9].*) return 0 ;;
    *) return 1 ;;
  esac
}

sha512_of() {
  if command -v sha512sum >/dev/null; then
    sha512sum "$1" | cut -d ' ' -f 1
  else
    shasum -a 512 "$1" | cut -d ' ' -f 1
  fi
}

# Fetches with the older Maven $1, in a directory of its own that becomes the cache entry by one rename.
fetch_maven() {
  echo "fetching Maven $maven_version (once for this user) ..." >&2
  mkdir -p "$maven_cache"
  work=$(mktemp -d "$maven_cache/maven-fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  archive=$work/apache-maven-$maven_version-bin.zip
  # From the work directory, so that the older Maven does not read our .mvn and pom.xml.
  (cd "$work" && "$1" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    "-Dartifact=org.apache.maven:apache-maven:$maven_version:zip:bin" "-DoutputDirectory=$work") >&2 || {
    echo "Could not fetch Maven $maven_version with $1: see the lines above, or install Maven 3.9 or newer." >&2
    exit 1
  }
  if [ "$(sha512_of "$archive")" != "$maven_sha512" ]; then
    echo "The fetched Maven $maven_version does not have the expected SHA-512 checksum; nothing was installed." >&2
    exit 1
  fi
  (cd "$work" && "$JAVA_HOME/bin/jar" xf "$archive" && chmod +x "apache-maven-$maven_version"/bin/mvn*)
  # Another run may have been faster: its result is the same, so keep it.
  if [ ! -d "$maven_home" ]; then
    mv "$work/apache-maven-$maven_version" "$maven_home"
  fi
  rm -rf "$work"
  trap - EXIT INT TERM
}

find_maven() {
  maven=$(command -v mvn || :)
  if [ -n "$maven" ] && is_wanted_maven "$maven"; then
    return 0
  fi
  if [ ! -x "$maven_home/bin/mvn" ]; then
    if [ -z "$maven" ]; then
      echo "pgtrickle needs Maven and found none: install it (Debian, Ubuntu: apt-get install maven; macOS: brew install maven)." >&2
      exit 1
    fi
    fetch_maven "$maven"
  fi
  maven=$maven_home/bin/mvn
}

find_maven
