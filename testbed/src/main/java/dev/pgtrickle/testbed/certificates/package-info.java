/** Certificates of our own, so that TLS in tests is verified as it is in production. */
@NullMarked
package dev.pgtrickle.testbed.certificates;

import org.jspecify.annotations.NullMarked;
