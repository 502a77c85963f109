# Sourced by mvnw and trickle: leaves JAVA_HOME at a JDK of at least the wanted version, or ends with one sentence.
# Neither .mvn/jvm.config nor Maven toolchains can do this: plugins load our classes in Maven's own JVM.
wanted_java=25

# Prints the feature version of the JDK in directory $1; fails when it is not a JDK.
java_feature_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

is_wanted_jdk() {
  [ -n "$1" ] || return 1
  found_version=$(java_feature_version "$1") || return 1
  [ "${found_version:-0}" -ge "$wanted_java" ]
}

find_jdk() {
  if is_wanted_jdk "${JAVA_HOME:-}"; then
    return 0
  fi
  javac_on_path=$(command -v javac || :)
  if [ -n "$javac_on_path" ]; then
    javac_on_path=$(readlink -f "$javac_on_path" 2>/dev/null || printf '%s' "$javac_on_path")
  fi
  for candidate in \
    "${javac_on_path%/bin/javac}" \
    "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_wanted_jdk "$candidate"; then
      JAVA_HOME=$candidate
      return 0
    fi
  done
  echo "pgtrickle needs a JDK $wanted_java or newer and found none: install one (Debian, Ubuntu: apt-get install openjdk-25-jdk-headless where the release has it, else temurin-25-jdk from the Adoptium packages) or point JAVA_HOME at one." >&2
  return 1
}

find_jdk || exit 1
export JAVA_HOME
