/** What the commands ask of the engine, and nothing more. */
@NullMarked
package dev.pgtrickle.cli.engine;

import org.jspecify.annotations.NullMarked;
