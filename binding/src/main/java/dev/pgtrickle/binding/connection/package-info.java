/** Connection URLs and connection Secrets. */
@NullMarked
package dev.pgtrickle.binding.connection;

import org.jspecify.annotations.NullMarked;
