/** What is printed: tables for people, JSON and YAML with stable field names for programs. */
@NullMarked
package dev.pgtrickle.cli.output;

import org.jspecify.annotations.NullMarked;
