/**
 * What servers of any kind need from the machine: a cache of programs, temporary directories that
 * go with their owner, locks among processes, free ports, child processes.
 */
@NullMarked
package dev.pgtrickle.testbed.machine;

import org.jspecify.annotations.NullMarked;
