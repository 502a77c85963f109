/** The sub-commands: options in, exit code out. */
@NullMarked
package dev.pgtrickle.cli.command;

import org.jspecify.annotations.NullMarked;
