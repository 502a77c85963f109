/** The demo as a process, with the operator as it is shipped: run after the phase "package". */
@NullMarked
package dev.pgtrickle.cli.demo.process;

import org.jspecify.annotations.NullMarked;
