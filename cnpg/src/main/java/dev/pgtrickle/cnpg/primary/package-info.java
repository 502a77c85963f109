/** Whether a Cluster has a primary that can be written to: pure decisions over what it shows. */
@NullMarked
package dev.pgtrickle.cnpg.primary;

import org.jspecify.annotations.NullMarked;
